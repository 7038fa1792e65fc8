//! The ledger under a diagram: a token per message, and the balance.

use std::rc::Rc;

use yew::prelude::*;

use super::token::Token;
use crate::experiment::Experiment;
use crate::sim::Time;
use crate::web::state::LaneRun;
use crate::web::view_model;
use crate::web::view_model::ledger::{Row, Standing};

/// Up to so many messages each has its own line; more of them stand side by side.
const LINES: u64 = 6;

/// Which lane, and when.
#[derive(Properties, PartialEq)]
pub struct LedgerProps {
    /// The experiment.
    pub experiment: Rc<Experiment>,
    /// The lane's run.
    pub run: Rc<LaneRun>,
    /// The moment.
    pub playhead: Time,
}

/// The ledger of a lane at a moment. It is worked out anew only when something has happened.
#[component]
pub fn Ledger(props: &LedgerProps) -> Html {
    let LedgerProps {
        experiment,
        run,
        playhead,
    } = props;
    let happened = view_model::happened(&run.trace, *playhead);
    let over = *playhead >= run.trace.end.at();
    let made_from = (experiment.clone(), run.clone(), happened, over);
    let ledger = use_memo(made_from, |(experiment, run, ..)| {
        view_model::Ledger::at(experiment, run.lane, &run.trace, *playhead)
    });
    let standing = match ledger.standing {
        Standing::Open => "open",
        Standing::Accident => "accident",
        Standing::Short => "short",
        Standing::Exact => "exact",
        Standing::Over => "over",
    };
    let many = experiment.messages.get() > LINES;
    html! {
        <div class={classes!("ledger", many.then_some("many"))}>
            if many { { crowd(&ledger) } } else {
                <ul class="outcomes">{ for ledger.rows.iter().map(line) }</ul>
            }
            <dl class={classes!("balance", standing)}>
                <dt>{ ledger.title.clone() }</dt>
                <dd class="actual">{ ledger.actual.clone() }</dd>
                <dd class="expected">{ format!("of {}", ledger.expected) }</dd>
                <dd class="difference">{ ledger.difference.clone() }</dd>
            </dl>
        </div>
    }
}

fn line(row: &Row) -> Html {
    html! {
        <li key={row.message.get()} class={(!row.begun).then_some("unborn")}>
            <Token message={row.message} outcome={row.outcome} effects={row.effects} />
            <span><span class="quiet">{ format!("Message {}: ", row.message) }</span>{ row.text.clone() }</span>
        </li>
    }
}

/// Many messages: how many of each, and their signs.
fn crowd(ledger: &view_model::Ledger) -> Html {
    let sum = ledger.totals.iter().map(|(outcome, number)| {
        html! { <li class={outcome.word()}><strong>{ number }</strong>{ format!(" {}", outcome.word()) }</li> }
    });
    html! {
        <div class="crowd">
            <ul class="totals">{ for sum }</ul>
            if !ledger.rows.is_empty() {
                <ul class="tokens" tabindex="0" aria-label="Messages">
                    { for ledger.rows.iter().map(|row| html! { <Member key={row.message.get()} row={row.clone()} /> }) }
                    if ledger.more > 0 { <li class="more">{ format!("and {} more", ledger.more) }</li> }
                </ul>
            }
        </div>
    }
}

/// Which message.
#[derive(Properties, PartialEq)]
struct MemberProps {
    /// Its row.
    row: Row,
}

/// One message of many: its sign alone.
#[component]
fn Member(props: &MemberProps) -> Html {
    let row = &props.row;
    let text = format!("Message {}: {}", row.message, row.text);
    html! {
        <li class={(!row.begun).then_some("unborn")} title={text.clone()}>
            <Token message={row.message} outcome={row.outcome} effects={row.effects} />
            <span class="quiet">{ text }</span>
        </li>
    }
}
