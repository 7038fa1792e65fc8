//! The cause overlay: a chain of causes on top of the diagram, a numbered shape for each link.
//!
//! It knows the diagram and the steps of the chain, but not why they form one.

use super::diagram::{Diagram, Fall, HitTarget, Point};
use super::glyph::{drawing, lost};
use super::shape::{Position, Shape, at};
use super::strokes::{arrow, boxes};
use ackground_core::sim::{Event, Step, StepNo, Trace};
use ackground_words::story::Link;

/// A link of the chain, placed in the diagram.
#[derive(Debug, Clone, PartialEq)]
pub struct NumberedLink {
    /// Its number in the chain, from 1.
    pub number: usize,
    /// The shape that shows it; `None` if the diagram has none.
    pub shape: Option<HitTarget>,
    /// Where it is.
    pub at: Point,
    /// The offset of the number from there, in pixels.
    pub aside: (f64, f64),
}

/// Numbers closer together than this would touch, in pixels.
const ROOM: f64 = 19.0;

/// Places the links of a chain in a diagram.
pub fn cause_overlay(
    diagram: &Diagram,
    trace: &Trace,
    height: impl Fn(&Step) -> f64,
    links: &[Link],
) -> Vec<NumberedLink> {
    let mut numbers: Vec<NumberedLink> = Vec::with_capacity(links.len());
    for (index, link) in links.iter().enumerate() {
        let step = trace.step(link.step);
        let shape = shape(diagram, trace, step);
        let (at, mut aside) = anchor(diagram, shape, height(step));
        // Numbers that would touch are stacked.
        while numbers.iter().any(|other| touches(other, at, aside)) {
            aside.1 += ROOM;
        }
        numbers.push(NumberedLink { number: index + 1, shape, at, aside });
    }
    numbers
}

fn touches(other: &NumberedLink, at: Point, aside: (f64, f64)) -> bool {
    let across = (other.at.x - at.x).abs() < 1.0 && (other.aside.0 - aside.0).abs() < ROOM;
    across && ((other.at.y + other.aside.1) - (at.y + aside.1)).abs() < ROOM
}

/// The shape that shows a step: its own, its packet's arrow, or the mark of the same kind and moment that stands
/// for several.
pub(super) fn shape(diagram: &Diagram, trace: &Trace, step: &Step) -> Option<HitTarget> {
    let own = |no: StepNo| {
        let arrow = diagram.arrows.iter().position(|arrow| arrow.about.step == no);
        let mark = || diagram.marks.iter().position(|mark| mark.about.step == no);
        let span = || diagram.spans.iter().position(|span| span.about.step == no);
        arrow
            .map(HitTarget::Arrow)
            .or_else(|| mark().map(HitTarget::Mark))
            .or_else(|| span().map(HitTarget::Span))
    };
    let of_packet = || {
        let (Event::Arrived(packet) | Event::Disregarded(packet, _)) = step.what else {
            return None;
        };
        let left = |other: &&Step| other.what == Event::Sent(packet);
        trace.steps.iter().find(left).and_then(|left| own(left.no))
    };
    let gathered = || {
        let like = |no: StepNo| {
            let other = trace.step(no);
            other.at == step.at
                && std::mem::discriminant(&other.what) == std::mem::discriminant(&step.what)
        };
        let mark = diagram.marks.iter().position(|mark| like(mark.about.step));
        mark.map(HitTarget::Mark)
    };
    own(step.no).or_else(of_packet).or_else(gathered)
}

/// The position of a shape, and the offset of its number.
fn anchor(diagram: &Diagram, shape: Option<HitTarget>, height: f64) -> (Point, (f64, f64)) {
    match shape {
        Some(HitTarget::Arrow(index)) => {
            let arrow = &diagram.arrows[index];
            let rightward = arrow.end.x >= arrow.start.x;
            (arrow.start, (if rightward { 17.0 } else { -17.0 }, -8.0))
        }
        Some(HitTarget::Mark(index)) => {
            let mark = &diagram.marks[index];
            (mark.at, (mark.shift - 17.0, -11.0))
        }
        Some(HitTarget::Span(index)) => {
            let span = &diagram.spans[index];
            let left = if span.shift < 0.0 { 19.0 } else { -19.0 };
            (span.at, (span.shift + left, 7.0))
        }
        Some(HitTarget::Lifeline(_)) | None => {
            let x = diagram.lifelines.first().map_or(0.0, |line| line.x);
            (Point { x, y: height }, (-17.0, 0.0))
        }
    }
}

