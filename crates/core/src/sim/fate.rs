//! The one door for chance: the world asks a [`Fate`] at every choice point.
//!
//! A choice is named by what is decided (kind, message, occurrence), never by the order of asking.
//! That is why lanes share their luck, and why a script survives a change of setup.

pub use crate::experiment::script::Side;

use super::time::Time;
use super::trace::{Leg, MessageNo};

/// Who decided that something goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Because {
    /// The dice, at the experiment's rates.
    Chance,
    /// The script line at this place, from 0.
    Script(u16),
}

/// What a node may crash next to.
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

/// A point at which a node may crash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CrashPoint {
    /// Before or after?
    pub side: Side,
    /// What?
    pub act: Operation,
}

/// Which time something happens to a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Occasion {
    /// The message.
    pub message: MessageNo,
    /// Which time this very thing happens to it, from 1 (what a script counts).
    pub nth: u32,
    /// Which publish, or which handler call, it is part of, from 1 (what a rate counts).
    pub handling: u32,
}

/// A question about what can go wrong. Messages and occurrences are as a script counts them, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChoicePoint {
    /// Is this packet lost?
    Loses(Leg, MessageNo, u32),
    /// Is this leg cut off at some moment between these two?
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
    /// An event's turn comes: whatever is asked until the next one's is decided at this time. No answer
    /// may depend on it.
    fn turn(&mut self, _now: Time) {}

    /// Does this go wrong, and for how long? `outlast` is a span that outlasts whoever waits; what does
    /// not last is asked about with none, and its length means nothing.
    fn decide(&mut self, asked: ChoicePoint, outlast: Time) -> Option<(Time, Because)>;

    /// Does this go wrong?
    fn strikes(&mut self, asked: ChoicePoint) -> Option<Because> {
        self.decide(asked, Time::ZERO).map(|(_, because)| because)
    }

    /// How long does this packet travel?
    fn latency(&mut self, leg: Leg, message: MessageNo, nth: u32) -> Time;

    /// By how much does this wait differ, from none of `spread` to all of it?
    fn jitter(&mut self, message: MessageNo, nth: u32, spread: Time) -> Time;
}
