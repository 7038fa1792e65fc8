//! The marks on the scrubber's track: where something goes wrong, and where it shows.

use std::collections::BTreeSet;

use ackground_core::experiment::Experiment;
use ackground_core::sim::{Event, MessageNo, Milestone, Time, Told, Trace};

use super::axis::Axis;
use super::is_fault;

/// What a mark on the track stands for, in ascending importance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TrackMarkKind {
    /// An effect, for the first time.
    Effect,
    /// Something goes wrong.
    Fault,
    /// A message is given up.
    GivenUp,
    /// An effect, once more.
    Duplicate,
}

/// A mark on the track.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TrackMark {
    /// The moment, in simulated time.
    pub at: Time,
    /// Its position, as a share of the whole track.
    pub share: f64,
    /// What is marked there.
    pub kind: TrackMarkKind,
}

/// The track of the scrubber. It is laid out in pixels of the axis, as playback is, so idle time is short on
/// it too.
#[derive(Debug, Clone, PartialEq)]
pub struct Track {
    /// In time order; where several fall together only the most important.
    pub marks: Vec<TrackMark>,
    from: f64,
    length: f64,
}

/// No share is ever NaN, so equality is total; one shared track is compared by address.
impl Eq for Track {}

impl Track {
    /// The track of these runs.
    pub fn of<'a>(
        experiment: &Experiment,
        traces: impl IntoIterator<Item = &'a Trace>,
        axis: &Axis,
    ) -> Track {
        let primary = experiment.scenario.primary();
        // Not faults themselves, but what turns a crash into a loss or an outage.
        let strands = |what| matches!(what, Event::CopyLost { .. } | Event::Unavailable { .. });
        let mut found: Vec<(Time, TrackMarkKind)> = Vec::new();
        for trace in traces {
            let mut applied: BTreeSet<MessageNo> = BTreeSet::new();
            for step in &trace.steps {
                let kind = match step.what.milestone() {
                    Some(Milestone::Applied(id)) if usize::from(id) == primary => {
                        let first = step.message.is_none_or(|message| applied.insert(message));
                        if first { TrackMarkKind::Effect } else { TrackMarkKind::Duplicate }
                    }
                    Some(
                        Milestone::Parked(_)
                        | Milestone::Discarded(_)
                        | Milestone::Told(Told::Error),
                    ) => TrackMarkKind::GivenUp,
                    _ if is_fault(trace, step) || strands(step.what) => TrackMarkKind::Fault,
                    _ => continue,
                };
                found.push((step.at, kind));
            }
        }
        found.sort_unstable();
        let from = axis.y(Time::ZERO);
        let length = axis.y(axis.end()) - from;
        let mut track = Track { marks: Vec::new(), from, length };
        for (at, kind) in found {
            let share = track.share(at, axis);
            match track.marks.last_mut() {
                // Any closer, and nobody could tell them apart.
                Some(last) if share - last.share < 0.008 => {
                    if kind > last.kind {
                        *last = TrackMark { at, share, kind };
                    }
                }
                _ => track.marks.push(TrackMark { at, share, kind }),
            }
        }
        track
    }

    /// The position of a moment, from 0 to 1.
    pub fn share(&self, at: Time, axis: &Axis) -> f64 {
        if self.length <= 0.0 {
            0.0
        } else {
            ((axis.y(at) - self.from) / self.length).clamp(0.0, 1.0)
        }
    }

    /// The moment at a position, from 0 to 1.
    pub fn time(&self, share: f64, axis: &Axis) -> Time {
        axis.time(self.from + share * self.length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ackground_testkit::fixtures::{experiments, runs};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn marks_are_in_order_and_on_the_track(experiment in experiments()) {
            let traces = runs(&experiment);
            let axis = Axis::of(&traces);
            let track = Track::of(&experiment, &traces, &axis);
            prop_assert!(track.marks.windows(2).all(|pair| pair[0].share < pair[1].share));
            prop_assert!(track.marks.iter().all(|mark| (0.0..=1.0).contains(&mark.share)));
        }

        #[test]
        fn a_place_on_the_track_is_a_moment_and_back(experiment in experiments(), share in 0.0f64..=1.0) {
            let traces = runs(&experiment);
            let axis = Axis::of(&traces);
            let track = Track::of(&experiment, &traces, &axis);
            let back = track.share(track.time(share, &axis), &axis);
            prop_assert!((back - share).abs() < 0.01, "{share} came back as {back}");
        }
    }

    #[test]
    fn the_second_effect_outranks_the_first_at_one_place() {
        assert!(
            TrackMarkKind::Duplicate > TrackMarkKind::Fault
                && TrackMarkKind::Fault > TrackMarkKind::Effect
        );
    }

    #[test]
    fn a_run_without_length_has_a_track() {
        let axis = Axis::of_moments([]);
        let track = Track::of(&Experiment::default(), std::iter::empty::<&Trace>(), &axis);
        assert_eq!(track.share(Time::from_millis(5), &axis), 0.0);
        assert_eq!(track.time(0.5, &axis), Time::ZERO);
    }
}
