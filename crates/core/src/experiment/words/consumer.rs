//! The words for the consumer's settings.

use super::{SettingWords, Unit, words};
use crate::experiment::Product::*;

pub(super) const CONSUMER: &[SettingWords] = &[
    words! {
        path: "consumer.instances",
        name: "Members",
        sentence: "How many consumers share the work.",
        unit: Unit::Count,
        values: &[],
        in_products: &[],
    },
    words! {
        path: "consumer.ack",
        name: "Acknowledges",
        sentence: "When the consumer tells the broker that it is done with a message. Before the \
                   work a crash loses it; after the work a crash repeats it.",
        unit: Unit::Words,
        values: &[
            ValueWords {
                value: "on_receive",
                words: "on receipt",
                sentence: "Before any work: a crash during the work loses the message.",
            },
            ValueWords {
                value: "after_processing",
                words: "after the work",
                sentence: "After all steps: a crash before the acknowledgment repeats them.",
            },
            ValueWords {
                value: "with_effect",
                words: "with the effect",
                sentence: "In one transaction with the store that the main step writes: both happen, or neither.",
            },
        ],
        in_products: &[
            (Kafka, "offset commit [automatic, every 5 s]"),
            (RabbitMq, "automatic, manual or multiple ack"),
            (Sqs, "delete"),
            (Pulsar, "individual or cumulative ack"),
            (JetStream, "AckPolicy explicit, all or none [explicit]"),
            (Mqtt, "PUBACK, PUBCOMP"),
            (Redis, "XACK, or NOACK"),
            (PubSub, "ack, nack"),
            (ServiceBus, "peek-lock [default] or receive-and-delete"),
        ],
    },
    words! {
        path: "consumer.on_failure",
        name: "If the work fails",
        sentence: "What the consumer does with a message whose handler failed.",
        unit: Unit::Words,
        values: &[
            ValueWords {
                value: "nack",
                words: "gives it back",
                sentence: "The broker offers it again.",
            },
            ValueWords {
                value: "wait",
                words: "says nothing",
                sentence: "The broker offers it again when the time for the acknowledgment has run out.",
            },
            ValueWords {
                value: "swallow",
                words: "acknowledges it",
                sentence: "The broker takes it as done, and the message is lost.",
            },
        ],
        in_products: &[
            (Kafka, "share group: release or reject"),
            (RabbitMq, "nack, reject"),
            (Pulsar, "negative ack"),
            (JetStream, "nak, +TERM"),
            (Redis, "XNACK (8.8)"),
            (PubSub, "nack"),
            (ServiceBus, "abandon"),
        ],
    },
    words! {
        path: "consumer.batch",
        name: "Batch",
        sentence: "How many messages are fetched and acknowledged together. A crash repeats the \
                   whole batch.",
        unit: Unit::Count,
        values: &[],
        in_products: &[
            (Kafka, "max.poll.records [500]"),
            (RabbitMq, "basic.qos [no limit]"),
            (Sqs, "MaxNumberOfMessages, at most 10"),
            (Pulsar, "receiverQueueSize [1000]"),
            (JetStream, "MaxAckPending [1000]"),
            (Mqtt, "max_inflight_messages [20]"),
            (Redis, "COUNT"),
            (PubSub, "flow control"),
            (ServiceBus, "PrefetchCount [0]"),
        ],
    },
    words! {
        path: "consumer.processing_ms",
        name: "The work takes",
        sentence: "How long one handler call takes.",
        unit: Unit::Millis,
        values: &[],
        in_products: &[],
    },
    words! {
        path: "consumer.dedup",
        name: "Remembers ids",
        sentence: "Where the consumer writes down which messages it has handled. Only a memory that \
                   shares the fate of the effect catches every repeat and loses nothing.",
        unit: Unit::Words,
        values: &[
            ValueWords {
                value: "none",
                words: "not at all",
                sentence: "Every delivery is handled as if it were the first.",
            },
            ValueWords {
                value: "memory",
                words: "in memory",
                sentence: "A repeat is recognised until the consumer crashes.",
            },
            ValueWords {
                value: "table_before",
                words: "before the effect",
                sentence: "In a table, ahead of the work: a crash in between makes the repeat look done, and the message is lost.",
            },
            ValueWords {
                value: "table_after",
                words: "after the effect",
                sentence: "In a table, behind the work: a crash in between lets the repeat through.",
            },
            ValueWords {
                value: "atomic",
                words: "same transaction",
                sentence: "The id and the effect are committed together: both, or neither.",
            },
        ],
        in_products: &[
            (Kafka, "left to the application; offset in the database"),
            (RabbitMq, "left to the application"),
            (Sqs, "left to the application"),
            (Pulsar, "left to the application"),
            (JetStream, "left to the application"),
            (Mqtt, "left to the application"),
            (Redis, "left to the application"),
            (PubSub, "left to the application"),
            (ServiceBus, "left to the application"),
        ],
    },
    words! {
        path: "consumer.dedup_window",
        name: "Ids kept",
        sentence: "How many ids are remembered; the oldest goes first. A repeat that comes after \
                   its id was dropped is handled again.",
        unit: Unit::Count,
        values: &[ValueWords {
            value: "unlimited",
            words: "all",
            sentence: "No id is ever dropped for want of room.",
        }],
        in_products: &[],
    },
    words! {
        path: "consumer.dedup_ttl_ms",
        name: "Ids kept for",
        sentence: "How long an id is remembered.",
        unit: Unit::Millis,
        values: &[ValueWords {
            value: "unlimited",
            words: "ever",
            sentence: "No id is ever too old.",
        }],
        in_products: &[],
    },
    words! {
        path: "consumer.write",
        name: "Database writes",
        sentence: "How a database step writes. Setting a row by the message's id gives the same \
                   result however often it is done.",
        unit: Unit::Words,
        values: &[
            ValueWords {
                value: "apply",
                words: "add up",
                sentence: "Each write adds to what is there.",
            },
            ValueWords {
                value: "upsert",
                words: "set by id",
                sentence: "A repeated write finds its row and changes nothing.",
            },
        ],
        in_products: &[],
    },
    words! {
        path: "consumer.idempotency_key",
        name: "Idempotency key",
        sentence: "Calls to the outside carry the message's id, and the other side ignores a repeat.",
        unit: Unit::Flag,
        values: &[
            ValueWords {
                value: "true",
                words: "sent along",
                sentence: "A repeated call changes nothing.",
            },
            ValueWords {
                value: "false",
                words: "none",
                sentence: "Each call counts.",
            },
        ],
        in_products: &[],
    },
    words! {
        path: "consumer.isolation",
        name: "Reads",
        sentence: "Whether the consumer sees messages of transactions that are still open or were \
                   given up.",
        unit: Unit::Words,
        values: &[
            ValueWords {
                value: "read_committed",
                words: "committed only",
                sentence: "It sees a message once its transaction is committed.",
            },
            ValueWords {
                value: "read_uncommitted",
                words: "everything",
                sentence: "It also sees what may never be committed.",
            },
        ],
        in_products: &[(Kafka, "isolation.level [read_uncommitted]")],
    },
];
