//! The display list: shapes, each with a class and a position, without markup or colours.
//!
//! They are made from a [diagram](super::diagram) with its [strokes](super::strokes), as a [sign](super::glyph) or for a
//! [chart](super::chart), and there are two painters: the page's, which makes elements of them, and the
//! SVG writer, which writes them as text. How a class looks is the style sheets'.

use std::borrow::Cow;

use super::diagram::{About, Point};

/// A shape.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// Its class; empty for the default.
    pub class: Cow<'static, str>,
    /// What it shows of the run, so that a single message can be highlighted.
    pub about: Option<About>,
    /// Where it is.
    pub at: Position,
    /// What is drawn there.
    pub form: Form,
}

/// A position in a picture, or an offset between two.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Position {
    /// Across, in percent of the width.
    pub percent: f64,
    /// Plus this many pixels.
    pub x: f64,
    /// Down, in pixels.
    pub y: f64,
}

/// What is drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Form {
    /// A circle around its position with this radius, in pixels.
    Circle(f64),
    /// A line from its position to this one, possibly with a [head](super::strokes::HEADS) of that class.
    Line(Position, Option<&'static str>),
    /// A box whose upper left corner is at its position.
    Rect {
        /// The offset of the opposite corner.
        size: Position,
        /// The radius of its corners, in pixels.
        round: f64,
        /// Whether it is filled with hatching.
        hatched: bool,
    },
    /// Relative path data, starting at its position.
    Path(Cow<'static, str>),
    /// Absolute path data, in pixels of the picture; may be empty.
    Curve(String),
    /// A line of text whose baseline is at its position.
    Text {
        /// What it says.
        says: Cow<'static, str>,
        /// The rest of the text, shown where there is room.
        more: &'static str,
        /// Which part of it is at its position; `None` leaves that to the style.
        anchor: Option<Anchor>,
    },
    /// A glyph whose origin is at its position.
    Sign(Box<Shape>),
    /// Shapes around its position, in pixels.
    Around(Vec<Shape>),
    /// A group of shapes, translated by its position.
    Group(Vec<Shape>),
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

impl Shape {
    /// A shape that shows nothing of the run.
    pub fn new(class: impl Into<Cow<'static, str>>, at: Position, form: Form) -> Shape {
        Shape { class: class.into(), about: None, at, form }
    }

    /// A circle.
    pub fn circle(class: &'static str, at: Position, r: f64) -> Shape {
        Shape::new(class, at, Form::Circle(r))
    }

    /// A line between two places.
    pub fn line(class: impl Into<Cow<'static, str>>, from: Position, to: Position) -> Shape {
        Shape::new(class, from, Form::Line(to, None))
    }

    /// A line of text.
    pub fn text(
        class: impl Into<Cow<'static, str>>,
        at: Position,
        says: impl Into<Cow<'static, str>>,
    ) -> Shape {
        Shape::new(class, at, Form::Text { says: says.into(), more: "", anchor: None })
    }

    /// A group of shapes, where they are.
    pub fn group(class: &'static str, shapes: Vec<Shape>) -> Shape {
        Shape::new(class, Position::default(), Form::Group(shapes))
    }

    /// Shapes around a position, in pixels.
    pub fn around(class: impl Into<Cow<'static, str>>, at: Position, shapes: Vec<Shape>) -> Shape {
        Shape::new(class, at, Form::Around(shapes))
    }

    /// The same shape, tied to what it shows.
    pub fn about(mut self, about: About) -> Shape {
        self.about = Some(about);
        self
    }

    /// The same shape, `x` pixels further right.
    pub fn moved(mut self, x: f64) -> Shape {
        self.at.x += x;
        self
    }
}

/// A position in pixels from the left and the top.
pub const fn at(x: f64, y: f64) -> Position {
    Position { percent: 0.0, x, y }
}

impl Position {
    /// A position in percent of the width from the left, and pixels from the top.
    pub const fn across(percent: f64, y: f64) -> Position {
        Position { percent, x: 0.0, y }
    }

    /// A position `x` pixels beside a point.
    pub const fn beside(point: Point, x: f64) -> Position {
        Position { percent: point.x, x, y: point.y }
    }
}

impl From<Point> for Position {
    fn from(point: Point) -> Position {
        Position::beside(point, 0.0)
    }
}

/// A coordinate, to the tenth of a pixel: short, and the same on every machine.
pub fn coordinate(number: f64) -> String {
    let rounded = (number * 10.0).round() / 10.0;
    // Adding zero turns -0 into 0.
    format!("{}", rounded + 0.0)
}
