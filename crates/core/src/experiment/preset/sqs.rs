//! Amazon SQS: the visibility timeout, deletion, and the deduplication of a FIFO queue.

use super::super::settings::{
    AckMode, Broker, BrokerKind, Consumer, Dedup, Flush, Producer, Source,
};
use super::super::value::{Bounded, Limit};
use super::Preset;

/// A standard queue with its defaults; the sender retries until SQS has answered.
fn base() -> Preset {
    Preset {
        name: "",
        tagline: "",
        description: "",
        source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/standard-queues-at-least-once-delivery.html",
        not_covered: "The storage is managed; three synced replicas stand in for it. A standard \
            queue may also redeliver after a successful delete, and out of order; messages expire \
            after 4 days.",
        producer: Producer::default(),
        broker: Broker {
            kind: BrokerKind::Queue,
            flush: Flush::EachWrite,
            dead_letter: false,
            redelivery_timeout_ms: Limit::of(30_000),
            ..Broker::default()
        },
        consumer: Consumer::default(),
    }
}

pub(super) fn at_most_once() -> Preset {
    let base = base();
    Preset {
        name: "SQS: at most once",
        tagline: "Delete, then process",
        description: "The consumer deletes the message before it works on it. The sender's SDK \
            must not retry either: a standard queue treats a repeated send as another message.",
        not_covered: "The delete is a separate call that can get lost, and then the message comes \
            back; the model settles the message by sending it.",
        producer: Producer { retries: Limit::of(0), source: Source::Direct, ..base.producer },
        consumer: Consumer { ack: AckMode::OnReceive, ..base.consumer },
        ..base
    }
}

pub(super) fn standard() -> Preset {
    Preset {
        name: "SQS: standard queue",
        tagline: "Process, then delete",
        description: "A received message is hidden for 30 s and comes back unless it is deleted. \
            There is no limit of deliveries and no dead letter queue unless a redrive policy is set.",
        ..base()
    }
}

pub(super) fn fifo() -> Preset {
    let base = base();
    Preset {
        name: "SQS: FIFO queue",
        tagline: "Exactly-once processing, for sends within 5 minutes",
        description: "A send with a deduplication id that was seen in the last 5 minutes is accepted \
            and dropped. That covers the sender; a consumer that crashes before the delete, or works \
            longer than the visibility timeout, still applies the effect twice.",
        source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-exactly-once-processing.html",
        not_covered: "A message in flight holds back the others of its group, and a delete \
            after the visibility timeout fails; the storage is managed, three synced replicas stand in.",
        broker: Broker { dedup_window_ms: Bounded::of(300_000), ..base.broker },
        ..base
    }
}

pub(super) fn effectively_once() -> Preset {
    let base = fifo();
    Preset {
        name: "SQS: effectively once",
        tagline: "FIFO + business key in the effect's transaction",
        description: "The FIFO queue drops what the sender resends within 5 minutes. The \
            consumer writes the business key in the transaction of the effect, which recognises everything else.",
        consumer: Consumer { dedup: Dedup::Atomic, ..base.consumer },
        ..base
    }
}
