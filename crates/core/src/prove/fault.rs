//! One fault that the search can let strike: small to carry, and a script line when it is told.

use crate::experiment::scenario::Scenario;
use crate::experiment::script::{Carrier, Cut, Line, Packet, Side};
use crate::experiment::settings::Millis;
use crate::sim::{Act, CrashPoint, MessageNo, Time};

/// A fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    Drop(Packet, MessageNo, u32),
    Duplicate(Carrier, MessageNo, u32),
    Delay(Packet, MessageNo, u32, Time),
    Crash(CrashPoint, MessageNo, u32),
    Fail(MessageNo, u32),
    Poison(MessageNo),
    Slow(MessageNo, u32, Time),
    Partition(Window),
}

/// Who is cut off, from when until when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Window {
    pub(super) side: Cut,
    pub(super) from: Millis,
    pub(super) to: Millis,
}

impl Fault {
    /// How hard it is to read: a lost packet is easiest, then what happens to the consumer, the producer
    /// and the broker; the first message and the first time come before later ones.
    pub(super) fn cost(&self) -> u32 {
        let (kind, message, nth) = match *self {
            Fault::Drop(_, message, nth) => (100, message.get(), nth),
            Fault::Fail(message, call) => (110, message.get(), call),
            Fault::Slow(message, call, _) => (120, message.get(), call),
            Fault::Crash(point, message, nth) => {
                let kind = match point.act {
                    Act::Receive | Act::Record | Act::Ack | Act::Step(_) => 130,
                    Act::Publish => 131,
                    Act::Write | Act::Answer => 140,
                    Act::Replicate => 142,
                    Act::Follow => 145,
                };
                (kind, message.get(), nth)
            }
            Fault::Poison(message) => (150, message.get(), 1),
            Fault::Duplicate(_, message, nth) => (155, message.get(), nth),
            Fault::Delay(_, message, nth, _) => (160, message.get(), nth),
            Fault::Partition(_) => (170, 1, 1),
        };
        kind + 20 * (message - 1) + 30 * (nth - 1).min(100)
    }

    /// Where on the way of a message it strikes: what is earlier comes first.
    pub(super) fn stage(&self) -> u32 {
        match *self {
            Fault::Drop(packet, ..) => leg(packet),
            Fault::Duplicate(carrier, ..) => leg(carrier.packet()) + 1,
            Fault::Delay(packet, ..) => leg(packet) + 2,
            Fault::Crash(point, ..) => {
                let act = match point.act {
                    Act::Publish => 5,
                    Act::Write => 20,
                    Act::Replicate => 22,
                    Act::Follow => 24,
                    Act::Answer => 26,
                    Act::Receive => 50,
                    Act::Step(step) => 60 + 2 * u32::from(step),
                    Act::Record => 1060,
                    Act::Ack => 1070,
                };
                act + u32::from(point.side == Side::After)
            }
            Fault::Fail(..) => 54,
            Fault::Poison(_) => 55,
            Fault::Slow(..) => 56,
            Fault::Partition(Window { side, .. }) => 2000 + u32::from(side == Cut::Consumer),
        }
    }

    /// The fault as a line of the script.
    pub(super) fn line(&self, scenario: &Scenario) -> Line {
        match *self {
            Fault::Drop(packet, message, nth) => Line::Drop(packet, message.spot(nth)),
            Fault::Duplicate(carrier, message, nth) => Line::Duplicate(carrier, message.spot(nth)),
            Fault::Delay(packet, message, nth, by) => {
                Line::Delay(packet, message.spot(nth), Millis::clamp(by.millis()))
            }
            Fault::Crash(point, message, nth) => {
                let crash = point.crash(scenario);
                let crash = crash.expect("the scenario has the steps of its own runs");
                Line::Crash(crash, message.spot(nth))
            }
            Fault::Fail(message, call) => Line::Fail(message.spot(call)),
            Fault::Poison(message) => Line::Poison(message.ordinal()),
            Fault::Slow(message, call, by) => {
                Line::Slow(message.spot(call), Millis::clamp(by.millis()))
            }
            Fault::Partition(Window { side, from, to }) => Line::Partition(side, from, to),
        }
    }
}

/// Where on the way of a message a packet travels.
fn leg(packet: Packet) -> u32 {
    match packet {
        Packet::Publish => 10,
        Packet::PublishAck => 30,
        Packet::Deliver => 40,
        Packet::Ack => 1080,
    }
}
