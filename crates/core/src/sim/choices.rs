//! The choice points of a run: what its fate was asked, when, and what it answered.
//!
//! A line of a script fires exactly where a choice of its name is asked and no earlier line answers. So
//! whoever wants to know what can still go wrong in a run, and how a script calls that, looks here; and
//! because nothing before a choice depends on its answer, another answer changes nothing before it.

use super::fate::{Because, CrashPoint, Fate, Occasion};
use super::setup::Setup;
use super::time::Time;
use super::trace::{Leg, MessageNo};
use super::world::World;
use crate::experiment::Experiment;

/// What was asked. Messages and occurrences are as a script counts them, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Asked {
    /// Is this packet lost?
    Loses(Leg, MessageNo, u32),
    /// Is this leg cut off at some moment between these two?
    Cuts(Leg, Time, Time),
    /// Does the network repeat this packet?
    Repeats(Leg, MessageNo, u32),
    /// Is this packet held up?
    Delays(Leg, MessageNo, u32),
    /// Does a node crash here?
    Crashes(CrashPoint, Occasion),
    /// Does this handler call fail?
    Fails(MessageNo, u32),
    /// Does this handler call stall?
    Stalls(MessageNo, u32),
}

/// One choice point of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Choice {
    /// When it was asked.
    pub at: Time,
    /// What was asked.
    pub asked: Asked,
    /// What went wrong then; `None` if nothing did.
    pub answer: Option<Because>,
}

/// Every choice point of a lane's run, in the order of asking. The lane is counted from 0. Takes as long as
/// [`simulate`](super::simulate), whose run it is.
///
/// ```
/// use ackground_core::experiment::Experiment;
/// use ackground_core::sim::{Asked, Leg, choices};
///
/// let choices = choices(&Experiment::default(), 0);
/// let first = choices.iter().find(|choice| matches!(choice.asked, Asked::Loses(..))).unwrap();
/// assert!(matches!(first.asked, Asked::Loses(Leg::Publish, message, 1) if message.get() == 1));
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

/// Lets another fate decide and writes down what it did.
struct Listening<F> {
    behind: F,
    now: Time,
    choices: Vec<Choice>,
}

impl<F> Listening<F> {
    fn note(&mut self, asked: Asked, answer: Option<Because>) -> Option<Because> {
        let at = self.now;
        self.choices.push(Choice { at, asked, answer });
        answer
    }
}

impl<F: Fate> Fate for Listening<F> {
    fn turn(&mut self, now: Time) {
        self.now = now;
    }

    fn loses(&mut self, leg: Leg, message: MessageNo, nth: u32) -> Option<Because> {
        let answer = self.behind.loses(leg, message, nth);
        self.note(Asked::Loses(leg, message, nth), answer)
    }

    fn cuts(&mut self, leg: Leg, from: Time, to: Time) -> Option<Because> {
        let answer = self.behind.cuts(leg, from, to);
        self.note(Asked::Cuts(leg, from, to), answer)
    }

    fn repeats(&mut self, leg: Leg, message: MessageNo, nth: u32) -> Option<Because> {
        let answer = self.behind.repeats(leg, message, nth);
        self.note(Asked::Repeats(leg, message, nth), answer)
    }

    fn latency(&mut self, leg: Leg, message: MessageNo, nth: u32) -> Time {
        self.behind.latency(leg, message, nth)
    }

    fn delays(&mut self, leg: Leg, message: MessageNo, nth: u32) -> Option<(Time, Because)> {
        let answer = self.behind.delays(leg, message, nth);
        let because = answer.map(|(_, because)| because);
        self.note(Asked::Delays(leg, message, nth), because);
        answer
    }

    fn crashes(&mut self, point: CrashPoint, occasion: Occasion) -> Option<Because> {
        let answer = self.behind.crashes(point, occasion);
        self.note(Asked::Crashes(point, occasion), answer)
    }

    fn fails(&mut self, message: MessageNo, call: u32) -> Option<Because> {
        let answer = self.behind.fails(message, call);
        self.note(Asked::Fails(message, call), answer)
    }

    fn stalls(&mut self, message: MessageNo, call: u32, outlast: Time) -> Option<(Time, Because)> {
        let answer = self.behind.stalls(message, call, outlast);
        let because = answer.map(|(_, because)| because);
        self.note(Asked::Stalls(message, call), because);
        answer
    }

    fn jitter(&mut self, message: MessageNo, nth: u32, spread: Time) -> Time {
        self.behind.jitter(message, nth, spread)
    }
}
