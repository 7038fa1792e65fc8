//! The words for the broker's settings.

use super::{SettingWords, Unit, words};
use crate::experiment::Product::*;

pub(super) const BROKER: &[SettingWords] = &[
    words! {
        path: "broker.kind",
        name: "Kind",
        sentence: "How the broker keeps messages, which decides what is offered again after a \
                   crash: single messages, or everything after a position.",
        unit: Unit::Words,
        values: &[
            ValueWords {
                value: "queue",
                words: "queue",
                sentence: "Each message is acknowledged and removed on its own. Only the unanswered ones come again.",
            },
            ValueWords {
                value: "log",
                words: "log",
                sentence: "Messages stay in order and the reader commits a position. After a crash it reads on from there.",
            },
        ],
        in_products: &[
            (Kafka, "log: consumer group; queue: share group"),
            (RabbitMq, "queue: classic or quorum queue"),
            (Sqs, "queue: standard or FIFO"),
            (ServiceBus, "queue"),
        ],
    },
    words! {
        path: "broker.partitions",
        name: "Partitions",
        sentence: "How many parts share the messages. Messages with one key keep to one part and to \
                   their order.",
        unit: Unit::Count,
        values: &[],
        in_products: &[],
    },
    words! {
        path: "broker.replicas",
        name: "Copies",
        sentence: "How many machines keep each message.",
        unit: Unit::Count,
        values: &[],
        in_products: &[
            (Kafka, "replication factor [1]"),
            (RabbitMq, "quorum queue [3], classic queue [1]"),
            (Sqs, "managed"),
            (Pulsar, "write quorum [2]"),
            (JetStream, "Replicas [1]"),
            (Mqtt, "[1]"),
            (Redis, "replicas, asynchronous"),
            (PubSub, "managed"),
            (ServiceBus, "managed"),
        ],
    },
    words! {
        path: "broker.min_in_sync",
        name: "Copies needed",
        sentence: "With fewer copies in sync than this the broker refuses a write that waits for \
                   all of them, instead of taking it and perhaps losing it.",
        unit: Unit::Count,
        values: &[],
        in_products: &[
            (Kafka, "min.insync.replicas [1]"),
            (RabbitMq, "a majority in a quorum queue"),
            (Sqs, "managed"),
            (Pulsar, "ack quorum [2]"),
            (JetStream, "a majority"),
            (Redis, "min-replicas-to-write [off]"),
            (PubSub, "managed"),
            (ServiceBus, "managed"),
        ],
    },
    words! {
        path: "broker.flush",
        name: "Written to disk",
        sentence: "When a broker machine's copy survives the crash of that machine.",
        unit: Unit::Words,
        values: &[
            ValueWords {
                value: "each_write",
                words: "at each write",
                sentence: "It survives from the moment it is written.",
            },
            ValueWords {
                value: "async",
                words: "in the background",
                sentence: "It survives after the flush interval.",
            },
            ValueWords {
                value: "never",
                words: "never",
                sentence: "It is gone with the machine; only the other copies remain.",
            },
        ],
        in_products: &[
            (Kafka, "log.flush.* [never]"),
            (RabbitMq, "quorum queue: yes, classic queue: no"),
            (Sqs, "managed"),
            (Pulsar, "journalSyncData [true]"),
            (JetStream, "sync_interval [2 min]"),
            (Mqtt, "persistence [off]; autosave_interval [30 min]"),
            (Redis, "AOF [off]; everysec"),
            (PubSub, "managed"),
            (ServiceBus, "managed"),
        ],
    },
    words! {
        path: "broker.flush_interval_ms",
        name: "Flushed every",
        sentence: "How long a write may wait until it is on disk, when flushing happens in the \
                   background.",
        unit: Unit::Millis,
        values: &[],
        in_products: &[
            (JetStream, "sync_interval [2 min]"),
            (Mqtt, "autosave_interval [30 min]"),
            (Redis, "appendfsync everysec, about 1 s"),
        ],
    },
    words! {
        path: "broker.unclean_election",
        name: "Unclean election",
        sentence: "Whether a copy that is behind may become leader when no other is left: the \
                   broker answers sooner, and what the copy had not received is lost.",
        unit: Unit::Flag,
        values: &[
            ValueWords {
                value: "true",
                words: "allowed",
                sentence: "Available sooner, at the price of messages.",
            },
            ValueWords {
                value: "false",
                words: "refused",
                sentence: "Unavailable until a copy in sync is back.",
            },
        ],
        in_products: &[
            (Kafka, "unclean.leader.election.enable [false]"),
            (RabbitMq, "never (Raft)"),
            (JetStream, "never (Raft)"),
            (Redis, "yes, failover is asynchronous"),
        ],
    },
    words! {
        path: "broker.dedup_window_ms",
        name: "Drops repeats within",
        sentence: "For how long the broker remembers the id of a message and drops a repeat. A \
                   resend that comes later is stored as one more message.",
        unit: Unit::Millis,
        values: &[ValueWords {
            value: "0",
            words: "off",
            sentence: "It remembers nothing.",
        }],
        in_products: &[
            (Kafka, "last 5 batches per producer, for 24 h idle"),
            (RabbitMq, "none"),
            (Sqs, "FIFO 5 min, standard none"),
            (Pulsar, "highest sequence, for 6 h idle [off]"),
            (JetStream, "[2 min]"),
            (Mqtt, "QoS 2, until PUBREL"),
            (Redis, "100 s and 100 ids"),
            (PubSub, "none"),
            (ServiceBus, "10 min or 1 min [off]"),
        ],
    },
    words! {
        path: "broker.max_deliveries",
        name: "Deliveries at most",
        sentence: "After this many deliveries the broker gives a message up, so that one that can \
                   never be handled does not come back for ever.",
        unit: Unit::Count,
        values: &[ValueWords {
            value: "unlimited",
            words: "no limit",
            sentence: "It is offered until it is acknowledged.",
        }],
        in_products: &[
            (Kafka, "no limit; share group [5]"),
            (RabbitMq, "quorum queue [20], classic queue no limit"),
            (Sqs, "maxReceiveCount [no limit; 10 in a policy]"),
            (Pulsar, "maxRedeliverCount [no limit]"),
            (JetStream, "MaxDeliver [\u{2212}1]"),
            (Mqtt, "no limit"),
            (Redis, "left to the application"),
            (PubSub, "5 if there is a policy [no limit]"),
            (ServiceBus, "MaxDeliveryCount [10]"),
        ],
    },
    words! {
        path: "broker.dead_letter",
        name: "Given up means",
        sentence: "What becomes of a message that was delivered too often.",
        unit: Unit::Flag,
        values: &[
            ValueWords {
                value: "true",
                words: "parked",
                sentence: "It is kept in a dead letter queue, where somebody can look at it.",
            },
            ValueWords {
                value: "false",
                words: "thrown away",
                sentence: "It is gone.",
            },
        ],
        in_products: &[
            (Kafka, "none"),
            (RabbitMq, "dead letter exchange [none]"),
            (Sqs, "redrive policy [none]"),
            (Pulsar, "client-side dead letter topic [none]"),
            (JetStream, "none (an advisory)"),
            (Mqtt, "none"),
            (Redis, "left to the application"),
            (PubSub, "dead letter topic [none]"),
            (ServiceBus, "built in"),
        ],
    },
    words! {
        path: "broker.redelivery_timeout_ms",
        name: "Offers again after",
        sentence: "How long the broker waits for an acknowledgment before it offers the message \
                   again. Shorter than the work takes, and every message is done twice.",
        unit: Unit::Millis,
        values: &[],
        in_products: &[
            (
                Kafka,
                "session.timeout.ms [45 s], max.poll.interval.ms [5 min]",
            ),
            (RabbitMq, "connection close; consumer_timeout [30 min]"),
            (Sqs, "visibility timeout [30 s]"),
            (Pulsar, "ackTimeout [off]"),
            (JetStream, "AckWait [30 s]"),
            (Mqtt, "on reconnect"),
            (Redis, "min-idle [always given]"),
            (PubSub, "ack deadline [10 s]"),
            (ServiceBus, "LockDuration [60 s]"),
        ],
    },
    words! {
        path: "broker.redelivery_delay_ms",
        name: "Wait after a return",
        sentence: "How long a message that the consumer gave back rests before it is offered again.",
        unit: Unit::Millis,
        values: &[ValueWords {
            value: "0",
            words: "none",
            sentence: "It is offered again at once.",
        }],
        in_products: &[
            (Pulsar, "negative-ack delay [1 min]"),
            (JetStream, "a nak redelivers at once"),
            (PubSub, "retry policy, 10 to 600 s [none]"),
        ],
    },
    words! {
        path: "broker.late_ack",
        name: "Late acknowledgment",
        sentence: "What an acknowledgment does when it comes after the message was taken away from \
                   its holder. Refusing it never undoes the effect.",
        unit: Unit::Words,
        values: &[
            ValueWords {
                value: "reject",
                words: "refused",
                sentence: "Only the present holder may settle the message.",
            },
            ValueWords {
                value: "accept",
                words: "accepted",
                sentence: "It settles the message all the same.",
            },
        ],
        in_products: &[
            (Kafka, "refused"),
            (RabbitMq, "refused"),
            (Sqs, "FIFO refused; standard succeeds without effect"),
            (JetStream, "accepted"),
            (Redis, "accepted"),
            (
                PubSub,
                "refused with exactly-once delivery; otherwise may succeed without effect",
            ),
            (ServiceBus, "refused"),
        ],
    },
];
