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
        description: "The producer sends once and waits for nothing; the consumer settles a \
            message before it works on it. Nothing is ever repeated, so nothing happens twice, but anything that goes wrong on the way is a loss.",
        producer: Producer { acks: Acks::None, retries: Limit::of(0), ..plain.producer },
        consumer: Consumer { ack: AckMode::OnReceive, ..plain.consumer },
        ..plain
    }
}

pub(super) fn at_least_once() -> Preset {
    Preset {
        name: "At least once",
        tagline: "Resend until confirmed",
        description: "The producer resends until the broker confirms; the consumer acknowledges \
            after the work. No message is lost, but every lost reply or acknowledgment makes something happen twice.",
        ..plain()
    }
}

pub(super) fn effectively_once() -> Preset {
    let plain = plain();
    Preset {
        name: "Effectively once",
        tagline: "At least once + atomic dedup",
        description: "Like at least once, but the consumer writes the message's ID in the \
            transaction of the effect. A repeat still arrives; it finds its ID and changes nothing.",
        consumer: Consumer { dedup: Dedup::Atomic, ..plain.consumer },
        ..plain
    }
}
