//! Apache Kafka 4: `acks`, the in-sync replicas, the committed position, transactions, share groups.

use super::super::settings::{
    AckMode, Acks, Backoff, Broker, BrokerKind, Consumer, Dedup, Flush, Isolation, Producer, Source,
};
use super::super::value::{Bounded, Factor, Limit, Rate};
use super::Preset;

const DESIGN: &str = "https://kafka.apache.org/documentation/#semantics";
const PRODUCER: &str = "https://kafka.apache.org/documentation/#producerconfigs";
const BROKER: &str = "https://kafka.apache.org/documentation/#brokerconfigs";

/// The client's defaults and a single copy: what runs if nobody changes a setting.
fn base() -> Preset {
    Preset {
        name: "",
        tagline: "",
        description: "",
        source: DESIGN,
        not_covered: "One timer stands for the session timeout (45 s) and `max.poll.interval.ms` \
            (5 min); retention, `auto.offset.reset` and the batching of sends are left out.",
        producer: Producer {
            acks: Acks::All,
            retries: Limit::Unlimited,
            request_timeout_ms: Bounded::of(30_000),
            backoff: Backoff {
                first_ms: Bounded::of(100),
                factor: Factor::whole(2),
                max_ms: Bounded::of(1000),
                jitter: Rate::percent(20),
            },
            delivery_timeout_ms: Some(Bounded::of(120_000)),
            max_in_flight: Bounded::of(5),
            idempotent: true,
            source: Source::Direct,
            ..Producer::default()
        },
        broker: Broker {
            kind: BrokerKind::Log,
            replicas: Bounded::of(1),
            min_in_sync: Bounded::of(1),
            flush: Flush::Never,
            dead_letter: false,
            redelivery_timeout_ms: Limit::of(45_000),
            ..Broker::default()
        },
        consumer: Consumer {
            batch: Bounded::of(500),
            isolation: Isolation::ReadUncommitted,
            ..Consumer::default()
        },
    }
}

pub(super) fn defaults() -> Preset {
    Preset {
        name: "Kafka: defaults",
        tagline: "One replica, never forced to disk",
        description: "The client waits for all in-sync replicas, but there is only one, \
            and Kafka leaves the disk to the operating system: a machine that fails takes confirmed records with it. A reader sees what aborted transactions wrote.",
        source: BROKER,
        not_covered: "Auto-commit every 5 s: here the position is committed after each batch, so a \
            real crash repeats more, and work handed to other threads may be skipped.",
        ..base()
    }
}

pub(super) fn at_most_once() -> Preset {
    let base = base();
    Preset {
        name: "Kafka: at most once",
        tagline: "retries=0, commit before processing",
        description: "The producer sends once; the consumer commits its position before it works. \
            Without retries the client switches idempotence off by itself, which does no harm here.",
        producer: Producer { retries: Limit::of(0), idempotent: false, ..base.producer },
        consumer: Consumer { ack: AckMode::OnReceive, ..base.consumer },
        ..base
    }
}

pub(super) fn at_least_once() -> Preset {
    let base = base();
    Preset {
        name: "Kafka: at least once",
        tagline: "acks=all, RF 3, min ISR 2, commit after processing",
        description: "A confirmed record is on at least two machines. The outbox resends \
            after a restart, under a new producer ID, and the position is committed after the work: both repeat, neither loses.",
        source: PRODUCER,
        not_covered: "After `delivery.timeout.ms` (2 min) the producer gives up with an \
            error; a relay that then starts over is left out.",
        producer: Producer { source: Source::Outbox, ..base.producer },
        broker: Broker { replicas: Bounded::of(3), min_in_sync: Bounded::of(2), ..base.broker },
        ..base
    }
}

pub(super) fn transactions() -> Preset {
    let base = at_least_once();
    Preset {
        name: "Kafka: transactions",
        tagline: "Read, process, write, inside one cluster",
        description: "A transactional producer fences its predecessor after a restart; output and \
            position are committed together, and readers see only committed output. Made for \
            pipelines from topic to topic. If a restarted sender writes a message to the first topic \
            twice, it stays there twice.",
        source: DESIGN,
        not_covered: "Effects outside Kafka share no such transaction. If the primary \
            effect is a database step, the model keeps the position in that database instead, which Kafka's own transaction does not do.",
        producer: Producer { transactional: true, ..base.producer },
        consumer: Consumer {
            ack: AckMode::WithEffect,
            isolation: Isolation::ReadCommitted,
            ..base.consumer
        },
        ..base
    }
}

pub(super) fn offset_in_database() -> Preset {
    let base = at_least_once();
    Preset {
        name: "Kafka: offset in the database",
        tagline: "Position and effect in one database transaction",
        description: "The consumer keeps its position in the database, in the transaction of the \
            effect, so no record is applied twice. It tells records apart, not messages: \
            a resend by a restarted producer is another record.",
        source: DESIGN,
        not_covered: "Seeking to the stored position when partitions are assigned; it is assumed to work.",
        consumer: Consumer { ack: AckMode::WithEffect, ..base.consumer },
        ..base
    }
}

pub(super) fn effectively_once() -> Preset {
    let base = at_least_once();
    Preset {
        name: "Kafka: effectively once",
        tagline: "At least once + key in the effect's transaction",
        description: "Like at least once, but the message's ID is written in the database \
            transaction of the effect. That recognises a redelivery and a duplicate record alike.",
        source: DESIGN,
        consumer: Consumer { dedup: Dedup::Atomic, ..base.consumer },
        ..base
    }
}

pub(super) fn share_group() -> Preset {
    let base = at_least_once();
    Preset {
        name: "Kafka: share group",
        tagline: "A lock per record, five deliveries, no parking",
        description: "Records are locked for 30 s and acknowledged one by one, as from a queue. After \
            the fifth delivery the broker gives the record up, and there is no dead letter queue to find it in.",
        not_covered: "A share group reads a log: the record stays in the topic, and only \
            this group is done with it. Renewing a lock and `read_uncommitted` limits are left out.",
        broker: Broker {
            kind: BrokerKind::Queue,
            redelivery_timeout_ms: Limit::of(30_000),
            max_deliveries: Limit::of(5),
            ..base.broker
        },
        consumer: Consumer { batch: Bounded::of(1), ..base.consumer },
        ..base
    }
}
