//! The balance of a lane's store at the playhead, in large type: the comparison the page is about.

use yew::prelude::*;

use crate::context::use_ledger;
use ackground_timeline::Ledger;
use ackground_timeline::ledger::Standing;

#[derive(Properties, PartialEq)]
pub struct BalanceProps {
    /// The lane's index.
    pub lane: usize,
}

/// The balance, and by how much it is off.
#[component]
pub fn Balance(props: &BalanceProps) -> Html {
    let ledger = use_ledger(props.lane);
    let what = format!("{}: {}", ledger.title, ledger.sentence());
    html! {
        <p class={classes!("head-balance", standing(&ledger))} title={what} data-test="head-balance">
            <span class="quiet">{ format!("{}: ", ledger.title) }</span>
            <strong>{ ledger.actual.clone() }</strong>
            <small>{ ledger.difference.clone() }</small>
        </p>
    }
}

/// The class for a balance: its colour summarizes the words.
pub fn standing(ledger: &Ledger) -> &'static str {
    match ledger.standing {
        Standing::Open => "open",
        Standing::Accident => "accident",
        Standing::Short => "short",
        Standing::Exact => "exact",
        Standing::Over => "over",
    }
}
