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

/// Up to this many messages get a line each; more of them are laid out side by side.
const LINES: usize = 6;

#[derive(Properties, PartialEq)]
pub struct LedgerProps {
    /// The lane's index.
    pub lane: usize,
    /// The message whose outcome is being explained.
    #[prop_or_default]
    pub asked: Option<MessageNo>,
}

#[component]
pub fn Ledger(props: &LedgerProps) -> Html {
    let LedgerProps { lane, asked } = *props;
    let ledger = use_ledger(lane);
    let dispatch = use_dispatch();
    // A hovered or focused message is singled out in the picture.
    let pointed = use_state_eq(|| None::<MessageNo>);
    let many = ledger.messages > LINES;
    // Seeking changes all tokens and the pictures as well; the pictures come first.
    let drawn = use_deferred(&ledger, many);
    let (rows, more) = drawn.as_ref().map_or((&[][..], 0), |drawn| (&drawn.rows[..], drawn.more));
    // With many messages, a roving tabindex: the tab stop is the last one visited.
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
        // A single delegated listener: there may be hundreds of messages on a page.
        <div class={classes!("ledger", many.then_some("many"))} {onclick}
            onmouseover={point.reform(|event: MouseEvent| message_at(&event))} onmouseleave={point.reform(|_| None)}
            onfocusin={point.reform(|event: FocusEvent| message_at(&event))} onfocusout={point.reform(|_| None)}>
            if many { { crowd(&ledger, more, lines.collect()) } } else { <ul class="outcomes">{ for lines }</ul> }
            <dl class={classes!("balance", standing(&ledger))}>
                <dt>{ ledger.title.clone() }</dt>
                <dd class="actual">{ ledger.actual.clone() }</dd>
                <dd class="expected">{ ledger.of_expected() }</dd>
                <dd class="difference">{ ledger.difference.clone() }</dd>
            </dl>
        </div>
    }
}

/// A rule that dims all shapes but this message's, without re-rendering them.
fn alone(lane: usize, message: MessageNo) -> String {
    let lane = lane + 1;
    format!("#lane-{lane} .of:not(.m{message}){{opacity:.12}}")
}

/// Many messages: the counts, the tokens drawn so far, and how many are still missing.
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
    /// The lane's index.
    lane: usize,
    /// Whether its outcome is being explained.
    open: bool,
    /// Whether it is one of many, and shown as a token only.
    many: bool,
    /// Whether it is the tab stop; the others are reached by arrow keys.
    stop: bool,
}

/// One message. Hover or focus singles it out in the picture; pressing it explains its outcome.
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

/// The message whose line the event happened in.
fn message_at(event: &Event) -> Option<MessageNo> {
    let index = number_at(event, "data-message")?;
    Some(MessageNo::from_index(usize::try_from(index).ok()?))
}
