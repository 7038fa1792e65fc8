//! The words for what goes wrong, and for the fields of the experiment itself.

use super::{SettingWords, Unit, words};

macro_rules! rate {
    ($path:expr, $name:expr, $sentence:expr $(,)?) => {
        words! {
            path: $path,
            name: $name,
            sentence: $sentence,
            unit: Unit::Rate,
            values: &[],
            in_products: &[],
        }
    };
}

macro_rules! group {
    ($path:expr, $name:expr, $sentence:expr $(,)?) => {
        words! {
            path: $path,
            name: $name,
            sentence: $sentence,
            unit: Unit::Group,
            values: &[],
            in_products: &[],
        }
    };
}

pub(super) const FAULTS: &[SettingWords] = &[
    group! {
        "faults.loss",
        "Lost on the wire",
        "The share of packets that never arrive, for each way they travel.",
    },
    rate! {
        "faults.loss.publish",
        "Publish lost",
        "The message is lost on its way from the producer to the broker.",
    },
    rate! {
        "faults.loss.publish_ack",
        "Publish ack lost",
        "The broker's answer is lost on its way back: the broker has the message and the producer does not know.",
    },
    rate! {
        "faults.loss.deliver",
        "Delivery lost",
        "The message is lost on its way from the broker to the consumer.",
    },
    rate! {
        "faults.loss.ack",
        "Ack lost",
        "The consumer's acknowledgment is lost on its way to the broker: the work is done and the broker does not know.",
    },
    group! {
        "faults.crash",
        "Crashes",
        "How often a node crashes while it handles a message, at a point drawn evenly.",
    },
    rate! {
        "faults.crash.producer",
        "Producer crash",
        "The producer crashes around a publish and forgets what it had only in memory.",
    },
    rate! {
        "faults.crash.broker",
        "Broker crash",
        "A broker machine crashes around a write and loses what it had not flushed.",
    },
    rate! {
        "faults.crash.consumer",
        "Consumer crash",
        "The consumer crashes somewhere between taking a message in and acknowledging it.",
    },
    rate! {
        "faults.failure",
        "Work fails",
        "The handler fails before its first effect.",
    },
    rate! {
        "faults.poison",
        "Poison messages",
        "The share of messages whose handler fails every time.",
    },
    rate! {
        "faults.slow",
        "Work stalls",
        "The handler takes longer than the broker waits for the acknowledgment.",
    },
    words! {
        path: "faults.latency_ms",
        name: "Travel time",
        sentence: "How long a packet travels, drawn evenly between the two.",
        unit: Unit::Range,
        values: &[],
        in_products: &[],
    },
    words! {
        path: "faults.restart_ms",
        name: "Restart takes",
        sentence: "How long a crashed node stays down.",
        unit: Unit::Millis,
        values: &[],
        in_products: &[],
    },
    words! {
        path: "faults.script",
        name: "Exact faults",
        sentence: "One fault per line, each at an exact place. They come before the random ones.",
        unit: Unit::Text,
        values: &[],
        in_products: &[],
    },
];

pub(super) const EXPERIMENT: &[SettingWords] = &[
    words! {
        path: "title",
        name: "Title",
        sentence: "Shown above the lanes in place of the scenario's own headline.",
        unit: Unit::Text,
        values: &[],
        in_products: &[],
    },
    words! {
        path: "scenario",
        name: "Scenario",
        sentence: "The business story: who sends, who receives, what is done, and what harm a lost or repeated message does.",
        unit: Unit::Text,
        values: &[],
        in_products: &[],
    },
    words! {
        path: "messages",
        name: "Messages",
        sentence: "How many business messages one run has.",
        unit: Unit::Count,
        values: &[],
        in_products: &[],
    },
    words! {
        path: "interval_ms",
        name: "One message every",
        sentence: "The time from one message to the next.",
        unit: Unit::Millis,
        values: &[],
        in_products: &[],
    },
    words! {
        path: "seed",
        name: "Seed",
        sentence: "Decides every random choice. The same seed gives the same run, event for event, in every lane.",
        unit: Unit::Count,
        values: &[],
        in_products: &[],
    },
    group! {
        "faults",
        "What goes wrong",
        "The same messages, the same network and the same crashes in every lane.",
    },
    words! {
        path: "name",
        name: "Name",
        sentence: "What the lane is called.",
        unit: Unit::Text,
        values: &[],
        in_products: &[],
    },
    words! {
        path: "preset",
        name: "Setup",
        sentence: "A named setup to start from; every setting can still be changed.",
        unit: Unit::Text,
        values: &[],
        in_products: &[],
    },
    group! {
        "producer",
        "Producer",
        "The sender: what it waits for and how long it insists.",
    },
    group! {
        "broker",
        "Broker",
        "The middle: how messages are kept, offered and offered again.",
    },
    group! {
        "consumer",
        "Consumer",
        "The receiver: when it acknowledges, and what it does about failures and repeats.",
    },
];
