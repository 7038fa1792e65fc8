//! One fault the search can inject: small to carry around, and a script line when it is reported.

use crate::experiment::scenario::Scenario;
use crate::experiment::script::{Cut, Line, Side};
use crate::experiment::settings::Millis;
use crate::sim::{ChoicePoint, Extent, Leg, MessageNo, Occasion, Operation, Time};

/// A fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// This goes wrong, for this long if it lasts.
    Strike(ChoicePoint, Time),
    Poison(MessageNo),
    Partition(Window),
}

/// Who is cut off, and from when until when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Window {
    pub(super) side: Cut,
    pub(super) from: Millis,
    pub(super) to: Millis,
}

impl Fault {
    /// How hard it is to read in a counterexample: a lost packet is easiest, then faults of the
    /// consumer, the producer and the broker; the first message and the first occurrence come
    /// before later ones.
    pub(super) fn cost(&self) -> u32 {
        let (kind, message, nth) = match *self {
            Fault::Strike(asked, _) => match asked {
                ChoicePoint::Loses(_, message, nth) => (100, message.get(), nth),
                ChoicePoint::Fails(message, call) => (110, message.get(), call),
                ChoicePoint::Stalls(message, call) => (120, message.get(), call),
                ChoicePoint::Crashes(point, Occasion { message, nth, .. }) => {
                    let kind = match point.act {
                        Operation::Receive
                        | Operation::Record
                        | Operation::Ack
                        | Operation::Step(_) => 130,
                        Operation::Publish => 131,
                        Operation::Write | Operation::Answer => 140,
                        Operation::Replicate => 142,
                        Operation::Follow => 145,
                    };
                    (kind + u32::from(point.extent == Extent::Process), message.get(), nth)
                }
                ChoicePoint::Repeats(_, message, nth) => (155, message.get(), nth),
                ChoicePoint::Delays(_, message, nth) => (160, message.get(), nth),
                ChoicePoint::Cuts(..) => (170, 1, 1),
            },
            Fault::Poison(message) => (150, message.get(), 1),
            Fault::Partition(_) => (170, 1, 1),
        };
        kind + 20 * (message - 1) + 30 * (nth - 1).min(100)
    }

    /// Where along a message's path it strikes; earlier stages sort first.
    pub(super) fn stage(&self) -> u32 {
        match *self {
            Fault::Strike(asked, _) => match asked {
                ChoicePoint::Loses(at, ..) => leg(at),
                ChoicePoint::Repeats(at, ..) => leg(at) + 1,
                ChoicePoint::Delays(at, ..) => leg(at) + 2,
                ChoicePoint::Crashes(point, _) => {
                    let act = match point.act {
                        Operation::Publish => 5,
                        Operation::Write => 20,
                        Operation::Replicate => 22,
                        Operation::Follow => 24,
                        Operation::Answer => 26,
                        Operation::Receive => 50,
                        Operation::Step(step) => 60 + 2 * u32::from(step),
                        Operation::Record => 1060,
                        Operation::Ack => 1070,
                    };
                    act + u32::from(point.side == Side::After)
                }
                ChoicePoint::Fails(..) => 54,
                ChoicePoint::Stalls(..) => 56,
                ChoicePoint::Cuts(at, ..) => cut(at.side()),
            },
            Fault::Poison(_) => 55,
            Fault::Partition(Window { side, .. }) => cut(Some(side)),
        }
    }

    /// The fault as a script line.
    pub(super) fn line(&self, scenario: &Scenario) -> Line {
        match *self {
            Fault::Strike(asked, lasts) => asked
                .line(Millis::clamp(lasts.millis()), scenario)
                .expect("only what a script can say strikes, at the steps of its own scenario"),
            Fault::Poison(message) => Line::Poison(message.ordinal()),
            Fault::Partition(Window { side, from, to }) => Line::Partition(side, (from, to)),
        }
    }
}

fn cut(side: Option<Cut>) -> u32 {
    2000 + u32::from(side == Some(Cut::Consumer))
}

/// Where along a message's path this leg lies.
fn leg(leg: Leg) -> u32 {
    match leg {
        Leg::Publish | Leg::Commit => 10,
        Leg::Replicate => 22,
        Leg::PublishAck => 30,
        Leg::Deliver => 40,
        Leg::Ack | Leg::Confirm => 1080,
    }
}
