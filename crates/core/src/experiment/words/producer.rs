//! The words for the producer's settings.

use super::{SettingWords, Unit, words};
use crate::experiment::Product::*;

pub(super) const PRODUCER: &[SettingWords] = &[
    words! {
        path: "producer.acks",
        name: "Waits for",
        sentence: "What must have happened before the producer takes a message as sent. \
                   Waiting for nothing is fast, and then nobody notices a loss.",
        unit: Unit::Words,
        values: &[
            ValueWords {
                value: "none",
                words: "nothing",
                sentence: "Handing the message to the network is enough. No answer is awaited, so nothing is ever sent again.",
            },
            ValueWords {
                value: "leader",
                words: "the leader",
                sentence: "The leader has written it. If that machine dies before a copy exists, the message is gone although it was confirmed.",
            },
            ValueWords {
                value: "all",
                words: "all in sync",
                sentence: "Every in-sync copy has it. Without an answer the message is sent again.",
            },
        ],
        in_products: &[
            (Kafka, "acks [all]"),
            (RabbitMq, "confirm.select [off]"),
            (Sqs, "HTTP response [always]"),
            (Pulsar, "send future [always]"),
            (JetStream, "publish ack [API choice]; NoAck [false]"),
            (Mqtt, "QoS [chosen by the caller]"),
            (Redis, "reply; WAIT [none]"),
            (PubSub, "publish future"),
            (ServiceBus, "send settlement [on]"),
        ],
    },
    words! {
        path: "producer.retries",
        name: "Resends",
        sentence: "How often a message is sent again when no answer came. Each resend can save a \
                   message that was lost, or repeat one whose answer was lost.",
        unit: Unit::Count,
        values: &[
            ValueWords {
                value: "0",
                words: "none",
                sentence: "One attempt, whatever becomes of it.",
            },
            ValueWords {
                value: "unlimited",
                words: "no limit",
                sentence: "It insists until the broker answers.",
            },
        ],
        in_products: &[
            (Kafka, "retries [2,147,483,647]"),
            (RabbitMq, "left to the application"),
            (Sqs, "in the SDK"),
            (Pulsar, "until sendTimeout"),
            (JetStream, "client [2, only on no responders]"),
            (Mqtt, "on reconnect"),
            (Redis, "left to the application"),
            (PubSub, "in the client"),
            (ServiceBus, "MaxRetries [3]"),
        ],
    },
    words! {
        path: "producer.request_timeout_ms",
        name: "Answer timeout",
        sentence: "How long the producer waits for the broker's answer before it counts the attempt \
                   as failed. It cannot tell a lost message from a lost answer.",
        unit: Unit::Millis,
        values: &[],
        in_products: &[
            (Kafka, "request.timeout.ms [30 s]"),
            (RabbitMq, "left to the application"),
            (Sqs, "in the SDK"),
            (JetStream, "in the client"),
            (Mqtt, "keep-alive"),
            (Redis, "in the client"),
            (PubSub, "per-call timeout [60 s]"),
            (ServiceBus, "TryTimeout [60 s]"),
        ],
    },
    words! {
        path: "producer.backoff",
        name: "Wait before a resend",
        sentence: "Each resend waits, and each wait is longer than the one before, so that a broker \
                   in trouble is not flooded.",
        unit: Unit::Group,
        values: &[],
        in_products: &[
            (
                Kafka,
                "retry.backoff.ms, retry.backoff.max.ms [100 ms to 1 s]",
            ),
            (RabbitMq, "reconnect [5 s, Java]"),
            (Sqs, "in the SDK"),
            (Pulsar, "in the client"),
            (JetStream, "[250 ms]"),
            (Mqtt, "in the client"),
            (Redis, "left to the application"),
            (PubSub, "[0.1 s, ×4, up to 60 s]"),
            (ServiceBus, "[0.8 s, exponential, up to 60 s]"),
        ],
    },
    words! {
        path: "producer.backoff.first_ms",
        name: "First wait",
        sentence: "How long the first resend waits.",
        unit: Unit::Millis,
        values: &[],
        in_products: &[
            (Kafka, "retry.backoff.ms [100 ms]"),
            (RabbitMq, "reconnect [5 s, Java]"),
            (JetStream, "[250 ms]"),
            (PubSub, "[0.1 s]"),
            (ServiceBus, "Delay [0.8 s]"),
        ],
    },
    words! {
        path: "producer.backoff.factor",
        name: "Grows by",
        sentence: "Each wait is this many times the one before.",
        unit: Unit::Factor,
        values: &[],
        in_products: &[(PubSub, "[×4]"), (ServiceBus, "exponential")],
    },
    words! {
        path: "producer.backoff.max_ms",
        name: "Longest wait",
        sentence: "No resend waits longer than this.",
        unit: Unit::Millis,
        values: &[],
        in_products: &[
            (Kafka, "retry.backoff.max.ms [1 s]"),
            (PubSub, "[60 s]"),
            (ServiceBus, "MaxDelay [60 s]"),
        ],
    },
    words! {
        path: "producer.backoff.jitter",
        name: "Jitter",
        sentence: "Each wait varies by up to this share of itself, so that many producers do not \
                   come back at the same moment.",
        unit: Unit::Rate,
        values: &[],
        in_products: &[],
    },
    words! {
        path: "producer.delivery_timeout_ms",
        name: "Gives up after",
        sentence: "After this long the producer gives up on a message and reports an error, \
                   however many resends are left. The message may have arrived all the same.",
        unit: Unit::Millis,
        values: &[ValueWords {
            value: "null",
            words: "never",
            sentence: "Only the number of resends bounds it.",
        }],
        in_products: &[
            (Kafka, "delivery.timeout.ms [2 min]"),
            (RabbitMq, "left to the application"),
            (Sqs, "left to the application"),
            (Pulsar, "sendTimeout [30 s]"),
            (JetStream, "left to the application"),
            (Mqtt, "Message Expiry (version 5)"),
            (Redis, "left to the application"),
            (PubSub, "total timeout of the client"),
            (ServiceBus, "follows from the retry options"),
        ],
    },
    words! {
        path: "producer.max_in_flight",
        name: "Unanswered at once",
        sentence: "How many messages may be under way without an answer. More than one can change \
                   their order when the first must be sent again.",
        unit: Unit::Count,
        values: &[],
        in_products: &[(Kafka, "max.in.flight.requests.per.connection [5]")],
    },
    words! {
        path: "producer.idempotent",
        name: "Numbered sends",
        sentence: "Every send carries a producer id and a sequence number, so the broker recognises \
                   a resend. A producer that restarts has a new id and is no longer recognised.",
        unit: Unit::Flag,
        values: &[
            ValueWords {
                value: "true",
                words: "on",
                sentence: "The broker drops a resend that it already has.",
            },
            ValueWords {
                value: "false",
                words: "off",
                sentence: "The broker stores a resend as one more message.",
            },
        ],
        in_products: &[
            (Kafka, "enable.idempotence [true]"),
            (Sqs, "FIFO deduplication id"),
            (Pulsar, "producerName and sequence id"),
            (JetStream, "Nats-Msg-Id"),
            (Mqtt, "QoS 2, for one hop"),
            (Redis, "IDMP [unused]"),
            (ServiceBus, "MessageId"),
        ],
    },
    words! {
        path: "producer.transactional",
        name: "Transactions",
        sentence: "The producer keeps its identity across a restart, locks out its predecessor, and \
                   writes several messages together or not at all.",
        unit: Unit::Flag,
        values: &[
            ValueWords {
                value: "true",
                words: "on",
                sentence: "A resend is recognised even after a restart.",
            },
            ValueWords {
                value: "false",
                words: "off",
                sentence: "Each message stands alone.",
            },
        ],
        in_products: &[
            (Kafka, "transactional.id [null]"),
            (RabbitMq, "tx.select (weak)"),
            (Pulsar, "transactions [off]"),
            (Redis, "MULTI or a script, on one shard"),
            (ServiceBus, "transactions"),
        ],
    },
    words! {
        path: "producer.source",
        name: "Message kept in",
        sentence: "Where a message waits until the broker has it. What only memory knows is \
                   forgotten when the producer crashes.",
        unit: Unit::Words,
        values: &[
            ValueWords {
                value: "outbox",
                words: "an outbox table",
                sentence: "The business row and the message commit together; a relay sends it until the broker answers.",
            },
            ValueWords {
                value: "direct",
                words: "memory only",
                sentence: "The row commits first, then the message is sent from memory. A crash in between forgets it.",
            },
        ],
        in_products: &[],
    },
];
