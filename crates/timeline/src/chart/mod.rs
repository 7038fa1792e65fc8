//! Charts as pure geometry: curves with their confidence intervals, axes with round ticks, labels that do
//! not collide.
//!
//! | file | owns |
//! |---|---|
//! | [`scale`] | from a value to a position along an axis |
//! | [`ticks`] | round tick values |
//! | [`labels`] | labels beside the ends of curves |
//! | [`path`] | lines, areas and markers as path data |
//! | [`svg`] | a chart as a file of its own |
//!
//! Charts know lanes by number and name, and nothing of what is measured. The page draws the same
//! [shapes](super::shape) that are saved.

pub mod labels;
pub mod path;
pub mod scale;
pub mod svg;
pub mod ticks;

pub use scale::Scale;

use std::borrow::Cow;

use crate::shape::{Anchor, Form, Position, Shape, at};
use path::{area, line, sign};

/// A chart, before layout.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// The horizontal axis.
    pub across: Axis,
    /// The vertical axis.
    pub up: Axis,
    /// The curves.
    pub curves: Vec<Curve>,
    /// The present value on the horizontal axis, if it is a single one.
    pub present: Option<f64>,
}

/// An axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// What it measures, with the unit.
    pub title: String,
    /// How values are spread along it.
    pub scale: Scale,
    /// Its ticks: value and label.
    pub ticks: Vec<(f64, String)>,
}

/// The curve of a lane.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// The lane, counted from 0.
    pub lane: usize,
    /// Its name.
    pub name: String,
    /// Its points, from left to right.
    pub points: Vec<Point>,
}

/// A measured point of a curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Its value on the horizontal axis.
    pub across: f64,
    /// Its value on the vertical axis.
    pub up: f64,
    /// The confidence interval, if known.
    pub interval: Option<(f64, f64)>,
    /// Whether the curve is connected to the point before; not where values in between are missing.
    pub joined: bool,
}

/// The size of a chart, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    /// The width.
    pub width: f64,
    /// The height.
    pub height: f64,
}

/// A chart after layout.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// Its size.
    pub size: Size,
    /// Its shapes, from the back to the front.
    pub shapes: Vec<Shape>,
    /// The plot area: its upper left and lower right corner.
    pub frame: (Position, Position),
    across: Scale,
    up: Scale,
}

impl Picture {
    /// The position of a point.
    pub fn position(&self, across: f64, up: f64) -> Position {
        at(abscissa(&self.across, self.frame, across), ordinate(&self.up, self.frame, up))
    }
}

/// The estimated width of a letter in pixels: of a tick label, and of a name, which is bold.
const LETTER: f64 = 7.0;
const BOLD_LETTER: f64 = 8.0;
/// The least distance between labels of curves, in pixels.
const LABEL_HEIGHT: f64 = 17.0;
/// From this width on the lanes' names fit beside their curves.
const ROOMY: f64 = 560.0;
/// The longest name beside a curve, in characters.
const LONGEST_NAME: usize = 22;

/// Lays a chart out.
pub fn draw(chart: &Chart, size: Size) -> Picture {
    let roomy = size.width >= ROOMY;
    let frame = frame(chart, size, roomy);
    let mut shapes = Vec::new();
    push_axes(&mut shapes, chart, frame, size.width);
    push_present(&mut shapes, chart, frame);
    let placed: Vec<Vec<Spot>> = chart
        .curves
        .iter()
        .map(|curve| curve.points.iter().map(|point| spot(chart, frame, point)).collect())
        .collect();
    for (curve, spots) in chart.curves.iter().zip(&placed) {
        push_band(&mut shapes, curve, spots);
    }
    for (curve, spots) in chart.curves.iter().zip(&placed) {
        push_curve(&mut shapes, curve, spots);
    }
    push_labels(&mut shapes, chart, &placed, frame, roomy);
    Picture { size, shapes, frame, across: chart.across.scale, up: chart.up.scale }
}

/// The corners of the plot area.
fn frame(chart: &Chart, size: Size, roomy: bool) -> (Position, Position) {
    let longest = |texts: &mut dyn Iterator<Item = usize>| texts.max().unwrap_or(0) as f64;
    let ticks = longest(&mut chart.up.ticks.iter().map(|(_, words)| words.chars().count()));
    let names = longest(
        &mut chart.curves.iter().map(|curve| short(&curve.name, LONGEST_NAME).chars().count()),
    );
    let right = if roomy { 18.0 + names * BOLD_LETTER } else { 22.0 };
    let left = 16.0 + ticks * LETTER;
    (at(left, 30.0), at((size.width - right).max(left + 40.0), (size.height - 46.0).max(70.0)))
}

