//! Measure in a figure: a quick look in a few rows, which starts by itself.

use std::rc::Rc;

use yew::prelude::*;

use crate::context::use_shown;
use crate::embed::model::figure::in_short;
use crate::measure::choices::MeasureChoices;
use crate::measure::hook::use_measurement;
use crate::measure::model::plan;
use crate::measure::model::table::Table;
use crate::measure::view::{Course, Standing, busy, grid};
use ackground_core::measure::in_long_runs;

#[derive(Properties, PartialEq)]
pub struct MeasuredProps {
    pub choices: MeasureChoices,
}

#[component]
pub fn Measured(props: &MeasuredProps) -> Html {
    let shown = use_shown();
    let choices = &props.choices;
    let experiment =
        &*use_memo(shown.experiment.clone(), |own| Rc::new(in_long_runs(own).into_owned()));
    // A reader cannot ask for more.
    let messages = plan::measured(choices.messages, false);
    let (tasks, figures) = use_measurement(experiment, messages);
    let done =
        figures.as_ref().map_or_else(String::new, |figures| plan::amount(experiment, figures.runs));
    html! {
        <div class="measured" aria-busy={busy(&tasks.series)} data-test="measured">
            if let Some(said) = plan::caution(experiment) { <p class="embed-bounds">{ said }</p> }
            if let Some(said) = plan::longer(&shown.experiment, experiment) { <p class="embed-bounds">{ said }</p> }
            if let Some(figures) = figures {
                { grid(&in_short(Table::of(experiment, &figures, choices.against)), shown.density, false, Html::default()) }
            } else {
                <p class="nothing-yet muted">{ "The first figures come in a moment." }</p>
            }
            <Course series={Standing::of(&tasks.series)} total={plan::in_whole_runs(experiment, messages)} {done}
                on_stop={tasks.on_stop} on_again={tasks.on_again} test="measured" />
        </div>
    }
}
