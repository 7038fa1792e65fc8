//! What the shapes of a diagram are drawn with: their classes, their heads, how wide they are and how
//! far beside their line they stand.
//!
//! The page and the standalone picture draw with the same pens. The colours are the style sheet's,
//! `static/css/diagram.css`; places are the [diagram's](super::diagram).

use super::axis::Axis;
use super::diagram::{Arrow, ArrowKind, Diagram, Fall, Mark, MarkKind, Span, SpanKind};

/// Arrow heads, one for each colour, with the class and the path of each, in a box of 12 by 8 pixels: the
/// tip of a line ends a little before its target, which is at [`TIP`].
pub const HEADS: [(&str, &str); 5] = [
    ("message", "M0 0 L9 4 L0 8 Z"),
    ("again", "M0 0 L9 4 L0 8 Z"),
    ("ack", "M0 0 L8 4 L0 8 Z"),
    ("nack", "M0 0 L8 4 L0 8 Z"),
    ("ignored", "M1 1 L7 7 M7 1 L1 7"),
];
/// Where in the box of an arrow head the end of its line is, in pixels.
pub const TIP: (u8, u8) = (11, 4);

/// The class of what a packet carries.
pub fn kind(kind: ArrowKind) -> &'static str {
    match kind {
        ArrowKind::Message => "message",
        ArrowKind::Again => "again",
        ArrowKind::Ack => "ack",
        ArrowKind::Nack => "nack",
        ArrowKind::Confirm => "confirm",
    }
}

/// The class of how a packet ends.
pub fn fall(fall: Fall) -> &'static str {
    match fall {
        Fall::Arrives => "arrives",
        Fall::Ignored => "ignored",
        Fall::Lost => "lost",
        Fall::UnderWay => "under-way",
    }
}

/// The head of an arrow, by its class, if it has one.
pub fn head(arrow: &Arrow) -> Option<&'static str> {
    match (arrow.fall, arrow.kind) {
        (Fall::Lost | Fall::UnderWay, _) => None,
        (Fall::Ignored, _) => Some("ignored"),
        (Fall::Arrives, ArrowKind::Confirm) => Some("ack"),
        (Fall::Arrives, carries) => Some(kind(carries)),
    }
}

/// The class of the thin line from the consumer to what it brings about in the store.
pub fn link(kind: MarkKind) -> &'static str {
    if kind == MarkKind::Effect {
        "once"
    } else if let MarkKind::Repeated(_) = kind {
        "again"
    } else {
        "absorbed"
    }
}

/// How a stretch of a lifeline is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Stroke {
    /// As a thin line beside it: its class, and how many pixels aside.
    Wait(&'static str, f64),
    /// As a box on it: its class, its width in pixels, and whether it is hatched.
    Box(&'static str, f64, bool),
}

/// How a stretch of this kind is drawn.
pub fn stroke(kind: SpanKind) -> Stroke {
    match kind {
        SpanKind::Unavailable => Stroke::Wait("unavailable", -16.0),
        SpanKind::Transaction => Stroke::Wait("transaction", -6.0),
        SpanKind::Waiting => Stroke::Wait("waiting", -9.0),
        SpanKind::Backoff => Stroke::Wait("backoff", -9.0),
        SpanKind::Handler => Stroke::Box("handler", 9.0, false),
        SpanKind::Stall => Stroke::Box("stall", 9.0, false),
        SpanKind::Crash => Stroke::Box("crash", 17.0, true),
        SpanKind::FollowerCrash => Stroke::Box("crash follower", 12.0, true),
    }
}

/// How high a box is: even what takes no time is seen.
pub fn tall(span: &Span) -> f64 {
    (span.bottom - span.at.y).max(3.0)
}

/// Where the word of a stretch begins, in pixels beside it: on the outer side of those that stand aside
/// to the left, and to the left of what is drawn there.
pub fn beside(span: &Span) -> f64 {
    if span.kind == SpanKind::Unavailable {
        -22.0
    } else if span.shift < 0.0 {
        -11.0
    } else {
        13.0
    }
}

/// The line where the lanes begin to differ, and its words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parting {
    /// Where the line is, in pixels from the top.
    pub y: f64,
    /// Where its words end, in percent of the width.
    pub x: f64,
    /// How many pixels aside of that.
    pub aside: f64,
    /// The base of its words, in pixels from the top.
    pub words: f64,
    /// Whether there is room to say more than that they differ.
    pub room: bool,
}

/// Where the lanes begin to differ, if they do. The words stand over the line unless a token would cover
/// them there.
pub fn parting(axis: &Axis, diagram: &Diagram) -> Option<Parting> {
    let y = axis.y(axis.parting()?);
    let covered = |at: f64| {
        let near = |mark: &Mark| mark.at.x > 60.0 && (mark.at.y - at).abs() < 17.0;
        diagram.marks.iter().any(near)
    };
    let store = diagram.lifelines.last().map_or(100.0, |line| line.x);
    let (x, aside, words, room) = match (covered(y - 8.0), covered(y + 9.0)) {
        (false, _) => (100.0, 0.0, y - 4.0, true),
        (true, false) => (100.0, 0.0, y + 13.0, true),
        (true, true) => (store, -14.0, y - 4.0, false),
    };
    Some(Parting { y, x, aside, words, room })
}