fn push_axes(
    shapes: &mut Vec<Shape>,
    chart: &Chart,
    (upper, lower): (Position, Position),
    chart_width: f64,
) {
    let mut path = |class: &'static str, places: &[Position]| {
        shapes.push(drawn(class, line(places)));
    };
    for (tick, _) in &chart.up.ticks {
        let y = height(chart, (upper, lower), *tick);
        path("grid", &[at(upper.x, y), at(lower.x, y)]);
    }
    path("axis", &[at(upper.x, lower.y), at(lower.x, lower.y)]);
    for (tick, _) in &chart.across.ticks {
        let x = width(chart, (upper, lower), *tick);
        path("axis", &[at(x, lower.y), at(x, lower.y + 4.0)]);
    }
    if chart.across.scale.is_broken() {
        // Two strokes across the axis mark the break.
        let x = upper.x + (lower.x - upper.x) * scale::GAP / 2.0;
        for x in [x - 2.0, x + 2.0] {
            path("axis", &[at(x - 2.0, lower.y + 5.0), at(x + 2.0, lower.y - 5.0)]);
        }
    }
    let mut text = |class: &'static str, place: Position, anchor: Anchor, text: &str| {
        shapes.push(written(class, place, anchor, text.to_owned()));
    };
    for (tick, words) in &chart.up.ticks {
        let y = height(chart, (upper, lower), *tick);
        text("tick", at(upper.x - 8.0, y + 4.0), Anchor::End, words);
    }
    for (tick, words) in legible(chart, (upper, lower)) {
        let x = width(chart, (upper, lower), tick);
        text("tick", at(x, lower.y + 19.0), Anchor::Middle, words);
    }
    // Centred below the axis, or below the picture if it does not fit there.
    let room = |middle: f64| 2.0 * middle.min(chart_width - middle) / BOLD_LETTER;
    let letters = chart.across.title.chars().count() as f64;
    let middle = Some((upper.x + lower.x) / 2.0).filter(|middle| letters <= room(*middle));
    let middle = middle.unwrap_or(chart_width / 2.0);
    let across = short(&chart.across.title, room(middle) as usize);
    let up = short(&chart.up.title, (chart_width / BOLD_LETTER) as usize);
    text("axis-title", at(4.0, 14.0), Anchor::Start, &up);
    text("axis-title", at(middle, lower.y + 39.0), Anchor::Middle, &across);
}

/// The line at the present value.
fn push_present(shapes: &mut Vec<Shape>, chart: &Chart, (upper, lower): (Position, Position)) {
    let Some(present) = chart.present else {
        return;
    };
    let x = width(chart, (upper, lower), present);
    shapes.push(drawn("present", line(&[at(x, upper.y), at(x, lower.y)])));
    let (x, anchor) = if x < (upper.x + lower.x) / 2.0 {
        (x + 5.0, Anchor::Start)
    } else {
        (x - 5.0, Anchor::End)
    };
    shapes.push(written("tick", at(x, upper.y + 9.0), anchor, "now".to_owned()));
}

/// The horizontal ticks whose labels do not overlap.
fn legible(chart: &Chart, frame: (Position, Position)) -> Vec<(f64, &str)> {
    let mut free = f64::NEG_INFINITY;
    let ticks = chart.across.ticks.iter().filter(|(tick, words)| {
        let half = words.chars().count() as f64 * LETTER / 2.0;
        let x = width(chart, frame, *tick);
        let clear = x - half >= free;
        if clear {
            free = x + half + 6.0;
        }
        clear
    });
    ticks.map(|(tick, words)| (*tick, words.as_str())).collect()
}

/// A positioned point, with the ends of its interval.
struct Spot {
    at: Position,
    high: f64,
    low: f64,
    joined: bool,
}

fn spot(chart: &Chart, frame: (Position, Position), point: &Point) -> Spot {
    let up = |number: f64| height(chart, frame, number);
    let y = up(point.up);
    let (low, high) = point.interval.map_or((y, y), |(low, high)| (up(low), up(high)));
    Spot { at: at(width(chart, frame, point.across), y), low, high, joined: point.joined }
}

