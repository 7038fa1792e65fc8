//! The outcome of each message of a lane so far: tokens and words, nothing interactive.

use yew::prelude::*;

use crate::context::use_ledger;
use crate::watch::view::Token;
use ackground_timeline::ledger::Row;

/// Up to this many messages get a line each; above that, only counts are shown.
const LINES: usize = 6;

#[derive(Properties, PartialEq)]
pub struct ResultsProps {
    /// The lane's index.
    pub lane: usize,
}

/// A line per message, or a count per outcome.
#[component]
pub fn Results(props: &ResultsProps) -> Html {
    let ledger = use_ledger(props.lane);
    if ledger.messages > LINES {
        let sums = ledger.totals.iter().map(|(outcome, number)| {
            html! { <li class={outcome.word()} key={outcome.word()}><strong>{ number }</strong>{ format!(" {}", outcome.word()) }</li> }
        });
        return html! { <div class="crowd"><ul class="totals">{ for sums }</ul></div> };
    }
    html! { <ul class="outcomes">{ for ledger.rows.iter().map(line) }</ul> }
}

fn line(row: &Row) -> Html {
    let message = row.message;
    html! {
        <li key={message.get()} class={(!row.begun).then_some("unborn")}>
            <Token {message} outcome={row.outcome} effects={row.effects} />
            <span><span class="quiet">{ format!("Message {message}: ") }</span>{ row.text.clone() }</span>
        </li>
    }
}
