//! The only way in for chance: the world asks a [`Fate`] at every choice point.
//!
//! A choice is named by what is decided (kind, message, occurrence), never by the order of asking.
//! That is why lanes share their luck, and why a script survives a change of setup.

pub use crate::experiment::script::Side;

use super::time::Time;
use super::trace::{Leg, MessageNo};

/// What made something go wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Because {
    /// The dice, at the experiment's rates.
    Chance,
    /// The script line at this place, from 0.
    Script(u16),
}

/// An act next to which a node may crash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operation {
    /// The producer hands a message to the network.
    Publish,
    /// The leading broker node writes the message.
    Write,
    /// The leading broker node copies it to the followers.
    Replicate,
    /// The leading broker node answers the producer.
    Answer,
    /// A follower takes its copy.
    Follow,
    /// The consumer takes a message in.
    Receive,
    /// The consumer writes down the id.
    Record,
    /// The consumer acknowledges.
    Ack,
    /// The consumer performs this step, counted from 0.
    Step(u8),
}

impl Operation {
    /// Whether it is the leading broker node that does it for a publish.
    pub const fn is_of_leader(self) -> bool {
        matches!(self, Operation::Write | Operation::Replicate | Operation::Answer)
    }
}

/// How much of a node goes down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Extent {
    /// The machine: what it had not flushed to disk is gone.
    Machine,
    /// The process alone: what it had written is in the page cache of its machine and survives.
    Process,
}

/// A point at which a node may crash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CrashPoint {
    /// Before or after the act.
    pub side: Side,
    /// The act.
    pub act: Operation,
    /// How much of the node goes down. Only of a leading broker node can it be the process alone.
    pub extent: Extent,
}

/// Which occurrence of an act for a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Occasion {
    /// The message.
    pub message: MessageNo,
    /// Which occurrence of this very act, from 1 (what a script counts).
    pub nth: u32,
    /// Which publish, or which handler call, it belongs to, from 1 (what a rate counts).
    pub handling: u32,
}

/// A question about what may go wrong. Messages and occurrences count from 1, as in a script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChoicePoint {
    /// Is this packet lost?
    Loses(Leg, MessageNo, u32),
    /// Is this leg cut at some moment between these two?
    Cuts(Leg, Time, Time),
    /// Does the network repeat this packet?
    Repeats(Leg, MessageNo, u32),
    /// Is this packet held up, and for how long?
    Delays(Leg, MessageNo, u32),
    /// Does a node crash here?
    Crashes(CrashPoint, Occasion),
    /// Does this handler call fail?
    Fails(MessageNo, u32),
    /// Does this handler call stall, and for how long?
    Stalls(MessageNo, u32),
}

/// Decides what goes wrong and how long things take.
pub trait Fate {
    /// The time of the event about to happen: everything asked until the next call is decided then.
    /// No answer may depend on it.
    fn turn(&mut self, _now: Time) {}

    /// Whether this goes wrong, and for how long. `outlast` is a span longer than anyone involved
    /// waits; for faults that do not last the returned span means nothing.
    fn decide(&mut self, asked: ChoicePoint, outlast: Time) -> Option<(Time, Because)>;

    /// Whether this goes wrong.
    #[inline(always)]
    fn strikes(&mut self, asked: ChoicePoint) -> Option<Because> {
        self.decide(asked, Time::ZERO).map(|(_, because)| because)
    }

    /// How long this packet travels.
    fn latency(&mut self, leg: Leg, message: MessageNo, nth: u32) -> Time;

    /// The jitter of this wait, from zero to `spread`.
    fn jitter(&mut self, message: MessageNo, nth: u32, spread: Time) -> Time;
}
