//! What happened: the words in which the simulator tells a run, and the record of one.
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
    /// The message at this place, counted from 0.
    pub const fn from_index(index: usize) -> MessageNo {
        MessageNo(index as u16 + 1)
    }

    /// Its place, counted from 0.
    pub const fn index(self) -> usize {
        self.0 as usize - 1
    }

    /// Its number, counted from 1.
    pub const fn get(self) -> u32 {
        self.0 as u32
    }
}

impl std::fmt::Display for MessageNo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// A participant with a lifeline.
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
    /// Which member of the group it is, if it is one.
    pub const fn member(self) -> Option<u8> {
        match self {
            Node::Consumer(member) => Some(member),
            Node::Producer | Node::Broker(_) => None,
        }
    }
}

/// One direction of travel, and what travels there.
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
    /// Broker to consumer: the answer to a commit. Never lost by itself: losing the commit, which
    /// has the same consequence, stands for both.
    Confirm,
    /// Producer to broker: the end of a transaction. Never lost by itself: the producer would only
    /// say it again.
    Commit,
    /// Leading broker node to a follower. No packet is recorded: replication insists until it
    /// succeeds, and only a crash stops it.
    Replicate,
}

/// What a packet says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Carries {
    /// The message, sent by this producer session.
    Publish {
        /// Which life of the producer sent it, from 1.
        session: u32,
        /// The producer id, new with every life unless `transactional`.
        id: u32,
        /// Its place in the order of the producer id in its partition, from 0.
        sequence: u32,
    },
    /// The broker has the message.
    Stored {
        /// The session that is answered.
        session: u32,
    },
    /// The broker does not take the message; it may be sent again.
    Refused {
        /// The session that is answered.
        session: u32,
        /// The reason that the broker gives.
        refusal: Refusal,
    },
    /// The producer ends the transaction of this message.
    CommitTransaction {
        /// The session that wrote it.
        session: u32,
    },
    /// The broker has ended the transaction.
    TransactionCommitted {
        /// The session that is answered.
        session: u32,
    },
    /// The message, for the consumer.
    Delivery(Delivery),
    /// The consumer is done with it: removes it from a queue, moves the position of a log.
    Ack(Delivery),
    /// The consumer gives it back.
    Nack(Delivery),
    /// The answer to a commit.
    Committed {
        /// What had been delivered and committed.
        delivery: Delivery,
        /// Whether the broker took the commit.
        accepted: bool,
    },
}

/// One delivery of one stored copy of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Delivery {
    /// Which stored copy, in order of storing, from 0.
    pub copy: u32,
    /// The partition that it is in, from 0.
    pub partition: u8,
    /// Its place in the partition, from 0.
    pub offset: u32,
    /// For a log: where the reader is taken to be; records from here to `offset` are never read.
    pub from: u32,
    /// How many times this copy has been delivered, this time included.
    pub nth: u32,
    /// The generation in which its receiver holds the partition (always 0 for a queue).
    pub epoch: u32,
}

/// Why the broker refuses a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// Fewer copies are in sync than `min_in_sync` asks for; nothing was stored.
    NotEnoughReplicas,
    /// The same, noticed after the leader had stored its copy, which stays.
    NotEnoughReplicasAfterAppend,
    /// An earlier message of the same session is missing.
    OutOfOrder,
    /// A later session of the same transactional producer has begun.
    Fenced,
    /// The transaction that was to be committed is not there.
    UnknownTransaction,
}

/// A packet on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Packet {
    /// Where it travels.
    pub leg: Leg,
    /// The message that it is about.
    pub message: MessageNo,
    /// Which packet of this message on this leg, from 1.
    pub nth: u32,
    /// What it says.
    pub carries: Carries,
    /// The sender.
    pub from: Node,
    /// The receiver.
    pub to: Node,
    /// When it left.
    pub sent: Time,
    /// When it arrives, or would have arrived had it not been lost.
    pub arrives: Time,
    /// Why it is lost on the way, if it is.
    pub lost: Option<Because>,
    /// Why it is late, if it is.
    pub delayed: Option<Because>,
    /// Why it exists, if the network made it by repeating another.
    pub repeats: Option<Because>,
}

/// The number of a packet in its run, from 0 in order of departure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PacketNo(pub u32);

/// The number of a step in its run, from 0 in order of happening.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StepNo(pub u32);

/// What the producer learnt of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Told {
    /// The broker has it (or, with `acks: none`, the network does).
    Ok,
    /// It gave up.
    Error,
}

/// Who noticed that a message had been seen before.
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

/// Why a packet that arrived had no consequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ignored {
    /// The node is down.
    NodeDown,
    /// It answers a session that ended with a crash.
    OldSession,
    /// The question was settled already.
    AlreadySettled,
    /// The reader is past this position, or no longer holds the partition.
    OldPosition,
    /// The partition has no leader.
    Unavailable,
}

/// One fact, when, about which message, and the fact that brought it about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Step {
    /// Its number.
    pub no: StepNo,
    /// The moment at which it happens, in simulated time.
    pub at: Time,
    /// The message that it is about (`None` for a restart).
    pub message: Option<MessageNo>,
    /// The step that brought it about (`None` for what begins by itself).
    pub cause: Option<StepNo>,
    /// What happens.
    pub what: Event,
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum End {
    /// Nothing was left to happen.
    Settled(Time),
    /// Something was still under way at the horizon.
    Horizon(Time),
    /// Something was still under way after as many steps as a run may have.
    TooLong(Time),
}

impl End {
    /// When the run ended.
    pub fn at(self) -> Time {
        match self {
            End::Settled(at) | End::Horizon(at) | End::TooLong(at) => at,
        }
    }

    /// Whether nothing was left to happen.
    pub fn settled(self) -> bool {
        matches!(self, End::Settled(_))
    }
}

/// Who keeps ids of messages to recognise repeats.
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
    /// Whether it looks at the numbers of steps and packets. Where nobody does all of them are 0, so that
    /// two worlds that differ only in how they came about are equal.
    const NUMBERS: bool = true;

    /// A fact; `packet` comes with [`Event::Sent`], [`Event::Arrived`] and [`Event::Disregarded`].
    fn see(&mut self, step: &Step, packet: Option<&Packet>);

    /// An id was written down, or a memory was lost: so many ids are kept there now. What has
    /// expired counts until the next id is written there.
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
    /// The script lines that did not fire in this lane, by their place in the script, from 0.
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

    /// The steps from the given one back to where it all began, the given one first.
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
    /// Room for a usual run of this many messages; a longer one makes more.
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
