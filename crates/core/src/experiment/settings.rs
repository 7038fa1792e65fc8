//! The settings of a lane: producer, broker, consumer, with their ranges and defaults.
//!
//! This file is the table of the format. Each field has one line of documentation, a type that
//! carries the range, a default, a label and a word for links. How a setting is simulated is not
//! known here.

use super::part::labelled;
use super::record::record;
use super::value::{Bounded, Factor, Limit, NEVER, Rate, choice};

/// A year: the longest time any setting may have, in milliseconds.
pub const YEAR_MS: u64 = 31_536_000_000;

/// A duration in whole milliseconds, zero allowed.
pub type Millis = Bounded<0, YEAR_MS>;
/// A duration in whole milliseconds, at least one.
pub type SomeMillis = Bounded<1, YEAR_MS>;
/// A duration in whole milliseconds, at least one, or never.
pub type Timeout = Limit<1, YEAR_MS, NEVER>;
/// A count from one up to a billion, or no limit.
pub type AtMost = Limit<1, 1_000_000_000>;

/// What the less decisive settings are about, in the order in which a form shows them; those that
/// decide most have no topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// When the producer resends.
    Resends,
    /// How the broker recognises a resend.
    Idempotence,
    /// When the broker redelivers.
    Redelivery,
    /// Which other nodes keep a message, and how safely.
    Replicas,
    /// Whether the broker drops repeats.
    Deduplication,
    /// What stays in order; shown together with the broker's deduplication.
    Order,
    /// What the consumer does about repeats.
    Repeats,
    /// How the consumer reads.
    Reading,
}

impl Topic {
    /// The title above its settings.
    pub const fn title(self) -> &'static str {
        match self {
            Topic::Resends => "Timeouts and resends",
            Topic::Idempotence => "Numbered sends and transactions",
            Topic::Redelivery => "Redelivery",
            Topic::Replicas => "Replicas and disks",
            Topic::Deduplication | Topic::Order => "Deduplication and order",
            Topic::Repeats => "Remembered IDs and repeated writes",
            Topic::Reading => "Members, batches and reading",
        }
    }
}

choice! {
    /// What the producer waits for before it takes a message as sent.
    pub enum Acks {
        /// Nothing: handing the message to the network is enough.
        #[label = "nothing"]
        None = "none",
        /// The leader's own write.
        #[label = "the leader"]
        Leader = "leader",
        /// The write of every in-sync replica.
        #[label = "in-sync replicas"]
        All = "all",
    }
}

choice! {
    /// Where the producer keeps a message until the broker has it.
    pub enum Source {
        /// The business row and the message commit together; a relay sends until it is told.
        #[label = "an outbox table"]
        Outbox = "outbox",
        /// The row commits, then the message is sent from memory.
        #[label = "memory only"]
        Direct = "direct",
    }
}

choice! {
    /// How the broker keeps messages.
    pub enum BrokerKind {
        /// A message is acknowledged and removed one by one.
        #[label = "queue"]
        Queue = "queue",
        /// An append-only partition and a committed position per consumer group.
        #[label = "log"]
        Log = "log",
    }
}

choice! {
    /// When a node's replica survives the crash of its own machine.
    pub enum Flush {
        /// At once.
        #[label = "at each write"]
        EachWrite = "each_write",
        /// After `flush_interval_ms`.
        #[label = "in the background"]
        Async = "async",
        /// Not at all.
        #[label = "never"]
        Never = "never",
    }
}

choice! {
    /// What happens to an acknowledgment from a holder whose time ran out.
    pub enum LateAck {
        /// It is refused (Kafka, RabbitMQ, Service Bus).
        #[label = "refused"]
        Reject = "reject",
        /// It settles the message anyway (JetStream, Redis).
        #[label = "accepted"]
        Accept = "accept",
        /// It counts until the message is redelivered (SQS standard, Pub/Sub).
        #[label = "until redelivered"]
        UntilRedelivered = "until_redelivered",
    }
}

choice! {
    /// What a queue does with the unacknowledged messages of a consumer that lost its connection.
    pub enum OnDisconnect {
        /// Redeliver each when its redelivery timeout has run out.
        #[label = "waits for timeout"]
        Wait = "wait",
        /// Redeliver all of them at once, in their old places (RabbitMQ).
        #[label = "redelivers"]
        Requeue = "requeue",
    }
}

choice! {
    /// Which broker node a consumer is connected to.
    pub enum ConnectedTo {
        /// The leader: the connection dies with it.
        #[label = "the leader"]
        Leader = "leader",
        /// Another one.
        #[label = "another node"]
        Other = "other",
    }
}