/// The shape of a link drawn once more, with a halo behind it.
pub fn outline(diagram: &Diagram, link: &NumberedLink) -> Vec<Shape> {
    match link.shape {
        Some(HitTarget::Arrow(index)) => {
            let packet = &diagram.arrows[index];
            let halo = Shape::line("halo", packet.start.into(), packet.end.into());
            let cross = || Shape::around("", packet.end.into(), vec![lost()]);
            let cross = (packet.fall == Fall::Lost).then(cross);
            [halo, arrow(packet)].into_iter().chain(cross).collect()
        }
        Some(HitTarget::Span(index)) => {
            let span = &diagram.spans[index];
            let bottom = span.bottom.max(span.at.y + 3.0);
            let [from, to] = [span.at.y, bottom].map(|y| at(span.shift, y));
            let halo = Shape::line("halo", from, to);
            let shapes = [halo].into_iter().chain(boxes(span)).collect();
            vec![Shape::around("", Position::across(span.at.x, 0.0), shapes)]
        }
        Some(HitTarget::Mark(index)) => {
            let mark = &diagram.marks[index];
            let r = if mark.kind.is_round() { 14.0 } else { 11.0 };
            let halo = Shape::circle("halo", at(mark.shift, 0.0), r);
            let shapes = vec![halo, drawing(mark).moved(mark.shift)];
            vec![Shape::around("", mark.at.into(), shapes)]
        }
        Some(HitTarget::Lifeline(_)) | None => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Axis;
    use ackground_core::audit::judge;
    use ackground_core::experiment::Experiment;
    use ackground_core::sim::MessageNo;
    use ackground_testkit::fixtures::{experiments, runs};
    use ackground_words::story;
    use proptest::prelude::*;

    /// The overlay of every message of a lane that has a chain.
    fn overlays(
        experiment: &Experiment,
        lane: usize,
        trace: &Trace,
    ) -> Vec<(Diagram, Vec<NumberedLink>)> {
        let axis = Axis::of([trace]);
        let report = judge(experiment, trace);
        let messages = (0..report.messages.len()).map(MessageNo::from_index);
        let chains = messages.map(|message| story::why(experiment, lane, trace, &report, message));
        let drawn = chains.map(|chain| {
            let diagram = Diagram::of(experiment, lane, trace, &axis);
            let numbers = cause_overlay(&diagram, trace, |step| axis.y(step.at), &chain.links);
            (diagram, numbers)
        });
        drawn.collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn every_link_has_a_number_and_no_two_numbers_touch(experiment in experiments()) {
            for (lane, trace) in runs(&experiment).iter().enumerate() {
                for (_, numbers) in overlays(&experiment, lane, trace) {
                    for (index, spot) in numbers.iter().enumerate() {
                        prop_assert_eq!(spot.number, index + 1);
                        prop_assert!(spot.shape.is_some(), "nothing is drawn for {:?}", spot);
                        let touch = numbers[..index].iter().any(|other| touches(other, spot.at, spot.aside));
                        prop_assert!(!touch, "{:?}", numbers);
                    }
                }
            }
        }
    }

    #[test]
    fn the_first_loss_is_an_arrow_that_falls() {
        let experiment = Experiment::default();
        let trace = &runs(&experiment)[0];
        let (diagram, numbers) = &overlays(&experiment, 0, trace)[1];
        let Some(HitTarget::Arrow(lost)) = numbers[0].shape else {
            panic!("{numbers:?}");
        };
        assert_eq!(diagram.arrows[lost].fall, Fall::Lost);
    }
}
