//! A run that can be stopped between two events, copied, told apart from another and gone on with:
//! what a search over many runs needs, and who looks at a run at any moment of it. It is the same world that
//! [`simulate`](super::simulate) runs.

use super::fate::Fate;
use super::fate_of;
use super::held::Held;
use super::setup::Setup;
use super::time::Time;
use super::trace::{End, Observer, Packet, Recorder, Step};
use super::world::World;
use crate::experiment::Experiment;

/// The immutable inputs to a run of one lane.
#[derive(Debug)]
pub struct Course<'a> {
    experiment: &'a Experiment,
    setup: Setup<'a>,
}

impl<'a> Course<'a> {
    /// For one lane, counted from 0.
    ///
    /// # Panics
    ///
    /// If the experiment has no such lane.
    pub fn new(experiment: &'a Experiment, lane: usize) -> Course<'a> {
        Course { experiment, setup: Setup::new(experiment, &experiment.lanes[lane]) }
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
        Moment(World::new(&course.setup))
    }

    /// Moves the horizon to where a script that asks for a wait this long would put it.
    pub fn leave_room_for(&mut self, course: &Course<'_>, wait: Time) {
        self.0.leave_room_for(&course.setup, wait);
    }

    /// Goes on under the experiment's own fate, as [`simulate`](super::simulate) does, until everything has
    /// happened that is to happen by then, that moment included. Returns the steps on the way there and
    /// the packets that left.
    pub fn go_on_until(&mut self, course: &Course<'_>, until: Time) -> (Vec<Step>, Vec<Packet>) {
        let mut recorder = Recorder::for_messages(0);
        let mut fate = fate_of(course.experiment);
        self.0.run_until(&course.setup, &mut fate, &mut recorder, until);
        (recorder.steps, recorder.packets)
    }

    /// What everyone holds at a moment to which it [has gone on](Moment::go_on_until). Takes time in
    /// proportion to what there is.
    pub fn held(&self, course: &Course<'_>, at: Time) -> Held {
        self.0.held(&course.setup, at)
    }

    /// Executes the next event, or returns how the run has ended.
    pub fn advance<F: Fate, O: Observer>(
        &mut self,
        course: &Course<'_>,
        fate: &mut F,
        observer: &mut O,
    ) -> Option<End> {
        self.0.step(&course.setup, fate, observer)
    }
}
