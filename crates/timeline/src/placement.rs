//! Where a caption stands in a picture: beside the shape that it is about, inside of the view, and on as little
//! else as possible.
//!
//! All lengths are pixels, in the picture's own coordinates: across from its left edge, down along the axis.

use ackground_core::sim::{StepNo, Time, Trace};

use super::camera::Camera;
use super::cause_overlay::shape;
use super::diagram::{Diagram, Fall, HitTarget, Point};

/// The widest that a caption gets.
const WIDEST: f64 = 208.0;
/// Its widest share of the picture.
const SHARE: f64 = 0.6;
/// The width of a letter, on the safe side.
const LETTER: f64 = 7.3;
/// The height of a line.
const LINE: f64 = 17.0;
/// What frame and padding add, across and down.
const FRAME: (f64, f64) = (20.0, 13.0);
/// The distance to the shape that it is about, and to the edges.
const GAP: f64 = 9.0;
/// How far from one tried place to the next.
const PITCH: f64 = 7.0;
/// What a caption costs that lies on a shape that is seen, in pixels of distance.
const COVERS: f64 = 55.0;
/// And on one that is still to come, which is pale.
const COVERS_PALE: f64 = 12.0;

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    /// Its left edge.
    pub left: f64,
    /// Its upper edge.
    pub top: f64,
    /// How wide it is.
    pub width: f64,
    /// How high it is.
    pub height: f64,
}

/// Where a caption stands, and what it points at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placement {
    /// The room for the caption.
    pub room: Rect,
    /// The point of the shape that it is about.
    pub anchor: (f64, f64),
    /// The point of the caption that is nearest to it.
    pub from: (f64, f64),
}

/// A line of a shape, from one end to the other.
type Stroke = ((f64, f64), (f64, f64));

impl Rect {
    /// The nearest point of it.
    fn nearest(self, (x, y): (f64, f64)) -> (f64, f64) {
        (x.clamp(self.left, self.left + self.width), y.clamp(self.top, self.top + self.height))
    }

    fn grown(self, by: f64) -> Rect {
        let (width, height) = (self.width + 2.0 * by, self.height + 2.0 * by);
        Rect { left: self.left - by, top: self.top - by, width, height }
    }

    /// Whether a line passes through it.
    fn meets(self, (from, to): Stroke) -> bool {
        // Clipped at all four edges in turn, after Liang and Barsky.
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let edges = [
            (-dx, from.0 - self.left),
            (dx, self.left + self.width - from.0),
            (-dy, from.1 - self.top),
            (dy, self.top + self.height - from.1),
        ];
        let (mut enters, mut leaves) = (0.0f64, 1.0f64);
        for (along, room) in edges {
            if along.abs() < 1e-9 {
                if room < 0.0 {
                    return false;
                }
            } else if along < 0.0 {
                enters = enters.max(room / along);
            } else {
                leaves = leaves.min(room / along);
            }
        }
        enters <= leaves
    }
}

/// The size of a caption with these words in a picture of this width.
pub fn size(words: &str, width: f64) -> (f64, f64) {
    let most = WIDEST.min(SHARE * width);
    let letters = ((most - FRAME.0) / LETTER).max(8.0);
    let (mut lines, mut filled, mut widest) = (1.0f64, 0.0f64, 0.0f64);
    for word in words.split_whitespace() {
        let long = word.chars().count() as f64;
        let with = if filled > 0.0 { filled + 1.0 + long } else { long };
        if with > letters && filled > 0.0 {
            lines += 1.0;
            filled = long;
        } else {
            filled = with;
        }
        widest = widest.max(filled);
    }
    ((widest * LETTER + FRAME.0).min(most), lines * LINE + FRAME.1)
}

