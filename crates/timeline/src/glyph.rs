//! Glyphs as plain shapes around their own origin: how each mark of a diagram and each outcome of a message is
//! drawn.
//!
//! Colours and strokes of the classes are in the style sheet, `static/css/diagram.css`.

use super::diagram::{Mark, MarkKind, Span, SpanKind};
use super::shape::{Form, Position, Shape, at};
use ackground_core::audit::Outcome;

/// The glyph of a mark.
pub fn drawing(mark: &Mark) -> Shape {
    let label = mark.label.as_str();
    match mark.kind {
        MarkKind::Created => circle("created", 3.0),
        MarkKind::Stored => circle("stored", 3.0),
        MarkKind::Committed => circle("committed", 3.4),
        MarkKind::Recorded => rect("recorded", [-4.0, -3.0, 8.0, 6.0], 1.5),
        MarkKind::Effect => token("token once", label, None),
        MarkKind::Repeated(times) => token("token again", label, Some((times, 12.0, -10.0))),
        MarkKind::Absorbed(_) => token("token absorbed", label, None),
        MarkKind::RepeatDropped => token("token absorbed small", label, None),
        MarkKind::Parked => {
            let beside = -4.5 - wide(label, 19.0) / 2.0;
            let pieces = vec![boxed(label), number(label), word(beside, "parked")];
            Shape::group("token parked", pieces)
        }
        MarkKind::Discarded => gone(8.0, -12.0, label),
        MarkKind::GaveUp => gone(8.0, 12.0, label),
        MarkKind::Failed | MarkKind::TransactionRefused => gone(7.0, 12.0, label),
        MarkKind::Aborted => gone(5.5, -10.0, label),
        MarkKind::CopyLost => gone(7.0, 10.0, label).moved(24.0),
        MarkKind::AnswerTimeout => clock().moved(-9.0),
        MarkKind::DeliveryTimeout => clock(),
        MarkKind::LateAck(accepted) => {
            let class = if accepted { "late-ack accepted" } else { "late-ack" };
            Shape::group(class, vec![clock(), word(-11.0, label)])
        }
        MarkKind::Returned => {
            let d = "a4.8 4.8 0 1 1 1.3 5.1m-4.4 -6.8l3.2 2.2l2.2 -3.2";
            path("returned", (-18.5, -1.5), d)
        }
        MarkKind::Refused => {
            let pieces = vec![circle("", 6.0), path("", (-3.4, 0.0), "h6.8"), word(11.0, label)];
            Shape::group("refused", pieces)
        }
        MarkKind::Elected(clean) => {
            let class = if clean { "elected" } else { "elected unclean" };
            let crown = path("", (-6.0, 4.0), "v-8l3 3.5l3 -4.5l3 4.5l3 -3.5v8z");
            Shape::group(class, vec![crown, word(-11.0, label)])
        }
        MarkKind::Visible => {
            let check = path("", (-4.0, 0.0), "l3 3.5l6 -7.5");
            Shape::group("visible", vec![check, word(-10.0, label)])
        }
        MarkKind::Assigned => {
            let diamond = path("", (0.0, -5.0), "l5 5l-5 5l-5 -5z");
            Shape::group("assigned", vec![diamond, word(10.0, label)])
        }
        MarkKind::Aside => Shape::group("aside", vec![diamond(), word(14.0, label)]),
        MarkKind::AsideRepeated(times) => {
            // A long name would reach the effects on the next lifeline.
            let name = if label.chars().count() > 8 { "" } else { label };
            let said = format!("{name} ×{times}");
            Shape::group("aside again", vec![diamond(), word(14.0, said.trim_start())])
        }
    }
}

/// The glyph of a message's outcome: a ring for once, a ring with a count for duplicated, a struck-through
/// dashed ring for lost, a box for parked, a dotted ring for pending.
pub fn sign(outcome: Outcome, message: &str, effects: u32) -> Shape {
    match outcome {
        Outcome::Once => token("token once", message, None),
        Outcome::Pending => token("token pending", message, None),
        Outcome::Duplicated => token("token again", message, Some((effects.max(2), 12.0, -9.0))),
        Outcome::Parked => Shape::group("token parked", vec![boxed(message), number(message)]),
        Outcome::Lost => {
            let gone = group_at("gone", (9.0, 8.0), cross(6.5).to_vec());
            Shape::group("token lost", vec![ring(message), number(message), gone])
        }
    }
}

