//! From answers to a setup: the preset to start from, and a rule for everything an answer asks for.
//!
//! A rule says which answer it follows from, which settings it decides and why. Costs and caveats are in
//! `notes`. Whether the setup really keeps what was asked for is not claimed here: `tests/guide.rs` proves it
//! for every path.

use super::question::{Answer, Path};
use ackground_core::experiment::scenario::{BuiltIn, Label};
use ackground_core::experiment::settings::{AckMode, Acks, Dedup, Source, Write};
use ackground_core::experiment::value::{Bounded, Limit};
use ackground_core::experiment::{Lane, PresetId};

/// What a path asks of its setup: the properties that no schedule of faults may break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wants {
    /// No message is lost.
    pub no_loss: bool,
    /// No message is lost without its sender being told.
    pub no_silent_loss: bool,
    /// No effect happens twice.
    pub no_duplicates: bool,
    /// Messages with the same key stay in order.
    pub in_order: bool,
}

/// Why a setting is the way it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The settings: `consumer.dedup`.
    pub settings: &'static [&'static str],
    /// The answer that asked for it.
    pub asked: Answer,
    /// The reason, in the guide's words.
    pub because: &'static str,
}

/// The end of a path: a recommendation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    /// The answers.
    pub path: Path,
    /// The recommended setup.
    pub lane: Lane,
    /// The named setup it starts from.
    pub preset: PresetId,
    /// The story that goes with it.
    pub scenario: BuiltIn,
    /// The properties it has to keep.
    pub wants: Wants,
    /// Why each setting was chosen, in the order of the answers.
    pub reasons: Vec<Reason>,
}

impl Path {
    /// The ending, if this path has reached one.
    ///
    /// ```
    /// use ackground_core::experiment::settings::Dedup;
    /// use ackground_words::story::guide::Path;
    ///
    /// let path: Path = "dbbbbd".parse()?;
    /// let ending = path.ending().expect("six answers lead to one");
    /// assert_eq!(ending.lane.consumer.dedup, Dedup::Atomic);
    /// assert!(ending.wants.no_loss && ending.wants.no_duplicates);
    /// # Ok::<(), ackground_words::story::guide::NoSuchPath>(())
    /// ```
    pub fn ending(&self) -> Option<Ending> {
        if self.next().is_some() {
            return None;
        }
        let preset = preset(self);
        let mut lane = Lane::of_preset(preset);
        lane.name = Label::cut("Recommended");
        let mut reasons = Vec::new();
        for answer in self.answers() {
            for rule in RULES.iter().filter(|rule| rule.holds(self, answer)) {
                (rule.set)(&mut lane);
                reasons.push(Reason {
                    settings: rule.settings,
                    asked: answer,
                    because: rule.because,
                });
            }
        }
        Some(Ending {
            path: *self,
            lane,
            preset,
            scenario: scenario(self),
            wants: wants(self),
            reasons,
        })
    }
}

/// What the answers ask for. Whoever prefers never to twice, or twice to never, said so last, and that
/// decides.
fn wants(path: &Path) -> Wants {
    let has = |answer| path.has(answer);
    let rather_never = has(Answer::RatherNever);
    // A transaction covers the way from the input log on, not what a restarted sender puts into it twice.
    let recognised = has(Answer::Harm) && !has(Answer::RatherTwice) && !has(Answer::ByTransaction);
    Wants {
        no_loss: has(Answer::Never) && !rather_never,
        no_silent_loss: (has(Answer::Never) || has(Answer::Told)) && !rather_never,
        no_duplicates: has(Answer::Fine) || recognised,
        in_order: has(Answer::InOrder),
    }
}

/// The built-in story closest to what the consumer does.
fn scenario(path: &Path) -> BuiltIn {
    let (fine, harm) = (path.has(Answer::Fine), path.has(Answer::Harm));
    if path.has(Answer::Output) {
        BuiltIn::Pipeline
    } else if path.has(Answer::DatabaseAndCall) {
        BuiltIn::Payment
    } else if path.has(Answer::Call) {
        if harm { BuiltIn::Email } else { BuiltIn::Notification }
    } else if fine {
        BuiltIn::Metrics
    } else if harm {
        BuiltIn::Order
    } else {
        BuiltIn::Clicks
    }
}

