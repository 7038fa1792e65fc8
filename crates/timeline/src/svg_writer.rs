//! Writes shapes as SVG text; glyphs are defined once and reused.
//!
//! It records the classes that were used, so that only their rules go into the file, and escapes every text.
//! It knows nothing of what is drawn.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::mem::{replace, take};

use super::shape::{Form, Position, Shape, coordinate};
use super::strokes::{HEADS, TIP};
use super::xml::escaped;

/// Classes that only help the page find a shape, or are the default: not written.
const UNSAID: [&str; 3] = ["glyph", "arrives", "late"];

/// A document being written.
#[derive(Debug, Default)]
pub(super) struct SvgWriter {
    text: String,
    /// Every glyph defined so far, with its number.
    signs: BTreeMap<String, usize>,
    used: BTreeSet<String>,
    /// Whether to write everything on one line.
    inline: bool,
}

/// The `<defs>`: arrow heads and the hatching.
pub(super) fn definitions() -> String {
    let mut defined = String::new();
    // Writing to a String cannot fail.
    for (name, path) in HEADS {
        let _ = writeln!(
            defined,
            "<marker id=\"h-{name}\" class=\"head {name}\" markerWidth=\"12\" markerHeight=\"8\" refX=\"{}\" \
             refY=\"{}\" orient=\"auto\" markerUnits=\"userSpaceOnUse\"><path d=\"{path}\"/></marker>",
            TIP.0, TIP.1
        );
    }
    defined.push_str(
        "<pattern id=\"hatch\" class=\"hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" \
         patternTransform=\"rotate(45)\"><line y2=\"6\"/></pattern>\n",
    );
    defined
}

