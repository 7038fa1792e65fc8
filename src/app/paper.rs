//! What a printed page has in place of the controls: the faults in words, and the link.

use yew::prelude::*;

use crate::context::{Shown, use_shown};
use crate::faults;
use crate::hooks::link_to;
use crate::lane::state::form;
use crate::state::FieldPath;
use ackground_core::experiment::Experiment;
use ackground_core::experiment::part::Part;
use ackground_words::story;

#[derive(Properties, PartialEq)]
pub struct PaperProps {
    /// The fragment of everything shown.
    pub link: AttrValue,
}

/// The faults in words, the settings common to all lanes, and the link to the live page.
#[component]
pub fn Paper(props: &PaperProps) -> Html {
    let Shown { experiment, .. } = &use_shown();
    let rates = rates(experiment);
    let lines = experiment.faults.script.lines();
    let calm = rates.is_empty() && lines.is_empty();
    html! {
        <section class="paper" aria-labelledby="paper-title">
            <h2 id="paper-title">{ "What goes wrong" }</h2>
            <ul>
                { for lines.iter().map(|line| html! {
                    <li>{ story::capital(&story::mishap(experiment, line)) }{ " (" }<code>{ line.to_string() }</code>{ ")" }</li>
                }) }
                { for rates.into_iter().map(|(name, value)| html! { <li>{ name }{ ": " }{ value }</li> }) }
                if calm { <li>{ "Nothing" }</li> }
            </ul>
            <p>
                { for ["messages", "interval_ms", "seed"].map(|name| {
                    let place = FieldPath::top(name);
                    html! { <span>{ faults::words(&place) }{ ": " }{ form::value_of(experiment, &place) }{ ". " }</span> }
                }) }
            </p>
            <p class="paper-link">{ link_to(&props.link) }</p>
        </section>
    }
}

/// The labels and values of the rates that are not zero.
fn rates(experiment: &Experiment) -> Vec<(AttrValue, String)> {
    let written = experiment.faults.write();
    let paths = faults::FIRST.iter().chain(faults::OTHERS);
    let value = |path: &&'static str| {
        let place = FieldPath::fault(path);
        let value = form::fault_value(&written, &place);
        (value != faults::NONE).then(|| (faults::words(&place), value))
    };
    paths.filter_map(value).collect()
}