choice! {
    /// What stays in order in a queue.
    pub enum KeyOrder {
        /// Nothing: a message that comes back does not hold up those behind it.
        #[label = "not kept"]
        None = "none",
        /// Messages of one key: a message that is not settled holds back the later ones.
        #[label = "kept"]
        Group = "group",
    }
}

choice! {
    /// How much an acknowledgment settles in a queue.
    pub enum AckScope {
        /// One message.
        #[label = "one message"]
        Single = "single",
        /// Every message up to it that was handed out.
        #[label = "all up to it"]
        Cumulative = "cumulative",
    }
}

choice! {
    /// Whether a log's member that went down comes back as itself.
    pub enum Membership {
        /// It keeps its name, and reads on as soon as it is back.
        #[label = "known by name"]
        Static = "static",
        /// It is a new member, and its partitions wait until the redelivery timeout of the old one has run out.
        #[label = "new each time"]
        Dynamic = "dynamic",
    }
}

choice! {
    /// When the consumer acknowledges a message, or commits its position.
    pub enum AckMode {
        /// Before any work.
        #[label = "on receipt"]
        OnReceive = "on_receive",
        /// After all steps.
        #[label = "after the work"]
        AfterProcessing = "after_processing",
        /// In one transaction with the store that the primary step writes.
        #[label = "with the effect"]
        WithEffect = "with_effect",
    }
}

choice! {
    /// What the consumer does with a message whose handler failed.
    pub enum OnFailure {
        /// Return it.
        #[label = "returns it"]
        Nack = "nack",
        /// Say nothing and let the redelivery timeout run.
        #[label = "says nothing"]
        Wait = "wait",
        /// Acknowledge it anyway.
        #[label = "acknowledges it"]
        Swallow = "swallow",
        /// Give it up at once.
        #[label = "gives it up"]
        Reject = "reject",
    }
}

choice! {
    /// Where the consumer keeps the IDs that it has seen.
    pub enum Dedup {
        /// Nowhere.
        #[label = "not at all"]
        None = "none",
        /// In memory, gone with a crash.
        #[label = "in memory"]
        Memory = "memory",
        /// In a table, written before the effect.
        #[label = "before the effect"]
        TableBefore = "table_before",
        /// In a table, written after the effect.
        #[label = "after the effect"]
        TableAfter = "table_after",
        /// In a table, in the same transaction as the effect.
        #[label = "same transaction"]
        Atomic = "atomic",
    }
}

choice! {
    /// How a database step writes.
    pub enum Write {
        /// Add to what is there.
        #[label = "add to the total"]
        Apply = "apply",
        /// Write a row keyed by message ID: naturally idempotent.
        #[label = "upsert by ID"]
        Upsert = "upsert",
    }
}

choice! {
    /// Whether messages of open or aborted transactions are visible.
    pub enum Isolation {
        /// They are not.
        #[label = "committed only"]
        ReadCommitted = "read_committed",
        /// They are.
        #[label = "everything"]
        ReadUncommitted = "read_uncommitted",
    }
}

record! {
    /// The wait before each resend.
    pub struct Backoff {
        /// Wait before the first resend, in milliseconds.
        #[setting("First wait", link = "backoff-first", topic = Topic::Resends)]
        pub first_ms: Millis = Bounded::of(200),
        /// Each wait is this many times longer than the last.
        #[setting("Grows by", link = "backoff-factor", topic = Topic::Resends)]
        pub factor: Factor = Factor::whole(2),
        /// No wait is longer than this, in milliseconds.
        #[setting("Longest wait", link = "backoff-max", topic = Topic::Resends)]
        pub max_ms: Millis = Bounded::of(10_000),
        /// Each wait varies evenly by up to this share of itself, up or down.
        #[setting("Jitter", link = "backoff-jitter", topic = Topic::Resends)]
        pub jitter: Rate = Rate::ZERO,
    }
}