fn width(chart: &Chart, frame: (Position, Position), number: f64) -> f64 {
    abscissa(&chart.across.scale, frame, number)
}

fn height(chart: &Chart, frame: (Position, Position), number: f64) -> f64 {
    ordinate(&chart.up.scale, frame, number)
}

fn abscissa(scale: &Scale, (upper, lower): (Position, Position), number: f64) -> f64 {
    upper.x + scale.along(number) * (lower.x - upper.x)
}

fn ordinate(scale: &Scale, (upper, lower): (Position, Position), number: f64) -> f64 {
    lower.y - scale.along(number) * (lower.y - upper.y)
}

/// The contiguous stretches of a curve.
fn stretches(spots: &[Spot]) -> impl Iterator<Item = &[Spot]> {
    spots.chunk_by(|_, next| next.joined)
}

fn push_band(shapes: &mut Vec<Shape>, curve: &Curve, spots: &[Spot]) {
    let lane = curve.lane + 1;
    let edge = |stretch: &[Spot], y: fn(&Spot) -> f64| -> Vec<Position> {
        stretch.iter().map(|spot| at(spot.at.x, y(spot))).collect()
    };
    let bands =
        stretches(spots).map(|stretch| area(&edge(stretch, |s| s.high), &edge(stretch, |s| s.low)));
    shapes.push(drawn(format!("band lane-{lane}"), bands.collect()));
    let whiskers = spots
        .iter()
        .filter(|spot| spot.low - spot.high > 1.0)
        .map(|spot| line(&[at(spot.at.x, spot.low), at(spot.at.x, spot.high)]));
    shapes.push(drawn(format!("whisker lane-{lane}"), whiskers.collect()));
}

fn push_curve(shapes: &mut Vec<Shape>, curve: &Curve, spots: &[Spot]) {
    let lane = curve.lane + 1;
    let lines = stretches(spots).map(|stretch| {
        let places: Vec<Position> = stretch.iter().map(|spot| spot.at).collect();
        line(&places)
    });
    shapes.push(drawn(format!("curve lane-{lane}"), lines.collect()));
    let signs = spots.iter().map(|spot| sign(curve.lane, spot.at));
    shapes.push(drawn(format!("sign lane-{lane}"), signs.collect()));
}

/// The name of each lane where its curve ends, or its number if there is no room for names; a thin line
/// leads to a label that had to move.
fn push_labels(
    shapes: &mut Vec<Shape>,
    chart: &Chart,
    placed: &[Vec<Spot>],
    (upper, lower): (Position, Position),
    roomy: bool,
) {
    let ends: Vec<(&Curve, Position)> = chart
        .curves
        .iter()
        .zip(placed)
        .filter_map(|(curve, spots)| Some((curve, spots.last()?.at)))
        .collect();
    let wanted: Vec<f64> = ends.iter().map(|(_, end)| end.y).collect();
    let heights = labels::spread(&wanted, LABEL_HEIGHT, upper.y - 8.0, lower.y);
    for ((curve, end), y) in ends.into_iter().zip(heights) {
        let lane = curve.lane + 1;
        if (y - end.y).abs() > 3.0 || lower.x - end.x > 1.0 {
            let leader = line(&[at(end.x + 6.0, end.y), at(lower.x + 9.0, y)]);
            shapes.push(drawn(format!("leader lane-{lane}"), leader));
        }
        let name = if roomy { short(&curve.name, LONGEST_NAME) } else { lane.to_string() };
        let spot = at(lower.x + 11.0, y + 4.0);
        shapes.push(written(format!("name lane-{lane}"), spot, Anchor::Start, name));
    }
}

fn drawn(class: impl Into<Cow<'static, str>>, d: String) -> Shape {
    Shape::new(class, Position::default(), Form::Curve(d))
}

fn written(
    class: impl Into<Cow<'static, str>>,
    spot: Position,
    anchor: Anchor,
    says: String,
) -> Shape {
    let form = Form::Text { says: says.into(), more: "", anchor: Some(anchor) };
    Shape::new(class, spot, form)
}

/// Truncates a text to this many characters.
fn short(name: &str, longest: usize) -> String {
    if name.chars().count() <= longest {
        name.to_owned()
    } else {
        let kept: String = name.chars().take(longest.saturating_sub(1)).collect();
        format!("{}…", kept.trim_end())
    }
}

#[cfg(test)]
mod tests;
