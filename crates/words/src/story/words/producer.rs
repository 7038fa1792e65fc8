//! Glossary terms about the producer, and how a message gets to the broker.

use super::{Term, see};
use ackground_core::audit::Property::*;
use ackground_core::experiment::Product::*;

pub(super) const TERMS: &[Term] = &[
    Term::new(
        "confirm",
        "confirm",
        &["confirm", "confirms", "confirmed"],
        "The broker\u{2019}s reply to the producer: \u{201c}I have it\u{201d}. Where it has it, on one machine or several, in \
         memory or on disk, is another question.",
    )
    .related(&["ack", "in-sync-replica", "flush"])
    .called(&[
        (Kafka, "acks"),
        (RabbitMq, "publisher confirm"),
        (JetStream, "publish ack"),
        (Mqtt, "PUBACK"),
        (Pulsar, "send receipt"),
    ])
    .set_by(&["producer.acks"])
    .judged_by(&[NoLoss])
    .see(&see::CONFIRM),
    Term::new(
        "retry",
        "retry",
        &["retry", "retries", "resend", "resends", "resent"],
        "Sending an unconfirmed message once more. It saves a lost message, and repeats one whose \
         reply was lost.",
    )
    .related(&["backoff", "timeout", "two-generals", "idempotent-producer"])
    .called(&[(Kafka, "retries"), (RabbitMq, "the application\u{2019}s")])
    .set_by(&["producer.retries", "producer.delivery_timeout_ms"])
    .judged_by(&[NoLoss])
    .see(&see::RETRY),
    Term::new(
        "backoff",
        "backoff",
        &["backoff"],
        "The wait before a resend, longer each time, so that a struggling broker is not buried under repeats.",
    )
    .related(&["retry", "jitter", "timeout"])
    .called(&[(Kafka, "retry.backoff.ms"), (JetStream, "BackOff"), (PubSub, "retry policy")])
    .set_by(&["producer.backoff", "producer.backoff.first_ms", "producer.backoff.factor"]),
    Term::new(
        "jitter",
        "jitter",
        &["jitter"],
        "Randomness in a wait, so that many senders that failed together do not all come back together.",
    )
    .related(&["backoff", "retry"])
    .set_by(&["producer.backoff.jitter"]),
    Term::new(
        "timeout",
        "timeout",
        &["request timeout", "delivery timeout"],
        "How long to wait before treating silence as failure. If it is too short, slow messages are repeated; if \
         it is too long, lost messages are noticed late.",
    )
    .related(&["retry", "visibility-timeout", "two-generals"])
    .called(&[(Kafka, "request.timeout.ms, delivery.timeout.ms"), (Pulsar, "sendTimeout")])
    .set_by(&["producer.request_timeout_ms", "producer.delivery_timeout_ms"]),
    Term::new(
        "in-flight",
        "in flight",
        &["in flight"],
        "Sent and not yet confirmed. With more than one at a time, later messages can overtake a resend.",
    )
    .related(&["ordering", "prefetch", "sequence"])
    .called(&[(Kafka, "max.in.flight.requests.per.connection"), (Mqtt, "inflight window")])
    .set_by(&["producer.max_in_flight"])
    .judged_by(&[InOrder]),
    Term::new(
        "idempotent-producer",
        "idempotent producer",
        &["idempotent producer"],
        "A producer that numbers its sends, so that the broker drops a resend it already has. It ends \
         at the broker and with the session.",
    )
    .related(&["producer-id", "sequence", "idempotent-consumer", "dedup-window"])
    .called(&[
        (Kafka, "enable.idempotence"),
        (Pulsar, "producer name and sequence ID"),
        (Redis, "IDMP"),
    ])
    .set_by(&["producer.idempotent"])
    .judged_by(&[NoDuplicates])
    .see(&see::IDEMPOTENT_PRODUCER),
    Term::new(
        "producer-id",
        "producer ID",
        &["producer id"],
        "The name under which a producer\u{2019}s numbers are remembered. After a restart it is new, and the broker \
         treats resends as new messages; an ID that the application chooses survives the restart.",
    )
    .related(&["idempotent-producer", "sequence", "epoch"])
    .called(&[(Kafka, "producer.id"), (Pulsar, "producerName"), (Redis, "pid")])
    .set_by(&["producer.idempotent", "producer.transactional"])
    .see(&see::PRODUCER_ID),
    Term::new(
        "sequence",
        "sequence number",
        &["sequence number", "sequence numbers"],
        "The number of a send within its producer. It tells the broker what it has and what is missing.",
    )
    .related(&["producer-id", "idempotent-producer"])
    .called(&[(Kafka, "sequence"), (Pulsar, "sequence ID"), (Mqtt, "packet identifier")])
    .set_by(&["producer.idempotent"]),
    Term::new(
        "epoch",
        "epoch",
        &["epoch"],
        "A number that grows whenever an identity is taken over, so that its previous holder can be told \
         apart and refused.",
    )
    .related(&["fencing", "zombie", "producer-id"])
    .called(&[(Kafka, "producer epoch, generation")])
    .set_by(&["producer.transactional"]),
    Term::new(
        "fencing",
        "fencing",
        &["fencing", "fenced", "fences"],
        "Refusing a producer or consumer that has been replaced: its writes and acknowledgments no longer count, whenever they arrive.",
    )
    .related(&["zombie", "epoch", "lease"])
    .called(&[(Kafka, "transactional.id, group generation")])
    .set_by(&["producer.transactional", "broker.late_ack"]),
    Term::new(
        "zombie",
        "zombie",
        &["zombie", "zombies"],
        "A process that was thought dead and goes on. Its effects are real; without fencing they \
         add to those of its successor.",
    )
    .related(&["fencing", "visibility-timeout", "rebalance"])
    .judged_by(&[NoDuplicates])
    .see(&see::VISIBILITY),
    Term::new(
        "transaction",
        "transaction",
        &["transaction", "transactions"],
        "Several writes that happen together or not at all. It reaches no further than its store: \
         a database transaction does not include a broker, nor the other way round.",
    )
    .related(&["read-committed", "dual-write", "exactly-once", "torn-effect"])
    .called(&[(Kafka, "transactional.id"), (Pulsar, "transactions"), (ServiceBus, "transactions")])
    .set_by(&["producer.transactional", "consumer.ack", "consumer.dedup"])
    .judged_by(&[NoTorn, NoDuplicates])
    .see(&see::TRANSACTION),
    Term::new(
        "outbox",
        "outbox",
        &["outbox"],
        "A table next to the business rows: the message is written in their transaction and sent afterwards, \
         until it is confirmed. Nothing is forgotten, but now and then a message is sent twice.",
    )
    .related(&["relay", "dual-write", "change-data-capture"])
    .set_by(&["producer.source"])
    .judged_by(&[NoLoss])
    .see(&see::OUTBOX),
    Term::new(
        "relay",
        "relay",
        &["relay"],
        "Reads the outbox, sends, and marks confirmed messages as sent. If it crashes in between, \
         it resends.",
    )
    .related(&["outbox", "retry"])
    .set_by(&["producer.source"])
    .see(&see::PRODUCER_ID),
    Term::new(
        "change-data-capture",
        "change data capture",
        &["change data capture"],
        "A relay that reads the database\u{2019}s own log instead of a table, and sends committed \
         rows, in that order.",
    )
    .related(&["outbox", "relay"])
    .set_by(&["producer.source"]),
    Term::new(
        "dual-write",
        "dual write",
        &["dual write", "dual writes"],
        "Writing to two places one after the other, without a transaction over both. A crash in \
         between leaves one without the other.",
    )
    .related(&["outbox", "transaction", "torn-effect"])
    .set_by(&["producer.source"])
    .judged_by(&[NoSilentLoss])
    .see(&see::OUTBOX),
];
