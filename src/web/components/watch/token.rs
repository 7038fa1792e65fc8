//! A message's outcome as a sign: shape, number and colour differ for each.

use yew::prelude::*;

use super::glyph::{cross, number};
use crate::audit::Outcome;
use crate::sim::MessageNo;

/// Which message, and what became of it.
#[derive(Properties, PartialEq)]
pub struct TokenProps {
    /// The message.
    pub message: MessageNo,
    /// Its outcome.
    pub outcome: Outcome,
    /// How often its primary effect took place.
    #[prop_or(1)]
    pub effects: u32,
}

/// The sign: a ring for once, a ring with a count for duplicated, a dashed ring struck through for
/// lost, a box for parked, a dotted ring for pending.
#[component]
pub fn Token(props: &TokenProps) -> Html {
    let text = number(&props.message.to_string());
    let (class, drawing) = match props.outcome {
        Outcome::Once => ("once", html! { <><circle r="10" />{ text }</> }),
        Outcome::Pending => ("pending", html! { <><circle r="10" />{ text }</> }),
        Outcome::Parked => (
            "parked",
            html! { <><rect x="-9.5" y="-9.5" width="19" height="19" rx="4" />{ text }</> },
        ),
        Outcome::Lost => (
            "lost",
            html! {
                <><circle r="10" />{ text }<g class="gone" transform="translate(9 8)">{ cross(6.5) }</g></>
            },
        ),
        Outcome::Duplicated => (
            "again",
            html! {
                <>
                    <circle r="10" />{ text }
                    <g class="badge" transform="translate(12 -9)">
                        <rect x="-10" y="-7.5" width="20" height="15" rx="7.5" />
                        <text y="3.8">{ format!("×{}", props.effects.max(2)) }</text>
                    </g>
                </>
            },
        ),
    };
    html! {
        <svg class="sign" width="26" height="26" viewBox="-13 -13 26 26" overflow="visible" aria-hidden="true">
            <g class={classes!("token", class)}>{ drawing }</g>
        </svg>
    }
}
