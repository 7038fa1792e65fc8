//! The lines, areas and markers of a chart as path data.

use std::fmt::Write as _;

use crate::shape::{Position, coordinate};

/// Path data for a line through these positions; empty for fewer than two.
pub fn line(places: &[Position]) -> String {
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

/// Path data for the area between an upper and a lower line; empty for fewer than two positions.
pub fn area(upper: &[Position], lower: &[Position]) -> String {
    let around: Vec<Position> = upper.iter().chain(lower.iter().rev()).copied().collect();
    if upper.len() < 2 { String::new() } else { line(&around) + "Z" }
}

/// The marker of a lane, counted from 0: a circle, a square, a triangle, a diamond. All have about the
/// same area and fit a circle with a radius of six pixels.
pub fn sign(lane: usize, place: Position) -> String {
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
    use crate::shape::at;

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