/// The preset to start from: the product's own if it has a suitable one, else the general one.
fn preset(path: &Path) -> PresetId {
    use PresetId::*;
    let transactions = path.has(Answer::ByTransaction);
    let recipes: [PresetId; 3] = match path.last() {
        Some(Answer::Kafka) if transactions => return KafkaTransactions,
        Some(Answer::Kafka) => [KafkaAtMostOnce, KafkaAtLeastOnce, KafkaEffectivelyOnce],
        Some(Answer::RabbitMq) => [RabbitmqAutoAck, RabbitmqQuorum, RabbitmqEffectivelyOnce],
        Some(Answer::Sqs) => [SqsAtMostOnce, SqsStandard, SqsEffectivelyOnce],
        Some(Answer::PubSub) => [PubsubAtMostOnce, PubsubAtLeastOnce, PubsubEffectivelyOnce],
        Some(Answer::ServiceBus) => {
            [ServiceBusAtMostOnce, ServiceBusAtLeastOnce, ServiceBusEffectivelyOnce]
        }
        Some(Answer::Pulsar) => [PulsarAtMostOnce, PulsarAtLeastOnce, PulsarEffectivelyOnce],
        Some(Answer::JetStream) => {
            [JetstreamAtMostOnce, JetstreamAtLeastOnce, JetstreamEffectivelyOnce]
        }
        Some(Answer::Redis) => [RedisAtMostOnce, RedisAtLeastOnce, RedisEffectivelyOnce],
        Some(Answer::Mqtt) => [MqttQos0, MqttQos1, MqttEffectivelyOnce],
        _ => [AtMostOnce, AtLeastOnce, EffectivelyOnce],
    };
    let [most, least, effectively] = recipes;
    if path.has(Answer::Fine) {
        most
    } else if path.has(Answer::ByTable) {
        effectively
    } else {
        least
    }
}

/// A rule: what an answer asks for.
struct Rule {
    /// The answer.
    asked: Answer,
    /// Applies only with one of these answers; always, if empty.
    with: &'static [Answer],
    /// Applies only without any of these.
    without: &'static [Answer],
    /// The settings it decides.
    settings: &'static [&'static str],
    /// What it sets; nothing if every preset has it already.
    set: fn(&mut Lane),
    /// The reason, in the guide's words.
    because: &'static str,
}

impl Rule {
    fn holds(&self, path: &Path, asked: Answer) -> bool {
        let with = self.with.is_empty() || self.with.iter().any(|answer| path.has(*answer));
        let without = !self.without.iter().any(|answer| path.has(*answer));
        self.asked == asked && with && without
    }
}

/// An unconditional rule.
const fn rule(
    asked: Answer,
    settings: &'static [&'static str],
    set: fn(&mut Lane),
    because: &'static str,
) -> Rule {
    Rule { asked, with: &[], without: &[], settings, set, because }
}

/// Leaves the preset as it is.
fn as_it_is(_: &mut Lane) {}

fn leader_from_memory(lane: &mut Lane) {
    lane.producer.acks = Acks::Leader;
    // Idempotence requires acks from all replicas; a Kafka client turns it off otherwise.
    lane.producer.idempotent = false;
}

fn set_aside(lane: &mut Lane) {
    lane.broker.max_deliveries = Limit::of(5);
    lane.broker.dead_letter = true;
}

fn shared(lane: &mut Lane) {
    lane.consumer.instances = Bounded::of(2);
    lane.broker.partitions = Bounded::of(2);
}

fn in_order(lane: &mut Lane) {
    lane.producer.max_in_flight = Bounded::of(1);
    lane.broker.max_deliveries = Limit::Unlimited;
}

fn transaction(lane: &mut Lane) {
    lane.producer.idempotent = true;
    lane.producer.transactional = true;
    lane.consumer.ack = AckMode::WithEffect;
}

const LOSS_SETTINGS: &[&str] =
    &["producer.acks", "broker.replicas", "broker.min_in_sync", "broker.flush"];
const INSISTS: &str = "The producer resends until the broker confirms that the message is stored, and an outbox \
    remembers what is still to be sent if the producer crashes.";
