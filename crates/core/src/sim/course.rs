//! A run that can be paused between two events, copied, compared with another and resumed, as a
//! search over many runs needs. It is the same world that [`simulate`](super::simulate) runs.

use super::fate::Fate;
use super::setup::Setup;
use super::time::Time;
use super::trace::{End, Observer};
use super::world::World;
use crate::experiment::Experiment;

/// The immutable inputs to a run of one lane.
#[derive(Debug)]
pub struct Course<'a>(Setup<'a>);

impl<'a> Course<'a> {
    /// For one lane, counted from 0.
    ///
    /// # Panics
    ///
    /// If the experiment has no such lane.
    pub fn new(experiment: &'a Experiment, lane: usize) -> Course<'a> {
        Course(Setup::new(experiment, &experiment.lanes[lane]))
    }
}

/// The world of a run between two events.
///
/// Two equal worlds evolve the same way under the same fate. `Hash` covers everything that decides
/// how and leaves out what only names things (numbers of packets and occurrences, and the steps
/// that caused what is in flight). It is therefore meaningful only with an observer that has no
/// [`NUMBERS`](Observer::NUMBERS).
#[derive(Debug, Hash)]
pub struct Moment(World);

/// Cloning into a moment that is no longer needed reuses its memory.
impl Clone for Moment {
    fn clone(&self) -> Moment {
        Moment(self.0.clone())
    }

    fn clone_from(&mut self, from: &Moment) {
        self.0.clone_from(&from.0);
    }
}

impl Moment {
    /// The world before the first event.
    pub fn first(course: &Course<'_>) -> Moment {
        Moment(World::new(&course.0))
    }

    /// Moves the horizon to where a script that asks for a wait this long would put it.
    pub fn leave_room_for(&mut self, course: &Course<'_>, wait: Time) {
        self.0.leave_room_for(&course.0, wait);
    }

    /// Executes the next event, or returns how the run has ended.
    pub fn advance<F: Fate, O: Observer>(
        &mut self,
        course: &Course<'_>,
        fate: &mut F,
        observer: &mut O,
    ) -> Option<End> {
        self.0.step(&course.0, fate, observer)
    }
}
