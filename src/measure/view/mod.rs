//! Measure: statistics over many runs, and what each guarantee costs.
//!
//! | part | shows |
//! |---|---|
//! | `overview` | the measurement: number of messages, progress, table, file |
//! | `table` | lanes side by side |
//! | `sweep` | one quantity along an axis: what to plot, and progress |
//! | `plotted`, `chart` | any plot: its values and files; line charts with a cursor |
//! | `picks` | the ready-made charts |
//! | `course` | the progress of a series |

mod chart;
mod course;
mod overview;
mod picks;
mod plotted;
mod sweep;
mod table;

use std::rc::Rc;

use yew::prelude::*;

use crate::context::{Shown, use_dispatch, use_shown};
use crate::hooks::use_settled;
use crate::measure::choices::MeasureChoices;
use crate::measure::model::plan;
use crate::state::Action;
use ackground_core::experiment::Experiment;
use ackground_core::measure::in_long_runs;
pub use course::{Course, Standing, busy};
use overview::Overview;
use sweep::Sweep;
pub use table::grid;

/// Debounce before an edited experiment is measured again, in milliseconds.
const REST_MS: u32 = 300;

#[derive(Properties, PartialEq)]
pub struct MeasureProps {
    pub choices: MeasureChoices,
}

/// The view. A quick look runs by itself; more messages are measured on request, until the experiment
/// changes.
#[component]
pub fn Measure(props: &MeasureProps) -> Html {
    let Shown { experiment, .. } = &use_shown();
    let dispatch = use_dispatch();
    let MeasureProps { choices } = props;
    let experiment = use_settled(experiment, REST_MS);
    let wanted = use_state_eq(|| None::<(Rc<Experiment>, u64)>);
    let asked_for = wanted
        .as_ref()
        .is_some_and(|(of, messages)| *of == experiment && *messages == choices.messages);
    let messages = plan::measured(choices.messages, asked_for);
    let on_messages = {
        let (experiment, choices, dispatch) =
            (experiment.clone(), choices.clone(), dispatch.clone());
        Callback::from(move |messages| {
            wanted.set(Some((experiment.clone(), messages)));
            let choices = choices.clone();
            dispatch.send(Action::ChooseMeasure(MeasureChoices { messages, ..choices }));
        })
    };
    let measured = &*use_memo(experiment.clone(), |own| Rc::new(in_long_runs(own).into_owned()));
    html! {
        <div class="measure" data-test="measure">
            <Overview experiment={measured.clone()} own={experiment.clone()} {messages} choices={choices.clone()} {on_messages} />
            <Sweep {experiment} {messages} choices={choices.clone()} />
        </div>
    }
}
