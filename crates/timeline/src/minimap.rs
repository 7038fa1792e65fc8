//! The minimap of a long run: the whole lane on a strip, with where something goes wrong and the part in view.

use std::collections::BTreeSet;

use ackground_core::audit::{Outcome, Report};
use ackground_core::experiment::Experiment;
use ackground_core::sim::{Event, MessageNo, Milestone, Time, Told, Trace};

use super::axis::Axis;
use super::camera::Camera;
use super::diagram::lost_at;
use super::is_fault;

/// Marks closer together than this share of the strip are one.
const APART: f64 = 0.006;

/// What is marked, in ascending importance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MinimapMark {
    /// Something goes wrong.
    Fault,
    /// An effect, once more.
    Duplicate,
    /// The last thing that happens to a message that is lost.
    Loss,
}

/// A lane's run on a strip.
#[derive(Debug, Clone, PartialEq)]
pub struct Minimap {
    /// The marks, each at its share of the strip's height, from top to bottom.
    pub marks: Vec<(f64, MinimapMark)>,
}

/// No share is ever NaN.
impl Eq for Minimap {}

impl Minimap {
    /// The strip of a lane. Linear in its steps.
    pub fn of(experiment: &Experiment, trace: &Trace, report: &Report, axis: &Axis) -> Minimap {
        let primary = experiment.scenario.primary();
        let lost = |message: MessageNo| {
            let record = report.messages.get(message.index());
            record.is_some_and(|record| record.end == Outcome::Lost)
        };
        let mut found: Vec<(Time, MinimapMark)> = Vec::new();
        let mut applied: BTreeSet<MessageNo> = BTreeSet::new();
        // The last fault, or loss of a copy, of every lost message.
        let mut last: Vec<Option<Time>> = vec![None; report.messages.len()];
        for step in &trace.steps {
            let at = trace.sent(step.what).filter(|packet| packet.lost.is_some());
            let at = at.map_or(step.at, lost_at);
            let fault = is_fault(trace, step);
            let ends = matches!(
                step.what.milestone(),
                Some(Milestone::Lost(_) | Milestone::Discarded(_) | Milestone::Told(Told::Error))
            );
            if let Some(message) = step.message.filter(|message| lost(*message))
                && (fault || ends)
            {
                last[message.index()] = Some(at);
            }
            if fault {
                found.push((at, MinimapMark::Fault));
            }
            if let (Event::Applied { step: this }, Some(message)) = (step.what, step.message)
                && usize::from(this) == primary
                && !applied.insert(message)
            {
                found.push((at, MinimapMark::Duplicate));
            }
        }
        found.extend(last.into_iter().flatten().map(|at| (at, MinimapMark::Loss)));
        found.sort_unstable();
        let mut marks: Vec<(f64, MinimapMark)> = Vec::new();
        for (at, kind) in found {
            let share = axis.y(at) / axis.height();
            match marks.last_mut() {
                Some(near) if share - near.0 < APART => near.1 = near.1.max(kind),
                _ => marks.push((share, kind)),
            }
        }
        Minimap { marks }
    }
}

/// The upper edge of the part in view, and its height, as shares of the whole.
pub fn window(axis: &Axis, camera: Camera) -> (f64, f64) {
    (camera.offset / axis.height(), camera.height / axis.height())
}

/// The moment at a share of the strip's height.
pub fn moment(axis: &Axis, share: f64) -> Time {
    axis.time(share.clamp(0.0, 1.0) * axis.height())
}

#[cfg(test)]
mod tests {
    use super::*;
    use ackground_core::audit::judge;
    use ackground_testkit::fixtures::{experiment, experiments, runs};
    use proptest::prelude::*;

    fn minimap(experiment: &Experiment, lane: usize) -> (Minimap, Axis) {
        let traces = runs(experiment);
        let axis = Axis::of(&traces);
        let report = judge(experiment, &traces[lane]);
        (Minimap::of(experiment, &traces[lane], &report, &axis), axis)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn marks_are_on_the_strip_from_top_to_bottom(experiment in experiments()) {
            let (minimap, axis) = minimap(&experiment, 0);
            prop_assert!(minimap.marks.iter().all(|(share, _)| (0.0..=1.0).contains(share)));
            prop_assert!(minimap.marks.windows(2).all(|pair| pair[1].0 - pair[0].0 >= APART));
            for (share, _) in minimap.marks {
                let at = moment(&axis, share);
                let back = axis.y(at) / axis.height();
                prop_assert!((back - share).abs() < 1e-3, "pressing a mark leads to it");
            }
        }
    }

    #[test]
    fn a_loss_a_double_and_a_fault_are_told_apart() {
        let kinds = |lane: usize| -> Vec<MinimapMark> {
            let (minimap, _) = minimap(&Experiment::default(), lane);
            minimap.marks.into_iter().map(|(_, kind)| kind).collect()
        };
        assert_eq!(kinds(0), [MinimapMark::Loss, MinimapMark::Fault]);
        assert_eq!(kinds(1), [MinimapMark::Fault, MinimapMark::Fault, MinimapMark::Duplicate]);
    }

    #[test]
    fn the_window_is_the_part_that_the_camera_sees() {
        let long = experiment(r#""messages":100,"lanes":[{}]"#);
        let (_, axis) = minimap(&long, 0);
        let camera = Camera::of(&axis, axis.end());
        let (top, height) = window(&axis, camera);
        assert!((top + height - 1.0).abs() < 1e-6 && height < 0.5);
        assert_eq!(window(&axis, Camera::of(&axis, Time::ZERO)).0, 0.0);
    }
}