/// The cross for a loss, inside a ring.
pub fn cross(radius: f64) -> [Shape; 2] {
    let arm = radius * 0.45;
    let length = 2.0 * arm;
    let d = format!("l{length} {length}m0 -{length}l-{length} {length}");
    [circle("", radius), Shape::new("", at(-arm, -arm), Form::Path(d.into()))]
}

/// The cross at the end of a lost packet.
pub fn lost() -> Shape {
    Shape::group("token lost", cross(8.0).to_vec())
}

/// The word beside a span.
pub fn beside(span: &Span) -> Shape {
    let stalls = span.kind == SpanKind::Stall;
    let class = if stalls { "span-word stall" } else { "span-word" };
    Shape::group(class, vec![word(word_beside(span), &span.label)])
}

/// Where the word of a span begins, as an offset in pixels: on the outer side of spans shifted to the left, and to
/// the left of whatever is drawn there.
pub fn word_beside(span: &Span) -> f64 {
    if span.kind == SpanKind::Unavailable {
        -22.0
    } else if span.shift < 0.0 {
        -11.0
    } else {
        13.0
    }
}

/// A number in the middle.
pub fn number(label: &str) -> Shape {
    text("number", (0.0, 4.0), label)
}

/// The width of a digit, in pixels.
const DIGIT: f64 = 7.4;

/// The width of a frame around this number, at least so many pixels.
fn wide(label: &str, least: f64) -> f64 {
    (DIGIT * label.chars().count() as f64 + 9.0).max(least)
}

/// The ring around a number, drawn out where the number is long.
fn ring(label: &str) -> Shape {
    let wide = wide(label, 20.0);
    if wide < 24.0 {
        return circle("", 10.0);
    }
    rect("", [-wide / 2.0, -10.0, wide, 20.0], 10.0)
}

/// A word beside a glyph: to the left of it at negative `x`, to the right at positive.
pub fn word(x: f64, says: &str) -> Shape {
    text(if x < 0.0 { "word before" } else { "word" }, (x, 4.0), says)
}

/// A numbered ring, and at its offset how often, if more than once.
fn token(class: &'static str, label: &str, times: Option<(u32, f64, f64)>) -> Shape {
    let mut pieces = vec![ring(label), number(label)];
    if let Some((times, x, y)) = times {
        let times = format!("×{times}");
        let wide = wide(&times, 20.0);
        let pill = rect("", [-10.0, -7.5, wide, 15.0], 7.5);
        let said = text("", (wide / 2.0 - 10.0, 3.8), &times);
        pieces.push(group_at("badge", (x, y), vec![pill, said]));
    }
    Shape::group(class, pieces)
}

/// The cross for something that came to nothing, with a word beside it.
fn gone(radius: f64, beside: f64, label: &str) -> Shape {
    let mut pieces = cross(radius).to_vec();
    pieces.push(word(beside, label));
    Shape::group("token lost", pieces)
}

fn clock() -> Shape {
    let hands = path("", (0.0, -3.8), "v3.8l2.7 1.8");
    Shape::group("clock", vec![circle("", 6.5), hands])
}

fn diamond() -> Shape {
    path("diamond", (4.0, 0.0), "l4 -4l4 4l-4 4z")
}

fn boxed(label: &str) -> Shape {
    let wide = wide(label, 19.0);
    let wide = if wide < 24.0 { 19.0 } else { wide };
    rect("", [-wide / 2.0, -9.5, wide, 19.0], 4.0)
}

fn circle(class: &'static str, r: f64) -> Shape {
    Shape::circle(class, Position::default(), r)
}

fn rect(class: &'static str, [x, y, width, height]: [f64; 4], round: f64) -> Shape {
    let size = at(width, height);
    Shape::new(class, at(x, y), Form::Rect { size, round, hatched: false })
}

fn path(class: &'static str, (x, y): (f64, f64), d: &'static str) -> Shape {
    Shape::new(class, at(x, y), Form::Path(d.into()))
}

fn text(class: &'static str, (x, y): (f64, f64), says: &str) -> Shape {
    Shape::text(class, at(x, y), says.to_owned())
}

fn group_at(class: &'static str, (x, y): (f64, f64), shapes: Vec<Shape>) -> Shape {
    Shape::new(class, at(x, y), Form::Group(shapes))
}