impl SvgWriter {
    /// Writes a shape of a picture `width` pixels wide.
    pub(super) fn paint(&mut self, shape: &Shape, width: f64) {
        let class = shape.class.as_ref();
        let left = |at: Position| at.percent * width / 100.0 + at.x;
        let (x, y) = (left(shape.at), shape.at.y);
        match &shape.form {
            Form::Circle(r) => self.element("circle", class, &format!(r#"r="{r}""#)),
            Form::Line(to, _) if (shape.at.percent, to.percent) == (0.0, 100.0) => {
                self.across(class, y, width);
            }
            Form::Line(to, head) => {
                let [x1, y1, x2, y2] = [x, y, left(*to), to.y].map(coordinate);
                let head = head.map(|head| format!(r##" marker-end="url(#h-{head})""##));
                let head = head.unwrap_or_default();
                self.element("path", class, &format!(r#"d="M{x1} {y1}L{x2} {y2}"{head}"#));
            }
            Form::Rect { size, round, hatched } => {
                self.rect(class, [x, y, left(*size), size.y], *round, *hatched);
            }
            Form::Path(d) => self.element("path", class, &format!(r#"d="M{x} {y}{d}""#)),
            Form::Curve(d) if d.is_empty() => {}
            Form::Curve(d) => self.element("path", class, &format!(r#"d="{d}""#)),
            Form::Text { says, more, anchor } => {
                let anchor = anchor.map(|anchor| format!(r#" text-anchor="{}""#, anchor.word()));
                let says = format!("{says}{more}");
                self.text_with(class, (x, y), &says, &anchor.unwrap_or_default());
            }
            Form::Sign(sign) => self.sign(sign, x, y),
            Form::Around(shapes) => {
                self.open_at(class, x, y);
                self.paint_all(shapes, width);
            }
            Form::Group(shapes) => {
                if (x, y) == (0.0, 0.0) {
                    self.open(class, "");
                } else {
                    self.open_at(class, x, y);
                }
                self.paint_all(shapes, width);
            }
        }
    }

    /// Writes the shapes of an open group and closes it.
    fn paint_all(&mut self, shapes: &[Shape], width: f64) {
        for shape in shapes {
            self.paint(shape, width);
        }
        self.close();
    }

    /// Writes an empty element. `rest` are further attributes, verbatim.
    pub(super) fn element(&mut self, name: &str, class: &str, rest: &str) {
        self.begin(name, class, rest);
        self.text.push('/');
        self.end_tag();
    }

    /// A horizontal line across the whole width.
    pub(super) fn across(&mut self, class: &str, y: f64, width: f64) {
        let (y, width) = (coordinate(y), coordinate(width));
        self.element("line", class, &format!(r#"y1="{y}" x2="{width}" y2="{y}""#));
    }

    /// Vertical lines of one class, as a single path.
    pub(super) fn downward(&mut self, lines: impl Iterator<Item = Shape>, width: f64) {
        let (mut class, mut d) = (None, String::new());
        for line in lines {
            if let Form::Line(to, _) = line.form {
                let x = line.at.percent * width / 100.0 + line.at.x;
                let [x, from, to] = [x, line.at.y, to.y].map(coordinate);
                let _ = write!(d, "M{x} {from}V{to}");
                class = Some(line.class);
            }
        }
        if let Some(class) = class {
            self.element("path", &class, &format!(r#"d="{d}""#));
        }
    }

    /// A box: left, top, width and height, and the radius of its corners.
    pub(super) fn rect(&mut self, class: &str, sides: [f64; 4], round: f64, hatched: bool) {
        let [x, y, width, height] = sides.map(coordinate);
        let mut all = format!(r#"x="{x}" y="{y}" width="{width}" height="{height}""#);
        if round > 0.0 {
            let _ = write!(all, r#" rx="{}""#, coordinate(round));
        }
        all.push_str(if hatched { r##" fill="url(#hatch)""## } else { "" });
        self.element("rect", class, &all);
    }

    /// A line of text.
    pub(super) fn text(&mut self, class: &str, at: (f64, f64), says: &str) {
        self.text_with(class, at, says, "");
    }

    /// A line of text, squeezed or stretched to `width`.
    pub(super) fn squeezed(&mut self, class: &str, at: (f64, f64), says: &str, width: f64) {
        let width = coordinate(width);
        let rest = format!(r#" textLength="{width}" lengthAdjust="spacingAndGlyphs""#);
        self.text_with(class, at, says, &rest);
    }

    fn text_with(&mut self, class: &str, (x, y): (f64, f64), says: &str, rest: &str) {
        let (x, y) = (coordinate(x), coordinate(y));
        self.begin("text", class, &format!(r#"x="{x}" y="{y}"{rest}"#));
        let _ = write!(self.text, ">{}</text", escaped(says));
        self.end_tag();
    }

    /// Opens a group; [`SvgWriter::close`] ends it.
    pub(super) fn open(&mut self, class: &str, rest: &str) {
        self.begin("g", class, rest);
        self.end_tag();
    }

    /// Opens a translated group.
    pub(super) fn open_at(&mut self, class: &str, x: f64, y: f64) {
        let (x, y) = (coordinate(x), coordinate(y));
        self.open(class, &format!(r#"transform="translate({x} {y})""#));
    }

    /// Ends the group opened last.
    pub(super) fn close(&mut self) {
        self.text.push_str("</g");
        self.end_tag();
    }

    /// Places a glyph; its definition is written only once.
    pub(super) fn sign(&mut self, sign: &Shape, x: f64, y: f64) {
        let before = take(&mut self.text);
        let inline = replace(&mut self.inline, true);
        self.paint(sign, 0.0);
        let drawn = replace(&mut self.text, before);
        self.inline = inline;
        let next = self.signs.len();
        let number = *self.signs.entry(drawn).or_insert(next);
        let (x, y) = (coordinate(x), coordinate(y));
        let _ = writeln!(self.text, r##"<use xlink:href="#s{number}" x="{x}" y="{y}"/>"##);
    }

    /// The elements written, the definitions of the glyphs in them, and the classes used.
    pub(super) fn finish(self) -> (String, String, BTreeSet<String>) {
        let mut signs: Vec<(usize, String)> =
            self.signs.into_iter().map(|(drawn, number)| (number, drawn)).collect();
        signs.sort_unstable();
        let mut defined = String::new();
        for (number, drawn) in signs {
            // The class keeps the rules for `.picture` matching inside the definitions.
            let _ = writeln!(defined, r#"<g id="s{number}" class="picture">{drawn}</g>"#);
        }
        (self.text, defined, self.used)
    }

    fn begin(&mut self, name: &str, classes: &str, rest: &str) {
        let _ = write!(self.text, "<{name}");
        let mut before = r#" class=""#;
        for class in classes.split_whitespace().filter(|class| !UNSAID.contains(class)) {
            if !self.used.contains(class) {
                self.used.insert(class.to_owned());
            }
            let _ = write!(self.text, "{before}{class}");
            before = " ";
        }
        if before == " " {
            self.text.push('"');
        }
        if !rest.is_empty() {
            let _ = write!(self.text, " {rest}");
        }
    }

    fn end_tag(&mut self) {
        self.text.push_str(if self.inline { ">" } else { ">\n" });
    }
}