const COPIES: &str = "The broker confirms once more than one machine has the message, so that the failure of one \
    loses nothing.";
const AFTER_WORK: &str = "The consumer acknowledges after the work. If it crashes before that, the message is redelivered.";

/// What each answer asks for, in the order in which the reasons are given.
const RULES: &[Rule] = &[
    rule(
        Answer::Fine,
        &["producer.retries"],
        |lane| lane.producer.retries = Limit::of(0),
        "Sent once. A resend would cost memory and time, and cause repeats.",
    ),
    Rule {
        with: &[Answer::Open],
        ..rule(
            Answer::Fine,
            &["producer.acks"],
            |lane| lane.producer.acks = Acks::None,
            "The producer does not wait for a reply: handing the message to the network is enough.",
        )
    },
    rule(
        Answer::Fine,
        &["consumer.ack"],
        |lane| lane.consumer.ack = AckMode::OnReceive,
        "The consumer acknowledges before it works. A crash in between loses the message, and nothing is ever redelivered.",
    ),
    Rule {
        with: &[Answer::Open, Answer::Kafka],
        without: &[Answer::ByTransaction],
        ..rule(
            Answer::Seldom,
            &["producer.acks", "producer.idempotent"],
            leader_from_memory,
            "The producer waits for one replica, not for all: the wait is shorter, and a message can be lost if that machine \
             fails before the others have it.",
        )
    },
    rule(
        Answer::Seldom,
        &["producer.source"],
        |lane| lane.producer.source = Source::Direct,
        "Sent from memory, without an outbox: a crash before the send loses the message.",
    ),
    Rule {
        without: &[Answer::ByTransaction],
        ..rule(Answer::Seldom, &["consumer.ack"], as_it_is, AFTER_WORK)
    },
    rule(
        Answer::Told,
        &["producer.delivery_timeout_ms"],
        |lane| lane.producer.delivery_timeout_ms = Some(Bounded::of(120_000)),
        "After two minutes the producer gives up and reports it, instead of sending a message that is worthless by then.",
    ),
    rule(Answer::Told, LOSS_SETTINGS, as_it_is, COPIES),
    rule(
        Answer::Told,
        &["producer.source"],
        |lane| lane.producer.source = Source::Outbox,
        "An outbox remembers through a crash what is still to be sent or reported.",
    ),
    Rule {
        without: &[Answer::ByTransaction],
        ..rule(Answer::Told, &["consumer.ack"], as_it_is, AFTER_WORK)
    },
    rule(
        Answer::Never,
        &["producer.retries", "producer.source"],
        |lane| {
            lane.producer.retries = Limit::Unlimited;
            lane.producer.source = Source::Outbox;
        },
        INSISTS,
    ),
    rule(Answer::Never, LOSS_SETTINGS, as_it_is, COPIES),
    Rule {
        without: &[Answer::ByTransaction],
        ..rule(Answer::Never, &["consumer.ack"], as_it_is, AFTER_WORK)
    },
    Rule {
        without: &[Answer::Harmless],
        ..rule(
            Answer::DatabaseAndCall,
            &["consumer.idempotency_key"],
            |lane| lane.consumer.idempotency_key = true,
            "The call cannot share a transaction with the database. It carries the message\u{2019}s ID, so \
             that the other side can ignore a repeat.",
        )
    },
    rule(
        Answer::Harmless,
        &["consumer.dedup"],
        |lane| lane.consumer.dedup = Dedup::None,
        "A repeat does no harm, so it need not be recognised.",
    ),
    rule(
        Answer::ByRow,
        &["consumer.write"],
        |lane| lane.consumer.write = Write::Upsert,
        "The row is keyed by the message\u{2019}s ID. A repeat writes the same row once more, which changes nothing.",
    ),
    rule(
        Answer::ByTable,
        &["consumer.dedup"],
        |lane| lane.consumer.dedup = Dedup::Atomic,
        "The message\u{2019}s ID is written in the transaction of the effect: both are stored or neither \
         is. A repeat finds its ID.",
    ),
    rule(
        Answer::ByKey,
        &["consumer.idempotency_key"],
        |lane| lane.consumer.idempotency_key = true,
        "The call carries the message\u{2019}s ID as its key, the same on every try. The other side answers \
         a repeat with its first answer.",
    ),
    rule(
        Answer::ByTransaction,
        &["producer.idempotent", "producer.transactional", "consumer.ack", "consumer.isolation"],
        transaction,
        "Output and position are committed together, and readers see only committed output. A crash in \
         between undoes both. If a restarted sender writes a message to the input twice, it is processed twice.",
    ),
    rule(
        Answer::RatherTwice,
        &["consumer.dedup"],
        |lane| lane.consumer.dedup = Dedup::TableAfter,
        "The ID is recorded after the effect. That catches every repeat except after a \
         crash between the two.",
    ),
    rule(
        Answer::RatherNever,
        &["consumer.dedup"],
        |lane| lane.consumer.dedup = Dedup::TableBefore,
        "The ID is recorded before the effect. Whatever goes wrong after that, the work is not tried again.",
    ),
    rule(
        Answer::InOrder,
        &["producer.max_in_flight"],
        in_order,
        "One send at a time: nothing can overtake a resend.",
    ),
    rule(
        Answer::InOrder,
        &["broker.max_deliveries", "consumer.instances"],
        |lane| lane.consumer.instances = Bounded::of(1),
        "There is one reader and no limit of deliveries: the messages behind a failing one wait.",
    ),
    rule(
        Answer::SetAside,
        &["broker.max_deliveries", "broker.dead_letter"],
        set_aside,
        "After five tries a message is parked in the dead letter queue, where it is safe and blocks nothing.",
    ),
    rule(
        Answer::Shared,
        &["broker.max_deliveries", "broker.dead_letter"],
        set_aside,
        "After five tries a message is parked in the dead letter queue, where it is safe and blocks nothing.",
    ),
    rule(
        Answer::Shared,
        &["consumer.instances", "broker.partitions"],
        shared,
        "Two consumers, each with its own partition. Each key stays with one of them.",
    ),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use ackground_core::experiment::json::Json;
    use ackground_core::experiment::part::Part;

    /// The paths of the settings in which two lanes differ.
    fn differences(one: &Json, other: &Json, at: &str, found: &mut BTreeSet<String>) {
        if let (Json::Object(fields), Json::Object(others)) = (one, other) {
            for ((name, value), (_, theirs)) in fields.iter().zip(others) {
                let below = if at.is_empty() { name.clone() } else { format!("{at}.{name}") };
                differences(value, theirs, &below, found);
            }
        } else if one != other {
            found.insert(at.to_owned());
        }
    }

    fn changed(one: &Lane, other: &Lane) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        differences(&one.write(), &other.write(), "", &mut found);
        found
    }

    #[test]
    fn a_rule_decides_the_settings_that_it_names() {
        let settings: BTreeSet<&str> =
            crate::story::settings().map(|setting| setting.path.as_str()).collect();
        for rule in RULES {
            for setting in rule.settings {
                assert!(settings.contains(setting), "{setting}");
            }
        }
    }

    #[test]
    fn every_setting_that_is_not_the_recipes_own_has_a_reason() {
        for path in Path::endings() {
            let ending = path.ending().expect("it ends");
            let given = changed(&ending.lane, &Lane::of_preset(ending.preset));
            let told: BTreeSet<&str> =
                ending.reasons.iter().flat_map(|reason| reason.settings).copied().collect();
            for setting in given.iter().filter(|setting| *setting != "name") {
                assert!(told.contains(setting.as_str()), "{path}: {setting}");
            }
        }
    }

    #[test]
    fn no_setting_is_decided_twice() {
        for path in Path::endings() {
            let ending = path.ending().expect("it ends");
            let all = ending.reasons.iter().flat_map(|reason| reason.settings);
            let mut seen = BTreeSet::new();
            for setting in all {
                assert!(seen.insert(setting), "{path}: {setting}");
            }
        }
    }

    #[test]
    fn every_lane_is_allowed() {
        for path in Path::endings() {
            let ending = path.ending().expect("it ends");
            let text = serde_json::to_string(&ending.lane).expect("a lane prints");
            let read: Lane = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{path}: {e}"));
            assert_eq!(read, ending.lane, "{path}");
        }
    }
}
