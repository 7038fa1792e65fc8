//! A chart with all that is shown and saved with it. A sweep is one; whatever else is to be plotted becomes a
//! [`Plot`] as well, and the view draws it, reads it out and saves it without knowing what it is about.

use ackground_timeline::chart::Chart;

/// A chart and its texts.
#[derive(Clone, Debug, PartialEq)]
pub struct Plot {
    /// What it shows: the title of the picture and of its table.
    pub title: String,
    /// The course of each curve, for those who do not see it.
    pub description: String,
    /// What its axes count.
    pub note: String,
    /// The head of the table's first column.
    pub along: String,
    /// The names of the lanes.
    pub lanes: Vec<String>,
    /// What is drawn.
    pub chart: Chart,
    /// What can be read off it, from left to right; empty as long as nothing is known.
    pub readings: Vec<Reading>,
    /// What its files are called, without the ending.
    pub file: String,
    /// Its values as CSV.
    pub csv: String,
}

/// A point of the axis, as it is read off the chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The point in words: `10 %`.
    pub point: String,
    /// Where it is along the axis.
    pub across: f64,
    /// Lane by lane.
    pub values: Vec<Value>,
}

/// A point of a curve.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// The number with its interval: `9.8 % (9.2 to 10.4 %)`.
    pub value: String,
    /// All of it: `At least once. Ack lost 10 %: duplicated 9.8 % (9.2 to 10.4 %)`.
    pub words: String,
    /// How high it is, if the curve has such a point.
    pub up: Option<f64>,
}
