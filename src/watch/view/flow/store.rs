//! The store: the balance, the effects of each message, what the other steps came to, the table of ids.

use std::rc::Rc;

use yew::prelude::*;

use super::event_attributes;
use super::node::Node;
use super::slip::{ids, row};
use crate::watch::view::token::Token;
use ackground_core::sim::Trace;
use ackground_timeline::flow::{Kept, StorePanel, Total};

/// Which store.
#[derive(Properties, PartialEq)]
pub struct StoreNodeProps {
    pub name: AttrValue,
    pub unit: AttrValue,
    pub panel: Rc<StorePanel>,
    pub trace: Rc<Trace>,
}

/// The store.
#[component]
pub fn StoreNode(props: &StoreNodeProps) -> Html {
    let StoreNodeProps { name, unit, panel, trace } = props;
    let kept = |kept: &Kept| {
        let (at, step) = event_attributes(trace, kept.step);
        // The key changes with every effect, so that what is new arrives anew.
        let key = format!("{}-{}", kept.message, kept.times);
        html! {
            <li class={classes!("kept", (!kept.begun).then_some("unborn"), (kept.times > 0).then_some("there"))} {key} data-at={at} data-step={step}>
                <Token message={kept.message} outcome={kept.outcome} effects={kept.times} />
            </li>
        }
    };
    let aside = html! { <><strong class="sum">{ panel.balance.clone() }</strong>{ " " }{ unit.clone() }</> };
    html! {
        <Node class="store" name={name.clone()} {aside}>
            { row("effects-of", &panel.kept, kept) }
            { for panel.totals.iter().map(total) }
            if panel.absorbed > 0 {
                <p class="node-line absorbed"><span class="what">{ "repeats recognised" }</span><span>{ panel.absorbed }</span></p>
            }
            if let Some(table) = &panel.table { { ids("IDs in the table", table) } }
        </Node>
    }
}

fn total(total: &Total) -> Html {
    let extra = total.extra;
    html! {
        <p class="node-line" key={total.label.clone()}>
            <span class="what">{ total.label.clone() }</span>
            <span>{ total.messages }if extra > 0 { <b class="extra">{ format!(" + {extra} again") }</b> }</span>
        </p>
    }
}
