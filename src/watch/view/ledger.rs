//! The ledger under a diagram: a token per message, and the balance.

use yew::prelude::*;

use super::pointer::number_at;
use super::token::Token;
use crate::context::{use_dispatch, use_ledger};
use crate::hooks::{rove, use_rules};
use crate::lane::view::balance::standing;
use crate::state::Action;
use crate::watch::hooks::frame_scheduler::use_deferred;
use ackground_core::sim::MessageNo;
use ackground_timeline::ledger::Row;

/// Up to so many messages each has its own line; more of them stand side by side.
const LINES: usize = 6;

#[derive(Properties, PartialEq)]
pub struct LedgerProps {
    /// The place of the lane, from 0.
    pub lane: usize,
    /// The message that is asked about.
    #[prop_or_default]
    pub asked: Option<MessageNo>,
}

/// The ledger of a lane at a moment.
#[component]
pub fn Ledger(props: &LedgerProps) -> Html {
    let LedgerProps { lane, asked } = *props;
    let ledger = use_ledger(lane);
    let dispatch = use_dispatch();
    // A message that is pointed at is shown alone in the picture.
    let pointed = use_state_eq(|| None::<MessageNo>);
    let many = ledger.messages > LINES;
    // A leap in time changes them all, and the pictures too: these come first.
    let drawn = use_deferred(&ledger, many);
    let (rows, more) = drawn.as_ref().map_or((&[][..], 0), |drawn| (&drawn.rows[..], drawn.more));
    // Many messages are one stop of the Tab key: the last one that was there.
    let visited = use_state_eq(|| None::<MessageNo>);
    let stop = rows.iter().map(|row| row.message);
    let stop = stop.clone().find(|one| Some(*one) == *visited).or(stop.min());
    let point = {
        let (pointed, visited) = (pointed.clone(), visited.clone());
        Callback::from(move |message: Option<MessageNo>| {
            if message.is_some() {
                visited.set(message);
            }
            pointed.set(message);
        })
    };
    let onclick = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: MouseEvent| {
            if let Some(message) = message_at(&event) {
                dispatch.send(match asked {
                    Some(open) if open == message => Action::CloseWhy,
                    _ => Action::AskWhy { lane, message },
                });
            }
        })
    };
    let lines = rows.iter().map(|row: &Row| {
        let open = asked == Some(row.message);
        html! {
            <Line key={row.message.get()} row={row.clone()} {lane} {open} {many} stop={!many || stop == Some(row.message)} />
        }
    });
    let shown = pointed.filter(|_| asked.is_none());
    use_rules(shown.map(|message| alone(lane, message)));
    html! {
        // One listener for all messages: there may be hundreds on a page.
        <div class={classes!("ledger", many.then_some("many"))} {onclick}
            onmouseover={point.reform(|event: MouseEvent| message_at(&event))} onmouseleave={point.reform(|_| None)}
            onfocusin={point.reform(|event: FocusEvent| message_at(&event))} onfocusout={point.reform(|_| None)}>
            if many { { crowd(&ledger, more, lines.collect()) } } else { <ul class="outcomes">{ for lines }</ul> }
            <dl class={classes!("balance", standing(&ledger))}>
                <dt>{ ledger.title.clone() }</dt>
                <dd class="actual">{ ledger.actual.clone() }</dd>
                <dd class="expected">{ format!("of {}", ledger.expected) }</dd>
                <dd class="difference">{ ledger.difference.clone() }</dd>
            </dl>
        </div>
    }
}

/// The style that leaves only this message's shapes clear. The shapes themselves stay as they are.
fn alone(lane: usize, message: MessageNo) -> String {
    let lane = lane + 1;
    format!("#lane-{lane} .of:not(.m{message}){{opacity:.12}}")
}

/// Many messages: how many of each, the signs of those that are drawn, and how many more there are.
fn crowd(ledger: &ackground_timeline::Ledger, more: usize, signs: Vec<Html>) -> Html {
    let sum = ledger.totals.iter().map(|(outcome, number)| {
        html! { <li class={outcome.word()}><strong>{ number }</strong>{ format!(" {}", outcome.word()) }</li> }
    });
    html! {
        <div class="crowd">
            <ul class="totals">{ for sum }</ul>
            if !signs.is_empty() {
                <ul class="tokens" aria-label="Messages" onkeydown={|event: KeyboardEvent| rove(&event)}>
                    { for signs }
                    if more > 0 { <li class="more">{ format!("and {more} more") }</li> }
                </ul>
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct LineProps {
    row: Row,
    /// The place of the lane, from 0.
    lane: usize,
    /// Whether its result is being explained.
    open: bool,
    /// Whether it is one of many: its sign alone then.
    many: bool,
    /// Whether the Tab key stops here; else the arrow keys come here.
    stop: bool,
}

/// One message. TooltipTarget at or in focus it is shown alone in the picture; pressed, its result is explained.
#[component]
fn Line(props: &LineProps) -> Html {
    let row = &props.row;
    let message = row.message;
    let title = props.many.then(|| AttrValue::from(format!("Message {message}: {}", row.text)));
    html! {
        <li class={(!row.begun).then_some("unborn")}>
            <button type="button" tabindex={(!props.stop).then_some("-1")} aria-expanded={props.open.to_string()} aria-label={title.clone()} {title}
                data-message={message.index().to_string()} data-test={format!("ask-{}-{message}", props.lane + 1)}>
                <Token {message} outcome={row.outcome} effects={row.effects} />
                if !props.many {
                    <span><span class="quiet">{ format!("Message {message}: ") }</span>{ row.text.clone() }</span><small class="ask" aria-hidden="true">{ "why?" }</small>
                }
            </button>
        </li>
    }
}

/// The message at whose line something happened.
fn message_at(event: &Event) -> Option<MessageNo> {
    let index = number_at(event, "data-message")?;
    Some(MessageNo::from_index(usize::try_from(index).ok()?))
}
