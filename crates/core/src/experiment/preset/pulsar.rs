//! Apache Pulsar: BookKeeper's two synced copies, the broker's deduplication by name and sequence.

use super::super::settings::{
    AckMode, Acks, Broker, BrokerKind, Consumer, Dedup, Flush, Producer, Source,
};
use super::super::value::{Bounded, Limit};
use super::Preset;

/// A persistent topic with a shared subscription, fed from an outbox.
fn base() -> Preset {
    Preset {
        name: "",
        tagline: "",
        description: "",
        source: "https://pulsar.apache.org/docs/concepts-messaging/",
        not_covered: "`ackTimeout` is off by default: what a lost consumer held comes back when its \
            connection ends, for which 5 s stand in. A broker crash may lose recent acks; a \
            failed bookie is replaced, while the model waits for its return.",
        producer: Producer {
            delivery_timeout_ms: Some(Bounded::of(30_000)),
            ..Producer::default()
        },
        broker: Broker {
            kind: BrokerKind::Queue,
            replicas: Bounded::of(2),
            min_in_sync: Bounded::of(2),
            flush: Flush::EachWrite,
            dead_letter: false,
            redelivery_delay_ms: Bounded::of(60_000),
            ..Broker::default()
        },
        consumer: Consumer::default(),
    }
}

pub(super) fn at_most_once() -> Preset {
    let base = base();
    Preset {
        name: "Pulsar: at most once",
        tagline: "A non-persistent topic",
        description: "Messages pass through the broker's memory to the connected subscribers, \
            and are never stored. The sender never resends, and the broker never redelivers.",
        source: "https://pulsar.apache.org/docs/cookbooks-non-persistent/",
        not_covered: "A subscriber that is not connected misses everything; the model keeps the \
            message until it is sent once.",
        producer: Producer {
            acks: Acks::Leader,
            retries: Limit::of(0),
            source: Source::Direct,
            ..base.producer
        },
        broker: Broker {
            replicas: Bounded::of(1),
            min_in_sync: Bounded::of(1),
            flush: Flush::Never,
            ..base.broker
        },
        consumer: Consumer { ack: AckMode::OnReceive, ..base.consumer },
        ..base
    }
}

pub(super) fn at_least_once() -> Preset {
    Preset {
        name: "Pulsar: at least once",
        tagline: "Persistent topic, ack after the effect",
        description: "A send is confirmed when two bookies have it on disk. The consumer acknowledges \
            each message after the work; one that it refuses is redelivered after a minute.",
        ..base()
    }
}

pub(super) fn dedup() -> Preset {
    let base = base();
    Preset {
        name: "Pulsar: deduplication",
        tagline: "Dedup on, but a new name at every start",
        description: "The broker drops a sequence number that a producer name has passed. A generated \
            name is new after a restart, so what the outbox then resends is treated as a new message.",
        source: "https://pulsar.apache.org/docs/cookbooks-deduplication/",
        producer: Producer { idempotent: true, ..base.producer },
        ..base
    }
}

pub(super) fn effectively_once() -> Preset {
    let base = base();
    Preset {
        name: "Pulsar: effectively once",
        tagline: "Dedup with a stable name + idempotent effect",
        description: "With a fixed producer name and sequence numbers from the outbox, the \
            broker recognises a resend even after a restart. The consumer writes the ID in the transaction of the effect, which covers redelivery.",
        source: "https://pulsar.apache.org/docs/cookbooks-deduplication/",
        not_covered: "The broker keeps the highest number per name and drops it after 6 \
            h without use; the model keeps each ID for 6 h. Pulsar's own transactions are left out.",
        broker: Broker { dedup_window_ms: Bounded::of(21_600_000), ..base.broker },
        consumer: Consumer { dedup: Dedup::Atomic, ..base.consumer },
        ..base
    }
}
