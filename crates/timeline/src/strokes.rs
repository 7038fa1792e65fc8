//! Stroke styles: the class, arrow head, width and offset with which each thing in a diagram is drawn.
//!
//! The page and the standalone picture share them. Colours live in the style sheet, `static/css/diagram.css`;
//! positions come from the [diagram](super::diagram).

use super::axis::{Axis, Tick};
use super::diagram::{
    Arrow, ArrowKind, Band, Diagram, Fall, Flight, Glyph, HitTarget, Mark, MarkKind, Span,
    SpanKind, Stamp,
};
use super::glyph::{beside, drawing, lost};
use super::shape::{Form, Position, Shape, at};

/// Arrow heads, one per colour: the class and the path of each, in a box of 12 by 8 pixels. The tip is at [`TIP`], a
/// little before the target.
pub const HEADS: [(&str, &str); 5] = [
    ("message", "M0 0 L9 4 L0 8 Z"),
    ("again", "M0 0 L9 4 L0 8 Z"),
    ("ack", "M0 0 L8 4 L0 8 Z"),
    ("nack", "M0 0 L8 4 L0 8 Z"),
    ("ignored", "M1 1 L7 7 M7 1 L1 7"),
];
/// Where in the box of an arrow head its line ends, in pixels.
pub const TIP: (u8, u8) = (11, 4);

/// The class for what a packet carries.
pub fn kind(kind: ArrowKind) -> &'static str {
    match kind {
        ArrowKind::Message => "message",
        ArrowKind::Again => "again",
        ArrowKind::Ack => "ack",
        ArrowKind::Nack => "nack",
        ArrowKind::Confirm => "confirm",
    }
}

/// The arrow of a packet.
pub fn arrow(arrow: &Arrow) -> Shape {
    let fall = match arrow.fall {
        Fall::Arrives => "arrives",
        Fall::Ignored => "ignored",
        Fall::Lost => "lost",
        Fall::UnderWay => "under-way",
    };
    let head = match (arrow.fall, arrow.kind) {
        (Fall::Lost | Fall::UnderWay, _) => None,
        (Fall::Ignored, _) => Some("ignored"),
        (Fall::Arrives, ArrowKind::Confirm) => Some("ack"),
        (Fall::Arrives, carries) => Some(kind(carries)),
    };
    let late = if arrow.late { " late" } else { "" };
    let copied = if arrow.copied { " copied" } else { "" };
    let class = format!("arrow {} {fall}{late}{copied}", kind(arrow.kind));
    let form = Form::Line(arrow.end.into(), head);
    Shape::new(class, arrow.start.into(), form).about(arrow.about)
}

/// The thin line from the consumer to its effect in the store, if the mark has one.
pub fn link(mark: &Mark) -> Option<Shape> {
    let class = if mark.kind == MarkKind::Effect {
        "link once"
    } else if let MarkKind::Repeated(_) = mark.kind {
        "link again"
    } else {
        "link absorbed"
    };
    let from = Position::across(mark.link?, mark.at.y);
    Some(Shape::line(class, from, mark.at.into()).about(mark.about))
}

