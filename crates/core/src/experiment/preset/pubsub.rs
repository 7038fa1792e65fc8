//! Google Cloud Pub/Sub: a managed store, the ack deadline, and no deduplication of publishes.

use super::super::settings::{
    AckMode, Backoff, Broker, BrokerKind, Consumer, Dedup, Flush, Producer, Source,
};
use super::super::value::{Bounded, Factor, Limit};
use super::Preset;

const EXACTLY_ONCE: &str = "https://docs.cloud.google.com/pubsub/docs/exactly-once-delivery";
const SUBSCRIPTION: &str =
    "https://docs.cloud.google.com/pubsub/docs/reference/rest/v1/projects.subscriptions";

/// The client's retries, the managed store, and an ack deadline of 10 s.
fn base() -> Preset {
    Preset {
        name: "",
        tagline: "",
        description: "",
        source: SUBSCRIPTION,
        not_covered: "The storage is managed; three synced replicas stand in for it. Client libraries \
            extend the deadline by themselves; a late ack may succeed and yet be followed by a \
            redelivery; messages expire after 7 days.",
        producer: Producer {
            request_timeout_ms: Bounded::of(60_000),
            backoff: Backoff {
                first_ms: Bounded::of(100),
                factor: Factor::whole(4),
                max_ms: Bounded::of(60_000),
                ..Backoff::default()
            },
            ..Producer::default()
        },
        broker: Broker {
            kind: BrokerKind::Queue,
            flush: Flush::EachWrite,
            dead_letter: false,
            redelivery_timeout_ms: Limit::of(10_000),
            ..Broker::default()
        },
        consumer: Consumer::default(),
    }
}

pub(super) fn at_most_once() -> Preset {
    let base = base();
    Preset {
        name: "Pub/Sub: at most once",
        tagline: "Ack on receipt, no publish retries",
        description: "The subscriber acknowledges before it works. The publisher's retries are \
            off as well, because every accepted publish is another message.",
        not_covered: "The ack is a separate request that can get lost, and then the message \
            is redelivered; the model settles the message by sending it.",
        producer: Producer { retries: Limit::of(0), source: Source::Direct, ..base.producer },
        consumer: Consumer { ack: AckMode::OnReceive, ..base.consumer },
        ..base
    }
}

pub(super) fn at_least_once() -> Preset {
    Preset {
        name: "Pub/Sub: at least once",
        tagline: "Ack after processing",
        description: "The publisher resends until it gets a reply, and each accepted \
            publish gets its own ID. The subscriber acknowledges after the work; after 10 s without an ack the message is redelivered.",
        ..base()
    }
}

pub(super) fn effectively_once() -> Preset {
    let base = base();
    Preset {
        name: "Pub/Sub: effectively once",
        tagline: "Exactly-once delivery + key checked with the effect",
        description: "Exactly-once delivery accepts an ack only from the current holder and \
            never redelivers an acknowledged message. Repeated publishes and a crash before the ack remain; the business key in the transaction of the effect recognises both.",
        source: EXACTLY_ONCE,
        not_covered: "Exactly-once delivery holds within one region and for pull subscriptions only; \
            the storage is managed, three synced replicas stand in for it.",
        consumer: Consumer { dedup: Dedup::Atomic, ..base.consumer },
        ..base
    }
}
