//! RabbitMQ 4: publisher confirms, classic and quorum queues, manual and automatic acknowledgment.

use super::super::settings::{
    AckMode, Acks, Backoff, Broker, BrokerKind, Consumer, Dedup, Flush, Producer, Source,
};
use super::super::value::{Bounded, Factor, Limit};
use super::Preset;

/// Confirms off, a classic queue, transient messages, manual acknowledgment.
fn base() -> Preset {
    Preset {
        name: "",
        tagline: "",
        description: "",
        source: "https://www.rabbitmq.com/docs/confirms",
        not_covered: "A closed channel returns its messages at once; here only `consumer_timeout` \
            (30 min) does. Routing, TTL and prefetch are left out.",
        producer: Producer {
            acks: Acks::None,
            retries: Limit::of(0),
            source: Source::Direct,
            ..Producer::default()
        },
        broker: Broker {
            kind: BrokerKind::Queue,
            replicas: Bounded::of(1),
            min_in_sync: Bounded::of(1),
            flush: Flush::Never,
            dead_letter: false,
            redelivery_timeout_ms: Limit::of(1_800_000),
            ..Broker::default()
        },
        consumer: Consumer::default(),
    }
}

pub(super) fn defaults() -> Preset {
    Preset {
        name: "RabbitMQ: defaults",
        tagline: "No confirms, transient messages, one node",
        description: "The publisher hears nothing unless it asks for confirms, a message is transient \
            unless it is marked persistent, and a classic queue has one replica. Only the consumer's \
            acknowledgment is safe by default.",
        source: "https://www.rabbitmq.com/docs/queues#durability",
        ..base()
    }
}

pub(super) fn auto_ack() -> Preset {
    let base = base();
    Preset {
        name: "RabbitMQ: automatic ack",
        tagline: "Done as soon as it is on the socket",
        description: "No confirms, and a message is settled as soon as it is written to the \
            consumer's socket. A consumer that crashes takes everything in its buffer with it.",
        not_covered: "Prefetch does not apply with automatic acknowledgment; the flood that a slow \
            consumer then gets is left out.",
        consumer: Consumer { ack: AckMode::OnReceive, ..base.consumer },
        ..base
    }
}

pub(super) fn quorum() -> Preset {
    let base = base();
    Preset {
        name: "RabbitMQ: quorum queue",
        tagline: "Confirms, three members, manual ack",
        description: "A confirm comes when a majority has the message on disk, and the publisher \
            resends what is not confirmed. The consumer acknowledges after the work; after 20 \
            deliveries a message goes to the dead letter exchange.",
        source: "https://www.rabbitmq.com/docs/quorum-queues",
        not_covered: "A closed channel returns its messages at once; here only `consumer_timeout` \
            (30 min) does. Every delivery counts towards the limit, also one returned by `nack`; \
            unroutable messages (`mandatory`) are left out.",
        producer: Producer {
            acks: Acks::All,
            retries: Limit::Unlimited,
            backoff: Backoff {
                first_ms: Bounded::of(5000),
                factor: Factor::whole(1),
                max_ms: Bounded::of(5000),
                ..Backoff::default()
            },
            source: Source::Outbox,
            ..base.producer
        },
        broker: Broker {
            replicas: Bounded::of(3),
            min_in_sync: Bounded::of(2),
            flush: Flush::EachWrite,
            max_deliveries: Limit::of(20),
            dead_letter: true,
            ..base.broker
        },
        ..base
    }
}

pub(super) fn effectively_once() -> Preset {
    let base = quorum();
    Preset {
        name: "RabbitMQ: effectively once",
        tagline: "Quorum queue + idempotent consumer",
        description: "RabbitMQ delivers at least once and promises no more than that. The consumer writes the \
            message's ID in the transaction of the effect, and so recognises resends and redeliveries.",
        source: "https://www.rabbitmq.com/docs/reliability",
        consumer: Consumer { dedup: Dedup::Atomic, ..base.consumer },
        ..base
    }
}