record! {
    /// The sender: what it waits for and how long it keeps trying.
    pub struct Producer {
        /// What it waits for: nothing, the leader's write, or every in-sync replica.
        #[setting("Waits for", link = "acks")]
        pub acks: Acks = Acks::All,
        /// Resends after a timeout or a retriable error.
        #[setting("Resends", link = "retries", named = &[("0", "none"), ("unlimited", "no limit")])]
        pub retries: Limit<0, 1000> = Limit::Unlimited,
        /// How long it waits for the broker's reply, in milliseconds.
        #[setting("Reply timeout", link = "request-timeout", topic = Topic::Resends)]
        pub request_timeout_ms: SomeMillis = Bounded::of(1000),
        /// Wait before each resend.
        #[setting("Wait before a resend")]
        pub backoff: Backoff = Backoff::default(),
        /// It gives up on a message after this long in one session of the producer, whatever `retries` says;
        /// null: never.
        #[setting(
            "Gives up after",
            link = "delivery-timeout",
            topic = Topic::Resends,
            named = &[("null", "never")],
        )]
        pub delivery_timeout_ms: Option<SomeMillis> = None,
        /// Unconfirmed sends at once.
        #[setting("Unconfirmed sends", link = "max-in-flight", topic = Topic::Resends)]
        pub max_in_flight: Bounded<1, 100> = Bounded::of(5),
        /// The broker drops a resend with a (producer ID, sequence) that it has; the ID is new after a
        /// restart. Needs a reply: not with `acks: none`.
        #[setting(
            "Numbered sends",
            link = "idempotent",
            topic = Topic::Idempotence,
            named = &[("true", "on"), ("false", "off")],
        )]
        pub idempotent: bool = false,
        /// A stable identity that fences its predecessor after a restart; atomic multi-message writes.
        /// It remembers nothing: a message that was committed but not confirmed is committed once more.
        #[setting(
            "Transactions",
            link = "transactional",
            topic = Topic::Idempotence,
            named = &[("true", "on"), ("false", "off")],
        )]
        pub transactional: bool = false,
        /// Where a message waits until the broker has it.
        #[setting("Message kept in", link = "source", alone = &["outbox", "direct"])]
        pub source: Source = Source::Outbox,
    }
}

record! {
    /// The middle: how messages are kept, delivered and redelivered.
    pub struct Broker {
        /// Queue or log.
        #[setting("Kind", link = "kind", alone = &["queue", "log"])]
        pub kind: BrokerKind = BrokerKind::Log,
        /// Messages with one key keep to one partition.
        #[setting("Partitions", link = "partitions", topic = Topic::Order)]
        pub partitions: Bounded<1, 8> = Bounded::of(1),
        /// Replicas of each partition or queue.
        #[setting("Replicas", link = "replicas", topic = Topic::Replicas)]
        pub replicas: Bounded<1, 5> = Bounded::of(3),
        /// With `acks: all`, fewer in-sync replicas than this refuse the write with a retriable error.
        #[setting("Min in-sync replicas", link = "min-in-sync", topic = Topic::Replicas)]
        pub min_in_sync: Bounded<1, 5> = Bounded::of(2),
        /// When a node's replica survives its own crash.
        #[setting("Written to disk", link = "flush", topic = Topic::Replicas)]
        pub flush: Flush = Flush::Async,
        /// For `flush: async`, in milliseconds.
        #[setting("Flushed every", link = "flush-interval", topic = Topic::Replicas)]
        pub flush_interval_ms: SomeMillis = Bounded::of(1000),
        /// May a replica that is not in sync take over?
        #[setting(
            "Unclean election",
            link = "unclean-election",
            topic = Topic::Replicas,
            named = &[("true", "allowed"), ("false", "refused")],
        )]
        pub unclean_election: bool = false,
        /// The broker drops a message ID that it has seen within this many milliseconds; 0: off.
        #[setting(
            "Drops repeats within",
            link = "broker-dedup-window",
            topic = Topic::Deduplication,
            named = &[("0", "off")],
        )]
        pub dedup_window_ms: Millis = Bounded::of(0),
        /// Deliveries before the message is given up.
        #[setting(
            "Maximum deliveries",
            link = "max-deliveries",
            topic = Topic::Redelivery,
            named = &[("unlimited", "no limit")],
        )]
        pub max_deliveries: AtMost = Limit::Unlimited,
        /// A message given up is parked in a dead letter queue, else discarded.
        #[setting(
            "When tries run out",
            link = "dead-letter",
            topic = Topic::Redelivery,
            named = &[("true", "parked"), ("false", "discarded")],
        )]
        pub dead_letter: bool = true,
        /// An unacknowledged delivery is redelivered after this many milliseconds.
        #[setting("Redelivers after", link = "redelivery-timeout", named = &[("never", "never")])]
        pub redelivery_timeout_ms: Timeout = Limit::of(5000),
        /// Wait before a negatively acknowledged message is redelivered, in milliseconds.
        #[setting(
            "Wait after a return",
            link = "redelivery-delay",
            topic = Topic::Redelivery,
            named = &[("0", "none")],
        )]
        pub redelivery_delay_ms: Millis = Bounded::of(0),
        /// What happens to an acknowledgment from a holder whose time ran out.
        #[setting("Late acknowledgment", link = "late-ack", topic = Topic::Redelivery)]
        pub late_ack: LateAck = LateAck::Reject,
        /// What a queue does with the unacknowledged messages of a consumer that lost its connection.
        #[setting("Lost connection", link = "on-disconnect", topic = Topic::Redelivery)]
        pub on_disconnect: OnDisconnect = OnDisconnect::Wait,
        /// Whether a consumer's connection dies with the leader's node; for `on_disconnect: requeue`.
        #[setting("Consumers connect to", link = "connected-to", topic = Topic::Redelivery)]
        pub connected_to: ConnectedTo = ConnectedTo::Other,
        /// Whether a queue holds back a key's later messages until the earlier one is settled.
        #[setting("Order within a key", link = "order", topic = Topic::Order)]
        pub order: KeyOrder = KeyOrder::None,
    }
}

