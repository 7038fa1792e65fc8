//! Remedies: found by experiment, with their cost, and a button to try each.

use yew::prelude::*;

use crate::context::{Dispatch, Shown, use_dispatch, use_shown};
use crate::state::Action;
use crate::why::hook::{Sought, use_remedies};
use crate::why::state::explained_message::{LaneSlot, slot_beside};
use ackground_core::sim::MessageNo;
use ackground_words::story::{Change, Remedy};

/// How many are shown at first.
const SHOWN: usize = 2;

#[derive(Properties, PartialEq)]
pub struct RemediesProps {
    /// The lane's index.
    pub lane: usize,
    pub message: MessageNo,
}

/// The remedies, best first.
#[component]
pub fn Remedies(props: &RemediesProps) -> Html {
    let shown = use_shown();
    let dispatch = use_dispatch();
    let sought = use_remedies(&shown.experiment, props.lane, props.message);
    let all = use_state_eq(|| false);
    let Some(sought) = sought else {
        return html! { <p class="muted" aria-busy="true">{ "Trying other settings…" }</p> };
    };
    if !sought.harm {
        return html! { <p class="muted">{ "Everything went well: there is nothing to fix." }</p> };
    }
    let most = if *all { usize::MAX } else { SHOWN };
    let more = sought.remedies.len().saturating_sub(most);
    let on_more = {
        let all = all.clone();
        Callback::from(move |_: MouseEvent| all.set(true))
    };
    html! {
        <div class="remedies" data-test={format!("remedies-{}", props.lane + 1)} aria-busy={(!sought.over).to_string()}>
            <h4>{ "What would have prevented it" }</h4>
            if !sought.remedies.is_empty() {
                <ul>{ for sought.remedies.iter().take(most).enumerate().map(|(at, remedy)| offer(props, at, remedy, &dispatch, &shown)) }</ul>
                if more > 0 {
                    <button type="button" class="button" onclick={on_more} data-test="more-remedies">
                        { if more == 1 { "One more".to_owned() } else { format!("{more} more") } }
                    </button>
                }
            }
            <p class="small muted">{ said(&sought) }</p>
        </div>
    }
}

/// The progress of the search, or the significance of its result.
fn said(sought: &Sought) -> String {
    let tried = sought.tried;
    match (sought.over, sought.remedies.is_empty()) {
        (false, _) => format!("Trying… {tried} so far."),
        (true, true) if sought.cut => format!(
            "None of the {tried} changes that we tried fixes it. The run is long, so not every pair was tried."
        ),
        (true, true) => {
            format!("We tried {tried} changes of one or two settings, and none of them fixes it.")
        }
        (true, false) => format!(
            "We tried {tried} changes against the same faults and the same random seed. These fix this run without \
             breaking another message. Add one as a lane to see what is proven for every run."
        ),
    }
}

fn offer(
    props: &RemediesProps,
    at: usize,
    remedy: &Remedy,
    dispatch: &Dispatch,
    shown: &Shown,
) -> Html {
    let (lane, experiment) = (props.lane, &shown.experiment);
    let place = match slot_beside(lane, experiment.lanes.len()) {
        LaneSlot::New(_) => "Try it in a new lane".to_owned(),
        LaneSlot::InPlaceOf(other) => format!("Try it in place of {}", experiment.lane_name(other)),
    };
    let attempt =
        Action::TryRemedy { lane, changes: remedy.changes.clone(), short: remedy.short.clone() };
    let change = |change: &Change| {
        html! {
            <p key={change.path} title={change.meaning()}><strong>{ change.words() }</strong>{ " " }<code>{ change.code() }</code></p>
        }
    };
    html! {
        <li key={remedy.short.clone()} class="remedy">
            <div>{ for remedy.changes.iter().map(change) }</div>
            <p><span class="muted">{ "Result: " }</span>{ result(&remedy.result) }{ ". " }
                <span class="muted">{ "Cost: " }</span>{ remedy.costs.join(" ") }{ " " }<span class="muted">{ remedy.price_words() }</span></p>
            <button type="button" class="button" data-test={format!("try-{}-{}", lane + 1, at + 1)}
                onclick={dispatch.to(attempt)}>{ place }</button>
        </li>
    }
}

/// The outcome of the message with the remedy: `applied once`.
fn result(outcome: &str) -> String {
    if outcome.starts_with("once") { format!("applied {outcome}") } else { outcome.to_owned() }
}
