//! Reads a lane from a pasted Kafka configuration.
//!
//! Keys that are present are applied; missing ones take Kafka's own default, for each side (producer, consumer,
//! broker) that is mentioned at all. Other sides, and what no such file can say (where a message waits, what the
//! handler remembers), stay as they are in the lane. Kafka's own rules apply: whatever it would reject is
//! reported in its words and left out.
//!
//! Source of the keys, defaults and rules: <https://kafka.apache.org/documentation/#configuration>.

mod keys;
#[cfg(test)]
mod tests;

use self::keys::{ENDLESS, KEYS, Key, Side, find, has_nothing, name};
use super::properties::{Property, parse};
use ackground_core::experiment::Lane;
use ackground_core::experiment::settings::{Acks, BrokerKind, LateAck};
use ackground_core::experiment::value::{Bounded, Factor, Limit, Rate};

/// The longest input, in bytes: many times what a configuration needs.
pub const LONGEST: usize = 64 * 1024;

/// A line that was applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Took {
    /// The key, without a prefix.
    pub key: &'static str,
    /// The value as written.
    pub value: String,
    /// The setting it decides, by its path in the lane.
    pub setting: &'static str,
}

/// A line that was not applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// The key as written.
    pub key: String,
    /// The reason, as a sentence.
    pub why: String,
}

/// The result of reading a configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// The resulting lane.
    pub lane: Lane,
    /// The lines applied, in the order of the text.
    pub took: Vec<Took>,
    /// Kafka keys with no counterpart in the model, or without effect here.
    pub without_effect: Vec<Left>,
    /// Unknown keys.
    pub unknown: Vec<Left>,
    /// What Kafka would reject.
    pub wrong: Vec<Left>,
    /// Keys that were missing and took Kafka's default, with that default.
    pub defaults: Vec<(&'static str, &'static str)>,
}

/// Whether a text looks like a Kafka configuration: it has a key that decides a setting, and most of its keys
/// are Kafka's.
pub fn looks_like(text: &str) -> bool {
    if text.len() > LONGEST {
        return false;
    }
    let all = parse(text);
    let (mut decide, mut known) = (0, 0);
    for property in &all {
        let name = name(&property.key);
        let decides = find(&name).is_some() && !property.value.is_empty();
        decide += usize::from(decides);
        known += usize::from(decides || has_nothing(&name));
    }
    decide > 0 && known * 2 >= all.len()
}

/// Applies a configuration to a lane.
///
/// ```
/// use ackground_core::experiment::Lane;
/// use ackground_core::experiment::settings::Acks;
/// use ackground_words::systems::kafka::read;
///
/// let read = read("acks=1\nlinger.ms=5\n", &Lane::default());
/// assert_eq!(read.lane.producer.acks, Acks::Leader);
/// assert!(!read.lane.producer.idempotent, "Kafka switches it off by itself then");
/// assert_eq!(read.without_effect[0].key, "linger.ms");
/// ```
pub fn read(text: &str, lane: &Lane) -> Read {
    let mut read = Read {
        lane: lane.clone(),
        took: Vec::new(),
        without_effect: Vec::new(),
        unknown: Vec::new(),
        wrong: Vec::new(),
        defaults: Vec::new(),
    };
    if text.len() > LONGEST {
        read.wrong.push(Left {
            key: String::new(),
            why: "The text is longer than any configuration and was not read.".to_owned(),
        });
        return read;
    }
    let all = parse(text);
    let given = sorted(&all, &mut read);
    let has = |side: Side| given.iter().any(|(key, _)| key.side == side);
    let sides = [Side::Producer, Side::Consumer, Side::Broker, Side::ShareGroup]
        .map(|side| (side, has(side)));
    for key in KEYS {
        let mentioned = sides.iter().any(|(side, has)| *has && *side == key.side);
        let missing = mentioned && !is_given(&given, key.key);
        if missing && (key.set)(&mut read.lane, key.default).is_ok() {
            read.defaults.push((key.key, key.default));
        }
    }
    // In table order, so that one key can depend on another.
    for key in KEYS {
        let Some((_, property)) = given.iter().find(|(other, _)| other.key == key.key) else {
            continue;
        };
        let value = property.value.trim();
        match (key.set)(&mut read.lane, value) {
            Ok(()) => {
                read.took.push(Took { key: key.key, value: value.to_owned(), setting: key.setting })
            }
            Err(why) => read.wrong.push(left(key.key, why)),
        }
    }
    settle(&given, has(Side::Producer), has(Side::ShareGroup), &mut read);
    read
}

