//! On small screens one lane is visible at a time; this row keeps the comparison in sight.

use std::rc::Rc;

use yew::prelude::*;

use crate::context::{use_ledgers, use_shown};
use crate::embed::state::Controls;
use crate::hooks::focus_lane;
use crate::lane::view::balance::standing;
use ackground_timeline::Ledger;

/// Each lane's name, balance and difference; pressing one scrolls to that lane.
#[component]
pub fn Summary() -> Html {
    let shown = use_shown();
    let ledgers = use_ledgers().0;
    let still = shown.density.controls() == Controls::None;
    let item = |(lane, ledger): (usize, &Rc<Ledger>)| {
        let standing = standing(ledger);
        let said = html! {
            <>
                <span class="summary-name">{ shown.experiment.lane_name(lane) }</span>
                <strong>{ ledger.actual.clone() }</strong>
                <small>{ ledger.difference.clone() }</small>
            </>
        };
        if still {
            return html! { <div key={lane} class={standing}>{ said }</div> };
        }
        html! {
            <button type="button" key={lane} class={standing} onclick={move |_| focus_lane(lane)} data-test={format!("summary-{}", lane + 1)}>
                { said }
            </button>
        }
    };
    if still {
        return html! { <div class="summary">{ for ledgers.iter().enumerate().map(item) }</div> };
    }
    html! {
        <nav class="summary" aria-label="Lanes at a glance">{ for ledgers.iter().enumerate().map(item) }</nav>
    }
}
