//! What happened: the vocabulary of a trace, and the record of a run.
//!
//! A [`Trace`] holds everything that a picture, a transcript or the audit may need. It states facts
//! (a packet left, a node went down, an effect took place), never what an actor believed.

pub use super::event::Event;
use super::fate::Because;
use super::time::Time;

/// A business message, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MessageNo(u16);

impl MessageNo {
    /// The message with this index, from 0.
    pub const fn from_index(index: usize) -> MessageNo {
        MessageNo(index as u16 + 1)
    }

    /// Its index, from 0.
    pub const fn index(self) -> usize {
        self.0 as usize - 1
    }

    /// Its number, from 1.
    pub const fn get(self) -> u32 {
        self.0 as u32
    }
}

impl std::fmt::Display for MessageNo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// A participant, with a lifeline of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// The sender.
    Producer,
    /// A node of the broker, counted from 0.
    Broker(u8),
    /// A member of the consumer group, counted from 0.
    Consumer(u8),
}

impl Node {
    /// The index of the group member, if it is one.
    pub const fn member(self) -> Option<u8> {
        match self {
            Node::Consumer(member) => Some(member),
            Node::Producer | Node::Broker(_) => None,
        }
    }
}

/// One hop and its direction, with what travels there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Leg {
    /// Producer to broker: the message.
    Publish,
    /// Broker to producer: its answer.
    PublishAck,
    /// Broker to consumer: the message.
    Deliver,
    /// Consumer to broker: an acknowledgment, a refusal or a commit.
    Ack,
    /// Broker to consumer: the answer to a commit. Never lost on its own: losing the commit has the
    /// same consequence and stands for both.
    Confirm,
    /// Producer to broker: the end of a transaction. Never lost by itself: it would only be resent.
    Commit,
    /// Leading broker node to a follower. No packet is recorded: replication retries until it
    /// succeeds, and only a crash stops it.
    Replicate,
}

/// The content of a packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Carries {
    /// The message, sent in this producer session.
    Publish {
        /// The producer session that sent it, from 1; each restart begins a new one.
        session: u32,
        /// The producer id under which it is numbered: new in every session, and when a partition is
        /// numbered anew. It is not the identity of a transactional producer, which is the same in all
        /// sessions.
        id: u32,
        /// Its sequence number for this producer id in its partition, from 0.
        sequence: u32,
    },
    /// The broker has the message.
    Stored {
        /// The session being answered.
        session: u32,
    },
    /// The broker refuses the message, which may be sent again.
    Refused {
        /// The session being answered.
        session: u32,
        /// Which publish of the message is refused, from 1; `None` for a commit.
        publish: Option<u32>,
        /// The broker's reason.
        refusal: Refusal,
    },
    /// The producer commits the transaction of this message.
    CommitTransaction {
        /// The session that wrote it.
        session: u32,
    },
    /// The broker has committed the transaction.
    TransactionCommitted {
        /// The session being answered.
        session: u32,
    },
    /// The message, for the consumer.
    Delivery(Delivery),
    /// The consumer is done with it: this removes it from a queue, or moves the position of a log.
    Ack(Delivery),
    /// The consumer gives it back.
    Nack(Delivery),
    /// The answer to a commit.
    Committed {
        /// The delivery that was committed.
        delivery: Delivery,
        /// Whether the broker accepted the commit.
        accepted: bool,
    },
}

/// One delivery of one stored copy of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Delivery {
    /// Which stored copy, in the order of storing, from 0.
    pub copy: u32,
    /// Its partition, from 0.
    pub partition: u8,
    /// Its offset in the partition, from 0.
    pub offset: u32,
    /// For a log: the reader's presumed position; records from here up to `offset` are never read.
    pub from: u32,
    /// How many times this copy has been delivered, including this time.
    pub nth: u32,
    /// The generation in which the receiver holds the partition; for a queue, which connection of its
    /// receiver carries it, from 0.
    pub epoch: u32,
}

/// Why the broker refuses a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// Fewer copies are in sync than `min_in_sync` requires; nothing was stored.
    NotEnoughReplicas,
    /// The same, noticed after the leader had stored its copy, which stays.
    NotEnoughReplicasAfterAppend,
    /// The number leaves a gap: an earlier message of the same session is missing.
    OutOfOrder,
    /// A later session of the same transactional producer has begun.
    Fenced,
    /// The transaction to be committed does not exist.
    UnknownTransaction,
}

/// A packet on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Packet {
    /// The leg it travels on.
    pub leg: Leg,
    /// The message that it is about.
    pub message: MessageNo,
    /// Which packet of this message on this leg, from 1.
    pub nth: u32,
    /// What it carries.
    pub carries: Carries,
    /// The sender.
    pub from: Node,
    /// The receiver.
    pub to: Node,
    /// When it left.
    pub sent: Time,
    /// When it arrives, or would have arrived had it not been lost.
    pub arrives: Time,
    /// Why it was lost, if it was.
    pub lost: Option<Because>,
    /// Why it is late, if it is.
    pub delayed: Option<Because>,
    /// Why it exists, if the network made it by repeating another packet.
    pub repeats: Option<Because>,
}

