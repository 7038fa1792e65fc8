//! Scripted faults: exact faults take precedence over random ones.
//!
//! What the script does not mention is decided by the fate behind it. Every line remembers whether
//! it fired, so that a run can report those that did not. This file also maps packets and crash
//! points to their names in a script, for anyone who writes a line about something that happened.

use super::fate::{Because, ChoicePoint, CrashPoint, Extent, Fate, Occasion, Operation};
use super::time::Time;
use super::trace::{Leg, MessageNo};
use crate::experiment::scenario::Scenario;
use crate::experiment::script::{
    BrokerPoint, Carrier, ConsumerPoint, Crash, Cut, Kill, Kind, Line, Nth, Ordinal, Packet,
    Script, Spot,
};
use crate::experiment::settings::Millis;

/// A script in front of another fate.
#[derive(Debug, Clone)]
pub struct Scripted<'a, F> {
    lines: &'a [Line],
    scenario: &'a Scenario,
    fired: Vec<bool>,
    behind: F,
}

impl<'a, F> Scripted<'a, F> {
    /// This script for this scenario, in front of that fate.
    pub fn new(script: &'a Script, scenario: &'a Scenario, behind: F) -> Scripted<'a, F> {
        let lines = script.lines();
        Scripted { lines, scenario, fired: vec![false; lines.len()], behind }
    }

    /// The lines that have not fired, by their index in the script, from 0.
    pub fn unfired(&self) -> Vec<usize> {
        (0..self.lines.len()).filter(|&line| !self.fired[line]).collect()
    }
}

impl CrashPoint {
    /// What a script calls a crash at this point; `None` for a step outside the scenario, and for a
    /// process that is killed.
    pub fn crash(self, scenario: &Scenario) -> Option<Crash> {
        let CrashPoint { side, act, extent } = self;
        if extent == Extent::Process {
            return None;
        }
        Some(match act {
            Operation::Publish => Crash::Producer(side),
            Operation::Write => Crash::Broker(side, BrokerPoint::Write),
            Operation::Replicate => Crash::Broker(side, BrokerPoint::Replicate),
            Operation::Answer => Crash::Broker(side, BrokerPoint::Ack),
            Operation::Follow => Crash::Follower,
            Operation::Receive => Crash::Consumer(side, ConsumerPoint::Receive),
            Operation::Record => Crash::Consumer(side, ConsumerPoint::Record),
            Operation::Ack => Crash::Consumer(side, ConsumerPoint::Ack),
            Operation::Step(step) => {
                let step = scenario.steps.get(usize::from(step))?;
                Crash::Consumer(side, ConsumerPoint::Step(step.id.clone()))
            }
        })
    }
}

impl CrashPoint {
    /// What a script calls a process that is killed at this point; `None` for a machine.
    pub fn kill(self) -> Option<Kill> {
        let point = match (self.extent, self.act) {
            (Extent::Process, Operation::Write) => BrokerPoint::Write,
            (Extent::Process, Operation::Replicate) => BrokerPoint::Replicate,
            (Extent::Process, Operation::Answer) => BrokerPoint::Ack,
            _ => return None,
        };
        Some(Kill::Broker(self.side, point))
    }
}

impl Leg {
    /// What a script calls a packet on this leg; `None` if a script cannot name it.
    pub const fn packet(self) -> Option<Packet> {
        match self {
            Leg::Publish => Some(Packet::Publish),
            Leg::PublishAck => Some(Packet::PublishAck),
            Leg::Deliver => Some(Packet::Deliver),
            Leg::Ack => Some(Packet::Ack),
            Leg::Confirm | Leg::Commit | Leg::Replicate => None,
        }
    }

    /// What a script calls a packet on this leg that arrives twice; `None` if it cannot.
    pub const fn carrier(self) -> Option<Carrier> {
        match self {
            Leg::Publish => Some(Carrier::Publish),
            Leg::Deliver => Some(Carrier::Deliver),
            Leg::PublishAck | Leg::Ack | Leg::Confirm | Leg::Commit | Leg::Replicate => None,
        }
    }

    /// The side that is cut off when a packet on this leg is stopped; none between broker nodes.
    pub fn side(self) -> Option<Cut> {
        match self {
            Leg::Publish | Leg::PublishAck | Leg::Commit => Some(Cut::Producer),
            Leg::Deliver | Leg::Ack | Leg::Confirm => Some(Cut::Consumer),
            Leg::Replicate => None,
        }
    }
}

impl MessageNo {
    /// What a script calls this message.
    pub fn ordinal(self) -> Ordinal {
        ordinal(self.get())
    }

    /// How a script writes the `nth` occurrence, from 1, for this message.
    pub fn spot(self, nth: u32) -> Spot {
        Spot { message: self.ordinal(), nth: Nth::At(ordinal(nth)) }
    }
}

fn ordinal(number: u32) -> Ordinal {
    Ordinal::new(u64::from(number)).expect("messages and occurrences count from 1")
}

impl ChoicePoint {
    /// The kind of script line that makes this go wrong; `None` if there is none, and for a cut,
    /// which is about a time and not about a packet.
    pub const fn kind(self) -> Option<Kind> {
        match self {
            ChoicePoint::Loses(leg, ..) if leg.packet().is_some() => Some(Kind::Drop),
            ChoicePoint::Repeats(leg, ..) if leg.carrier().is_some() => Some(Kind::Duplicate),
            ChoicePoint::Delays(leg, ..) if leg.packet().is_some() => Some(Kind::Delay),
            ChoicePoint::Loses(..)
            | ChoicePoint::Repeats(..)
            | ChoicePoint::Delays(..)
            | ChoicePoint::Cuts(..) => None,
            ChoicePoint::Crashes(CrashPoint { extent: Extent::Machine, .. }, _) => {
                Some(Kind::Crash)
            }
            ChoicePoint::Crashes(CrashPoint { extent: Extent::Process, .. }, _) => Some(Kind::Kill),
            ChoicePoint::Fails(..) => Some(Kind::Fail),
            ChoicePoint::Stalls(..) => Some(Kind::Slow),
        }
    }

