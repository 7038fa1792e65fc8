//! Azure Service Bus: peek-lock or receive-and-delete, duplicate detection, the built-in dead letters.

use super::super::settings::{
    AckMode, Backoff, Broker, BrokerKind, Consumer, Dedup, Flush, Producer, Source,
};
use super::super::value::{Bounded, Factor, Limit};
use super::Preset;

const LOCKS: &str =
    "https://learn.microsoft.com/azure/service-bus-messaging/message-transfers-locks-settlement";
const DUPLICATES: &str =
    "https://learn.microsoft.com/azure/service-bus-messaging/duplicate-detection";

/// Peek-lock with the defaults of queue and .NET client.
fn base() -> Preset {
    Preset {
        name: "",
        tagline: "",
        description: "",
        source: LOCKS,
        not_covered: "The storage is managed; three synced replicas stand in for it. Renewing a lock, \
            prefetch (whose lock clock runs in the buffer) and messages that expire are left out; \
            after three retries the sender gives up with an error.",
        producer: Producer {
            retries: Limit::of(3),
            request_timeout_ms: Bounded::of(60_000),
            backoff: Backoff {
                first_ms: Bounded::of(800),
                factor: Factor::whole(2),
                max_ms: Bounded::of(60_000),
                ..Backoff::default()
            },
            ..Producer::default()
        },
        broker: Broker {
            kind: BrokerKind::Queue,
            flush: Flush::EachWrite,
            max_deliveries: Limit::of(10),
            redelivery_timeout_ms: Limit::of(60_000),
            ..Broker::default()
        },
        consumer: Consumer::default(),
    }
}

pub(super) fn at_most_once() -> Preset {
    let base = base();
    Preset {
        name: "Service Bus: at most once",
        tagline: "Receive and delete",
        description: "A message is deleted as it is handed over; a transfer that fails, or a receiver \
            that crashes, loses it. The sender's retries are off: without duplicate detection each \
            send is another message.",
        producer: Producer { retries: Limit::of(0), source: Source::Direct, ..base.producer },
        consumer: Consumer { ack: AckMode::OnReceive, ..base.consumer },
        ..base
    }
}

pub(super) fn at_least_once() -> Preset {
    Preset {
        name: "Service Bus: at least once",
        tagline: "Peek-lock, complete after the work",
        description: "A message is locked for a minute and redelivered unless it is completed \
            in that time. After ten deliveries it goes to the dead letter queue that every queue has.",
        ..base()
    }
}

pub(super) fn effectively_once() -> Preset {
    let base = base();
    Preset {
        name: "Service Bus: effectively once",
        tagline: "Duplicate detection + key checked with the effect",
        description: "With duplicate detection the queue drops a `MessageId` that it has seen within \
            10 minutes. The receiver writes the same key in the transaction of the effect, which \
            recognises a message whose lock ran out.",
        source: DUPLICATES,
        not_covered: "The window is 10 minutes in the service's pages and 1 minute in the .NET admin \
            client: set it. The storage is managed, three synced replicas stand in for it.",
        broker: Broker { dedup_window_ms: Bounded::of(600_000), ..base.broker },
        consumer: Consumer { dedup: Dedup::Atomic, ..base.consumer },
        ..base
    }
}
