//! Under the lanes, folded: what became of each message, and the run in words.

use std::rc::Rc;

use yew::prelude::*;

use super::{Ledger, Transcript};
use crate::context::use_shown;
use crate::controls::use_disclosure;
use crate::hooks::use_on_paper;
use crate::state::LaneRun;

/// A ledger and a transcript for each lane. On paper they are unfolded.
#[component]
pub fn Messages() -> Html {
    let shown = use_shown();
    let (unfolded, ontoggle) = use_disclosure();
    let asked = shown.asked;
    let open = use_on_paper() || unfolded;
    let column = |run: &Rc<LaneRun>| {
        let lane = run.lane;
        let asked = asked.filter(|asked| asked.lane == lane).map(|asked| asked.message);
        html! {
            <section key={lane} id={format!("messages-{}", lane + 1)} aria-label={format!("{}, message by message", shown.experiment.lane_name(lane))}>
                <h3>{ shown.experiment.lane_name(lane) }</h3>
                <Ledger {lane} {asked} />
                <Transcript run={run.clone()} />
            </section>
        }
    };
    html! {
        <details class="messages" id="every-message" {open} {ontoggle} data-test="every-message">
            <summary>{ "Message by message, and in words" }</summary>
            if open { <div class="messages-lanes">{ for shown.runs.iter().map(column) }</div> }
        </details>
    }
}
