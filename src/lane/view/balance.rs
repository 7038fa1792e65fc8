//! What a lane's store holds at a moment, in large: the comparison that the page is about.

use std::rc::Rc;

use yew::prelude::*;

use ackground_timeline::Ledger;
use ackground_timeline::ledger::Standing;

/// Which books.
#[derive(Properties, PartialEq)]
pub struct BalanceProps {
    /// The lane's ledger at the moment.
    pub ledger: Rc<Ledger>,
}

/// The balance and by how much it is off.
#[component]
pub fn Balance(props: &BalanceProps) -> Html {
    let ledger = &props.ledger;
    let what = format!("{}: {}", ledger.title, ledger.sentence());
    html! {
        <p class={classes!("head-balance", standing(ledger))} title={what} data-test="head-balance">
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
