//! Glossary terms about the consumer: when it acknowledges, and how it recognises a repeat.

use super::{Term, see};
use ackground_core::audit::Property::*;
use ackground_core::experiment::Product::*;

pub(super) const TERMS: &[Term] = &[
    Term::new(
        "ack",
        "acknowledgment",
        &["ack", "acks", "acknowledgment", "acknowledgments"],
        "The consumer tells the broker that it is done with a message. Acknowledging before the work can lose \
         it; after the work, it can repeat it.",
    )
    .related(&["nack", "confirm", "commit", "late-ack"])
    .called(&[
        (Kafka, "offset commit"),
        (RabbitMq, "basic.ack"),
        (Sqs, "DeleteMessage"),
        (JetStream, "Ack"),
        (Mqtt, "PUBACK"),
        (Redis, "XACK"),
        (PubSub, "Acknowledge"),
        (ServiceBus, "Complete"),
    ])
    .set_by(&["consumer.ack"])
    .judged_by(&[NoLoss, NoDuplicates])
    .see(&see::LOST_ACK),
    Term::new(
        "nack",
        "negative acknowledgment",
        &["nack", "negative acknowledgment", "negatively acknowledged"],
        "The consumer tells the broker that it could not handle a message, which is then redelivered at once \
         or after a while.",
    )
    .related(&["ack", "redelivery", "poison-message"])
    .called(&[
        (RabbitMq, "basic.nack, basic.reject"),
        (Pulsar, "negativeAcknowledge"),
        (JetStream, "Nak"),
        (PubSub, "nack"),
        (ServiceBus, "Abandon"),
    ])
    .set_by(&["consumer.on_failure", "broker.redelivery_delay_ms"])
    .see(&see::NACK),
    Term::new(
        "commit",
        "commit of a position",
        &["commits its position", "commit the position", "position is committed"],
        "Acknowledging everything up to one place in the log. It happens before the work, after it, or \
         together with it.",
    )
    .related(&["offset", "committed-position", "ack"])
    .called(&[(Kafka, "commitSync, enable.auto.commit")])
    .set_by(&["consumer.ack"])
    .see(&see::COMMIT_FIRST),
    Term::new(
        "offset",
        "offset",
        &["offset", "offsets"],
        "The number of a message\u{2019}s place in a log.",
    )
    .related(&["commit", "committed-position", "log"])
    .called(&[(Kafka, "offset"), (Pulsar, "message ID"), (Redis, "entry id")]),
    Term::new(
        "committed-position",
        "committed position",
        &["committed position", "committed offset"],
        "Where a group reads on after a crash. Everything before it counts as done; everything after it is redelivered.",
    )
    .related(&["offset", "commit", "consumer-group", "rebalance"])
    .called(&[(Kafka, "committed offset"), (Pulsar, "cursor")])
    .set_by(&["consumer.ack", "consumer.batch"])
    .judged_by(&[NoLoss, NoDuplicates])
    .see(&see::COMMIT_FIRST),
    Term::new(
        "receive-and-delete",
        "receive and delete",
        &["receive-and-delete", "automatic acknowledgment", "auto-ack"],
        "Settled by delivery: the broker forgets the message as soon as it has sent it.",
    )
    .related(&["ack", "at-most-once"])
    .called(&[
        (RabbitMq, "autoAck"),
        (JetStream, "AckNone"),
        (Redis, "NOACK"),
        (ServiceBus, "receive-and-delete"),
    ])
    .set_by(&["consumer.ack"])
    .judged_by(&[NoLoss])
    .see(&see::RECEIVE_AND_DELETE),
    Term::new(
        "prefetch",
        "prefetch",
        &["prefetch"],
        "How many unacknowledged messages a consumer may hold at once. After a crash, all of them \
         are redelivered.",
    )
    .related(&["batch", "in-flight", "redelivery"])
    .called(&[
        (Kafka, "max.poll.records"),
        (RabbitMq, "basic.qos"),
        (Pulsar, "receiverQueueSize"),
        (JetStream, "MaxAckPending"),
        (ServiceBus, "PrefetchCount"),
    ])
    .set_by(&["consumer.batch"]),
    Term::new(
        "batch",
        "batch",
        &["batch", "batches"],
        "Messages that are fetched and acknowledged together. A crash in the middle repeats those that \
         were already done.",
    )
    .related(&["prefetch", "committed-position"])
    .called(&[(Kafka, "max.poll.records"), (Sqs, "MaxNumberOfMessages"), (Redis, "COUNT")])
    .set_by(&["consumer.batch"]),
    Term::new(
        "consumer-group",
        "consumer group",
        &["consumer group", "consumer groups"],
        "Consumers that share the work: each message goes to one of them, and they share one committed position per \
         partition.",
    )
    .related(&["rebalance", "partition", "committed-position"])
    .called(&[(Kafka, "consumer group"), (Pulsar, "subscription"), (Redis, "group"), (PubSub, "subscription")])
    .set_by(&["consumer.instances"]),
    Term::new(
        "rebalance",
        "rebalance",
        &["rebalance", "rebalances", "rebalancing"],
        "Reassigning the partitions when a member joins or leaves the group. Uncommitted messages are \
         read again by another member.",
    )
    .related(&["consumer-group", "partition", "zombie"])
    .called(&[(Kafka, "rebalance")])
    .set_by(&["consumer.instances"])
    .judged_by(&[NoDuplicates])
    .see(&see::REBALANCE),
    Term::new(
        "idempotent-consumer",
        "idempotent consumer",
        &["idempotent consumer", "idempotent consumers", "idempotent effect", "naturally idempotent", "idempotent"],
        "A consumer for which handling a message twice is the same as handling it once. Together with \
         at-least-once delivery, that makes one effect.",
    )
    .related(&["dedup-table", "upsert", "idempotency-key", "idempotent-producer"])
    .set_by(&["consumer.dedup", "consumer.write", "consumer.idempotency_key"])
    .judged_by(&[NoDuplicates])
    .see(&see::EFFECTIVELY_ONCE),
    Term::new(
        "dedup-table",
        "dedup table",
        &["dedup table", "dedup tables"],
        "The IDs of messages that have taken effect, in the store of the effect. Only if ID and effect share \
         one transaction can a crash not separate them.",
    )
    .related(&["idempotent-consumer", "dedup-ttl", "inbox", "transaction"])
    .set_by(&["consumer.dedup"])
    .judged_by(&[NoDuplicates])
    .see(&see::DEDUP_TABLE),
    Term::new(
        "inbox",
        "inbox",
        &["inbox table"],
        "A dedup table that keeps the whole message: received and recorded in one transaction, processed later.",
    )
    .related(&["outbox", "dedup-table"])
    .set_by(&["consumer.dedup"])
    .see(&see::DEDUP_FIRST),
    Term::new(
        "dedup-memory",
        "IDs in memory",
        &["ids in memory"],
        "A set of IDs that the consumer keeps while it runs. It recognises the resends of a producer, but \
         is empty after the crash that causes a redelivery.",
    )
    .related(&["dedup-table", "redelivery"])
    .set_by(&["consumer.dedup", "consumer.dedup_window"])
    .judged_by(&[NoDuplicates])
    .see(&see::DEDUP_MEMORY),
    Term::new(
        "dedup-ttl",
        "time to live of an ID",
        &["time to live"],
        "How long an ID is kept. It must be longer than any repeat can be delayed.",
    )
    .related(&["dedup-table", "dedup-window"])
    .set_by(&["consumer.dedup_ttl_ms", "consumer.dedup_window"])
    .judged_by(&[NoDuplicates])
    .see(&see::DEDUP_WINDOW),
    Term::new(
        "idempotency-key",
        "idempotency key",
        &["idempotency key", "idempotency keys"],
        "A name for a request, the same on every try, by which the other side recognises a repeat. The cure \
         for effects that your transactions cannot reach.",
    )
    .related(&["idempotent-consumer", "dedup-ttl"])
    .called(&[(Sqs, "MessageDeduplicationId"), (JetStream, "Nats-Msg-Id"), (ServiceBus, "MessageId")])
    .set_by(&["consumer.idempotency_key"])
    .judged_by(&[NoDuplicates])
    .see(&see::IDEMPOTENCY_KEY),
    Term::new(
        "upsert",
        "upsert",
        &["upsert", "upserts"],
        "Writing a row under a key instead of adding to a value. Doing it twice changes nothing.",
    )
    .related(&["idempotent-consumer", "lost-update"])
    .set_by(&["consumer.write"])
    .judged_by(&[NoDuplicates])
    .see(&see::UPSERT),
    Term::new(
        "read-committed",
        "read committed",
        &["read committed", "read_committed"],
        "Seeing only what a transaction has committed. A reader that sees everything also sees aborted messages.",
    )
    .related(&["transaction"])
    .called(&[(Kafka, "isolation.level=read_committed")])
    .set_by(&["consumer.isolation"]),
    Term::new(
        "swallowed-failure",
        "swallowed failure",
        &["swallowed failure"],
        "An error that is caught and logged, and its message acknowledged. The delivery succeeds, and the effect never happens.",
    )
    .related(&["nack", "silent-loss", "processing-guarantee"])
    .set_by(&["consumer.on_failure"])
    .judged_by(&[NoSilentLoss])
    .see(&see::NACK),
];
