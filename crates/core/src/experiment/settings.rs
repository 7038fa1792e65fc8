//! The settings of a lane: producer, broker, consumer, with their ranges and defaults.
//!
//! This file is the table of the format: one line of documentation, a type that carries the range,
//! and a default per field. It knows nothing of how a setting is simulated.

use super::record::record;
use super::value::{Bounded, Factor, Limit, Rate, choice};

/// A year: the longest time that any setting may name, in milliseconds.
pub const YEAR_MS: u64 = 31_536_000_000;

/// A duration in whole milliseconds, zero allowed.
pub type Millis = Bounded<0, YEAR_MS>;
/// A duration in whole milliseconds, at least one.
pub type SomeMillis = Bounded<1, YEAR_MS>;
/// A count from one up to a billion, or no limit.
pub type AtMost = Limit<1, 1_000_000_000>;

choice! {
    /// What the producer waits for before it takes a message as sent.
    pub enum Acks {
        /// Nothing: handing the message to the network is enough.
        None = "none",
        /// The leader's own write.
        Leader = "leader",
        /// The write of every in-sync replica.
        All = "all",
    }
}

choice! {
    /// Where the producer keeps a message until the broker has it.
    pub enum Source {
        /// The business row and the message commit together; a relay sends until it is told.
        Outbox = "outbox",
        /// The row commits, then the message is sent from memory.
        Direct = "direct",
    }
}

choice! {
    /// How the broker keeps messages.
    pub enum BrokerKind {
        /// A message is acknowledged and removed one by one.
        Queue = "queue",
        /// An append-only partition and a committed position per consumer group.
        Log = "log",
    }
}

choice! {
    /// When a node's copy survives the crash of its own machine.
    pub enum Flush {
        /// At once.
        EachWrite = "each_write",
        /// After `flush_interval_ms`.
        Async = "async",
        /// Not at all.
        Never = "never",
    }
}

choice! {
    /// What becomes of an acknowledgment from a holder whose time ran out.
    pub enum LateAck {
        /// It is refused (Kafka, RabbitMQ, Service Bus).
        Reject = "reject",
        /// It settles the message all the same (JetStream, Redis).
        Accept = "accept",
    }
}

choice! {
    /// When the consumer acknowledges a message, or commits its position.
    pub enum AckMode {
        /// Before any work.
        OnReceive = "on_receive",
        /// After all steps.
        AfterProcessing = "after_processing",
        /// In one transaction with the store that the primary step writes.
        WithEffect = "with_effect",
    }
}

choice! {
    /// What the consumer does with a message whose handler failed.
    pub enum OnFailure {
        /// Give it back.
        Nack = "nack",
        /// Say nothing and let the redelivery timeout run.
        Wait = "wait",
        /// Acknowledge it anyway.
        Swallow = "swallow",
    }
}

choice! {
    /// Where the consumer keeps the ids that it has seen.
    pub enum Dedup {
        /// Nowhere.
        None = "none",
        /// In memory, gone with a crash.
        Memory = "memory",
        /// In a table, written before the effect.
        TableBefore = "table_before",
        /// In a table, written after the effect.
        TableAfter = "table_after",
        /// In a table, in the same transaction as the effect.
        Atomic = "atomic",
    }
}

choice! {
    /// How a database step writes.
    pub enum Write {
        /// Add to what is there.
        Apply = "apply",
        /// Set a row by message id: naturally idempotent.
        Upsert = "upsert",
    }
}

choice! {
    /// Whether messages of open or aborted transactions are visible.
    pub enum Isolation {
        /// They are not.
        ReadCommitted = "read_committed",
        /// They are.
        ReadUncommitted = "read_uncommitted",
    }
}

record! {
    /// The wait before each resend.
    pub struct Backoff {
        /// Wait before the first resend, in milliseconds.
        pub first_ms: Millis = Bounded::of(200),
        /// Each wait is this many times the one before.
        pub factor: Factor = Factor::whole(2),
        /// No wait is longer than this, in milliseconds.
        pub max_ms: Millis = Bounded::of(10_000),
        /// Each wait varies evenly by up to this share of itself, up or down.
        pub jitter: Rate = Rate::ZERO,
    }
}

