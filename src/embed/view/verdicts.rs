//! Prove in a figure: searched while one reads; what is still unknown is marked as such.

use yew::prelude::*;

use crate::context::use_shown;
use crate::prove::hook::{Pace, use_proofs, use_questions};
use crate::prove::state::Proved;
use crate::prove::view::Card;
use ackground_core::prove::Bounds;
use ackground_words::story;
use ackground_worker::Priority;

#[derive(Properties, PartialEq)]
pub struct VerdictsProps {
    pub bounds: Bounds,
}

/// A card per lane.
#[component]
pub fn Verdicts(props: &VerdictsProps) -> Html {
    let bounds = props.bounds;
    // The search has its own limit on runs, and says when it is reached.
    let pace =
        Pace { priority: Priority::Foreground, debounce_ms: 0, may_take: None, stopped: false };
    let experiment = use_shown().experiment;
    let asked = use_questions(&experiment, bounds);
    let proved = use_proofs(&asked, pace);
    let proved = &proved[..experiment.lanes.len()];
    let busy = proved.iter().any(Proved::is_checking);
    let card = |(index, proved): (usize, &Proved)| {
        html! { <Card key={index} {index} {bounds} proved={proved.clone()} /> }
    };
    html! {
        <>
            <p class="embed-bounds">{ format!("We try every combination of {}.", story::bounds(&bounds)) }</p>
            <div class="verdicts" aria-busy={busy.to_string()} data-test="verdicts">
                { for proved.iter().enumerate().map(card) }
            </div>
        </>
    }
}