type Given<'a> = Vec<(&'static Key, &'a Property)>;

fn is_given(given: &Given<'_>, key: &str) -> bool {
    given.iter().any(|(other, _)| other.key == key)
}

/// Picks the properties that decide something, the last of each key; reports the others.
fn sorted<'a>(all: &'a [Property], read: &mut Read) -> Given<'a> {
    let mut given: Given<'a> = Vec::new();
    for property in all {
        let name = name(&property.key);
        match find(&name) {
            Some(key) => {
                // As in Java, the last one wins.
                given.retain(|(other, _)| other.key != key.key);
                given.push((key, property));
            }
            None if has_nothing(&name) => {
                let why = "Not modelled.";
                read.without_effect.push(left(&property.key, why));
            }
            None => {
                let why = "It is no key of a producer, a consumer or a broker that is known here.";
                read.unknown.push(left(&property.key, why));
            }
        }
    }
    given
}

/// Applies what follows from several keys together, by Kafka's own rules.
fn settle(given: &Given<'_>, has_producer: bool, shares: bool, read: &mut Read) {
    let lane = &mut read.lane;
    let (producer, broker) = (&mut lane.producer, &mut lane.broker);
    broker.kind = if shares { BrokerKind::Queue } else { BrokerKind::Log };
    broker.dedup_window_ms = Bounded::MIN;
    broker.late_ack = LateAck::Reject;
    let explicit = is_given(given, "enable.idempotence");
    let mut refuse = |key: &str, why: &str| read.wrong.push(left(key, why));
    if has_producer {
        producer.backoff.factor = Factor::whole(2);
        producer.backoff.jitter = Rate::percent(20);
        let linger = 5;
        let least = producer.request_timeout_ms.get() + linger;
        let delivery = producer.delivery_timeout_ms.map_or(ENDLESS, Bounded::get);
        if is_given(given, "delivery.timeout.ms") && delivery + linger < least {
            refuse(
                "delivery.timeout.ms",
                "delivery.timeout.ms should be equal to or larger than linger.ms + request.timeout.ms.",
            );
        }
        if producer.transactional && explicit && !producer.idempotent {
            refuse(
                "transactional.id",
                "Cannot set a transactional.id without also enabling idempotence.",
            );
            producer.transactional = false;
        }
        let wanted = producer.transactional || explicit;
        if producer.idempotent {
            let against = if producer.acks != Acks::All {
                Some("Must set acks to all in order to use the idempotent producer.")
            } else if producer.retries == Limit::of(0) {
                Some("Must set retries to non-zero when using the idempotent producer.")
            } else if wanted && producer.max_in_flight.get() > 5 {
                Some(
                    "Must set max.in.flight.requests.per.connection to at most 5 to use the idempotent producer.",
                )
            } else {
                None
            };
            if let Some(why) = against {
                producer.idempotent = false;
                producer.transactional = false;
                if wanted {
                    refuse("enable.idempotence", why);
                } else {
                    read.defaults.retain(|(key, _)| *key != "enable.idempotence");
                    let why = "Kafka switches its default, true, off by itself with these acks and retries.";
                    read.without_effect.push(left("enable.idempotence", why));
                }
            }
        }
    }
    let broker = &mut read.lane.broker;
    if broker.min_in_sync.get() > broker.replicas.get() {
        if is_given(given, "min.insync.replicas") {
            let why = "With fewer replicas than this no write with acks=all would ever succeed; taken as the number of replicas.";
            read.wrong.push(left("min.insync.replicas", why));
        }
        broker.min_in_sync = Bounded::clamp(broker.replicas.get());
    }
    // One timer in the model stands for two in Kafka.
    let (poll, session) = ("max.poll.interval.ms", "session.timeout.ms");
    let idle = if is_given(given, poll) && !is_given(given, session) { session } else { poll };
    read.defaults.retain(|(key, _)| *key != idle);
    let wrong = &read.wrong;
    let refused = |took: &Took| wrong.iter().any(|left| left.key == took.key);
    read.took.retain(|took| !refused(took));
    let before = read.took.len();
    read.took.retain(|took| took.key != idle);
    if read.took.len() < before {
        let why = "The model has one timer for both; session.timeout.ms is taken.";
        read.without_effect.push(left(idle, why));
    }
}

fn left(key: &str, why: &str) -> Left {
    Left { key: key.to_owned(), why: why.to_owned() }
}
