//! Scripted faults: exact faults come before random ones.
//!
//! What the script says nothing about is decided by the fate behind it. Every line remembers whether
//! it fired, so that a run can tell which ones did not. What a script calls the packets and the places of
//! a crash is said here, for whoever writes a line about what happened.

use super::fate::{Act, Because, CrashPoint, Fate, Occasion};
use super::time::Time;
use super::trace::{Leg, MessageNo};
use crate::experiment::scenario::Scenario;
use crate::experiment::script::{
    BrokerPoint, Carrier, ConsumerPoint, Crash, Cut, Line, Nth, Ordinal, Packet, Script, Side, Spot,
};
use crate::experiment::settings::Millis;

/// A script in front of another fate.
#[derive(Debug, Clone)]
pub struct Scripted<'a, F> {
    lines: &'a [Line],
    /// For each line that crashes a node: where.
    points: Vec<Option<CrashPoint>>,
    fired: Vec<bool>,
    behind: F,
}

impl<'a, F> Scripted<'a, F> {
    /// This script for this scenario, in front of that fate.
    pub fn new(script: &'a Script, scenario: &Scenario, behind: F) -> Scripted<'a, F> {
        let lines = script.lines();
        let points = lines.iter().map(|line| crash_point(line, scenario)).collect();
        Scripted { lines, points, fired: vec![false; lines.len()], behind }
    }

    /// The lines that have not fired, by their place in the script, from 0.
    pub fn unfired(&self) -> Vec<usize> {
        (0..self.lines.len()).filter(|&line| !self.fired[line]).collect()
    }

    /// The first line that says something here; it fires.
    fn find<T>(&mut self, says: impl Fn(usize, &Line) -> Option<T>) -> Option<(T, Because)> {
        let mut lines = self.lines.iter().enumerate();
        let (place, said) = lines.find_map(|(place, line)| Some((place, says(place, line)?)))?;
        self.fired[place] = true;
        Some((said, Because::Script(place as u16)))
    }
}

/// Where a line crashes a node that this world has; `None` also for a step of another scenario.
fn crash_point(line: &Line, scenario: &Scenario) -> Option<CrashPoint> {
    let Line::Crash(crash, _) = line else {
        return None;
    };
    let (side, act) = match crash {
        Crash::Producer(side) => (*side, Act::Publish),
        Crash::Consumer(side, ConsumerPoint::Receive) => (*side, Act::Receive),
        Crash::Consumer(side, ConsumerPoint::Record) => (*side, Act::Record),
        Crash::Consumer(side, ConsumerPoint::Ack) => (*side, Act::Ack),
        Crash::Consumer(side, ConsumerPoint::Step(id)) => {
            (*side, Act::Step(scenario.steps.find(id.as_str())? as u8))
        }
        Crash::Broker(side, BrokerPoint::Write) => (*side, Act::Write),
        Crash::Broker(side, BrokerPoint::Replicate) => (*side, Act::Replicate),
        Crash::Broker(side, BrokerPoint::Ack) => (*side, Act::Answer),
        Crash::Follower => (Side::Before, Act::Follow),
    };
    Some(CrashPoint { side, act })
}

impl CrashPoint {
    /// What a script calls a crash here; `None` for a step that the scenario does not have.
    pub fn crash(self, scenario: &Scenario) -> Option<Crash> {
        let CrashPoint { side, act } = self;
        Some(match act {
            Act::Publish => Crash::Producer(side),
            Act::Write => Crash::Broker(side, BrokerPoint::Write),
            Act::Replicate => Crash::Broker(side, BrokerPoint::Replicate),
            Act::Answer => Crash::Broker(side, BrokerPoint::Ack),
            Act::Follow => Crash::Follower,
            Act::Receive => Crash::Consumer(side, ConsumerPoint::Receive),
            Act::Record => Crash::Consumer(side, ConsumerPoint::Record),
            Act::Ack => Crash::Consumer(side, ConsumerPoint::Ack),
            Act::Step(step) => {
                let step = scenario.steps.get(usize::from(step))?;
                Crash::Consumer(side, ConsumerPoint::Step(step.id.clone()))
            }
        })
    }
}

impl Leg {
    /// What a script calls a packet on this leg; `None` where it can say nothing about one.
    pub fn packet(self) -> Option<Packet> {
        match self {
            Leg::Publish => Some(Packet::Publish),
            Leg::PublishAck => Some(Packet::PublishAck),
            Leg::Deliver => Some(Packet::Deliver),
            Leg::Ack => Some(Packet::Ack),
            Leg::Confirm | Leg::Commit | Leg::Replicate => None,
        }
    }

    /// What a script calls a packet on this leg that arrives twice; `None` where none can.
    pub fn carrier(self) -> Option<Carrier> {
        match self {
            Leg::Publish => Some(Carrier::Publish),
            Leg::Deliver => Some(Carrier::Deliver),
            _ => None,
        }
    }