    /// The line that makes this go wrong, for this long if it lasts; `None` where
    /// [`kind`](ChoicePoint::kind) is, and for a step that the scenario does not have.
    pub fn line(self, lasts: Millis, scenario: &Scenario) -> Option<Line> {
        Some(match self {
            ChoicePoint::Loses(leg, message, nth) => Line::Drop(leg.packet()?, message.spot(nth)),
            ChoicePoint::Repeats(leg, message, nth) => {
                Line::Duplicate(leg.carrier()?, message.spot(nth))
            }
            ChoicePoint::Delays(leg, message, nth) => {
                Line::Delay(leg.packet()?, message.spot(nth), lasts)
            }
            ChoicePoint::Crashes(point, Occasion { message, nth, .. }) => {
                let spot = message.spot(nth);
                match point.extent {
                    Extent::Machine => Line::Crash(point.crash(scenario)?, spot),
                    Extent::Process => Line::Kill(point.kill()?, spot),
                }
            }
            ChoicePoint::Fails(message, call) => Line::Fail(message.spot(call)),
            ChoicePoint::Stalls(message, call) => Line::Slow(message.spot(call), lasts),
            ChoicePoint::Cuts(..) => return None,
        })
    }
}

/// Whether a cut from `start` to `end` stops a packet in flight from `sent` to `arrives`.
pub fn stops((start, end): (Millis, Millis), sent: Time, arrives: Time) -> bool {
    sent < Time::from_millis(end.get()) && arrives >= Time::from_millis(start.get())
}

fn covers(spot: &Spot, message: MessageNo, nth: u32) -> bool {
    spot.covers(u64::from(message.get()), u64::from(nth))
}

/// For how long a line lets this go wrong, if it is what the line is about.
fn says(line: &Line, scenario: &Scenario, asked: ChoicePoint) -> Option<Time> {
    let lasts = |by: &Millis| Time::from_millis(by.get());
    let (says, lasts) = match line {
        Line::Drop(what, spot) => (
            matches!(asked, ChoicePoint::Loses(leg, message, nth)
                if leg.packet() == Some(*what) && covers(spot, message, nth)),
            Time::ZERO,
        ),
        Line::Duplicate(what, spot) => (
            matches!(asked, ChoicePoint::Repeats(leg, message, nth)
                if leg.carrier() == Some(*what) && covers(spot, message, nth)),
            Time::ZERO,
        ),
        Line::Delay(what, spot, by) => (
            matches!(asked, ChoicePoint::Delays(leg, message, nth)
                if leg.packet() == Some(*what) && covers(spot, message, nth)),
            lasts(by),
        ),
        Line::Crash(crash, spot) => (
            matches!(asked, ChoicePoint::Crashes(point, Occasion { message, nth, .. })
                if covers(spot, message, nth) && point.crash(scenario).as_ref() == Some(crash)),
            Time::ZERO,
        ),
        Line::Kill(kill, spot) => (
            matches!(asked, ChoicePoint::Crashes(point, Occasion { message, nth, .. })
                if covers(spot, message, nth) && point.kill().as_ref() == Some(kill)),
            Time::ZERO,
        ),
        Line::Fail(spot) => (
            matches!(asked, ChoicePoint::Fails(message, call) if covers(spot, message, call)),
            Time::ZERO,
        ),
        Line::Poison(poisoned) => (
            matches!(asked, ChoicePoint::Fails(message, _) if message.ordinal() == *poisoned),
            Time::ZERO,
        ),
        Line::Slow(spot, by) => (
            matches!(asked, ChoicePoint::Stalls(message, call) if covers(spot, message, call)),
            lasts(by),
        ),
        Line::Partition(who, time) => (
            matches!(asked, ChoicePoint::Cuts(leg, from, to)
                if leg.side() == Some(*who) && stops(*time, from, to)),
            Time::ZERO,
        ),
    };
    says.then_some(lasts)
}

impl<F> Scripted<'_, F> {
    /// What the first line says that is about this.
    fn said(&mut self, asked: ChoicePoint) -> Option<(Time, Because)> {
        let mut lines = self.lines.iter().enumerate();
        let (place, lasts) =
            lines.find_map(|(place, line)| Some((place, says(line, self.scenario, asked)?)))?;
        self.fired[place] = true;
        Some((lasts, Because::Script(place as u16)))
    }
}

impl<F: Fate> Fate for Scripted<'_, F> {
    // Inlined, so that each choice point of the world keeps only the arm that is about it.
    #[inline(always)]
    fn decide(&mut self, asked: ChoicePoint, outlast: Time) -> Option<(Time, Because)> {
        // Apart, so that a run without a script pays for nothing but this look.
        if !self.lines.is_empty()
            && let Some(said) = self.said(asked)
        {
            return Some(said);
        }
        self.behind.decide(asked, outlast)
    }

    fn latency(&mut self, leg: Leg, message: MessageNo, nth: u32) -> Time {
        self.behind.latency(leg, message, nth)
    }

    fn jitter(&mut self, message: MessageNo, nth: u32, spread: Time) -> Time {
        self.behind.jitter(message, nth, spread)
    }
}

/// The longest wait that a script asks for.
pub(super) fn longest_wait(script: &Script) -> Time {
    let waits = script.lines().iter().filter_map(Line::longest);
    waits.max().map_or(Time::ZERO, |wait| Time::from_millis(wait.get()))
}