/// The number of a packet in its run, from 0 in order of departure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PacketNo(pub u32);

/// The number of a step in its run, from 0 in order of occurrence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StepNo(pub u32);

/// What the producer learnt of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Told {
    /// The broker has it.
    Ok,
    /// The producer gave up.
    Error,
    /// Nothing, and it never will: with `acks: none` it handed the message to the network, or a crash
    /// took it from its memory.
    Nothing,
}

/// What recognised a repeat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Guard {
    /// The broker, by producer id and sequence number.
    Sequence,
    /// The broker, by message id within its window.
    MessageId,
    /// The consumer, by an id in memory.
    Memory,
    /// The consumer, by an id in a table.
    Table,
    /// The store, by a unique id in the transaction of the effect.
    Transaction,
    /// The store, because the step sets a row by id.
    Upsert,
    /// The other side of an external call, by the idempotency key.
    IdempotencyKey,
}

/// Why a packet that arrived had no effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ignored {
    /// The node is down.
    NodeDown,
    /// It answers a session that ended in a crash.
    OldSession,
    /// The matter was settled already.
    AlreadySettled,
    /// The reader is past this position, or no longer holds the partition.
    OldPosition,
    /// The partition has no leader.
    Unavailable,
}

/// A fact: when, about which message, and the fact that caused it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Step {
    /// Its number.
    pub no: StepNo,
    /// When it happens, in simulated time.
    pub at: Time,
    /// The message it is about (`None` for a restart).
    pub message: Option<MessageNo>,
    /// The step that caused it (`None` for one without a cause).
    pub cause: Option<StepNo>,
    /// What happens.
    pub what: Event,
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum End {
    /// Nothing was left to happen.
    Settled(Time),
    /// Nothing was left to happen, but a message is out and its time never runs out.
    Stuck(Time),
    /// Something was still in flight at the horizon.
    Horizon(Time),
    /// Something was still in flight when the run had used up its steps.
    TooLong(Time),
}

impl End {
    /// When the run ended.
    pub fn at(self) -> Time {
        match self {
            End::Settled(at) | End::Stuck(at) | End::Horizon(at) | End::TooLong(at) => at,
        }
    }

    /// Whether nothing was left to happen.
    pub fn settled(self) -> bool {
        matches!(self, End::Settled(_))
    }
}

/// Who keeps message ids to recognise repeats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Keeper {
    /// The table beside the effects.
    Table,
    /// The memory of a member of the group, counted from 0.
    Memory(u8),
    /// The dedup window of a partition, counted from 0.
    Window(u8),
}

/// Sees a run as it happens.
pub trait Observer {
    /// Whether it looks at the numbers of steps and packets. If nobody does, all of them are 0, so
    /// that two worlds with different histories but the same future are equal.
    const NUMBERS: bool = true;

    /// A fact; `packet` comes with [`Event::Sent`], [`Event::Arrived`] and [`Event::Disregarded`].
    fn see(&mut self, step: &Step, packet: Option<&Packet>);

    /// An id was written down, or a memory was lost: this many ids are kept there now. Expired ids
    /// count until the next one is written.
    fn kept(&mut self, _keeper: Keeper, _ids: usize) {}
}

/// Sees nothing.
impl Observer for () {
    fn see(&mut self, _: &Step, _: Option<&Packet>) {}
}

/// The record of one lane's run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// Every fact in order of time.
    pub steps: Vec<Step>,
    /// Every packet in order of departure.
    pub packets: Vec<Packet>,
    /// How it ended.
    pub end: End,
    /// The script lines that did not fire in this lane, by their index in the script, from 0.
    pub unfired: Vec<usize>,
}

impl Trace {
    /// The packet with this number.
    pub fn packet(&self, no: PacketNo) -> &Packet {
        &self.packets[no.0 as usize]
    }

    /// The step with this number.
    pub fn step(&self, no: StepNo) -> &Step {
        &self.steps[no.0 as usize]
    }

    /// The chain of causes, from the given step back to the one that has none.
    pub fn causes(&self, no: StepNo) -> impl Iterator<Item = &Step> {
        std::iter::successors(Some(self.step(no)), |step| step.cause.map(|cause| self.step(cause)))
    }
}

/// Records everything.
#[derive(Debug)]
pub(super) struct Recorder {
    pub(super) steps: Vec<Step>,
    pub(super) packets: Vec<Packet>,
}

impl Recorder {
    /// With room for a typical run of this many messages; a longer one grows.
    pub(super) fn for_messages(messages: usize) -> Recorder {
        Recorder {
            steps: Vec::with_capacity(20 * messages),
            packets: Vec::with_capacity(5 * messages),
        }
    }
}

impl Observer for Recorder {
    fn see(&mut self, step: &Step, packet: Option<&Packet>) {
        self.steps.push(*step);
        if let (Event::Sent(_), Some(packet)) = (step.what, packet) {
            self.packets.push(*packet);
        }
    }
}
