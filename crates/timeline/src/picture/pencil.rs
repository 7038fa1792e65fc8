//! What writes SVG: elements with classes, signs that are defined once and used again.
//!
//! It takes note of the classes that were used, so that only their rules go with the picture, and
//! escapes every text. It knows nothing of what is drawn.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::chart::piece::coordinate;
use crate::glyph::Piece;
use crate::xml::escaped;

/// A document that is being written.
#[derive(Debug, Default)]
pub(super) struct Pencil {
    text: String,
    /// Every sign with its number.
    signs: BTreeMap<String, usize>,
    used: BTreeSet<&'static str>,
}

/// Where a line of text stands: its base, and which part of it is there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    pub x: f64,
    pub y: f64,
    /// The word of SVG for which part of the text is there; nothing where the style says it.
    pub anchor: &'static str,
}

/// A place at which a text begins.
pub(super) fn start(x: f64, y: f64) -> Spot {
    let anchor = "";
    Spot { x, y, anchor }
}

/// A place at which a text ends.
pub(super) fn end(x: f64, y: f64) -> Spot {
    let anchor = "end";
    Spot { x, y, anchor }
}

impl Pencil {
    /// An element without content. `rest` are attributes as they are written.
    pub(super) fn element(&mut self, name: &str, classes: &[&'static str], rest: &str) {
        self.begin(name, classes, rest);
        self.text.push_str("/>\n");
    }

    /// A line from the left to the right.
    pub(super) fn across(&mut self, classes: &[&'static str], y: f64, width: f64) {
        let (y, width) = (coordinate(y), coordinate(width));
        self.element("line", classes, &format!(r#"y1="{y}" x2="{width}" y2="{y}""#));
    }

    /// A line between two places.
    pub(super) fn stroke(&mut self, classes: &[&'static str], ends: [f64; 4], rest: &str) {
        let [x1, y1, x2, y2] = ends.map(coordinate);
        let rest = format!(r#"d="M{x1} {y1}L{x2} {y2}"{rest}"#);
        self.element("path", classes, &rest);
    }

    /// Lines downward in one path, each from where to where at its place across.
    pub(super) fn downward(&mut self, class: &'static str, lines: impl Iterator<Item = [f64; 3]>) {
        let mut d = String::new();
        for [x, from, to] in lines.map(|line| line.map(coordinate)) {
            let _ = write!(d, "M{x} {from}V{to}");
        }
        if !d.is_empty() {
            self.element("path", &[class], &format!(r#"d="{d}""#));
        }
    }

    /// A box: its left upper corner, its width and height, and the radius of its corners.
    pub(super) fn rect(
        &mut self,
        classes: &[&'static str],
        sides: [f64; 4],
        round: f64,
        rest: &str,
    ) {
        let [x, y, width, height] = sides.map(coordinate);
        let mut all = format!(r#"x="{x}" y="{y}" width="{width}" height="{height}""#);
        if round > 0.0 {
            let _ = write!(all, r#" rx="{}""#, coordinate(round));
        }
        all.push_str(rest);
        self.element("rect", classes, &all);
    }

    /// A line of text.
    pub(super) fn text(&mut self, classes: &[&'static str], spot: Spot, says: &str) {
        self.text_with(classes, spot, says, "");
    }

    /// A line of text exactly so wide.
    pub(super) fn squeezed(
        &mut self,
        classes: &[&'static str],
        spot: Spot,
        says: &str,
        width: f64,
    ) {
        let width = coordinate(width);
        let rest = format!(r#" textLength="{width}" lengthAdjust="spacingAndGlyphs""#);
        self.text_with(classes, spot, says, &rest);
    }

    fn text_with(&mut self, classes: &[&'static str], spot: Spot, says: &str, rest: &str) {
        let (x, y) = (coordinate(spot.x), coordinate(spot.y));
        let mut all = format!(r#"x="{x}" y="{y}"{rest}"#);
        if !spot.anchor.is_empty() {
            let _ = write!(all, r#" text-anchor="{}""#, spot.anchor);
        }
        self.begin("text", classes, &all);
        let _ = writeln!(self.text, ">{}</text>", escaped(says));
    }

    /// Begins a group; [`Pencil::close`] ends it.
    pub(super) fn open(&mut self, classes: &[&'static str], rest: &str) {
        self.begin("g", classes, rest);
        self.text.push_str(">\n");
    }

    /// Begins a group that is moved.
    pub(super) fn open_at(&mut self, classes: &[&'static str], x: f64, y: f64) {
        let (x, y) = (coordinate(x), coordinate(y));
        self.open(classes, &format!(r#"transform="translate({x} {y})""#));
    }

    /// Ends the latest group.
    pub(super) fn close(&mut self) {
        self.text.push_str("</g>\n");
    }

    /// A sign at a place. What it looks like is written once.
    pub(super) fn sign(&mut self, piece: &Piece, x: f64, y: f64) {
        let mut drawn = String::new();
        self.piece(&mut drawn, piece);
        let next = self.signs.len();
        let number = *self.signs.entry(drawn).or_insert(next);
        let (x, y) = (coordinate(x), coordinate(y));
        let _ = writeln!(self.text, r##"<use xlink:href="#s{number}" x="{x}" y="{y}"/>"##);
    }

    /// The elements that were written, the definitions of the signs in them, and the classes that were
    /// used.
    pub(super) fn finish(self) -> (String, String, BTreeSet<&'static str>) {
        let mut signs: Vec<(usize, String)> =
            self.signs.into_iter().map(|(drawn, number)| (number, drawn)).collect();
        signs.sort_unstable();
        let mut defined = String::new();
        for (number, drawn) in signs {
            // Rules for what is in the picture have to find it here too.
            let _ = writeln!(defined, r#"<g id="s{number}" class="picture">{drawn}</g>"#);
        }
        (self.text, defined, self.used)
    }

    fn begin(&mut self, name: &str, classes: &[&'static str], rest: &str) {
        let _ = write!(self.text, "<{name}");
        let mut before = r#" class=""#;
        for class in classes.iter().filter(|class| !class.is_empty()) {
            self.note(class);
            let _ = write!(self.text, "{before}{class}");
            before = " ";
        }
        if before == " " {
            self.text.push('"');
        }
        if !rest.is_empty() {
            self.text.push(' ');
            self.text.push_str(rest.trim_start());
        }
    }

    fn note(&mut self, class: &'static str) {
        self.used.extend(class.split(' '));
    }

    /// Writes a piece, with all that it consists of.
    fn piece(&mut self, out: &mut String, piece: &Piece) {
        // Writing to a String cannot fail.
        let _ = match piece {
            Piece::Circle { class, r } => {
                write!(out, r#"<circle{} r="{r}"/>"#, self.named(class))
            }
            Piece::Rect { class, sides: [x, y, width, height], round } => write!(
                out,
                r#"<rect{} x="{x}" y="{y}" width="{width}" height="{height}" rx="{round}"/>"#,
                self.named(class)
            ),
            Piece::Path { class, from: (x, y), d } => {
                write!(out, r#"<path{} d="M{x} {y}{d}"/>"#, self.named(class))
            }
            Piece::Text { class, at, text } => write!(
                out,
                r#"<text{} x="{}" y="{}">{}</text>"#,
                self.named(class),
                at.0,
                at.1,
                escaped(text)
            ),
            Piece::Group { class, at, pieces } => {
                let _ = write!(out, "<g{}{}>", self.named(class), moved(*at));
                for piece in pieces {
                    self.piece(out, piece);
                }
                out.write_str("</g>")
            }
        };
    }

    fn named(&mut self, class: &'static str) -> String {
        if class.is_empty() {
            return String::new();
        }
        self.note(class);
        format!(r#" class="{class}""#)
    }
}

/// Nothing where nothing is moved.
fn moved((x, y): (f64, f64)) -> String {
    if (x, y) == (0.0, 0.0) { String::new() } else { format!(r#" transform="translate({x} {y})""#) }
}
