//! The three guarantees, free of any product.

use super::super::settings::{AckMode, Acks, Broker, Consumer, Dedup, Producer};
use super::super::value::Limit;
use super::Preset;

/// Every setting at its default.
fn plain() -> Preset {
    Preset {
        name: "",
        tagline: "",
        description: "",
        source: "https://kafka.apache.org/documentation/#semantics",
        not_covered: "No product: every setting that is not named here is the default of the format.",
        producer: Producer::default(),
        broker: Broker::default(),
        consumer: Consumer::default(),
    }
}

pub(super) fn at_most_once() -> Preset {
    let plain = plain();
    Preset {
        name: "At most once",
        tagline: "Fire and forget",
        description: "The producer sends once and waits for nothing; the consumer settles a message \
            before it works on it. Nothing is ever repeated, so nothing happens twice, and whatever \
            goes wrong on the way is a loss.",
        producer: Producer { acks: Acks::None, retries: Limit::of(0), ..plain.producer },
        consumer: Consumer { ack: AckMode::OnReceive, ..plain.consumer },
        ..plain
    }
}

pub(super) fn at_least_once() -> Preset {
    Preset {
        name: "At least once",
        tagline: "Retry until acknowledged",
        description: "The producer resends until it is told ok; the consumer acknowledges after the \
            work. Nothing is lost, and whenever an answer or an acknowledgment is, something happens \
            twice.",
        ..plain()
    }
}

pub(super) fn effectively_once() -> Preset {
    let plain = plain();
    Preset {
        name: "Effectively once",
        tagline: "At least once + atomic dedup",
        description: "As at least once, and the consumer writes the message's id in the transaction \
            that writes the effect. A repeat still arrives; it finds its id and changes nothing.",
        consumer: Consumer { dedup: Dedup::Atomic, ..plain.consumer },
        ..plain
    }
}
