//! NATS JetStream, and core NATS beside it: publish acks, `AckWait`, the message id, `sync_interval`.

use super::super::settings::{
    AckMode, Acks, Backoff, Broker, BrokerKind, Consumer, Dedup, Flush, LateAck, Producer, Source,
};
use super::super::value::{Bounded, Factor, Limit};
use super::Preset;

const DEEP_DIVE: &str = "https://docs.nats.io/using-nats/jetstream/model_deep_dive";

/// One copy synced every two minutes, a client that resends twice, explicit acks.
fn base() -> Preset {
    Preset {
        name: "",
        tagline: "",
        description: "",
        source: DEEP_DIVE,
        not_covered: "Limits of age and size that discard unacknowledged messages, and `+WPI`, which \
            extends the wait; after `MaxDeliver` a message stays in the stream, unprocessed.",
        producer: Producer {
            retries: Limit::of(2),
            backoff: Backoff {
                first_ms: Bounded::of(250),
                factor: Factor::whole(1),
                max_ms: Bounded::of(250),
                ..Backoff::default()
            },
            source: Source::Direct,
            ..Producer::default()
        },
        broker: Broker {
            kind: BrokerKind::Queue,
            replicas: Bounded::of(1),
            min_in_sync: Bounded::of(1),
            flush: Flush::Async,
            flush_interval_ms: Bounded::of(120_000),
            dead_letter: false,
            redelivery_timeout_ms: Limit::of(30_000),
            late_ack: LateAck::Accept,
            ..Broker::default()
        },
        consumer: Consumer::default(),
    }
}

pub(super) fn defaults() -> Preset {
    Preset {
        name: "JetStream: defaults",
        tagline: "One replica, synced every two minutes",
        description: "A stream has one replica unless you ask for more, and a publish is \
            confirmed before it is synced: a machine that fails takes up to two minutes of confirmed messages with it. An ack from an expired holder still settles the message.",
        source: "https://docs.nats.io/nats-concepts/jetstream",
        not_covered: "The Go client resends only when there are no responders, not after a \
            timeout; here it resends after both.",
        ..base()
    }
}

pub(super) fn at_most_once() -> Preset {
    let base = base();
    Preset {
        name: "NATS: at most once",
        tagline: "Core NATS: no store, no ack",
        description: "A plain publish goes to the subscribers that are listening. Nothing is \
            stored, confirmed or resent.",
        source: "https://docs.nats.io/nats-concepts/core-nats",
        not_covered: "A subscriber that is away misses everything; the model keeps the message \
            until it has been sent once.",
        producer: Producer { acks: Acks::None, retries: Limit::of(0), ..base.producer },
        broker: Broker { flush: Flush::Never, ..base.broker },
        consumer: Consumer { ack: AckMode::OnReceive, ..base.consumer },
        ..base
    }
}

pub(super) fn at_least_once() -> Preset {
    let base = base();
    Preset {
        name: "JetStream: at least once",
        tagline: "R3, publish ack, explicit ack",
        description: "A publish is confirmed by a majority of three, and the outbox resends \
            it until then. The consumer acknowledges after the work; after 30 s without an ack the message is redelivered.",
        not_covered: "A majority that loses power together can lose what none of it had \
            synced; a script can cause that, a single crash cannot.",
        producer: Producer { retries: Limit::Unlimited, source: Source::Outbox, ..base.producer },
        broker: Broker { replicas: Bounded::of(3), min_in_sync: Bounded::of(2), ..base.broker },
        ..base
    }
}

pub(super) fn msg_id() -> Preset {
    let base = at_least_once();
    Preset {
        name: "JetStream: message ID",
        tagline: "Nats-Msg-Id, recognised for 2 minutes",
        description: "The application's own ID travels with the message, so for two \
            minutes the stream recognises a resend even after the producer has restarted. Redelivery to the consumer is another matter.",
        not_covered: "After a server restart the IDs are read back from the messages \
            that are still stored; `AckSync`, a confirmed ack, is left out.",
        broker: Broker { dedup_window_ms: Bounded::of(120_000), ..base.broker },
        ..base
    }
}

pub(super) fn effectively_once() -> Preset {
    let base = msg_id();
    Preset {
        name: "JetStream: effectively once",
        tagline: "Message ID + idempotent effect",
        description: "The stream drops resends within two minutes. The consumer writes \
            the ID in the transaction of the effect, which covers a crash between effect and ack.",
        consumer: Consumer { dedup: Dedup::Atomic, ..base.consumer },
        ..base
    }
}
