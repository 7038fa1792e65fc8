//! Hit testing: what is under the pointer.

use super::{Diagram, LifelineId, Mark, Point};
use ackground_core::sim::{StepNo, Time};

/// A line is hit within this distance, in pixels.
const NEAR: f64 = 7.0;
/// A round glyph is hit within this distance of its centre, in pixels.
const ROUND: f64 = 12.0;
/// Any other glyph is hit within this distance of its centre, in pixels.
const SMALL: f64 = 8.0;

/// What is under the pointer, as an index into the diagram's lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HitTarget {
    /// A mark.
    Mark(usize),
    /// A packet's arrow.
    Arrow(usize),
    /// A span.
    Span(usize),
    /// A lifeline.
    Lifeline(usize),
}

impl Diagram {
    /// Hit-tests a point, in pixels from the top left of a diagram `width` pixels wide: the nearest mark, else
    /// the nearest arrow, else the span there, else a lifeline. Linear in the number of shapes.
    pub fn hit_test(&self, x: f64, y: f64, width: f64) -> Option<HitTarget> {
        let place = |percent: f64| percent * width / 100.0;
        let marks = self.marks.iter().map(|mark| {
            let off = (x - place(mark.at.x) - mark.shift).hypot(y - mark.at.y);
            off / mark.reach()
        });
        let arrows = self.arrows.iter().map(|arrow| {
            let [from, to] =
                [arrow.start, arrow.end].map(|end| Point { x: place(end.x), y: end.y });
            distance(Point { x, y }, from, to) / NEAR
        });
        let spans = self.spans.iter().map(|span| {
            let across = (x - place(span.at.x) - span.shift).abs();
            let beside = y < span.at.y || y > span.bottom;
            if beside { f64::INFINITY } else { across / NEAR }
        });
        let lifelines = self.lifelines.iter().map(|line| match line.place {
            LifelineId::Store => f64::INFINITY,
            _ => (x - place(line.x)).abs() / NEAR,
        });
        let sign = nearest(marks).map(HitTarget::Mark);
        sign.or_else(|| nearest(arrows).map(HitTarget::Arrow))
            .or_else(|| nearest(spans).map(HitTarget::Span))
            .or_else(|| nearest(lifelines).map(HitTarget::Lifeline))
    }

    /// The step that a shape shows, and the moment to seek to. `None` for a lifeline, where the position itself is
    /// the moment.
    pub fn leads(&self, hit: HitTarget) -> Option<(StepNo, Time)> {
        let (about, at) = match hit {
            HitTarget::Mark(place) => {
                self.marks.get(place).map(|mark| (mark.about, mark.about.from))
            }
            // Its end, where its consequences begin.
            HitTarget::Arrow(place) => {
                self.arrows.get(place).map(|arrow| (arrow.about, arrow.about.to))
            }
            HitTarget::Span(place) => {
                self.spans.get(place).map(|span| (span.about, span.about.from))
            }
            HitTarget::Lifeline(_) => None,
        }?;
        Some((about.step, at))
    }
}

impl Mark {
    /// The radius in which it is hit, in pixels.
    pub fn reach(&self) -> f64 {
        if self.kind.is_round() { ROUND } else { SMALL }
    }
}

/// The index of the nearest one, at normalised distances of at most 1.
fn nearest(shapes: impl Iterator<Item = f64>) -> Option<usize> {
    let near = shapes.enumerate().filter(|(_, off)| *off <= 1.0);
    near.min_by(|(_, one), (_, other)| one.total_cmp(other)).map(|(place, _)| place)
}

/// The distance of a point from a line segment.
fn distance(point: Point, from: Point, to: Point) -> f64 {
    let (along, down) = (to.x - from.x, to.y - from.y);
    let length = (along * along + down * down).max(f64::EPSILON);
    let share = ((point.x - from.x) * along + (point.y - from.y) * down) / length;
    let share = share.clamp(0.0, 1.0);
    (point.x - from.x - share * along).hypot(point.y - from.y - share * down)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Axis;
    use ackground_core::experiment::Experiment;
    use ackground_core::sim::simulate;

    const WIDTH: f64 = 300.0;

    /// The picture of a lane of the first screen.
    fn diagram(lane: usize) -> Diagram {
        let experiment = Experiment::default();
        let trace = simulate(&experiment, lane);
        let axis = Axis::of([&trace]);
        Diagram::of(&experiment, lane, &trace, &axis)
    }

    fn hit_test(diagram: &Diagram, at: Point) -> Option<HitTarget> {
        diagram.hit_test(at.x * WIDTH / 100.0, at.y, WIDTH)
    }

    #[test]
    fn the_middle_of_every_sign_is_that_sign_or_one_at_the_same_place() {
        for diagram in (0..3).map(diagram) {
            for mark in &diagram.marks {
                let x = mark.at.x + mark.shift / WIDTH * 100.0;
                let found = hit_test(&diagram, Point { x, y: mark.at.y });
                let Some(HitTarget::Mark(place)) = found else {
                    panic!("{mark:?}: {found:?}");
                };
                let found = &diagram.marks[place];
                assert_eq!((found.at, found.shift), (mark.at, mark.shift));
                let leads = diagram.leads(HitTarget::Mark(place));
                assert_eq!(leads, Some((found.about.step, found.about.from)));
            }
        }
    }

    #[test]
    fn every_arrow_can_be_touched_somewhere_and_leads_to_its_end() {
        for diagram in (0..3).map(diagram) {
            for (place, arrow) in diagram.arrows.iter().enumerate() {
                let on = |share: f64| Point {
                    x: arrow.start.x + share * (arrow.end.x - arrow.start.x),
                    y: arrow.start.y + share * (arrow.end.y - arrow.start.y),
                };
                let shares = (1..10).map(|tenth| f64::from(tenth) / 10.0);
                let own = Some(HitTarget::Arrow(place));
                let found = shares.filter(|share| hit_test(&diagram, on(*share)) == own);
                assert!(found.count() >= 3, "{arrow:?}");
                let leads = diagram.leads(HitTarget::Arrow(place));
                assert_eq!(leads, Some((arrow.about.step, arrow.about.to)));
            }
        }
    }

    #[test]
    fn what_lasts_lies_over_its_lifeline_and_nothing_is_touched_between_them() {
        let diagram = diagram(0);
        let line = &diagram.lifelines[0];
        let at = |x| hit_test(&diagram, Point { x, y: 1.0 });
        assert_eq!(at(line.x), Some(HitTarget::Lifeline(0)));
        assert_eq!(diagram.leads(HitTarget::Lifeline(0)), None);
        assert_eq!(at((line.x + diagram.lifelines[1].x) / 2.0), None);
        let store = diagram.lifelines.last().expect("the store");
        assert_eq!(at(store.x), None);
        let spans = diagram.spans.iter().enumerate();
        let (place, crash) = spans
            .max_by(|(_, a), (_, b)| (a.bottom - a.at.y).total_cmp(&(b.bottom - b.at.y)))
            .expect("a crash");
        let middle = Point {
            x: crash.at.x + crash.shift / WIDTH * 100.0,
            y: (crash.at.y + crash.bottom) / 2.0,
        };
        assert_eq!(hit_test(&diagram, middle), Some(HitTarget::Span(place)));
    }
}
