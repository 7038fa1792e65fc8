//! Measure: what many runs come to, and at what price.
//!
//! | part | shows |
//! |---|---|
//! | `overview` | a measurement: how many messages, how far it is, the table, the file |
//! | `table` | lanes side by side |
//! | `sweep` | one figure along an axis: what to plot, and how far it is |
//! | `plotted`, `chart` | any plot: its values, the files; curves that can be read with the pointer and with keys |
//! | `picks` | the classical pictures |
//! | `course` | how far long work is |

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
pub use course::{Course, Standing, busy};
use overview::Overview;
use sweep::Sweep;
pub use table::grid;

/// How long an experiment has to be left alone before it is measured again.
const REST_MS: u32 = 300;

#[derive(Properties, PartialEq)]
pub struct MeasureProps {
    pub choices: MeasureChoices,
}

/// The view of many runs. A quick look begins by itself; many messages are measured when they are
/// asked for, until the experiment changes.
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
    html! {
        <div class="measure" data-test="measure">
            <Overview experiment={experiment.clone()} {messages} choices={choices.clone()} {on_messages} />
            <Sweep {experiment} {messages} choices={choices.clone()} />
        </div>
    }
}
