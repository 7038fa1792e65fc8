//! Measure: what many runs come to.

use std::rc::Rc;

use yew::prelude::*;

use crate::experiment::Experiment;
use crate::web::state::{Action, MeasureChoices};

/// What is measured.
#[derive(Properties, PartialEq)]
pub struct MeasureProps {
    /// The experiment, with its rates and its script.
    pub experiment: Rc<Experiment>,
    /// What is chosen.
    pub choices: MeasureChoices,
    /// What is done.
    pub on_act: Callback<Action>,
}

/// The view of many runs.
#[component]
pub fn Measure(_props: &MeasureProps) -> Html {
    html! {
        <section class="measure" aria-labelledby="measure-title" data-test="measure">
            <h2 id="measure-title">{ "Measure" }</h2>
            <p class="muted">{ "Counting over many runs is not on the page yet. The command line has it: " }<code>{ "ackground measure" }</code>{ "." }</p>
        </section>
    }
}
