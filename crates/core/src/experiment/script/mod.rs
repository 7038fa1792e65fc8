//! The fault script: exact faults, one per line of text.
//!
//! `line` declares the kinds of line, this file their parts; `list` is a script whose lines can be
//! on or off. `parse` reads the parts of a line, `print` writes them. None of them knows what the
//! simulator makes of a line, or whether it ever fires.

mod line;
mod list;
mod parse;
mod print;

pub use line::{Kind, Line};
pub use list::{Entry, Script};
pub use parse::LineError;
pub(super) use parse::time;
pub(super) use print::Time;

use super::value::{Bounded, Id, choice};

/// A message number or an occurrence, from 1.
pub type Ordinal = Bounded<1, 1_000_000_000>;

choice! {
    /// A packet on one leg of its way.
    pub enum Packet {
        /// Producer to broker: the message.
        Publish = "publish",
        /// Broker to producer: the acknowledgment of a publish.
        PublishAck = "publish-ack",
        /// Broker to consumer: the message.
        Deliver = "deliver",
        /// Consumer to broker: the acknowledgment or commit.
        Ack = "ack",
    }
}

choice! {
    /// A packet that carries a message and can arrive twice.
    pub enum Carrier {
        /// Producer to broker.
        Publish = "publish",
        /// Broker to consumer.
        Deliver = "deliver",
    }
}

impl Carrier {
    /// The corresponding packet.
    pub const fn packet(self) -> Packet {
        match self {
            Carrier::Publish => Packet::Publish,
            Carrier::Deliver => Packet::Deliver,
        }
    }
}

choice! {
    /// On which side of a point a node crashes.
    pub enum Side {
        /// Just before it.
        Before = "before",
        /// Just after it.
        After = "after",
    }
}

choice! {
    /// What the leading broker node is about when it crashes.
    pub enum BrokerPoint {
        /// Writing the message to its own copy.
        Write = "write",
        /// Copying it to the followers.
        Replicate = "replicate",
        /// Answering the producer.
        Ack = "ack",
    }
}

choice! {
    /// Who is cut off from the broker.
    pub enum Cut {
        /// The producer.
        Producer = "producer",
        /// The consumer.
        Consumer = "consumer",
    }
}

/// What the consumer is doing when it crashes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConsumerPoint {
    /// Taking the message in: `receive`.
    Receive,
    /// Writing the id that it has seen: `record`.
    Record,
    /// Acknowledging, or committing: `ack`.
    Ack,
    /// A step of the scenario, by its id.
    Step(Id),
}

impl ConsumerPoint {
    /// The words that name a point of their own, which no step may use as its id.
    pub const RESERVED: &'static [&'static str] = &["receive", "record", "ack"];

    /// The point with this word; `None` if it is neither reserved nor an id.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "receive" => Some(ConsumerPoint::Receive),
            "record" => Some(ConsumerPoint::Record),
            "ack" => Some(ConsumerPoint::Ack),
            step => Id::new(step).map(ConsumerPoint::Step),
        }
    }

    /// Its word in a line.
    pub fn word(&self) -> &str {
        match self {
            ConsumerPoint::Receive => "receive",
            ConsumerPoint::Record => "record",
            ConsumerPoint::Ack => "ack",
            ConsumerPoint::Step(step) => step.as_str(),
        }
    }
}

/// Which node crashes, and exactly when.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Crash {
    /// The producer, before or after it publishes.
    Producer(Side),
    /// The leading broker node.
    Broker(Side, BrokerPoint),
    /// A follower, before it has copied the message.
    Follower,
    /// The consumer.
    Consumer(Side, ConsumerPoint),
}

/// Which process is killed, and exactly when. What it had written survives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kill {
    /// The leading broker node's.
    Broker(Side, BrokerPoint),
}

/// Which occurrence of something for a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nth {
    /// The occurrence with this number, from 1.
    At(Ordinal),
    /// Every occurrence: `*`.
    Every,
}

impl Nth {
    /// The first occurrence, which a line may leave out.
    pub const FIRST: Nth = Nth::At(Ordinal::MIN);

    /// Whether this names the occurrence with that number, from 1.
    pub const fn covers(self, occurrence: u64) -> bool {
        match self {
            Nth::At(n) => n.get() == occurrence,
            Nth::Every => true,
        }
    }
}

/// Which message, and which occurrence: `2#3`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spot {
    /// The message, from 1. The experiment may have no message with this number.
    pub message: Ordinal,
    /// Which occurrence for that message.
    pub nth: Nth,
}

impl Spot {
    /// The first occurrence for a message.
    pub const fn first(message: Ordinal) -> Self {
        Spot { message, nth: Nth::FIRST }
    }

    /// Whether this names that occurrence for that message, both from 1.
    pub const fn covers(self, message: u64, occurrence: u64) -> bool {
        self.message.get() == message && self.nth.covers(occurrence)
    }
}

#[cfg(test)]
mod tests;
