//! The layers of a diagram, back to front: the shapes of each kind that reach into a block or a view.

use std::collections::BTreeMap;

use super::axis::{Axis, Break};
use super::camera::{Block, Camera};
use super::diagram::{Diagram, Glyph, Span, Stamp};
use super::shape::{Position, Shape};
use super::strokes;
use ackground_core::sim::Time;

/// The most shapes of a kind painted in one block: thousands would only overlap and cost time, and the text covers
/// them all anyway.
pub const MOST: usize = 300;
/// A file has to stay small, so it gets at most this many shapes of a kind per `STRIP` pixels of lane height; the
/// ledger still counts them all.
const MOST_IN_FILE: usize = 40;
const STRIP: f64 = 50.0;

/// The part of a diagram to paint.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Extent {
    /// A block, for the page.
    Block(Block),
    /// A view, for a file.
    View(Camera),
}

impl Extent {
    /// Its upper and lower edges, in pixels.
    fn edges(self) -> (f64, f64) {
        match self {
            Extent::Block(block) => (block.top(), block.bottom()),
            Extent::View(camera) => (camera.offset, camera.offset + camera.height),
        }
    }

    /// Whether anything between these two pixels reaches into it.
    pub fn sees(self, top: f64, bottom: f64) -> bool {
        match self {
            Extent::Block(block) => block.holds(top, bottom),
            Extent::View(camera) => camera.sees(top, bottom),
        }
    }

    /// The shapes of a kind that reach into it, thinned out if there are very many.
    pub fn keeps<T>(
        self,
        shapes: impl Iterator<Item = T>,
        ends: impl Fn(&T) -> (f64, f64),
    ) -> impl Iterator<Item = T> {
        let (most, strip) = match self {
            Extent::Block(_) => (MOST, f64::INFINITY),
            Extent::View(_) => (MOST_IN_FILE, STRIP),
        };
        let mut drawn: BTreeMap<i64, usize> = BTreeMap::new();
        shapes.filter(move |shape| {
            let (top, bottom) = ends(shape);
            self.sees(top, bottom) && {
                let drawn = drawn.entry((top / strip) as i64).or_default();
                *drawn += 1;
                *drawn <= most
            }
        })
    }
}

/// The shapes of one part of a diagram.
#[derive(Clone, Copy)]
pub struct Layers<'a> {
    /// The diagram.
    pub diagram: &'a Diagram,
    /// The axis of all lanes.
    pub axis: &'a Axis,
    /// The part to paint.
    pub extent: Extent,
}

impl<'a> Layers<'a> {
    /// The background: tick lines across and lifelines down, without labels.
    pub fn ruler(self) -> Vec<Shape> {
        let ticks = self.ticks().map(|[line, _]| line).collect();
        let divergence =
            self.divergence().map(|divergence| Shape::group("parting", divergence.into()));
        let lines = self.lifelines().chain(self.shortened());
        let behind = [Shape::group("tick", ticks)].into_iter().chain(self.bands());
        behind.chain(lines).chain(divergence).collect()
    }

    /// Ticks: line and label of each.
    pub fn ticks(self) -> impl Iterator<Item = [Shape; 2]> {
        let ticks = self.axis.ticks().iter().filter(move |tick| self.extent.sees(tick.y, tick.y));
        ticks.map(strokes::tick)
    }

    /// Network partitions, clipped to this part: they are translucent, so painting one twice would darken it.
    pub fn bands(self) -> impl Iterator<Item = Shape> {
        let edges = self.edges();
        let bands = self.diagram.bands.iter();
        bands.filter(move |band| self.extent.sees(band.top, band.bottom)).map(move |band| {
            let word = matches!(self.extent, Extent::View(_)) || band.top >= edges.0;
            strokes::band(band, edges, word)
        })
    }

    /// The lifelines.
    pub fn lifelines(self) -> impl Iterator<Item = Shape> {
        self.downward("lifeline", self.edges())
    }

    /// The dotted stretches of the lifelines, where idle time is shortened.
    pub fn shortened(self) -> impl Iterator<Item = Shape> {
        let gaps = self.axis.breaks().filter(move |gap| self.extent.sees(gap.from, gap.to));
        gaps.flat_map(move |Break { from, to }| self.downward("shortened", (from + 8.0, to - 8.0)))
    }

    fn downward(
        self,
        class: &'static str,
        (from, to): (f64, f64),
    ) -> impl Iterator<Item = Shape> + use<'a> {
        let lines = self.diagram.lifelines.iter();
        lines.map(move |line| {
            Shape::line(class, Position::across(line.x, from), Position::across(line.x, to))
        })
    }

    /// The divergence line and its label.
    pub fn divergence(self) -> Option<[Shape; 2]> {
        let divergence = strokes::divergence(self.axis, self.diagram);
        divergence.filter(|[line, _]| self.extent.sees(line.at.y, line.at.y))
    }

    /// The links from the consumer to the store.
    pub fn links(self) -> impl Iterator<Item = Shape> {
        let links = self.diagram.marks.iter().filter_map(strokes::link);
        self.extent.keeps(links, |link| (link.at.y, link.at.y))
    }

    /// The packets' arrows.
    pub fn arrows(self) -> impl Iterator<Item = Shape> {
        let arrows = self.diagram.arrows.iter();
        self.extent.keeps(arrows, |arrow| (arrow.start.y, arrow.end.y)).map(strokes::arrow)
    }

    /// The waits beside the lifeline at this percentage of the width, or beside all of them.
    pub fn waits(self, on: Option<f64>) -> impl Iterator<Item = Shape> {
        self.spans(on).filter_map(strokes::wait)
    }

    /// The boxes on that lifeline.
    pub fn boxes(self, on: Option<f64>) -> impl Iterator<Item = Shape> {
        self.spans(on).flat_map(strokes::boxes)
    }

    fn spans(self, on: Option<f64>) -> impl Iterator<Item = &'a Span> {
        let spans = self.diagram.spans.iter();
        let spans = spans.filter(move |span| on.is_none_or(|x| span.at.x == x));
        self.extent.keeps(spans, |span| (span.at.y, span.bottom))
    }

    /// The glyphs on the lifeline at this percentage of the width (`None`: those on no lifeline); all of them, or
    /// those up to a moment.
    pub fn glyphs(self, on: Option<f64>, until: Option<Time>) -> impl Iterator<Item = Shape> {
        let glyphs = self.diagram.glyphs.iter();
        let glyphs = glyphs.take_while(move |glyph| until.is_none_or(|until| glyph.at <= until));
        // The cheaper test first.
        let glyphs = glyphs
            .filter(move |glyph| self.extent.sees(glyph.y, glyph.y) && self.stands_on(glyph) == on);
        let glyphs = self.extent.keeps(glyphs, |glyph| (glyph.y, glyph.y));
        glyphs.map(move |glyph| strokes::stamp(self.diagram, glyph))
    }

    /// The lifeline a glyph is on, in percent of the width; labels on arrows are on none.
    fn stands_on(self, glyph: &Glyph) -> Option<f64> {
        let diagram = self.diagram;
        let x = match glyph.what {
            Stamp::Label(_) => return None,
            Stamp::Cross(index) => diagram.arrows[index].end.x,
            Stamp::Word(index) => diagram.spans[index].at.x,
            Stamp::Mark(index) => diagram.marks[index].at.x,
        };
        diagram.lifelines.iter().any(|line| line.x == x).then_some(x)
    }

    /// Its edges, clamped to the diagram.
    fn edges(self) -> (f64, f64) {
        let (top, bottom) = self.extent.edges();
        (top, bottom.min(self.axis.height()))
    }
}
