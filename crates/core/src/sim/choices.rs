//! The choice points of a run: what its fate was asked, when, and what it answered.
//!
//! A script line fires exactly where a choice of its name comes up and no earlier line answers it.
//! So this is where to find out what can still go wrong in a run, and what a script calls it.
//! Nothing before a choice depends on its answer, so changing one answer changes nothing before it.

use super::fate::{Because, ChoicePoint, Fate};
use super::setup::Setup;
use super::time::Time;
use super::trace::{Leg, MessageNo};
use super::world::World;
use crate::experiment::Experiment;

/// One choice point of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Choice {
    /// When it came up.
    pub at: Time,
    /// What was asked.
    pub asked: ChoicePoint,
    /// What went wrong then; `None` if nothing did.
    pub answer: Option<Because>,
}

/// Every choice point of a lane's run, in the order asked. The lane is counted from 0. Takes as
/// long as [`simulate`](super::simulate), whose run it is.
///
/// ```
/// use ackground_core::experiment::Experiment;
/// use ackground_core::sim::{ChoicePoint, Leg, choices};
///
/// let choices = choices(&Experiment::default(), 0);
/// let first = choices.iter().find(|choice| matches!(choice.asked, ChoicePoint::Loses(..))).unwrap();
/// assert!(matches!(first.asked, ChoicePoint::Loses(Leg::Publish, message, 1) if message.get() == 1));
/// assert_eq!(first.answer, None);
/// ```
///
/// # Panics
///
/// If the experiment has no such lane.
pub fn choices(experiment: &Experiment, lane: usize) -> Vec<Choice> {
    let setup = Setup::new(experiment, &experiment.lanes[lane]);
    let mut fate =
        Listening { behind: super::fate_of(experiment), now: Time::ZERO, choices: Vec::new() };
    World::new(&setup).run(&setup, &mut fate, &mut ());
    fate.choices
}

/// Passes every question to another fate and records the answers.
struct Listening<F> {
    behind: F,
    now: Time,
    choices: Vec<Choice>,
}

impl<F: Fate> Fate for Listening<F> {
    fn turn(&mut self, now: Time) {
        self.now = now;
    }

    fn decide(&mut self, asked: ChoicePoint, outlast: Time) -> Option<(Time, Because)> {
        let decided = self.behind.decide(asked, outlast);
        let answer = decided.map(|(_, because)| because);
        self.choices.push(Choice { at: self.now, asked, answer });
        decided
    }

    fn latency(&mut self, leg: Leg, message: MessageNo, nth: u32) -> Time {
        self.behind.latency(leg, message, nth)
    }

    fn jitter(&mut self, message: MessageNo, nth: u32, spread: Time) -> Time {
        self.behind.jitter(message, nth, spread)
    }
}
