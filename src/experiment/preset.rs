//! Named setups: the settings of a lane under a name that a document can point to.
//!
//! This file owns the list and what each entry sets. It does not know which guarantee a setup has:
//! that is found by the prover, never written down.

use super::settings::{AckMode, Acks, Broker, Consumer, Dedup, Producer};
use super::value::{Limit, choice};

choice! {
    /// A named setup. An id never changes its meaning: links and files point to it.
    pub enum PresetId {
        /// The producer sends once and waits for nothing; the consumer acknowledges before it works.
        AtMostOnce = "at-most-once",
        /// The producer resends until it is told ok; the consumer acknowledges after the work.
        AtLeastOnce = "at-least-once",
        /// As at least once, and the consumer keeps the ids it has seen in the same transaction as
        /// the effect, so a repeat changes nothing.
        EffectivelyOnce = "effectively-once",
    }
}

/// A named setup in full.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Preset {
    /// What the page calls it, and the name of a lane that gives itself none.
    pub name: &'static str,
    /// The idea in a few words.
    pub tagline: &'static str,
    /// Its producer.
    pub producer: Producer,
    /// Its broker.
    pub broker: Broker,
    /// Its consumer.
    pub consumer: Consumer,
}

impl PresetId {
    /// The setup.
    pub fn preset(self) -> Preset {
        let plain = Preset {
            name: "",
            tagline: "",
            producer: Producer::default(),
            broker: Broker::default(),
            consumer: Consumer::default(),
        };
        match self {
            PresetId::AtMostOnce => Preset {
                name: "At most once",
                tagline: "Fire and forget",
                producer: Producer {
                    acks: Acks::None,
                    retries: Limit::of(0),
                    ..plain.producer
                },
                consumer: Consumer {
                    ack: AckMode::OnReceive,
                    ..plain.consumer
                },
                ..plain
            },
            PresetId::AtLeastOnce => Preset {
                name: "At least once",
                tagline: "Retry until acknowledged",
                ..plain
            },
            PresetId::EffectivelyOnce => Preset {
                name: "Effectively once",
                tagline: "At least once + atomic dedup",
                consumer: Consumer {
                    dedup: Dedup::Atomic,
                    ..plain.consumer
                },
                ..plain
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::part::Part;

    #[test]
    fn presets_never_change_their_meaning() {
        let differs = |id: PresetId| {
            let preset = id.preset();
            let parts = [
                preset.producer.write_over(&Producer::default()),
                preset.broker.write_over(&Broker::default()),
                preset.consumer.write_over(&Consumer::default()),
            ];
            parts.map(|json| {
                json.map_or_else(String::new, |json| {
                    serde_json::to_string(&json).expect("a tree prints")
                })
            })
        };
        assert_eq!(
            differs(PresetId::AtMostOnce),
            [
                r#"{"acks":"none","retries":0}"#,
                "",
                r#"{"ack":"on_receive"}"#
            ]
        );
        assert_eq!(differs(PresetId::AtLeastOnce), ["", "", ""]);
        assert_eq!(
            differs(PresetId::EffectivelyOnce),
            ["", "", r#"{"dedup":"atomic"}"#]
        );
    }
}
