//! Signs as plain shapes: how each mark of a picture, each end of a message is drawn, around its own
//! origin.
//!
//! The page turns these pieces into elements, the standalone picture into text, so that a sign looks the
//! same in both. Classes say what a piece is; how a class looks is the style sheet's,
//! `static/css/diagram.css`.

use std::borrow::Cow;

use super::diagram::{Mark, MarkKind, Span, SpanKind};
use super::pens;
use ackground_core::audit::Outcome;

/// A piece of a drawing.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// A circle around the origin.
    Circle {
        /// What it is, if it does not go without saying.
        class: &'static str,
        /// Its radius, in pixels.
        r: f64,
    },
    /// A box.
    Rect {
        /// What it is.
        class: &'static str,
        /// Its left upper corner, its width and its height, in pixels.
        sides: [f64; 4],
        /// The radius of its corners.
        round: f64,
    },
    /// Lines.
    Path {
        /// What it is.
        class: &'static str,
        /// Where they begin, in pixels.
        from: (f64, f64),
        /// How they go on from there: relative path data.
        d: Cow<'static, str>,
    },
    /// A line of text.
    Text {
        /// What it is.
        class: &'static str,
        /// Its base, in pixels.
        at: (f64, f64),
        /// What it says.
        text: Cow<'static, str>,
    },
    /// Pieces that belong together.
    Group {
        /// What they are.
        class: &'static str,
        /// How far they are moved, in pixels.
        at: (f64, f64),
        /// The pieces, from the back to the front.
        pieces: Vec<Piece>,
    },
}

const HERE: (f64, f64) = (0.0, 0.0);

/// The drawing of a mark.
pub fn drawing(mark: &Mark) -> Piece {
    let label = mark.label.as_str();
    match mark.kind {
        MarkKind::Created => circle("created", 3.0),
        MarkKind::Stored => circle("stored", 3.0),
        MarkKind::Committed => circle("committed", 3.4),
        MarkKind::Recorded => {
            Piece::Rect { class: "recorded", sides: [-4.0, -3.0, 8.0, 6.0], round: 1.5 }
        }
        MarkKind::Effect => token("token once", label, None),
        MarkKind::Repeated(times) => token("token again", label, Some((times, 12.0, -10.0))),
        MarkKind::Absorbed(_) => token("token absorbed", label, None),
        MarkKind::RepeatDropped => token("token absorbed small", label, None),
        MarkKind::Parked => {
            let pieces = vec![boxed(), number(label), word(-14.0, "parked")];
            group("token parked", pieces)
        }
        MarkKind::Discarded => gone(8.0, -12.0, label),
        MarkKind::GaveUp => gone(8.0, 12.0, label),
        MarkKind::Failed | MarkKind::TransactionRefused => gone(7.0, 12.0, label),
        MarkKind::Aborted => gone(5.5, -10.0, label),
        MarkKind::CopyLost => moved(gone(7.0, 10.0, label), (24.0, 0.0)),
        MarkKind::AnswerTimeout => moved(clock(), (-9.0, 0.0)),
        MarkKind::DeliveryTimeout => clock(),
        MarkKind::LateAck(accepted) => {
            let class = if accepted { "late-ack accepted" } else { "late-ack" };
            group(class, vec![clock(), word(-11.0, label)])
        }
        MarkKind::Returned => {
            let d = "a4.8 4.8 0 1 1 1.3 5.1m-4.4 -6.8l3.2 2.2l2.2 -3.2";
            path("returned", (-18.5, -1.5), d)
        }
        MarkKind::Refused => {
            let pieces = vec![circle("", 6.0), path("", (-3.4, 0.0), "h6.8"), word(11.0, label)];
            group("refused", pieces)
        }
        MarkKind::Elected(clean) => {
            let class = if clean { "elected" } else { "elected unclean" };
            let crown = path("", (-6.0, 4.0), "v-8l3 3.5l3 -4.5l3 4.5l3 -3.5v8z");
            group(class, vec![crown, word(-11.0, label)])
        }
        MarkKind::Visible => {
            let check = path("", (-4.0, 0.0), "l3 3.5l6 -7.5");
            group("visible", vec![check, word(-10.0, label)])
        }
        MarkKind::Assigned => {
            let diamond = path("", (0.0, -5.0), "l5 5l-5 5l-5 -5z");
            group("assigned", vec![diamond, word(10.0, label)])
        }
        MarkKind::Aside => group("aside", vec![diamond(), word(14.0, label)]),
        MarkKind::AsideRepeated(times) => {
            let said = format!("{label} ×{times}");
            group("aside again", vec![diamond(), word(14.0, &said)])
        }
    }
}

