//! A message's outcome as a token; shape, number and colour all differ.

use yew::prelude::*;

use crate::controls::paint::sign;
use ackground_core::audit::Outcome;
use ackground_core::sim::MessageNo;
use ackground_timeline::glyph;

#[derive(Properties, PartialEq)]
pub struct TokenProps {
    pub message: MessageNo,
    pub outcome: Outcome,
    /// How often its primary effect happened.
    #[prop_or(1)]
    pub effects: u32,
}

#[component]
pub fn Token(props: &TokenProps) -> Html {
    let drawing = glyph::sign(props.outcome, &props.message.to_string(), props.effects);
    html! {
        <svg class="sign" width="26" height="26" viewBox="-13 -13 26 26" overflow="visible" aria-hidden="true">
            { sign(&drawing) }
        </svg>
    }
}
