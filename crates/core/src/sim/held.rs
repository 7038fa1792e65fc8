//! What everyone holds while a run stands still: plain data, copied out of the world, so that whoever
//! looks at a run changes nothing in it.
//!
//! The world keeps what decides how a run goes on, and no more. What only tells of the past (how often an
//! effect took place, what was parked, which step brought something about) is in the trace.

use std::collections::BTreeMap;

use super::time::Time;
use super::trace::{Delivery, MessageNo, Node, PacketNo, StepNo};

/// What everyone holds at a moment of a run: see [`Moment::held`](super::Moment::held).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The producer.
    pub producer: Producer,
    /// The broker.
    pub broker: Broker,
    /// The members of the consumer group, in order.
    pub members: Vec<Member>,
    /// The ids in the table beside the effects, in the order of being written down.
    pub table: Vec<MessageNo>,
    /// The packets that will arrive, in order of departure.
    pub under_way: Vec<PacketNo>,
}

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

/// The producer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Producer {
    /// While it is down.
    pub down: Option<Down>,
    /// Per message where it stands; `None` until its business event has taken place.
    pub outbox: Vec<Option<Stand>>,
}

/// Where a message stands with its producer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stand {
    /// It waits for its turn.
    Waiting,
    /// It was sent, and no answer has come.
    Sent,
    /// It will be sent again.
    Resting,
    /// The broker has it, or with `acks: none` it was handed to the network.
    Ok,
    /// The producer gave up.
    Error,
    /// It was only in memory, which a crash has emptied.
    Forgotten,
}

/// The broker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broker {
    /// Each node while it is down.
    pub nodes: Vec<Option<Down>>,
    /// The partitions, in order.
    pub partitions: Vec<Partition>,
}

/// A partition of a log, or a queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partition {
    /// Which node leads it; nobody while it is unavailable.
    pub leader: Option<u8>,
    /// Its records; the place of each is its offset.
    pub records: Vec<Record>,
    /// The ids that it keeps against repeats, in the order of being stored.
    pub ids: Vec<MessageNo>,
}

/// A stored copy of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Record {
    /// Its number among all copies of the run.
    pub copy: u32,
    /// The message.
    pub message: MessageNo,
    /// Where it stands with the consumers.
    pub hold: Hold,
    /// Whether every in-sync node has it.
    pub copied: bool,
    /// Where it stands in the transaction that wrote it.
    pub transaction: Transaction,
}

/// Where a record stands with its consumers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    /// It waits to be delivered.
    Ready,
    /// It was delivered to this member and not answered; it comes back at the given time.
    Out {
        /// The member, from 0.
        member: u8,
        /// When it is offered again.
        until: Time,
    },
    /// It was given back and is not offered yet.
    Resting,
    /// Nobody has to come past it any more: it is settled, or given up.
    Done,
}

/// Where a record stands in the transaction that wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Transaction {
    /// Not committed yet.
    Open,
    /// Committed, or never in one.
    Committed,
    /// Aborted.
    Aborted,
}

impl Partition {
    /// How many records, from the first on, are done or aborted: the committed position of a log.
    pub fn committed(&self) -> usize {
        let behind = |record: &&Record| {
            record.hold == Hold::Done || record.transaction == Transaction::Aborted
        };
        self.records.iter().take_while(behind).count()
    }
}

/// A member of the group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// While it is down.
    pub down: Option<Down>,
    /// Taken in and not handled yet, in the order of coming.
    pub inbox: Vec<Call>,
    /// What it handles.
    pub call: Option<Call>,
    /// The ids in its memory, in the order of being written down.
    pub memory: Vec<MessageNo>,
}

/// A handler call, begun or to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Call {
    /// The message.
    pub message: MessageNo,
    /// Which time it was taken in, from 1.
    pub nth: u32,
    /// The latest step of the call, or towards it.
    pub step: StepNo,
}

/// What is to come of what is held: who is back when, and which delivery should be answered by when.
#[derive(Debug, Default)]
pub(super) struct Waits {
    pub(super) down: BTreeMap<Node, Down>,
    pub(super) due: BTreeMap<(u32, u32), Due>,
    pub(super) under_way: Vec<PacketNo>,
}

/// A delivery that should be answered.
#[derive(Debug, Clone, Copy)]
pub(super) struct Due {
    pub(super) delivery: Delivery,
    pub(super) until: Time,
    pub(super) hold: Hold,
}

impl Waits {
    pub(super) fn down(&self, node: Node) -> Option<Down> {
        self.down.get(&node).copied()
    }

    /// The answer that the `nth` delivery of a copy waits for.
    pub(super) fn due(&self, copy: u32, nth: u32) -> Option<Due> {
        self.due.get(&(copy, nth)).copied()
    }
}
