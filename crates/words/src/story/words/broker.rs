//! Glossary terms about the broker: what it keeps, and when it redelivers.

use super::{Term, see};
use ackground_core::audit::Property::*;
use ackground_core::experiment::Product::*;

pub(super) const TERMS: &[Term] = &[
    Term::new(
        "queue",
        "queue",
        &[],
        "A broker that delivers messages one by one and removes each when it is acknowledged. \
         It redelivers the rest.",
    )
    .related(&["log", "ack", "redelivery"])
    .called(&[(Kafka, "share group"), (RabbitMq, "queue"), (Sqs, "queue"), (ServiceBus, "queue")])
    .set_by(&["broker.kind"]),
    Term::new(
        "log",
        "log",
        &[],
        "A broker that only appends. Readers keep a position, and reading again from an earlier one repeats \
         everything after it.",
    )
    .related(&["queue", "offset", "partition"])
    .called(&[(Kafka, "topic"), (Pulsar, "topic"), (JetStream, "stream"), (Redis, "stream")])
    .set_by(&["broker.kind"]),
    Term::new(
        "partition",
        "partition",
        &["partition", "partitions"],
        "A part of a topic with its own order, read by one member of a group at a time. Messages with the same \
         key go to the same partition.",
    )
    .related(&["ordering", "consumer-group", "rebalance"])
    .called(&[(Kafka, "partition"), (Pulsar, "partition"), (Sqs, "message group")])
    .set_by(&["broker.partitions"])
    .judged_by(&[InOrder]),
    Term::new(
        "leader",
        "leader",
        &["leader"],
        "The replica that accepts writes. The others follow it, and one of them takes over when it fails.",
    )
    .related(&["follower", "in-sync-replica", "unclean-election"])
    .called(&[(Kafka, "leader"), (RabbitMq, "leader of a quorum queue"), (Redis, "primary")])
    .set_by(&["producer.acks"])
    .see(&see::LEADER),
    Term::new(
        "follower",
        "follower",
        &["follower", "followers"],
        "A replica that copies the leader. What it has not copied is gone if the leader does not come back.",
    )
    .related(&["leader", "in-sync-replica"])
    .called(&[(Kafka, "follower"), (Redis, "replica")])
    .set_by(&["broker.replicas"])
    .see(&see::LEADER),
    Term::new(
        "in-sync-replica",
        "in-sync replica",
        &["in-sync replica", "in-sync replicas"],
        "A replica that has everything the leader has confirmed. Only an in-sync replica can take over without a loss.",
    )
    .related(&["leader", "follower", "min-in-sync"])
    .called(&[(Kafka, "ISR"), (RabbitMq, "a majority of the members"), (Pulsar, "ack quorum")])
    .set_by(&["broker.replicas", "broker.min_in_sync", "producer.acks"])
    .judged_by(&[NoLoss])
    .see(&see::LEADER),
    Term::new(
        "min-in-sync",
        "minimum in sync",
        &["minimum in sync"],
        "How many replicas have to be in sync before a write is accepted. With fewer, the broker refuses, which \
         is better than confirming what one failure can lose.",
    )
    .related(&["in-sync-replica", "confirm"])
    .called(&[(Kafka, "min.insync.replicas"), (Redis, "min-replicas-to-write")])
    .set_by(&["broker.min_in_sync"])
    .judged_by(&[NoLoss]),
    Term::new(
        "unclean-election",
        "unclean election",
        &["unclean election"],
        "A replica that lags behind takes over because no other is up. The partition works again, without the messages \
         that this replica never had.",
    )
    .related(&["leader", "in-sync-replica", "silent-loss"])
    .called(&[(Kafka, "unclean.leader.election.enable")])
    .set_by(&["broker.unclean_election"])
    .judged_by(&[NoLoss]),
    Term::new(
        "flush",
        "flush",
        &["fsync", "flush", "flushed", "flushes"],
        "Forcing to disk what a machine has in memory. A message that was confirmed but not flushed does not \
         survive a crash of that machine.",
    )
    .related(&["confirm", "in-sync-replica"])
    .called(&[
        (Kafka, "log.flush.interval.messages"),
        (RabbitMq, "fsync, in quorum queues"),
        (Pulsar, "journalSyncData"),
        (JetStream, "sync_interval"),
        (Mqtt, "autosave_interval"),
        (Redis, "appendfsync"),
    ])
    .set_by(&["broker.flush", "broker.flush_interval_ms"])
    .judged_by(&[NoLoss])
    .see(&see::FLUSH),
    Term::new(
        "redelivery",
        "redelivery",
        &["redelivery", "redelivered", "redeliveries", "redelivers"],
        "Delivering a message once more because it was returned or not acknowledged in time. The delivery \
         repeats; whether the effect does is up to the consumer.",
    )
    .related(&["visibility-timeout", "nack", "idempotent-consumer", "at-least-once"])
    .called(&[
        (Kafka, "after a rebalance, from the committed offset"),
        (RabbitMq, "requeue"),
        (JetStream, "redelivery"),
        (Redis, "XAUTOCLAIM"),
    ])
    .set_by(&["broker.redelivery_timeout_ms", "broker.redelivery_delay_ms"])
    .see(&see::REDELIVERY),
    Term::new(
        "visibility-timeout",
        "visibility timeout",
        &["visibility timeout", "redelivery timeout", "acknowledgment timeout"],
        "How long a message stays with its consumer before the broker offers it to another. Work that \
         takes longer is done twice.",
    )
    .related(&["lease", "redelivery", "zombie", "late-ack"])
    .called(&[
        (Kafka, "max.poll.interval.ms, session.timeout.ms"),
        (RabbitMq, "consumer_timeout"),
        (Sqs, "VisibilityTimeout"),
        (Pulsar, "ackTimeout"),
        (JetStream, "AckWait"),
        (Redis, "min-idle-time"),
        (PubSub, "ack deadline"),
        (ServiceBus, "lock duration"),
    ])
    .set_by(&["broker.redelivery_timeout_ms"])
    .judged_by(&[NoDuplicates])
    .see(&see::VISIBILITY),
    Term::new(
        "lease",
        "lock, lease",
        &["lease"],
        "A right that expires by itself: to a message, a partition, an identity. Its holder can never \
         be sure to still have it when it acts.",
    )
    .related(&["visibility-timeout", "fencing"])
    .called(&[(Kafka, "acquisition lock of a share group"), (ServiceBus, "peek-lock")])
    .set_by(&["broker.redelivery_timeout_ms", "broker.late_ack"]),
    Term::new(
        "late-ack",
        "late acknowledgment",
        &["late ack", "late acknowledgment"],
        "An acknowledgment from a holder whose time ran out. Some brokers refuse it and redeliver, \
         others let it settle the message anyway.",
    )
    .related(&["visibility-timeout", "fencing", "ack"])
    .called(&[
        (Kafka, "refused"),
        (RabbitMq, "refused"),
        (JetStream, "accepted"),
        (Redis, "accepted"),
        (ServiceBus, "refused"),
    ])
    .set_by(&["broker.late_ack"]),
    Term::new(
        "dedup-window",
        "dedup window",
        &["dedup window", "deduplication window"],
        "How long a broker remembers an ID. It treats a later resend as a new message.",
    )
    .related(&["dedup-table", "dedup-ttl", "idempotent-producer"])
    .called(&[
        (Sqs, "5 min, FIFO queues"),
        (JetStream, "DuplicateWindow"),
        (Redis, "IDMP, 100 s"),
        (ServiceBus, "duplicate detection"),
    ])
    .set_by(&["broker.dedup_window_ms"])
    .judged_by(&[NoDuplicates])
    .see(&see::DEDUP_WINDOW),
    Term::new(
        "dead-letter-queue",
        "dead letter queue",
        &["dead letter queue", "dead letter queues", "dead letter exchange"],
        "Where a message is parked after too many deliveries. It is neither lost nor handled: a person has to look at it.",
    )
    .related(&["poison-message", "redelivery"])
    .called(&[
        (RabbitMq, "dead letter exchange"),
        (Sqs, "redrive policy"),
        (Pulsar, "dead letter topic"),
        (PubSub, "dead letter topic"),
        (ServiceBus, "dead-letter subqueue"),
    ])
    .set_by(&["broker.max_deliveries", "broker.dead_letter"])
    .judged_by(&[NoLoss])
    .see(&see::POISON),
    Term::new(
        "poison-message",
        "poison message",
        &["poison message", "poison messages"],
        "A message that can never be handled, however often it is tried. Without a limit it is redelivered \
         forever, and in a log it stops everything behind it.",
    )
    .related(&["dead-letter-queue", "nack"])
    .set_by(&["broker.max_deliveries"])
    .judged_by(&[Settles])
    .see(&see::POISON),
];
