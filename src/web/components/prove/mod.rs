//! Prove: what every schedule of faults comes to.

use std::rc::Rc;

use yew::prelude::*;

use crate::experiment::Experiment;
use crate::web::state::{Action, ProveChoices};

/// What is proven.
#[derive(Properties, PartialEq)]
pub struct ProveProps {
    /// The experiment.
    pub experiment: Rc<Experiment>,
    /// What is chosen.
    pub choices: ProveChoices,
    /// What is done.
    pub on_act: Callback<Action>,
}

/// The view of every schedule.
#[component]
pub fn Prove(_props: &ProveProps) -> Html {
    html! {
        <section class="prove" aria-labelledby="prove-title" data-test="prove">
            <h2 id="prove-title">{ "Prove" }</h2>
        </section>
    }
}
