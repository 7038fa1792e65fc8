//! What a lane's store holds at a moment, in large: the comparison that the page is about.

use yew::prelude::*;

use crate::context::use_ledger;
use ackground_timeline::Ledger;
use ackground_timeline::ledger::Standing;

#[derive(Properties, PartialEq)]
pub struct BalanceProps {
    /// Its place, from 0.
    pub lane: usize,
}

/// The balance and by how much it is off.
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

/// The class of a balance: by its colour it can be told at a glance what its words say.
pub fn standing(ledger: &Ledger) -> &'static str {
    match ledger.standing {
        Standing::Open => "open",
        Standing::Accident => "accident",
        Standing::Short => "short",
        Standing::Exact => "exact",
        Standing::Over => "over",
    }
}