record! {
    /// The receiver: when it acknowledges, what it does about failures and repeats.
    pub struct Consumer {
        /// Members of the group.
        #[setting("Members", link = "instances", topic = Topic::Reading)]
        pub instances: Bounded<1, 8> = Bounded::of(1),
        /// When it acknowledges.
        #[setting("Acknowledges", link = "ack")]
        pub ack: AckMode = AckMode::AfterProcessing,
        /// What happens to a message whose handler failed.
        #[setting("If the work fails", link = "on-failure")]
        pub on_failure: OnFailure = OnFailure::Nack,
        /// Messages fetched together and acknowledged together.
        #[setting("Batch", link = "batch", topic = Topic::Reading)]
        pub batch: Bounded<1, 500> = Bounded::of(1),
        /// Time of one handler call, in milliseconds.
        #[setting("The work takes", link = "processing", topic = Topic::Reading)]
        pub processing_ms: Millis = Bounded::of(100),
        /// Where the IDs seen are kept.
        #[setting("Remembers IDs", link = "dedup", alone = &["atomic"])]
        pub dedup: Dedup = Dedup::None,
        /// How many IDs are kept, oldest out first.
        #[setting(
            "Keep IDs",
            link = "dedup-window",
            topic = Topic::Repeats,
            named = &[("unlimited", "all")],
        )]
        pub dedup_window: AtMost = Limit::Unlimited,
        /// How long an ID is kept, in milliseconds.
        #[setting(
            "Keep IDs for",
            link = "dedup-ttl",
            topic = Topic::Repeats,
            named = &[("unlimited", "ever")],
        )]
        pub dedup_ttl_ms: Limit<1, YEAR_MS> = Limit::Unlimited,
        /// How database steps write.
        #[setting("Database writes", link = "write", alone = &["upsert"], topic = Topic::Repeats)]
        pub write: Write = Write::Apply,
        /// External calls carry the message ID, and the other side ignores a repeat.
        #[setting(
            "Idempotency key",
            link = "idempotency-key",
            topic = Topic::Repeats,
            named = &[("true", "sent along"), ("false", "none")],
        )]
        pub idempotency_key: bool = false,
        /// Are messages of open or aborted transactions visible?
        #[setting(
            "Reads",
            link = "isolation",
            alone = &["read_committed", "read_uncommitted"],
            topic = Topic::Reading,
        )]
        pub isolation: Isolation = Isolation::ReadCommitted,
        /// The broker confirms acknowledgments, and the consumer repeats one until it is confirmed.
        #[setting(
            "Confirmed acks",
            link = "ack-confirmed",
            topic = Topic::Reading,
            named = &[("true", "on"), ("false", "off")],
        )]
        pub ack_confirmed: bool = false,
        /// An acknowledgment settles one message of a queue, or all up to it.
        #[setting("An ack settles", link = "ack-scope", topic = Topic::Reading)]
        pub ack_scope: AckScope = AckScope::Single,
        /// Whether a member of a log's group that went down comes back under its own name.
        #[setting("Members are", link = "membership", topic = Topic::Reading)]
        pub membership: Membership = Membership::Static,
    }
}

const _: () = labelled(Backoff::FIELDS);
const _: () = labelled(Producer::FIELDS);
const _: () = labelled(Broker::FIELDS);
const _: () = labelled(Consumer::FIELDS);
