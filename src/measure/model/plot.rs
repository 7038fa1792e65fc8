//! Any chart, with the texts and files that belong to it. The view draws, describes and saves a [`Plot`]
//! without knowing what it is about; a sweep is one.

use ackground_timeline::chart::Chart;

#[derive(Clone, Debug, PartialEq)]
pub struct Plot {
    /// The title of the picture and of its table.
    pub title: String,
    /// A text alternative: the course of each curve.
    pub description: String,
    /// What the axes count.
    pub note: String,
    /// Why curves run as they do, where that surprises.
    pub reasons: Vec<String>,
    /// The header of the table's first column.
    pub along: String,
    pub lanes: Vec<String>,
    pub chart: Chart,
    /// What the cursor can read off, from left to right; empty until something is known.
    pub readings: Vec<Reading>,
    /// The base name of its files.
    pub file: String,
    pub csv: String,
}

/// A point of the axis, as the cursor reads it.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The point with its axis: `Ack lost: 10 %`.
    pub title: String,
    /// The point as text: `10 %`.
    pub point: String,
    /// Its position on the axis.
    pub across: f64,
    /// One per lane.
    pub values: Vec<Value>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// The value with its interval: `9.8 % (9.2 to 10.4 %)`.
    pub value: String,
    /// As a full sentence: `At least once. Ack lost 10 %: duplicated 9.8 % (9.2 to 10.4 %)`.
    pub words: String,
    /// Its height, if the curve has a point here.
    pub up: Option<f64>,
}
