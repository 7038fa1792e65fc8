//! What a chart is drawn with: paths and texts, each with a class that says what it is. How a class
//! looks is the style sheet's, `static/css/chart.css`.

use std::fmt::Write as _;

/// One shape of a chart.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// Lines and areas.
    Path {
        /// What it is.
        class: String,
        /// Its path data.
        d: String,
    },
    /// A line of text.
    Text {
        /// What it is.
        class: String,
        /// Where, in pixels.
        at: Place,
        /// Which part of it is there.
        anchor: Anchor,
        /// What it says.
        text: String,
    },
}

/// A place in a chart, in pixels from its upper left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// To the right.
    pub x: f64,
    /// Down.
    pub y: f64,
}

ackground_core::words! {
    /// Which part of a text stands at its place.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Anchor {
        /// Where it begins.
        Start = "start",
        /// Its middle.
        Middle = "middle",
        /// Where it ends.
        End = "end",
    }
}

/// A place at these coordinates.
pub fn at(x: f64, y: f64) -> Place {
    Place { x, y }
}

/// A coordinate, to the tenth of a pixel: short, and the same on every machine.
pub fn coordinate(number: f64) -> String {
    let rounded = (number * 10.0).round() / 10.0;
    // Without the sign of a zero.
    format!("{}", rounded + 0.0)
}

/// The path data of a line through these places; nothing for less than two.
pub fn line(places: &[Place]) -> String {
    if places.len() < 2 {
        return String::new();
    }
    let mut d = String::new();
    for (index, place) in places.iter().enumerate() {
        let command = if index == 0 { 'M' } else { 'L' };
        let (x, y) = (coordinate(place.x), coordinate(place.y));
        // Writing to a String cannot fail.
        let _ = write!(d, "{command}{x} {y}");
    }
    d
}

/// The path data of the area between an upper and a lower line; nothing for less than two places.
pub fn area(upper: &[Place], lower: &[Place]) -> String {
    let around: Vec<Place> = upper.iter().chain(lower.iter().rev()).copied().collect();
    if upper.len() < 2 { String::new() } else { line(&around) + "Z" }
}

/// The sign of a lane, counted from 0: a circle, a square, a triangle, a diamond. All have about the
/// same area, and fit a circle of six pixels.
pub fn sign(lane: usize, place: Place) -> String {
    let (x, y) = (coordinate(place.x), coordinate(place.y));
    match lane % 4 {
        0 => format!("M{x} {y}m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0Z"),
        1 => format!("M{x} {y}m-3.6 -3.6h7.2v7.2h-7.2Z"),
        2 => format!("M{x} {y}m0 -5.2l5 8.6h-10Z"),
        _ => format!("M{x} {y}m0 -5.4l5 5.4l-5 5.4l-5 -5.4Z"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_short() {
        assert_eq!(line(&[at(0.04, 1.0), at(-0.01, 2.25)]), "M0 1L0 2.3");
        assert_eq!(line(&[at(0.0, 1.0)]), "");
        let (upper, lower) = ([at(0.0, 1.0), at(9.0, 1.0)], [at(0.0, 3.0), at(9.0, 4.0)]);
        assert_eq!(area(&upper, &lower), "M0 1L9 1L9 4L0 3Z");
    }

    #[test]
    fn the_signs_of_four_lanes_differ() {
        let signs: std::collections::BTreeSet<String> =
            (0..4).map(|lane| sign(lane, at(0.0, 0.0))).collect();
        assert_eq!(signs.len(), 4);
    }
}
