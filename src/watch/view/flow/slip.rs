//! Small signs for messages: one with its number, and how many more there are.

use yew::prelude::*;

use super::event_attributes;
use ackground_core::sim::{MessageNo, StepNo, Trace};
use ackground_timeline::flow::{Stock, Window};

/// A message: its number, a sign for where it stands, and what that means.
pub fn slip(
    trace: &Trace,
    message: MessageNo,
    class: &'static str,
    sign: &'static str,
    step: Option<StepNo>,
) -> Html {
    let (at, step) = event_attributes(trace, step);
    html! {
        <li class={classes!("slip", class)} key={message.get()} data-at={at} data-step={step}>
            { message.to_string() }
            if !sign.is_empty() { <small>{ sign }</small> }
        </li>
    }
}

/// Things in a row, and how many there are on both sides of them.
pub fn row<T>(class: &'static str, window: &Window<T>, each: impl FnMut(&T) -> Html) -> Html {
    html! {
        <ul class={classes!("slips", class)}>
            { more(window.before) }
            { for window.shown.iter().map(each) }
            { more(window.after) }
        </ul>
    }
}

/// So many more.
pub fn more(number: usize) -> Html {
    if number == 0 {
        return Html::default();
    }
    html! { <li class="more">{ format!("+ {number}") }</li> }
}

/// A line with a name.
pub fn line(name: &'static str, content: Html) -> Html {
    html! { <div class="node-line"><span class="what">{ name }</span>{ content }</div> }
}

/// Ids that are kept against repeats.
pub fn ids(name: &'static str, stock: &Stock) -> Html {
    let id = |message: &MessageNo| {
        html! { <li class="id" key={message.get()}>{ message.to_string() }</li> }
    };
    line(name, row("IDs", stock, id))
}
