//! A lane's diagram in a standalone picture: the page's shapes, in pixels, faint after the moment.

use std::fmt::Write as _;

use super::letters::{Type, type_of};
use crate::diagram::{Glyph, MarkKind, Stamp};
use crate::glyph::word_beside;
use crate::layers::{Extent, Layers};
use crate::shape::{Form, Shape, at, coordinate};
use crate::svg_writer::{SvgWriter, definitions};
use crate::{Axis, Camera, Diagram, strokes};
use ackground_core::sim::Time;

/// Below this width secondary steps are not named.
const TIGHT: f64 = 240.0;
/// From this width on there is room to say more than that the lanes differ.
const ROOMY: f64 = 400.0;

const WORD: Type = type_of(11.5, true);

/// The definitions shared by all lanes: arrow heads, hatching, and the clip paths of what is shown.
pub(super) fn defined(axis: &Axis, camera: Camera, at: Option<Time>, width: f64) -> String {
    let mut defined = definitions();
    let mut clip = |name: &str, top: f64, height: f64| {
        // Writing to a String cannot fail.
        let _ = writeln!(
            defined,
            "<clipPath id=\"{name}\"><rect x=\"-20\" y=\"{}\" width=\"{}\" height=\"{}\"/></clipPath>",
            coordinate(top),
            coordinate(width + 40.0),
            coordinate(height)
        );
    };
    if camera.partial(axis) {
        clip("part", camera.offset, camera.height);
    }
    if let Some(at) = at {
        clip("past", 0.0, axis.y(at));
    }
    defined
}

/// A diagram to draw, in pixels from its upper left corner.
pub(super) struct Scene<'a> {
    /// The shapes.
    pub diagram: &'a Diagram,
    /// The lane's index, from 0.
    pub lane: usize,
    /// The shared axis.
    pub axis: &'a Axis,
    /// The part to show.
    pub camera: Camera,
    /// The moment, unless it is the end.
    pub at: Option<Time>,
    /// How wide.
    pub width: f64,
}

impl Scene<'_> {
    /// Draws it.
    pub(super) fn draw(&self, svg: &mut SvgWriter) {
        let partial = self.camera.partial(self.axis);
        if partial {
            svg.open("", r##"clip-path="url(#part)""##);
        }
        self.ruler(svg);
        match self.at {
            None => {
                self.shapes(svg);
                self.divergence_words(svg);
                self.stamps(svg, self.glyphs());
            }
            Some(at) => self.at_moment(svg, at),
        }
        if partial {
            svg.close();
        }
    }

    /// Whether more happens at once than is drawn.
    pub(super) fn crowded(&self) -> bool {
        let arrows = self.diagram.arrows.iter();
        let arrows = arrows.filter(|arrow| self.camera.sees(arrow.start.y, arrow.end.y));
        let glyphs = self.distinct().filter(|glyph| self.camera.sees(glyph.y, glyph.y));
        arrows.count() > self.layers().arrows().count() || glyphs.count() > self.glyphs().count()
    }

    /// Draws the past clearly and the future faintly.
    fn at_moment(&self, svg: &mut SvgWriter, at: Time) {
        let run = format!("run{}", self.lane + 1);
        svg.open("future", "");
        svg.open("", &format!(r#"id="{run}""#));
        self.shapes(svg);
        svg.close();
        svg.close();
        svg.open("", r##"clip-path="url(#past)""##);
        svg.element("use", "", &format!(r##"xlink:href="#{run}""##));
        svg.close();
        self.divergence_words(svg);
        svg.across("playhead", self.axis.y(at), self.width);
        let (past, later): (Vec<&Glyph>, Vec<&Glyph>) =
            self.glyphs().partition(|glyph| glyph.at <= at);
        svg.open("future", "");
        self.stamps(svg, later.into_iter());
        svg.close();
        self.stamps(svg, past.into_iter());
        self.paint(svg, self.diagram.flights(at, self.axis).iter().map(strokes::flight));
    }

    /// Ticks, lifelines with their idle stretches, partitions, and the divergence line.
    fn ruler(&self, svg: &mut SvgWriter) {
        let layers = self.layers();
        self.paint(svg, [Shape::group("tick", layers.ticks().flatten().collect())]);
        self.paint(svg, layers.bands());
        svg.downward(layers.lifelines(), self.width);
        svg.downward(layers.shortened(), self.width);
        if let Some([line, _]) = layers.divergence() {
            self.paint(svg, [Shape::group("parting", vec![line])]);
        }
    }

    /// The divergence label, which no shape may cover.
    fn divergence_words(&self, svg: &mut SvgWriter) {
        if let Some([_, mut words]) = self.layers().divergence() {
            if let Form::Text { more, .. } = &mut words.form
                && self.width < ROOMY
            {
                *more = "";
            }
            self.paint(svg, [Shape::group("parting", vec![words])]);
        }
    }

    /// Arrows, links, waits and boxes.
    fn shapes(&self, svg: &mut SvgWriter) {
        let layers = self.layers();
        self.paint(svg, layers.waits(None));
        self.paint(svg, layers.links());
        self.paint(svg, layers.arrows());
        self.paint(svg, layers.boxes(None));
    }

    /// The glyphs in view, in playback order.
    fn glyphs(&self) -> impl Iterator<Item = &Glyph> {
        self.layers().extent.keeps(self.distinct(), |glyph| (glyph.y, glyph.y))
    }

    /// The glyphs without those that coincide: business events at the same moment are a single
    /// point.
    fn distinct(&self) -> impl Iterator<Item = &Glyph> {
        let glyphs = self.diagram.glyphs.iter();
        let mut created = None;
        glyphs.filter(move |glyph| {
            let created_at = |index: usize| self.diagram.marks[index].kind == MarkKind::Created;
            let creates = matches!(glyph.what, Stamp::Mark(index) if created_at(index));
            !(creates && created.replace(glyph.at) == Some(glyph.at))
        })
    }

    fn stamps<'a>(&self, svg: &mut SvgWriter, glyphs: impl Iterator<Item = &'a Glyph>) {
        self.paint(svg, glyphs.map(|glyph| self.fitted(glyph)));
    }

    /// A glyph fitted into the lane: a span's word does not stick out on the left, and where there is little room
    /// secondary steps have no name.
    fn fitted(&self, glyph: &Glyph) -> Shape {
        let mut shape = strokes::stamp(self.diagram, glyph);
        let Form::Sign(sign) = &mut shape.form else {
            return shape;
        };
        match (glyph.what, &mut sign.form) {
            (Stamp::Word(index), _) => {
                let span = &self.diagram.spans[index];
                let beside = word_beside(span);
                let least = WORD.width(&span.label) - beside - 8.0;
                if beside < 0.0 && shape.at.percent * self.width / 100.0 + shape.at.x < least {
                    shape.at = at(least, shape.at.y);
                }
            }
            (Stamp::Mark(index), Form::Group(pieces))
                if self.diagram.marks[index].kind == MarkKind::Aside && self.width < TIGHT =>
            {
                pieces.retain(|piece| !matches!(piece.form, Form::Text { .. }));
            }
            _ => {}
        }
        shape
    }

    fn paint(&self, svg: &mut SvgWriter, shapes: impl IntoIterator<Item = Shape>) {
        for shape in shapes {
            svg.paint(&shape, self.width);
        }
    }

    fn layers(&self) -> Layers<'_> {
        Layers { diagram: self.diagram, axis: self.axis, extent: Extent::View(self.camera) }
    }
}