/// The stroke style of a span.
enum Stroke {
    /// A thin line beside the lifeline: its class, and its offset in pixels.
    Wait(&'static str, f64),
    /// A box on the lifeline: its class, its width in pixels, and whether it is hatched.
    Box(&'static str, f64, bool),
}

fn stroke(kind: SpanKind) -> Stroke {
    match kind {
        SpanKind::Unavailable => Stroke::Wait("wait unavailable", -16.0),
        SpanKind::Transaction => Stroke::Wait("wait transaction", -6.0),
        SpanKind::Waiting => Stroke::Wait("wait waiting", -9.0),
        SpanKind::Backoff => Stroke::Wait("wait backoff", -9.0),
        SpanKind::Handler => Stroke::Box("stretch handler", 9.0, false),
        SpanKind::Stall => Stroke::Box("stretch stall", 9.0, false),
        SpanKind::Crash => Stroke::Box("stretch crash", 17.0, true),
        SpanKind::FollowerCrash => Stroke::Box("stretch crash follower", 12.0, true),
    }
}

/// A wait, drawn as a thin line beside the lifeline; `None` for any other span.
pub fn wait(span: &Span) -> Option<Shape> {
    let Stroke::Wait(class, aside) = stroke(span.kind) else {
        return None;
    };
    let from = Position::beside(span.at, aside);
    Some(Shape::line(class, from, Position { y: span.bottom, ..from }).about(span.about))
}

/// The boxes of a span on the lifeline; none for a wait.
pub fn boxes(span: &Span) -> Vec<Shape> {
    let Stroke::Box(class, width, hatched) = stroke(span.kind) else {
        return Vec::new();
    };
    let corner = Position::beside(span.at, span.shift - width / 2.0);
    // Even a span of no duration stays visible.
    let size = at(width, (span.bottom - span.at.y).max(3.0));
    let rect = |class, hatched| {
        Shape::new(class, corner, Form::Rect { size, round: 3.0, hatched }).about(span.about)
    };
    // Hatching goes on an opaque ground, so that the lifeline does not show through.
    let ground = hatched.then(|| rect("stretch ground", false));
    ground.into_iter().chain([rect(class, hatched)]).collect()
}

/// The shape of a glyph.
pub fn stamp(diagram: &Diagram, glyph: &Glyph) -> Shape {
    let (at, shift, about, drawing) = match glyph.what {
        Stamp::Label(index) => {
            let arrow = &diagram.arrows[index];
            let lost = if arrow.fall == Fall::Lost { " lost" } else { "" };
            let class = format!("glyph label {}{lost}", kind(arrow.kind));
            let at = arrow.label_at.into();
            return Shape::text(class, at, arrow.label.clone()).about(arrow.about);
        }
        Stamp::Cross(index) => {
            let arrow = &diagram.arrows[index];
            (arrow.end, 0.0, arrow.about, lost())
        }
        Stamp::Word(index) => {
            let span = &diagram.spans[index];
            (span.at, span.shift, span.about, beside(span))
        }
        Stamp::Mark(index) => {
            let mark = &diagram.marks[index];
            (mark.at, mark.shift, mark.about, drawing(mark))
        }
    };
    let at = Position { y: glyph.y, ..Position::beside(at, shift) };
    Shape::new("glyph", at, Form::Sign(Box::new(drawing))).about(about)
}

/// A packet in flight.
pub fn flight(flight: &Flight) -> Shape {
    let lost = if flight.lost { " lost" } else { "" };
    let number = flight.message.map(|message| message.to_string()).unwrap_or_default();
    let disc = Shape::circle("", Position::default(), 8.0);
    let number = Shape::text("", at(0.0, 3.8), number);
    let class = format!("flight {}{lost}", kind(flight.kind));
    Shape::around(class, flight.at.into(), vec![disc, number])
}

/// A network partition, clipped between two edges, with or without its label.
pub fn band(band: &Band, (top, bottom): (f64, f64), word: bool) -> Shape {
    let (from, to) = (band.top.max(top), band.bottom.min(bottom));
    let size = Position::across(band.right - band.left, to - from);
    let form = Form::Rect { size, round: 0.0, hatched: false };
    let area = Shape::new("", Position::across(band.left, from), form);
    let middle = Position::across((band.left + band.right) / 2.0, from + 12.0);
    let word = word.then(|| Shape::text("", middle, band.label));
    Shape::group("band", [area].into_iter().chain(word).collect())
}

/// The line of a tick, and its label.
pub fn tick(tick: &Tick) -> [Shape; 2] {
    [rule(tick.y), Shape::text("", at(0.0, tick.y - 3.0), tick.label.clone())]
}

/// How far below the line where the lanes differ its label may stand, in pixels, best first.
const DIFFER_AT: [f64; 6] = [-4.0, 13.0, -19.0, 28.0, -34.0, 43.0];

/// The line where the lanes begin to differ, and its label, if they do. The label stands as near to the line as no
/// token covers it.
pub fn divergence(axis: &Axis, diagram: &Diagram) -> Option<[Shape; 2]> {
    let y = axis.y(axis.divergence()?);
    let covered = |below: f64| {
        let middle = y + below - 4.0;
        let near = |mark: &Mark| mark.at.x > 60.0 && (mark.at.y - middle).abs() < 17.0;
        middle < 8.0 || middle > axis.height() - 8.0 || diagram.marks.iter().any(near)
    };
    let below = DIFFER_AT.into_iter().find(|below| !covered(*below)).unwrap_or(DIFFER_AT[0]);
    let form = Form::Text { says: "lanes differ".into(), more: " from here", anchor: None };
    Some([rule(y), Shape::new("", Position::across(100.0, y + below), form)])
}

/// A line across the whole picture.
fn rule(y: f64) -> Shape {
    Shape::line("", Position::across(0.0, y), Position::across(100.0, y))
}

/// The halo around what the pointer is over; `None` if the diagram no longer has it.
pub fn halo(diagram: &Diagram, axis: &Axis, over: HitTarget) -> Option<Shape> {
    let around =
        |percent: f64, shape: Shape| Shape::around("", Position::across(percent, 0.0), vec![shape]);
    let upright = |percent: f64, x: f64, from: f64, to: f64| {
        around(percent, Shape::line("under", at(x, from), at(x, to)))
    };
    Some(match over {
        HitTarget::Mark(index) => {
            let mark = diagram.marks.get(index)?;
            let at = at(mark.shift, mark.at.y);
            around(mark.at.x, Shape::circle("under", at, mark.reach()))
        }
        HitTarget::Arrow(index) => {
            let arrow = diagram.arrows.get(index)?;
            Shape::line("under", arrow.start.into(), arrow.end.into())
        }
        HitTarget::Span(index) => {
            let span = diagram.spans.get(index)?;
            upright(span.at.x, span.shift, span.at.y, span.bottom)
        }
        HitTarget::Lifeline(index) => {
            upright(diagram.lifelines.get(index)?.x, 0.0, 0.0, axis.height())
        }
    })
}
