//! The common mistakes. Each is one of the guarantees in `guarantee` with the single thing wrong
//! that people get wrong, so that a lane beside it shows what that thing is good for.

use super::super::settings::{
    AckMode, Acks, Broker, Consumer, Dedup, Flush, OnFailure, Producer, Source,
};
use super::super::value::{Bounded, Limit};
use super::{Preset, guarantee};

const KAFKA: &str = "https://kafka.apache.org/documentation/#semantics";
const KAFKA_PRODUCER: &str = "https://kafka.apache.org/documentation/#producerconfigs";
const IDEMPOTENT_CONSUMER: &str =
    "https://microservices.io/patterns/communication-style/idempotent-consumer.html";
const OUTBOX: &str = "https://microservices.io/patterns/data/transactional-outbox.html";

fn of(preset: Preset) -> Preset {
    Preset { ..preset }
}

/// At least once, with a consumer that keeps the ids it has seen in this way.
fn dedup(dedup: Dedup) -> Preset {
    let base = of(guarantee::at_least_once());
    Preset { source: IDEMPOTENT_CONSUMER, consumer: Consumer { dedup, ..base.consumer }, ..base }
}

pub(super) fn at_most_once_for_money() -> Preset {
    Preset {
        name: "At most once for money",
        tagline: "Sent and never checked",
        description: "A payment is sent like a sensor reading: once, without waiting for a \
            reply. One lost packet or one crash loses a payment, and the sender thinks it succeeded.",
        not_covered: "A reconciliation at the end of the day would find the loss; the run ends before that.",
        ..of(guarantee::at_most_once())
    }
}

pub(super) fn no_idempotent_consumer() -> Preset {
    Preset {
        name: "No idempotent consumer",
        tagline: "Repeats are treated as new messages",
        description: "Every message is redelivered until it is acknowledged, and each time the \
            handler adds to what is there. Whenever an acknowledgment is lost, the effect happens once more.",
        source: IDEMPOTENT_CONSUMER,
        ..of(guarantee::at_least_once())
    }
}

pub(super) fn commit_before_processing() -> Preset {
    let base = of(guarantee::at_least_once());
    Preset {
        name: "Commit before processing",
        tagline: "The position runs ahead of the work",
        description: "The producer is careful, but the consumer commits its position \
            before it works. A crash in between skips the message, and a resend still counts twice: the worst of both.",
        source: KAFKA,
        not_covered: "Auto-commit does this on a timer when records are handed to other threads; \
            here the commit comes before every batch.",
        consumer: Consumer { ack: AckMode::OnReceive, ..base.consumer },
        ..base
    }
}

pub(super) fn swallowed_failure() -> Preset {
    let base = of(guarantee::effectively_once());
    Preset {
        name: "Swallowed failure",
        tagline: "Acknowledged, though it failed",
        description: "The handler catches its error, logs it and acknowledges. For \
            the broker everything is fine; the effect never happened.",
        source: "https://www.rabbitmq.com/docs/confirms",
        not_covered: "The line in the log file that someone might read.",
        consumer: Consumer { on_failure: OnFailure::Swallow, ..base.consumer },
        ..base
    }
}

pub(super) fn transactions_for_database() -> Preset {
    let base = of(guarantee::at_least_once());
    Preset {
        name: "Transactions for a database",
        tagline: "The broker's transaction ends at the broker",
        description: "The producer is transactional and the reader sees only what is committed, but \
            the effect is a row in a database that takes no part in it. A crash between effect \
            and commit applies it twice, where an ID beside the row would have been enough.",
        source: KAFKA,
        not_covered: "What the transactions cost: markers, round trips to the coordinator, \
            latency until the commit. The model has one message per transaction.",
        producer: Producer { idempotent: true, transactional: true, ..base.producer },
        ..base
    }
}

pub(super) fn dedup_record_first() -> Preset {
    Preset {
        name: "ID recorded first",
        tagline: "Marked as done, then done, perhaps",
        description: "The ID is written in its own transaction, before the effect. After a \
            crash between the two the redelivery is mistaken for a repeat, and the effect never happens.",
        ..dedup(Dedup::TableBefore)
    }
}

pub(super) fn dedup_record_last() -> Preset {
    Preset {
        name: "ID recorded last",
        tagline: "Done, then marked as done, perhaps",
        description: "The ID is written in its own transaction, after the effect. After a \
            crash between the two the redelivery is treated as a new message, and the effect happens twice.",
        ..dedup(Dedup::TableAfter)
    }
}

pub(super) fn dedup_in_memory() -> Preset {
    Preset {
        name: "IDs in memory",
        tagline: "A crash erases them",
        description: "The consumer keeps the IDs in memory. That recognises the resends of \
            a producer, but the crash that causes a redelivery is the crash that empties the memory.",
        ..dedup(Dedup::Memory)
    }
}

pub(super) fn dedup_window_too_short() -> Preset {
    let base = dedup(Dedup::Atomic);
    Preset {
        name: "IDs kept too briefly",
        tagline: "Forgotten before the repeat arrives",
        description: "The ID is written with the effect, as it should be, but kept for only one \
            second. A resend waits longer than that, and so does a redelivery; neither finds its ID.",
        not_covered: "Real windows last minutes and real outages last hours; the proportion is the same.",
        consumer: Consumer { dedup_ttl_ms: Limit::of(1000), ..base.consumer },
        ..base
    }
}

pub(super) fn dual_write() -> Preset {
    let base = of(guarantee::effectively_once());
    Preset {
        name: "Dual write",
        tagline: "Commit the row, then send, unless it crashes",
        description: "The business row is committed, and the message is then sent from memory. A \
            crash between the two loses the message for good, however careful the rest is.",
        source: OUTBOX,
        not_covered: "The other order, sending before the commit, announces a row that may never exist.",
        producer: Producer { source: Source::Direct, ..base.producer },
        ..base
    }
}

pub(super) fn leader_only() -> Preset {
    let base = of(guarantee::effectively_once());
    Preset {
        name: "The leader's word",
        tagline: "Confirmed by one replica of three",
        description: "The producer is satisfied when the leader has the message. \
            If the leader's machine fails before a follower has it, the message is gone and the producer does not know.",
        source: KAFKA_PRODUCER,
        producer: Producer { acks: Acks::Leader, ..base.producer },
        broker: Broker { flush: Flush::Never, min_in_sync: Bounded::of(1), ..base.broker },
        ..base
    }
}

pub(super) fn idempotent_producer_only() -> Preset {
    let base = of(guarantee::at_least_once());
    Preset {
        name: "Idempotent producer only",
        tagline: "Exactly once, as far as the broker",
        description: "The broker drops what the producer resends within one session. It recognises \
            neither a producer that has restarted nor its own redeliveries to a consumer.",
        source: KAFKA_PRODUCER,
        producer: Producer { idempotent: true, ..base.producer },
        ..base
    }
}
