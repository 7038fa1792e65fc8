//! What travels: an envelope for a message, a disc with a sign for an answer. Shape, sign and colour
//! differ, so that none of them is alone in telling them apart.

use yew::prelude::*;

use crate::controls::paint::sign;
use ackground_core::sim::MessageNo;
use ackground_timeline::diagram::ArrowKind;
use ackground_timeline::glyph::number;
use ackground_timeline::strokes;

/// What is drawn.
#[derive(Properties, PartialEq)]
pub struct EnvelopeProps {
    pub kind: ArrowKind,
    pub message: MessageNo,
    /// Whether the network made it by repeating another.
    #[prop_or_default]
    pub copied: bool,
}

/// The drawing, without its place.
#[component]
pub fn Envelope(props: &EnvelopeProps) -> Html {
    let kind = props.kind;
    let text = sign(&number(&props.message.to_string()));
    let drawing = match kind {
        ArrowKind::Message | ArrowKind::Again => html! {
            <>
                <rect x="-16" y="-10.5" width="32" height="21" rx="3" />
                <path class="flap" d="M-15 -9 L0 0.5 L15 -9" />
                <g transform="translate(0 4)">{ text }</g>
                if kind == ArrowKind::Again {
                    <g class="badge" transform="translate(15 -10)">
                        <rect x="-15" y="-7" width="31" height="14" rx="7" />
                        <text y="3.6">{ if props.copied { "copy" } else { "again" } }</text>
                    </g>
                }
            </>
        },
        ArrowKind::Ack => html! { <><circle r="8" /><path d="M-3.6 0.2 L-1 3 L4 -3" /></> },
        ArrowKind::Nack => {
            html! { <><circle r="8" /><path d="M-3 -3 L3 3 M3 -3 L-3 3" /></> }
        }
        ArrowKind::Confirm => {
            html! { <><path class="body" d="M0 -9 L9 0 L0 9 L-9 0 Z" /><path d="M-3 0.2 L-0.8 2.4 L3.2 -2.4" /></> }
        }
    };
    html! {
        <svg class={strokes::kind(kind)} width="36" height="26" viewBox="-18 -13 36 26" overflow="visible">{ drawing }</svg>
    }
}