/// The sign of a message's end: a ring for once, a ring with a count for duplicated, a dashed ring
/// struck through for lost, a box for parked, a dotted ring for pending.
pub fn sign(outcome: Outcome, message: &str, effects: u32) -> Piece {
    match outcome {
        Outcome::Once => token("token once", message, None),
        Outcome::Pending => token("token pending", message, None),
        Outcome::Duplicated => token("token again", message, Some((effects.max(2), 12.0, -9.0))),
        Outcome::Parked => group("token parked", vec![boxed(), number(message)]),
        Outcome::Lost => {
            let gone = Piece::Group { class: "gone", at: (9.0, 8.0), pieces: cross(6.5).to_vec() };
            group("token lost", vec![circle("", 10.0), number(message), gone])
        }
    }
}

/// The cross of what is lost, in a ring.
pub fn cross(radius: f64) -> [Piece; 2] {
    let arm = radius * 0.45;
    let length = 2.0 * arm;
    let path = Piece::Path {
        class: "",
        from: (-arm, -arm),
        d: format!("l{length} {length}m0 -{length}l-{length} {length}").into(),
    };
    [circle("", radius), path]
}

/// The cross at the end of a packet that is lost.
pub fn lost() -> Piece {
    group("token lost", cross(8.0).to_vec())
}

/// The word beside what lasts.
pub fn beside(span: &Span) -> Piece {
    let stalls = span.kind == SpanKind::Stall;
    let class = if stalls { "span-word stall" } else { "span-word" };
    group(class, vec![word(pens::beside(span), &span.label)])
}

/// A number in the middle; long ones are set smaller.
pub fn number(label: &str) -> Piece {
    let class = match label.len() {
        0..=2 => "number",
        3 => "number long",
        _ => "number longer",
    };
    text(class, (0.0, 4.0), label)
}

/// A word beside a glyph: to the left of a negative place, to the right of a positive one.
pub fn word(x: f64, says: &str) -> Piece {
    text(if x < 0.0 { "word before" } else { "word" }, (x, 4.0), says)
}

/// A ring with a number, and how often if more than once, at its place.
fn token(class: &'static str, label: &str, times: Option<(u32, f64, f64)>) -> Piece {
    let mut pieces = vec![circle("", 10.0), number(label)];
    if let Some((times, x, y)) = times {
        let pill = Piece::Rect { class: "", sides: [-10.0, -7.5, 20.0, 15.0], round: 7.5 };
        pieces.push(Piece::Group {
            class: "badge",
            at: (x, y),
            pieces: vec![pill, text("", (0.0, 3.8), &format!("×{times}"))],
        });
    }
    group(class, pieces)
}

/// The cross of what came to nothing, with a word beside it.
fn gone(radius: f64, beside: f64, label: &str) -> Piece {
    let mut pieces = cross(radius).to_vec();
    pieces.push(word(beside, label));
    group("token lost", pieces)
}

fn clock() -> Piece {
    let hands = path("", (0.0, -3.8), "v3.8l2.7 1.8");
    group("clock", vec![circle("", 6.5), hands])
}

fn diamond() -> Piece {
    path("diamond", (4.0, 0.0), "l4 -4l4 4l-4 4z")
}

fn boxed() -> Piece {
    Piece::Rect { class: "", sides: [-9.5, -9.5, 19.0, 19.0], round: 4.0 }
}

fn circle(class: &'static str, r: f64) -> Piece {
    Piece::Circle { class, r }
}

fn path(class: &'static str, from: (f64, f64), d: &'static str) -> Piece {
    let d = d.into();
    Piece::Path { class, from, d }
}

fn text(class: &'static str, at: (f64, f64), says: &str) -> Piece {
    let text = says.to_owned().into();
    Piece::Text { class, at, text }
}

/// Pieces that belong together, where they are.
pub fn group(class: &'static str, pieces: Vec<Piece>) -> Piece {
    let at = HERE;
    Piece::Group { class, at, pieces }
}

fn moved(piece: Piece, at: (f64, f64)) -> Piece {
    if let Piece::Group { class, pieces, .. } = piece {
        Piece::Group { class, at, pieces }
    } else {
        group("", vec![piece])
    }
}