/// Places a caption of this size about a step, in the part of the picture that the camera sees; `None` where
/// it has no room.
pub fn place(
    diagram: &Diagram,
    trace: &Trace,
    (step, at): (StepNo, Time),
    camera: Camera,
    width: f64,
    (wide, high): (f64, f64),
) -> Option<Placement> {
    let across = |point: Point, shift: f64| (point.x / 100.0 * width + shift, point.y);
    let about = shape(diagram, trace, trace.step(step))?;
    let (own, anchor) = match about {
        HitTarget::Arrow(index) => {
            let arrow = &diagram.arrows[index];
            let (from, to) = (across(arrow.start, 0.0), across(arrow.end, 0.0));
            let middle = ((from.0 + to.0) / 2.0, (from.1 + to.1) / 2.0);
            let end = arrow.fall == Fall::Lost || trace.step(step).at > arrow.about.from;
            ((from, to), if end { to } else { middle })
        }
        HitTarget::Mark(index) => {
            let mark = &diagram.marks[index];
            let spot = across(mark.at, mark.shift);
            let from = mark.link.map_or(spot, |x| (x / 100.0 * width, spot.1));
            ((from, spot), spot)
        }
        HitTarget::Span(index) => {
            let span = &diagram.spans[index];
            let top = across(span.at, span.shift);
            ((top, (top.0, span.bottom.min(top.1 + 60.0))), top)
        }
        HitTarget::Lifeline(_) => return None,
    };
    if GAP / 2.0 + high > camera.height {
        return None;
    }
    let view = (camera.offset, camera.offset + camera.height);
    let near = |top: f64, bottom: f64| bottom > view.0 && top < view.1;
    let cost = |from: Time| if from <= at { COVERS } else { COVERS_PALE };
    let arrows = diagram.arrows.iter().enumerate();
    let arrows = arrows.filter(|(index, arrow)| {
        about != HitTarget::Arrow(*index) && near(arrow.start.y, arrow.end.y)
    });
    let mut others: Vec<(Stroke, f64)> = arrows
        .map(|(_, arrow)| {
            ((across(arrow.start, 0.0), across(arrow.end, 0.0)), cost(arrow.about.from))
        })
        .collect();
    let marks = diagram.marks.iter().filter(|mark| near(mark.at.y, mark.at.y));
    others.extend(marks.map(|mark| {
        let spot = across(mark.at, mark.shift);
        ((spot, spot), 0.6 * cost(mark.about.from))
    }));
    let last = |from: f64, length: f64| (from, (from + length).max(from));
    let (left, right) = last(GAP / 2.0, width - GAP - wide);
    let (top, bottom) = last(view.0 + GAP / 2.0, camera.height - GAP - high);
    let steps = |from: f64, to: f64| {
        (0..=((to - from) / PITCH) as usize).map(move |nth| from + nth as f64 * PITCH)
    };
    let mut best: Option<(f64, Rect)> = None;
    for y in steps(top, bottom) {
        for x in steps(left, right) {
            let room = Rect { left: x, top: y, width: wide, height: high };
            if room.grown(GAP).meets(own) {
                continue;
            }
            let (nearest, beside) = (room.nearest(anchor), room.grown(3.0));
            let away = (nearest.0 - anchor.0).hypot(nearest.1 - anchor.1);
            if best.is_some_and(|(least, _)| away >= least) {
                continue;
            }
            let covered: f64 =
                others.iter().filter(|(line, _)| beside.meets(*line)).map(|(_, cost)| cost).sum();
            if best.is_none_or(|(least, _)| away + covered < least) {
                best = Some((away + covered, room));
            }
        }
    }
    best.map(|(_, room)| Placement { room, anchor, from: room.nearest(anchor) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Axis;
    use crate::pace::{Pace, words};
    use ackground_core::experiment::Experiment;
    use ackground_testkit::fixtures::{experiments, runs};
    use proptest::prelude::*;

    /// The captions of all stops that find a place in pictures of this width; how many there are.
    fn placed(
        experiment: &Experiment,
        room: f64,
        width: f64,
    ) -> Result<(usize, usize), TestCaseError> {
        let traces = runs(experiment);
        let axis = Axis::of(&traces).fitted(room);
        let borrowed: Vec<&Trace> = traces.iter().collect();
        let pace = Pace::of(experiment, &borrowed, &axis);
        let mut found = 0;
        for beat in pace.beats() {
            let trace = &traces[beat.lane];
            let diagram = Diagram::of(experiment, beat.lane, trace, &axis);
            let camera = Camera::of(&axis, beat.at);
            let said = words(experiment, beat.lane, trace, beat.step).to_string();
            let (wide, high) = size(&said, width);
            prop_assert!(wide <= WIDEST && wide <= SHARE * width + 1e-6);
            let place = place(&diagram, trace, (beat.step, beat.at), camera, width, (wide, high));
            let Some(Placement { room, .. }) = place else { continue };
            found += 1;
            prop_assert!(room.left >= 0.0 && room.left + room.width <= width, "{:?}", room);
            let top = room.top - camera.offset;
            prop_assert!(top >= 0.0 && top + room.height <= camera.height, "{:?}", room);
        }
        Ok((found, pace.beats().len()))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]

        #[test]
        fn a_caption_is_never_clipped(experiment in experiments(), width in 260.0f64..860.0) {
            placed(&experiment, 380.0, width)?;
        }
    }

    #[test]
    fn every_caption_of_the_first_screen_finds_its_place() {
        for (room, width) in [(300.0, 400.0), (380.0, 420.0), (640.0, 520.0), (480.0, 300.0)] {
            let (found, all) = placed(&Experiment::default(), room, width).expect("it fits");
            assert_eq!(found, all, "in {width} by {room}");
        }
    }

    #[test]
    fn a_line_meets_a_box_only_where_it_passes_through() {
        let room = Rect { left: 10.0, top: 10.0, width: 20.0, height: 10.0 };
        for (line, meets) in [
            (((0.0, 15.0), (40.0, 15.0)), true),
            (((0.0, 0.0), (40.0, 5.0)), false),
            (((15.0, 12.0), (15.0, 12.0)), true),
            (((0.0, 25.0), (25.0, 0.0)), true),
            (((35.0, 0.0), (35.0, 40.0)), false),
        ] {
            assert_eq!(room.meets(line), meets, "{line:?}");
        }
    }

    #[test]
    fn a_caption_is_as_wide_as_its_words_and_wraps() {
        let (wide, high) = size("Short.", 400.0);
        assert!(wide < 80.0 && high < 2.0 * LINE, "{wide} by {high}");
        let long = "Message 2 is lost on the wire. Sender's bank gets no reply, and will resend after 1 s.";
        let (wide, high) = size(long, 400.0);
        assert!(
            wide <= WIDEST && (4.0..=6.0).contains(&((high - FRAME.1) / LINE)),
            "{wide} by {high}"
        );
    }
}
