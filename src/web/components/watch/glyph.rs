//! One glyph at a place of the picture, around its own origin.

use yew::prelude::*;

use crate::web::view_model::diagram::{Mark, MarkKind};

/// The drawing of a mark, around the origin.
pub fn drawing(mark: &Mark) -> Html {
    let label = mark.label.as_str();
    match mark.kind {
        MarkKind::Created => html! { <circle class="created" r="3" /> },
        MarkKind::Stored => html! { <circle class="stored" r="3" /> },
        MarkKind::Recorded => {
            html! { <rect class="recorded" x="-4" y="-3" width="8" height="6" rx="1.5" /> }
        }
        MarkKind::Effect => token("once", label, None),
        MarkKind::Repeated(times) => token("again", label, Some(times)),
        MarkKind::Absorbed(_) => token("absorbed", label, None),
        MarkKind::RepeatDropped => token("absorbed small", label, None),
        MarkKind::Parked => html! {
            <g class="token parked">
                <rect x="-9.5" y="-9.5" width="19" height="19" rx="4" />
                { number(label) }
                { word(-14.0, "parked") }
            </g>
        },
        MarkKind::Discarded => {
            html! { <g class="token lost">{ cross(8.0) }{ word(-12.0, label) }</g> }
        }
        MarkKind::GaveUp => html! { <g class="token lost">{ cross(8.0) }{ word(12.0, label) }</g> },
        MarkKind::Failed => html! { <g class="token lost">{ cross(7.0) }{ word(12.0, label) }</g> },
        MarkKind::AnswerTimeout => html! { <g transform="translate(-9 0)">{ clock() }</g> },
        MarkKind::DeliveryTimeout => clock(),
        MarkKind::LateAck(accepted) => html! {
            <g class={if accepted { "late-ack accepted" } else { "late-ack" }}>
                { clock() }
                { word(-11.0, label) }
            </g>
        },
        MarkKind::Returned => html! {
            <path class="returned" transform="translate(-14 0)" d="M-4.5 -1.5 A4.8 4.8 0 1 1 -3.2 3.6 M-7.6 -3.2 L-4.4 -1 L-2.2 -4.2" />
        },
        MarkKind::Refused => html! {
            <g class="refused">
                <circle r="6" /><path d="M-3.4 0 H3.4" />{ word(11.0, label) }
            </g>
        },
        MarkKind::Elected(clean) => html! {
            <g class={if clean { "elected" } else { "elected unclean" }}>
                <path d="M-6 4 V-4 L-3 -0.5 L0 -5 L3 -0.5 L6 -4 V4 Z" />{ word(-11.0, label) }
            </g>
        },
        MarkKind::CopyLost => html! {
            <g class="token lost" transform="translate(24 0)">{ cross(7.0) }{ word(10.0, label) }</g>
        },
        MarkKind::Visible => html! {
            <g class="visible"><path d="M-4 0 L-1 3.5 L5 -4" />{ word(-10.0, label) }</g>
        },
        MarkKind::Committed => html! { <circle class="committed" r="3.4" /> },
        MarkKind::Aborted => {
            html! { <g class="token lost">{ cross(5.5) }{ word(-10.0, label) }</g> }
        }
        MarkKind::Assigned => html! {
            <g class="assigned"><path d="M0 -5 L5 0 L0 5 L-5 0 Z" />{ word(10.0, label) }</g>
        },
        MarkKind::TransactionRefused => {
            html! { <g class="token lost">{ cross(7.0) }{ word(12.0, label) }</g> }
        }
        MarkKind::Aside => html! { <g class="aside">{ diamond() }{ word(14.0, label) }</g> },
        MarkKind::AsideRepeated(times) => html! {
            <g class="aside again">{ diamond() }{ word(14.0, &format!("{label} ×{times}")) }</g>
        },
    }
}

/// A ring with a number, and how often if more than once.
fn token(class: &'static str, label: &str, times: Option<u32>) -> Html {
    html! {
        <g class={classes!("token", class)}>
            <circle r="10" />
            { number(label) }
            if let Some(times) = times {
                <g class="badge" transform="translate(12 -10)">
                    <rect x="-10" y="-7.5" width="20" height="15" rx="7.5" />
                    <text y="3.8">{ format!("×{times}") }</text>
                </g>
            }
        </g>
    }
}

/// A number in the middle; long ones are set smaller.
pub fn number(label: &str) -> Html {
    let long = match label.len() {
        0..=2 => None,
        3 => Some("long"),
        _ => Some("longer"),
    };
    html! { <text class={classes!("number", long)} y="4">{ label.to_owned() }</text> }
}

/// The cross of what is lost, in a ring.
pub fn cross(radius: f64) -> Html {
    let arm = radius * 0.45;
    html! {
        <>
            <circle r={radius.to_string()} />
            <path d={format!("M{} {} L{arm} {arm} M{arm} {} L{} {arm}", -arm, -arm, -arm, -arm)} />
        </>
    }
}

fn clock() -> Html {
    html! { <g class="clock"><circle r="6.5" /><path d="M0 -3.8 V0 L2.7 1.8" /></g> }
}

fn diamond() -> Html {
    html! { <path class="diamond" d="M8 0 L12 -4 L16 0 L12 4 Z" transform="translate(-4 0)" /> }
}

/// A word beside a glyph: to the left of a negative place, to the right of a positive one.
pub fn word(x: f64, text: &str) -> Html {
    let class = if x < 0.0 { "word before" } else { "word" };
    html! { <text {class} x={x.to_string()} y="4">{ text.to_owned() }</text> }
}
