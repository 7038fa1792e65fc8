//! Glossary terms about guarantees, of delivery and of effect, and how they fail.

use super::{Term, see};
use ackground_core::audit::Property::*;
use ackground_core::experiment::Product::*;

pub(super) const TERMS: &[Term] = &[
    Term::new(
        "delivery-guarantee",
        "delivery guarantee",
        &["delivery guarantee", "delivery guarantees"],
        "How often a broker delivers a message to the consumer: at most once, or at least once. It says \
         nothing about what the consumer then does.",
    )
    .related(&["processing-guarantee", "at-most-once", "at-least-once", "redelivery"]),
    Term::new(
        "processing-guarantee",
        "processing guarantee",
        &["processing guarantee", "processing guarantees", "effect guarantee"],
        "How often a message takes effect, however often it is delivered. The consumer and its store decide it \
         together, and the label over a lane is about it.",
    )
    .related(&["delivery-guarantee", "effectively-once", "exactly-once", "idempotent-consumer"])
    .judged_by(&[NoLoss, NoDuplicates]),
    Term::new(
        "at-most-once",
        "at most once",
        &["at most once"],
        "A delivery: the message is never redelivered. An effect: it never happens twice. Either \
         may not happen at all.",
    )
    .related(&["at-least-once", "fire-and-forget", "silent-loss"])
    .called(&[
        (Kafka, "commit before processing"),
        (RabbitMq, "automatic acknowledgment"),
        (Pulsar, "non-persistent topic"),
        (JetStream, "core NATS, AckNone"),
        (Mqtt, "QoS 0"),
        (Redis, "NOACK"),
        (ServiceBus, "receive-and-delete"),
    ])
    .set_by(&["producer.acks", "producer.retries", "consumer.ack"])
    .judged_by(&[NoDuplicates])
    .see(&see::AT_MOST_ONCE),
    Term::new(
        "at-least-once",
        "at least once",
        &["at least once"],
        "A delivery: the message is redelivered until it is acknowledged. An effect: it always happens in \
         the end. Either may happen more than once.",
    )
    .related(&["at-most-once", "effectively-once", "redelivery", "duplicate"])
    .called(&[
        (Kafka, "commit after processing"),
        (RabbitMq, "confirms and manual acknowledgment"),
        (Sqs, "standard queue"),
        (JetStream, "AckExplicit"),
        (Mqtt, "QoS 1"),
        (Redis, "pending list and XACK"),
        (ServiceBus, "peek-lock"),
    ])
    .set_by(&["producer.retries", "consumer.ack"])
    .judged_by(&[NoLoss])
    .see(&see::AT_LEAST_ONCE),
    Term::new(
        "exactly-once",
        "exactly once",
        &["exactly once"],
        "An effect: it happens, and never twice. No broker can promise it for a delivery; products that use \
         the term mean an effect inside their own bounds.",
    )
    .related(&["effectively-once", "two-generals", "transaction", "processing-guarantee"])
    .called(&[
        (Kafka, "exactly-once semantics, inside one cluster"),
        (Sqs, "FIFO exactly-once processing, of sends within 5 min"),
        (Mqtt, "QoS 2, per hop"),
        (PubSub, "exactly-once delivery, for redeliveries by the service"),
    ])
    .judged_by(&[NoLoss, NoDuplicates])
    .see(&see::EFFECTIVELY_ONCE),
    Term::new(
        "effectively-once",
        "effectively once",
        &["effectively once"],
        "Delivered at least once, with every repeat recognised, so that there is one effect. The honest name \
         for what can be built.",
    )
    .related(&["exactly-once", "at-least-once", "idempotent-consumer", "dedup-table"])
    .set_by(&["consumer.dedup", "consumer.write", "consumer.idempotency_key"])
    .judged_by(&[NoLoss, NoDuplicates])
    .see(&see::EFFECTIVELY_ONCE),
    Term::new(
        "fire-and-forget",
        "fire and forget",
        &["fire and forget"],
        "Send once and wait for nothing. The sender never learns whether the message arrived.",
    )
    .related(&["at-most-once", "silent-loss"])
    .set_by(&["producer.acks", "producer.retries"])
    .see(&see::AT_MOST_ONCE),
    Term::new(
        "duplicate",
        "duplicate",
        &["duplicate", "duplicates"],
        "A second copy of a message, or a second effect of one. The first is normal, the second does the \
         harm; a consumer that recognises repeats has the first without the second.",
    )
    .related(&["redelivery", "retry", "idempotent-consumer"])
    .judged_by(&[NoDuplicates])
    .see(&see::EFFECTIVELY_ONCE),
    Term::new(
        "silent-loss",
        "silent loss",
        &["silent loss", "lost silently", "loses silently", "lose silently"],
        "A message that never takes effect, and whose sender thinks it succeeded. A loss that is reported can \
         be made good.",
    )
    .related(&["fire-and-forget", "dual-write", "two-generals"])
    .set_by(&["producer.acks", "producer.source"])
    .judged_by(&[NoSilentLoss])
    .see(&see::LEADER),
    Term::new(
        "torn-effect",
        "half-done effect",
        &["half-done effect", "half-done effects", "half done"],
        "Some steps of the work happened and others never will: debited here, credited nowhere. Steps \
         that belong together need one transaction.",
    )
    .related(&["transaction", "dual-write", "lost-update"])
    .judged_by(&[NoTorn])
    .see(&see::TORN),
    Term::new(
        "lost-update",
        "lost update",
        &["lost update"],
        "Two writers read the same value, each adds to it, and the second write overwrites the first. A message \
         can be handled once and its effect still be gone.",
    )
    .related(&["torn-effect", "upsert", "zombie"]),
    Term::new(
        "two-generals",
        "Two Generals",
        &["two generals", "two generals problem"],
        "Over a network that loses messages, two sides can never both be sure. After silence the sender \
         can only choose: resend and perhaps repeat, or not and perhaps lose.",
    )
    .related(&["exactly-once", "retry", "ack"])
    .see(&see::TWO_GENERALS),
    Term::new(
        "ordering",
        "key and order",
        &["order of one key"],
        "Messages with the same key keep the order in which they were sent, as long as one partition holds them, \
         one reader at a time reads them, and nothing overtakes a resend.",
    )
    .related(&["partition", "in-flight", "rebalance"])
    .called(&[
        (Kafka, "record key"),
        (Sqs, "MessageGroupId"),
        (Pulsar, "Key_Shared"),
        (PubSub, "ordering key"),
        (ServiceBus, "session"),
    ])
    .set_by(&["producer.max_in_flight", "broker.partitions", "consumer.instances"])
    .judged_by(&[InOrder]),
];
