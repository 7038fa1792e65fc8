//! The producer: its outbox, and what it was told of each message.

use std::rc::Rc;

use yew::prelude::*;

use super::node::{Node, down_until};
use super::slip::{row, slip};
use ackground_core::experiment::settings::Source;
use ackground_core::sim::held::Stand;
use ackground_core::sim::{Time, Trace};
use ackground_timeline::flow::{ProducerPanel, Slip};

/// Which producer, and when.
#[derive(Properties, PartialEq)]
pub struct ProducerNodeProps {
    pub name: AttrValue,
    pub panel: Rc<ProducerPanel>,
    pub trace: Rc<Trace>,
    pub playhead: Time,
}

/// The producer.
#[component]
pub fn ProducerNode(props: &ProducerNodeProps) -> Html {
    let panel = &props.panel;
    let kept = match panel.source {
        Source::Outbox => "outbox",
        Source::Direct => "in memory",
    };
    let aside = match (panel.down, &panel.identity) {
        (Some(down), _) => down_until(down, props.playhead),
        (None, Some(identity)) => html! { format!("{kept} · {identity}") },
        (None, None) => html! { kept },
    };
    let each = |it: &Slip| {
        let (class, sign) = stands(it.stand);
        slip(&props.trace, it.message, class, sign, it.step)
    };
    html! {
        <Node class="producer" name={props.name.clone()} {aside} down={panel.down}>
            { row("outbox", &panel.slips, each) }
        </Node>
    }
}

/// How a message is drawn: its class, and a sign.
fn stands(stand: Option<Stand>) -> (&'static str, &'static str) {
    match stand {
        None => ("coming", ""),
        Some(Stand::Waiting) => ("waiting", ""),
        Some(Stand::Sent) => ("sent", "…"),
        Some(Stand::Resting) => ("resting", "↻"),
        Some(Stand::Ok) => ("ok", "✓"),
        Some(Stand::Error) => ("error", "✕"),
        Some(Stand::Forgotten) => ("forgotten", "?"),
    }
}
