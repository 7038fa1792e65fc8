//! Everything that a run's participants hold at a moment, and how one turn changes it.

use super::broker::Broker;
use super::group::Group;
use super::known::Known;
use super::outbox::Outbox;
use super::store::Store;
use super::turn::{Turn, What};
use ackground_core::sim::{Event, PacketNo, Step, StepNo, Time, Trace};

/// A node that is down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Down {
    /// The crash.
    pub step: StepNo,
    /// Since when.
    pub from: Time,
    /// When it is back.
    pub until: Time,
}

impl Down {
    pub(super) fn since(step: &Step, until: Time) -> Down {
        Down { step: step.no, from: step.at, until }
    }
}

/// The participants of a lane at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scene {
    /// The producer.
    pub outbox: Outbox,
    /// The broker.
    pub broker: Broker,
    /// The consumers.
    pub group: Group,
    /// The store.
    pub store: Store,
    /// Packets that were lost on the way and have not been sent again, the latest last.
    pub fallen: Vec<PacketNo>,
}

impl Scene {
    /// Before anything has happened.
    pub(super) fn new(known: &Known) -> Scene {
        Scene {
            outbox: Outbox::new(known),
            broker: Broker::new(known),
            group: Group::new(known),
            store: Store::new(known),
            fallen: Vec::new(),
        }
    }

    pub(super) fn apply(&mut self, known: &Known, trace: &Trace, turn: &Turn) {
        match turn.what {
            What::Expiry => {
                self.store.table.expire(turn.at);
                for member in &mut self.group.members {
                    member.memory.expire(turn.at);
                }
                for partition in &mut self.broker.partitions {
                    partition.window.expire(turn.at);
                }
            }
            What::Step(no) => {
                let step = trace.step(no);
                if let Event::Sent(no) = step.what {
                    self.pick_up(trace, no);
                }
                self.outbox.apply(known, trace, step);
                self.broker.apply(known, trace, step);
                self.group.apply(known, trace, step);
                self.store.apply(step);
            }
            What::Lost(no) => self.fallen.push(no),
        }
    }

    /// What is sent again does not lie on the ground any more.
    fn pick_up(&mut self, trace: &Trace, no: PacketNo) {
        let sent = trace.packet(no);
        self.fallen.retain(|fallen| {
            let fallen = trace.packet(*fallen);
            (fallen.leg, fallen.message) != (sent.leg, sent.message)
        });
    }
}
