//! What every picture is made of: shapes, each with a class and a place, without markup and without colours.
//!
//! They are made from a [diagram](super::diagram) with its [pens](super::pens), as a [sign](super::glyph) or for a
//! [chart](super::chart), and there are two painters: the page's, which makes elements of them, and the
//! `pencil`, which writes them. How a class looks is the style sheets'.

use std::borrow::Cow;

use super::diagram::{About, Point};

/// A shape.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// What it is, if it does not go without saying.
    pub class: Cow<'static, str>,
    /// What of the run it tells about: so a message can be shown alone.
    pub about: Option<About>,
    /// Where it is.
    pub at: Position,
    /// What is drawn there.
    pub form: Form,
}

/// A place in a picture, or how far one is from another.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Position {
    /// Across, in percent of the width.
    pub percent: f64,
    /// So many pixels aside of that.
    pub x: f64,
    /// Down, in pixels.
    pub y: f64,
}

/// What is drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Form {
    /// A circle around its place with this radius, in pixels.
    Circle(f64),
    /// A line from its place to this one, possibly with a [head](super::strokes::HEADS) of that class.
    Line(Position, Option<&'static str>),
    /// A box whose left upper corner is its place.
    Rect {
        /// How far the opposite corner is from there.
        size: Position,
        /// The radius of its corners, in pixels.
        round: f64,
        /// Whether it is filled with hatching.
        hatched: bool,
    },
    /// Lines and areas that begin at its place: relative path data.
    Path(Cow<'static, str>),
    /// Lines and areas: path data, in pixels of the picture; possibly none.
    Curve(String),
    /// A line of text whose base is at its place.
    Text {
        /// What it says.
        says: Cow<'static, str>,
        /// What follows where there is room for it.
        more: &'static str,
        /// Which part of it is at its place; without one the style says it.
        anchor: Option<Anchor>,
    },
    /// A sign whose origin is at its place.
    Sign(Box<Shape>),
    /// Shapes around its place, in pixels.
    Around(Vec<Shape>),
    /// Shapes that belong together, moved by its place.
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
    /// A shape that tells nothing about the run.
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

    /// Shapes that belong together, where they are.
    pub fn group(class: &'static str, shapes: Vec<Shape>) -> Shape {
        Shape::new(class, Position::default(), Form::Group(shapes))
    }

    /// Shapes around a place, in pixels.
    pub fn around(class: impl Into<Cow<'static, str>>, at: Position, shapes: Vec<Shape>) -> Shape {
        Shape::new(class, at, Form::Around(shapes))
    }

    /// The same, which tells about something.
    pub fn about(mut self, about: About) -> Shape {
        self.about = Some(about);
        self
    }

    /// The same, so many pixels further to the right.
    pub fn moved(mut self, x: f64) -> Shape {
        self.at.x += x;
        self
    }
}

/// So many pixels from the left and from the top.
pub const fn at(x: f64, y: f64) -> Position {
    Position { percent: 0.0, x, y }
}

impl Position {
    /// So many percent of the width from the left, and so many pixels from the top.
    pub const fn across(percent: f64, y: f64) -> Position {
        Position { percent, x: 0.0, y }
    }

    /// Beside a point, so many pixels aside.
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
    // Without the sign of a zero.
    format!("{}", rounded + 0.0)
}