    /// Who is cut off when a packet on this leg does not get through; nobody between broker nodes.
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

    /// Where a script says that something happens to this message for the `nth` time, from 1.
    pub fn spot(self, nth: u32) -> Spot {
        Spot { message: self.ordinal(), nth: Nth::At(ordinal(nth)) }
    }
}

fn ordinal(number: u32) -> Ordinal {
    Ordinal::new(u64::from(number)).expect("messages and occurrences count from 1")
}

/// Whether a packet that is under way from `sent` to `arrives` is stopped by a cut from `start` to `end`.
pub fn stops((start, end): (Millis, Millis), sent: Time, arrives: Time) -> bool {
    sent < Time::from_millis(end.get()) && arrives >= Time::from_millis(start.get())
}

fn covers(spot: &Spot, message: MessageNo, nth: u32) -> bool {
    spot.covers(u64::from(message.get()), u64::from(nth))
}

impl<F: Fate> Fate for Scripted<'_, F> {
    fn loses(&mut self, leg: Leg, message: MessageNo, nth: u32) -> Option<Because> {
        let lost = self.find(|_, line| match line {
            Line::Drop(what, spot) => {
                (Some(*what) == leg.packet() && covers(spot, message, nth)).then_some(())
            }
            _ => None,
        });
        lost.map(|((), because)| because).or_else(|| self.behind.loses(leg, message, nth))
    }

    fn cuts(&mut self, leg: Leg, from: Time, to: Time) -> Option<Because> {
        let side = leg.side()?;
        let cut = self.find(|_, line| match line {
            Line::Partition(who, start, end) => {
                (*who == side && stops((*start, *end), from, to)).then_some(())
            }
            _ => None,
        });
        cut.map(|((), because)| because).or_else(|| self.behind.cuts(leg, from, to))
    }

    fn repeats(&mut self, leg: Leg, message: MessageNo, nth: u32) -> Option<Because> {
        let repeated = self.find(|_, line| match line {
            Line::Duplicate(what, spot) => {
                (Some(what.packet()) == leg.packet() && covers(spot, message, nth)).then_some(())
            }
            _ => None,
        });
        repeated.map(|((), because)| because).or_else(|| self.behind.repeats(leg, message, nth))
    }

    fn latency(&mut self, leg: Leg, message: MessageNo, nth: u32) -> Time {
        self.behind.latency(leg, message, nth)
    }

    fn delays(&mut self, leg: Leg, message: MessageNo, nth: u32) -> Option<(Time, Because)> {
        let delayed = self.find(|_, line| match line {
            Line::Delay(what, spot, by) => (Some(*what) == leg.packet()
                && covers(spot, message, nth))
            .then(|| Time::from_millis(by.get())),
            _ => None,
        });
        delayed.or_else(|| self.behind.delays(leg, message, nth))
    }

    fn crashes(&mut self, point: CrashPoint, occasion: Occasion) -> Option<Because> {
        if !self.lines.is_empty() {
            let points = std::mem::take(&mut self.points);
            let crashed = self.find(|place, line| match line {
                Line::Crash(_, spot) => (points[place] == Some(point)
                    && covers(spot, occasion.message, occasion.nth))
                .then_some(()),
                _ => None,
            });
            self.points = points;
            if let Some(((), because)) = crashed {
                return Some(because);
            }
        }
        self.behind.crashes(point, occasion)
    }

    fn fails(&mut self, message: MessageNo, call: u32) -> Option<Because> {
        let failed = self.find(|_, line| match line {
            Line::Fail(spot) => covers(spot, message, call).then_some(()),
            Line::Poison(poisoned) => (poisoned.get() == u64::from(message.get())).then_some(()),
            _ => None,
        });
        failed.map(|((), because)| because).or_else(|| self.behind.fails(message, call))
    }

    fn stalls(&mut self, message: MessageNo, call: u32, outlast: Time) -> Option<(Time, Because)> {
        let stalled = self.find(|_, line| match line {
            Line::Slow(spot, by) => {
                covers(spot, message, call).then(|| Time::from_millis(by.get()))
            }
            _ => None,
        });
        stalled.or_else(|| self.behind.stalls(message, call, outlast))
    }

    fn jitter(&mut self, message: MessageNo, nth: u32, spread: Time) -> Time {
        self.behind.jitter(message, nth, spread)
    }
}

/// The longest wait that a script asks for.
pub(super) fn longest_wait(script: &Script) -> Time {
    let waits = script.lines().iter().map(|line| match line {
        Line::Delay(_, _, by) | Line::Slow(_, by) => Time::from_millis(by.get()),
        Line::Partition(_, _, end) => Time::from_millis(end.get()),
        _ => Time::ZERO,
    });
    waits.max().unwrap_or(Time::ZERO)
}
