//! The consumer group: what each member handles, what waits in its hands, what it remembers.

use std::rc::Rc;

use yew::prelude::*;

use super::event_attributes;
use super::node::{Node, bar, down_until};
use super::slip::{ids, more};
use ackground_core::sim::{Time, Trace};
use ackground_timeline::flow::{Call, GroupPanel, MemberPanel};

/// Which group, and when.
#[derive(Properties, PartialEq)]
pub struct ConsumersProps {
    pub name: AttrValue,
    pub panel: Rc<GroupPanel>,
    pub trace: Rc<Trace>,
    pub playhead: Time,
}

/// The group.
#[component]
pub fn Consumers(props: &ConsumersProps) -> Html {
    let members = &props.panel.members;
    let several = members.len() > 1;
    let all_down = members.iter().all(|member| member.down.is_some());
    let down = members.first().and_then(|member| member.down);
    let aside = if several {
        html! { format!("{} members", members.len()) }
    } else {
        html! {}
    };
    html! {
        <Node class="consumers" name={props.name.clone()} {aside} down={down.filter(|_| all_down)}>
            <ul class="members">
                { for members.iter().zip(1..).map(|(member, number)| part(props, member, several.then_some(number))) }
            </ul>
        </Node>
    }
}

fn part(props: &ConsumersProps, member: &MemberPanel, number: Option<usize>) -> Html {
    let down = member.down.map(|_| "down");
    let (at, step) = event_attributes(&props.trace, member.down.map(|down| down.step));
    let doing = match (member.down, member.call) {
        (Some(down), _) => down_until(down, props.playhead),
        (None, Some(call)) => handling(props, call),
        (None, None) if member.silent => html! { <span class="idle">{ "waits in silence" }</span> },
        (None, None) => html! { <span class="idle">{ "idle" }</span> },
    };
    html! {
        <li class={classes!("member", down)} key={number.unwrap_or(0)} data-at={at} data-step={step}>
            if let Some(number) = number { <span class="what">{ number }</span> }
            { doing }
            if !member.inbox.is_empty() {
                <ul class="slips next">
                    { for member.inbox.shown.iter().map(|message| html! { <li class="slip waiting">{ message.to_string() }</li> }) }
                    { more(member.inbox.after) }
                </ul>
            }
            if let Some(memory) = &member.memory { { ids("in memory", memory) } }
        </li>
    }
}

fn handling(props: &ConsumersProps, call: Call) -> Html {
    let (at, step) = event_attributes(&props.trace, Some(call.step));
    let stalls = call.stalled.is_some_and(|until| props.playhead < until);
    let again = (call.nth > 1).then_some("again");
    let words = match (stalls, call.nth) {
        (true, _) => "stalls".to_owned(),
        (false, 1) => "handling".to_owned(),
        (false, nth) => format!("handling, call {nth}"),
    };
    html! {
        <span class="handling" data-at={at} data-step={step}>
            <b class={classes!("slip", "sent", again)}>{ call.message.to_string() }</b>
            <span class="words">{ words }{ bar(call.from, call.to, props.playhead) }</span>
        </span>
    }
}