record! {
    /// The sender: what it waits for and how long it insists.
    pub struct Producer {
        /// What it waits for: nothing, the leader's write, or every in-sync replica.
        pub acks: Acks = Acks::All,
        /// Resends after a timeout or a retriable error.
        pub retries: Limit<0, 1000> = Limit::Unlimited,
        /// How long it waits for the broker's answer, in milliseconds.
        pub request_timeout_ms: SomeMillis = Bounded::of(1000),
        /// Wait before each resend.
        pub backoff: Backoff = Backoff::default(),
        /// It gives up on a message after this long, whatever `retries` says; null: never.
        pub delivery_timeout_ms: Option<SomeMillis> = None,
        /// Unanswered sends at once.
        pub max_in_flight: Bounded<1, 100> = Bounded::of(5),
        /// The broker drops a resend with a (producer id, sequence) that it has; the id is new after a restart.
        pub idempotent: bool = false,
        /// A stable identity that survives restart and fences its predecessor; atomic multi-message writes.
        pub transactional: bool = false,
        /// Where a message waits until the broker has it.
        pub source: Source = Source::Outbox,
    }
}

record! {
    /// The middle: how messages are kept, offered and offered again.
    pub struct Broker {
        /// Queue or log.
        pub kind: BrokerKind = BrokerKind::Log,
        /// Messages with one key keep to one partition.
        pub partitions: Bounded<1, 8> = Bounded::of(1),
        /// Copies of each partition or queue.
        pub replicas: Bounded<1, 5> = Bounded::of(3),
        /// With `acks: all`, fewer in-sync copies than this refuse the write with a retriable error.
        pub min_in_sync: Bounded<1, 5> = Bounded::of(2),
        /// When a node's copy survives its own crash.
        pub flush: Flush = Flush::Async,
        /// For `flush: async`, in milliseconds.
        pub flush_interval_ms: SomeMillis = Bounded::of(1000),
        /// May a copy that is not in sync take over?
        pub unclean_election: bool = false,
        /// The broker drops a message id that it has seen within this many milliseconds; 0: off.
        pub dedup_window_ms: Millis = Bounded::of(0),
        /// Deliveries before the message is given up.
        pub max_deliveries: AtMost = Limit::Unlimited,
        /// A message given up is parked in a dead letter queue, else discarded.
        pub dead_letter: bool = true,
        /// An unanswered delivery is offered again after this many milliseconds.
        pub redelivery_timeout_ms: SomeMillis = Bounded::of(5000),
        /// Wait before a negatively acknowledged message is offered again, in milliseconds.
        pub redelivery_delay_ms: Millis = Bounded::of(0),
        /// What becomes of an acknowledgment from a holder whose time ran out.
        pub late_ack: LateAck = LateAck::Reject,
    }
}

record! {
    /// The receiver: when it acknowledges, what it does about failures and repeats.
    pub struct Consumer {
        /// Members of the group.
        pub instances: Bounded<1, 8> = Bounded::of(1),
        /// When it acknowledges.
        pub ack: AckMode = AckMode::AfterProcessing,
        /// What becomes of a message whose handler failed.
        pub on_failure: OnFailure = OnFailure::Nack,
        /// Messages fetched together and acknowledged together.
        pub batch: Bounded<1, 500> = Bounded::of(1),
        /// Time of one handler call, in milliseconds.
        pub processing_ms: Millis = Bounded::of(100),
        /// Where the ids seen are kept.
        pub dedup: Dedup = Dedup::None,
        /// How many ids are kept, oldest out first.
        pub dedup_window: AtMost = Limit::Unlimited,
        /// How long an id is kept, in milliseconds.
        pub dedup_ttl_ms: Limit<1, YEAR_MS> = Limit::Unlimited,
        /// How database steps write.
        pub write: Write = Write::Apply,
        /// External calls carry the message id and the other side ignores a repeat.
        pub idempotency_key: bool = false,
        /// Are messages of open or aborted transactions visible?
        pub isolation: Isolation = Isolation::ReadCommitted,
    }
}
