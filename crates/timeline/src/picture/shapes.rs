//! The diagram of a lane in a picture: the same shapes as on the page, in pixels, pale after the moment.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::letters::{Type, type_of};
use super::pencil::{Pencil, start};
use crate::chart::piece::coordinate;
use crate::diagram::{Arrow, Fall, Glyph, Mark, MarkKind, Span, Stamp};
use crate::glyph::{Piece, beside, drawing, lost};
use crate::pens::{self, HEADS, Stroke, TIP};
use crate::{Axis, Camera, Diagram};
use ackground_core::sim::Time;

/// So many shapes of a kind begin in so many pixels of a lane's height; thousands at one moment would lie
/// on one another. The ledger counts them all.
const MOST: usize = 40;
const STRIP: f64 = 50.0;
/// Below this width there is no room for the names of the lesser steps.
const TIGHT: f64 = 240.0;
/// From this width on there is room to say more than that the lanes differ.
const ROOMY: f64 = 400.0;

const WORD: Type = type_of(11.5, true);

/// What all lanes share: the arrow heads, the hatching, and the edges of what is shown.
pub(super) fn defined(axis: &Axis, camera: Camera, at: Option<Time>, width: f64) -> String {
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
    let mut clip = |name: &str, top: f64, height: f64| {
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

/// What is drawn, in pixels from the upper left corner of the whole diagram.
pub(super) struct Scene<'a> {
    /// The shapes.
    pub diagram: &'a Diagram,
    /// The place of the lane, from 0.
    pub lane: usize,
    /// The axis of all lanes.
    pub axis: &'a Axis,
    /// The part that is shown.
    pub camera: Camera,
    /// The moment, if it is not the end.
    pub at: Option<Time>,
    /// How wide.
    pub width: f64,
}

impl Scene<'_> {
    /// Draws it.
    pub(super) fn draw(&self, pencil: &mut Pencil) {
        let partial = self.camera.partial(self.axis);
        if partial {
            pencil.open(&[], r##"clip-path="url(#part)""##);
        }
        self.ruler(pencil);
        match self.at {
            None => {
                self.shapes(pencil);
                self.parting_words(pencil);
                self.stamps(pencil, self.glyphs());
            }
            Some(at) => self.at_moment(pencil, at),
        }
        if partial {
            pencil.close();
        }
    }

    /// Whether more happens at once than is drawn.
    pub(super) fn crowded(&self) -> bool {
        let arrows = self.diagram.arrows.iter();
        let arrows = arrows.filter(|arrow| self.sees(arrow.start.y, arrow.end.y)).count();
        let glyphs = self.distinct().count();
        arrows > self.arrows().count() || glyphs > self.glyphs().count()
    }

    /// What has happened is clear, what comes later pale.
    fn at_moment(&self, pencil: &mut Pencil, at: Time) {
        let run = format!("run{}", self.lane + 1);
        pencil.open(&["future"], "");
        pencil.open(&[], &format!(r#"id="{run}""#));
        self.shapes(pencil);
        pencil.close();
        pencil.close();
        pencil.open(&[], r##"clip-path="url(#past)""##);
        pencil.element("use", &[], &format!(r##"xlink:href="#{run}""##));
        pencil.close();
        self.parting_words(pencil);
        let y = self.axis.y(at);
        pencil.across(&["playhead"], y, self.width);
        let (past, later): (Vec<&Glyph>, Vec<&Glyph>) =
            self.glyphs().partition(|glyph| glyph.at <= at);
        pencil.open(&["future"], "");
        self.stamps(pencil, later.into_iter());
        pencil.close();
        self.stamps(pencil, past.into_iter());
        for flight in self.diagram.flights(at, self.axis) {
            let lost = if flight.lost { "lost" } else { "" };
            pencil.open_at(
                &["flight", pens::kind(flight.kind), lost],
                self.x(flight.at.x),
                flight.at.y,
            );
            pencil.element("circle", &[], r#"r="8""#);
            let number = flight.message.map(|message| message.to_string());
            pencil.text(&[], start(0.0, 3.8), &number.unwrap_or_default());
            pencil.close();
        }
    }

    /// Round moments, lifelines with their idle stretches, cut networks, and where the lanes part.
    fn ruler(&self, pencil: &mut Pencil) {
        let (axis, width) = (self.axis, self.width);
        let (top, bottom) = (self.camera.offset, self.camera.offset + self.camera.height);
        pencil.open(&["tick"], "");
        let ticks = axis.ticks().iter();
        for tick in ticks.filter(|tick| self.sees(tick.y, tick.y)) {
            pencil.across(&[], tick.y, width);
            pencil.text(&[], start(0.0, tick.y - 3.0), &tick.label);
        }
        pencil.close();
        let bands = self.diagram.bands.iter();
        for band in bands.filter(|band| self.sees(band.top, band.bottom)) {
            let (left, right) = (self.x(band.left), self.x(band.right));
            let (from, to) = (band.top.max(top), band.bottom.min(bottom));
            pencil.open(&["band"], "");
            pencil.rect(&[], [left, from, right - left, to - from], 0.0, "");
            let spot = start((left + right) / 2.0, from + 12.0);
            pencil.text(&[], spot, band.label);
            pencil.close();
        }
        let lines = || self.diagram.lifelines.iter().map(|line| self.x(line.x));
        pencil.downward("lifeline", lines().map(|x| [x, top, bottom]));
        let gaps = axis.breaks().filter(|gap| self.sees(gap.from, gap.to));
        let shortened = gaps.flat_map(|gap| {
            let (from, to) = (gap.from + 8.0, gap.to - 8.0);
            lines().map(move |x| [x, from, to])
        });
        pencil.downward("shortened", shortened);
        let parting = pens::parting(axis, self.diagram);
        if let Some(parting) = parting.filter(|line| self.sees(line.y, line.y)) {
            pencil.open(&["parting"], "");
            pencil.across(&[], parting.y, width);
            pencil.close();
        }
    }

    /// The words where the lanes part, which no shape may cover.
    fn parting_words(&self, pencil: &mut Pencil) {
        let parting = pens::parting(self.axis, self.diagram);
        if let Some(parting) = parting.filter(|line| self.sees(line.y, line.y)) {
            let more = parting.room && self.width >= ROOMY;
            let says = if more { "lanes differ from here" } else { "lanes differ" };
            let spot = start(self.x(parting.x) + parting.aside, parting.words);
            pencil.open(&["parting"], "");
            pencil.text(&[], spot, says);
            pencil.close();
        }
    }

    /// Arrows, links, waits and boxes.
    fn shapes(&self, pencil: &mut Pencil) {
        let spans = || {
            let spans = self.diagram.spans.iter();
            let spans = spans.filter(|span| self.sees(span.at.y, span.bottom));
            thinned(spans, |span| span.at.y)
        };
        for span in spans() {
            if let Stroke::Wait(class, aside) = pens::stroke(span.kind) {
                let x = self.x(span.at.x) + aside;
                pencil.stroke(&["wait", class], [x, span.at.y, x, span.bottom], "");
            }
        }
        let marks = self.diagram.marks.iter();
        let marks = marks.filter(|mark| self.sees(mark.at.y, mark.at.y));
        let linked = marks.filter_map(|mark| Some((mark, mark.link?)));
        for (mark, link) in thinned(linked, |(mark, _)| mark.at.y) {
            let ends = [self.x(link), mark.at.y, self.x(mark.at.x), mark.at.y];
            pencil.stroke(&["link", pens::link(mark.kind)], ends, "");
        }
        for arrow in self.arrows() {
            self.arrow(pencil, arrow);
        }
        for span in spans() {
            if let Stroke::Box(class, width, hatched) = pens::stroke(span.kind) {
                let left = self.x(span.at.x) + span.shift - width / 2.0;
                let sides = [left, span.at.y, width, pens::tall(span)];
                if hatched {
                    // On an opaque ground, so that the lifeline does not show through.
                    pencil.rect(&["stretch", "ground"], sides, 3.0, "");
                    pencil.rect(&["stretch", class], sides, 3.0, r##" fill="url(#hatch)""##);
                } else {
                    pencil.rect(&["stretch", class], sides, 3.0, "");
                }
            }
        }
    }

    fn arrow(&self, pencil: &mut Pencil, arrow: &Arrow) {
        // That it arrives goes without saying.
        let fall = if arrow.fall == Fall::Arrives { "" } else { pens::fall(arrow.fall) };
        let copied = if arrow.copied { "copied" } else { "" };
        let head = pens::head(arrow).map(|head| format!(r##" marker-end="url(#h-{head})""##));
        let ends = [self.x(arrow.start.x), arrow.start.y, self.x(arrow.end.x), arrow.end.y];
        let classes = ["arrow", pens::kind(arrow.kind), fall, copied];
        pencil.stroke(&classes, ends, &head.unwrap_or_default());
    }

    fn arrows(&self) -> impl Iterator<Item = &Arrow> {
        let arrows = self.diagram.arrows.iter();
        let arrows = arrows.filter(|arrow| self.sees(arrow.start.y, arrow.end.y));
        thinned(arrows, |arrow| arrow.start.y)
    }

    /// The glyphs in view, in the order in which they turn clear.
    fn glyphs(&self) -> impl Iterator<Item = &Glyph> {
        thinned(self.distinct(), |glyph| glyph.y)
    }

    /// The same without those that lie on one another: business events that take place together are one
    /// point.
    fn distinct(&self) -> impl Iterator<Item = &Glyph> {
        let glyphs = self.diagram.glyphs.iter();
        let mut created = None;
        glyphs.filter(move |glyph| {
            let created_at = |index: usize| self.diagram.marks[index].kind == MarkKind::Created;
            let creates = matches!(glyph.what, Stamp::Mark(index) if created_at(index));
            let again = creates && created.replace(glyph.at) == Some(glyph.at);
            self.sees(glyph.y, glyph.y) && !again
        })
    }

    fn stamps<'a>(&self, pencil: &mut Pencil, glyphs: impl Iterator<Item = &'a Glyph>) {
        let diagram = self.diagram;
        for glyph in glyphs {
            match glyph.what {
                Stamp::Label(index) => {
                    let Some(arrow) = diagram.arrows.get(index) else {
                        continue;
                    };
                    let lost = if arrow.fall == Fall::Lost { "lost" } else { "" };
                    let at = start(self.x(arrow.label_at.x), arrow.label_at.y);
                    pencil.text(&["label", pens::kind(arrow.kind), lost], at, &arrow.label);
                }
                Stamp::Cross(index) => {
                    let Some(arrow) = diagram.arrows.get(index) else {
                        continue;
                    };
                    pencil.sign(&lost(), self.x(arrow.end.x), arrow.end.y);
                }
                Stamp::Word(index) => {
                    let Some(span) = diagram.spans.get(index) else {
                        continue;
                    };
                    pencil.sign(&beside(span), self.word_at(span), glyph.y);
                }
                Stamp::Mark(index) => {
                    let Some(mark) = diagram.marks.get(index) else {
                        continue;
                    };
                    let x = self.x(mark.at.x) + mark.shift;
                    pencil.sign(&self.drawn(mark), x, mark.at.y);
                }
            }
        }
    }

    /// The drawing of a mark; without the name of a lesser step where there is no room for it.
    fn drawn(&self, mark: &Mark) -> Piece {
        let mut drawing = drawing(mark);
        if let (MarkKind::Aside, Piece::Group { pieces, .. }) = (mark.kind, &mut drawing)
            && self.width < TIGHT
        {
            pieces.retain(|piece| !matches!(piece, Piece::Text { .. }));
        }
        drawing
    }

    /// Where the word of a stretch is put, so that it does not leave the lane to the left.
    fn word_at(&self, span: &Span) -> f64 {
        let x = self.x(span.at.x) + span.shift;
        let beside = pens::beside(span);
        let left = WORD.width(&span.label) - beside - 8.0;
        if beside < 0.0 { x.max(left) } else { x }
    }

    /// From percent to pixels.
    fn x(&self, percent: f64) -> f64 {
        percent * self.width / 100.0
    }

    fn sees(&self, top: f64, bottom: f64) -> bool {
        self.camera.sees(top, bottom)
    }
}

/// At most so many of a strip.
fn thinned<T>(shapes: impl Iterator<Item = T>, y: impl Fn(&T) -> f64) -> impl Iterator<Item = T> {
    let mut drawn: BTreeMap<i64, usize> = BTreeMap::new();
    shapes.filter(move |shape| {
        let strip = drawn.entry((y(shape) / STRIP) as i64).or_default();
        *strip += 1;
        *strip <= MOST
    })
}
