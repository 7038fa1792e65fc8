//! A lane from a Kafka configuration that somebody pastes.
//!
//! What is written is taken; what is not takes Kafka's own default, for each side (producer, consumer,
//! broker) of which anything is written. Other sides, and what no such file says (where a message
//! waits, what the handler remembers), stay as they are in the lane. Kafka's own rules hold: what it
//! would refuse is said in its words and left out.
//!
//! Source of the keys, defaults and rules: <https://kafka.apache.org/documentation/#configuration>.

use super::properties::{Property, parse};
use crate::experiment::Lane;
use crate::experiment::settings::{
    AckMode, Acks, BrokerKind, Flush, Isolation, LateAck, SomeMillis,
};
use crate::experiment::value::{Bounded, Factor, Limit, Rate};

/// The longest text that is read, in bytes: many times what a configuration needs.
pub const LONGEST: usize = 64 * 1024;

/// Kafka's `Integer.MAX_VALUE`: as often, or as long, as can be said.
const ENDLESS: u64 = 2_147_483_647;

/// A line that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Took {
    /// The key, without a prefix.
    pub key: &'static str,
    /// The value as it is written.
    pub value: String,
    /// The setting that it decides, by its path in the lane.
    pub setting: &'static str,
}

/// A line that was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// The key as it is written.
    pub key: String,
    /// Why, as a sentence.
    pub why: String,
}

/// What came of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// The lane that it sets.
    pub lane: Lane,
    /// What was taken, in the order of the text.
    pub took: Vec<Took>,
    /// Keys of Kafka of which the model has nothing, and keys that decide nothing here.
    pub without_effect: Vec<Left>,
    /// Keys that are not known.
    pub unknown: Vec<Left>,
    /// What Kafka would refuse.
    pub wrong: Vec<Left>,
    /// Keys that are not written and took Kafka's default, with it.
    pub defaults: Vec<(&'static str, &'static str)>,
}

/// A side of Kafka with a configuration of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Producer,
    Consumer,
    Broker,
    ShareGroup,
}

/// A key, what it decides, Kafka's default and how a value is taken over.
struct Key {
    key: &'static str,
    side: Side,
    setting: &'static str,
    default: &'static str,
    set: fn(&mut Lane, &str) -> Result<(), &'static str>,
}

const fn key(
    key: &'static str,
    side: Side,
    setting: &'static str,
    default: &'static str,
    set: fn(&mut Lane, &str) -> Result<(), &'static str>,
) -> Key {
    Key {
        key,
        side,
        setting,
        default,
        set,
    }
}

/// Keys that decide a setting, in the order in which they are taken over.
#[rustfmt::skip]
const KEYS: &[Key] = &[
    key("acks", Side::Producer, "producer.acks", "all", acks),
    key("retries", Side::Producer, "producer.retries", "2147483647", retries),
    key("request.timeout.ms", Side::Producer, "producer.request_timeout_ms", "30000",
        |lane, text| some(text).map(|ms| lane.producer.request_timeout_ms = ms)),
    key("delivery.timeout.ms", Side::Producer, "producer.delivery_timeout_ms", "120000", |lane, text| {
        some(text).map(|ms| lane.producer.delivery_timeout_ms = Some(ms).filter(|ms| ms.get() != ENDLESS))
    }),
    key("retry.backoff.ms", Side::Producer, "producer.backoff.first_ms", "100",
        |lane, text| bounded(text).map(|ms| lane.producer.backoff.first_ms = ms)),
    key("retry.backoff.max.ms", Side::Producer, "producer.backoff.max_ms", "1000",
        |lane, text| bounded(text).map(|ms| lane.producer.backoff.max_ms = ms)),
    key("max.in.flight.requests.per.connection", Side::Producer, "producer.max_in_flight", "5",
        |lane, text| bounded(text).map(|n| lane.producer.max_in_flight = n)),
    key("enable.idempotence", Side::Producer, "producer.idempotent", "true",
        |lane, text| flag(text).map(|on| lane.producer.idempotent = on)),
    key("transactional.id", Side::Producer, "producer.transactional", "", |lane, text| {
        lane.producer.transactional = !text.is_empty();
        Ok(())
    }),
    key("enable.auto.commit", Side::Consumer, "consumer.ack", "true", |lane, text| {
        // When the code commits, no file says: then the lane stays as it is.
        flag(text).map(|on| if on { lane.consumer.ack = AckMode::AfterProcessing })
    }),
    key("isolation.level", Side::Consumer, "consumer.isolation", "read_uncommitted", isolation),
    key("max.poll.records", Side::Consumer, "consumer.batch", "500",
        |lane, text| bounded(text).map(|n| lane.consumer.batch = n)),
    key("max.poll.interval.ms", Side::Consumer, "broker.redelivery_timeout_ms", "300000",
        |lane, text| some(text).map(|ms| lane.broker.redelivery_timeout_ms = ms)),
    key("session.timeout.ms", Side::Consumer, "broker.redelivery_timeout_ms", "45000",
        |lane, text| some(text).map(|ms| lane.broker.redelivery_timeout_ms = ms)),
    key("num.partitions", Side::Broker, "broker.partitions", "1",
        |lane, text| bounded(text).map(|n| lane.broker.partitions = n)),
    key("default.replication.factor", Side::Broker, "broker.replicas", "1",
        |lane, text| bounded(text).map(|n| lane.broker.replicas = n)),
    key("min.insync.replicas", Side::Broker, "broker.min_in_sync", "1",
        |lane, text| bounded(text).map(|n| lane.broker.min_in_sync = n)),
    key("unclean.leader.election.enable", Side::Broker, "broker.unclean_election", "false",
        |lane, text| flag(text).map(|on| lane.broker.unclean_election = on)),
    key("log.flush.interval.ms", Side::Broker, "broker.flush_interval_ms", "", flush_interval),
    key("log.flush.interval.messages", Side::Broker, "broker.flush", "9223372036854775807", flush_messages),
    key("group.share.record.lock.duration.ms", Side::ShareGroup, "broker.redelivery_timeout_ms", "30000",
        |lane, text| some(text).map(|ms| lane.broker.redelivery_timeout_ms = ms)),
    key("group.share.delivery.count.limit", Side::ShareGroup, "broker.max_deliveries", "5",
        |lane, text| bounded(text).map(|n| lane.broker.max_deliveries = Limit::At(n))),
];

/// Other names of those keys: of a topic, and of Spring.
const ALIASES: &[(&str, &str)] = &[
    ("replication.factor", "default.replication.factor"),
    ("flush.ms", "log.flush.interval.ms"),
    ("flush.messages", "log.flush.interval.messages"),
    ("transaction.id.prefix", "transactional.id"),
    (
        "share.record.lock.duration.ms",
        "group.share.record.lock.duration.ms",
    ),
    (
        "share.delivery.count.limit",
        "group.share.delivery.count.limit",
    ),
];

/// What stands before a key where one file has several sides.
const PREFIXES: &[&str] = &[
    "spring.kafka.",
    "spring.cloud.stream.kafka.binder.",
    "kafka.",
    "producer.",
    "consumer.",
    "configuration.",
    "properties.",
    "admin.",
];

/// Keys of Kafka of which the model has nothing; a dot at the end stands for all that follow.
#[rustfmt::skip]
const NOTHING: &[&str] = &[
    "auto.commit.interval.ms", "auto.offset.reset", "batch.size", "bootstrap.servers", "broker.id",
    "broker.rack", "buffer.memory", "check.crcs", "client.", "compression.", "connections.",
    "controller.", "delete.topic.enable", "fetch.", "group.id", "group.", "heartbeat.interval.ms",
    "inter.broker.", "interceptor.classes", "key.", "linger.ms", "listener", "log.",
    "max.block.ms", "max.partition.fetch.bytes", "max.request.size", "message.", "metadata.", "metric",
    "node.id", "offset", "partition.assignment.strategy", "partitioner.", "process.roles",
    "receive.buffer.bytes", "reconnect.", "replica.", "retention.", "sasl.", "security.",
    "segment.", "send.buffer.bytes", "share.", "socket.", "ssl.", "transaction.", "value.",
    "cleanup.policy", "advertised.listeners", "auto.create.topics.enable", "zookeeper.",
];

/// Whether a text looks like a Kafka configuration: it has a key that decides a setting, and most of
/// its keys are Kafka's.
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

/// The lane that a configuration sets, over another one.
///
/// ```
/// use ackground::experiment::{Lane, settings::Acks};
/// use ackground::systems::kafka::read;
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
            why: "The text is longer than any configuration; nothing of it is read.".to_owned(),
        });
        return read;
    }
    let all = parse(text);
    let given = sorted(&all, &mut read);
    let has = |side: Side| given.iter().any(|(key, _)| key.side == side);
    let sides = [
        Side::Producer,
        Side::Consumer,
        Side::Broker,
        Side::ShareGroup,
    ]
    .map(|side| (side, has(side)));
    for key in KEYS {
        let mentioned = sides.iter().any(|(side, has)| *has && *side == key.side);
        let missing = mentioned && !is_given(&given, key.key);
        if missing && (key.set)(&mut read.lane, key.default).is_ok() {
            read.defaults.push((key.key, key.default));
        }
    }
    // In the order of the table, so that what one key says can depend on another.
    for key in KEYS {
        let Some((_, property)) = given.iter().find(|(other, _)| other.key == key.key) else {
            continue;
        };
        let value = property.value.trim();
        match (key.set)(&mut read.lane, value) {
            Ok(()) => read.took.push(Took {
                key: key.key,
                value: value.to_owned(),
                setting: key.setting,
            }),
            Err(why) => read.wrong.push(left(key.key, why)),
        }
    }
    settle(
        &given,
        has(Side::Producer),
        has(Side::ShareGroup),
        &mut read,
    );
    read
}

type Given<'a> = Vec<(&'static Key, &'a Property)>;

fn is_given(given: &Given<'_>, key: &str) -> bool {
    given.iter().any(|(other, _)| other.key == key)
}

/// The properties that decide something, the last of each; what is left is said.
fn sorted<'a>(all: &'a [Property], read: &mut Read) -> Given<'a> {
    let mut given: Given<'a> = Vec::new();
    for property in all {
        let name = name(&property.key);
        match find(&name) {
            Some(key) => {
                // As in Java, the last one counts.
                given.retain(|(other, _)| other.key != key.key);
                given.push((key, property));
            }
            None if has_nothing(&name) => {
                let why = "The model has nothing of it.";
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

/// What follows from several keys together, by Kafka's own rules.
fn settle(given: &Given<'_>, has_producer: bool, shares: bool, read: &mut Read) {
    let lane = &mut read.lane;
    let (producer, broker) = (&mut lane.producer, &mut lane.broker);
    broker.kind = if shares {
        BrokerKind::Queue
    } else {
        BrokerKind::Log
    };
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
                    read.defaults
                        .retain(|(key, _)| *key != "enable.idempotence");
                    let why = "Kafka switches its default, true, off by itself with these acks and retries.";
                    read.without_effect.push(left("enable.idempotence", why));
                }
            }
        }
    }
    let broker = &mut read.lane.broker;
    if broker.min_in_sync.get() > broker.replicas.get() {
        if is_given(given, "min.insync.replicas") {
            let why = "With fewer copies than this no write with acks=all would ever succeed; taken as the number of copies.";
            read.wrong.push(left("min.insync.replicas", why));
        }
        broker.min_in_sync = Bounded::clamp(broker.replicas.get());
    }
    // One timer of the model stands for two of Kafka's.
    let (poll, session) = ("max.poll.interval.ms", "session.timeout.ms");
    let idle = if is_given(given, poll) && !is_given(given, session) {
        session
    } else {
        poll
    };
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
    Left {
        key: key.to_owned(),
        why: why.to_owned(),
    }
}

/// The key as Kafka calls it: without what frameworks put before it, and with dots.
fn name(key: &str) -> String {
    let mut rest = key.trim();
    while let Some(shorter) = PREFIXES.iter().find_map(|prefix| rest.strip_prefix(prefix)) {
        rest = shorter;
    }
    let name = rest.replace('-', ".");
    let alias = ALIASES.iter().find(|(alias, _)| *alias == name);
    alias.map_or(name, |(_, key)| (*key).to_owned())
}

fn find(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.key == name)
}

fn has_nothing(name: &str) -> bool {
    NOTHING.iter().any(|known| name.starts_with(known))
}

fn acks(lane: &mut Lane, text: &str) -> Result<(), &'static str> {
    lane.producer.acks = match text {
        "0" => Acks::None,
        "1" => Acks::Leader,
        "all" | "-1" => Acks::All,
        _ => return Err("Kafka knows 0, 1, all and -1."),
    };
    Ok(())
}

fn retries(lane: &mut Lane, text: &str) -> Result<(), &'static str> {
    let number = whole(text)?;
    // What is more than the format counts is no limit in any run.
    lane.producer.retries = Bounded::new(number).map_or(Limit::Unlimited, Limit::At);
    Ok(())
}

fn isolation(lane: &mut Lane, text: &str) -> Result<(), &'static str> {
    lane.consumer.isolation = match text.replace('-', "_").as_str() {
        "read_committed" => Isolation::ReadCommitted,
        "read_uncommitted" => Isolation::ReadUncommitted,
        _ => return Err("Kafka knows read_committed and read_uncommitted."),
    };
    Ok(())
}

fn flush_interval(lane: &mut Lane, text: &str) -> Result<(), &'static str> {
    if text.is_empty() {
        lane.broker.flush = Flush::Never;
        return Ok(());
    }
    lane.broker.flush_interval_ms = some(text)?;
    lane.broker.flush = Flush::Async;
    Ok(())
}

/// One message is every write. A greater number has no counterpart and leaves what the interval says.
fn flush_messages(lane: &mut Lane, text: &str) -> Result<(), &'static str> {
    if whole(text)? == 1 {
        lane.broker.flush = Flush::EachWrite;
    }
    Ok(())
}

fn flag(text: &str) -> Result<bool, &'static str> {
    match text.to_ascii_lowercase().as_str() {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err("It is true or false."),
    }
}

fn whole(text: &str) -> Result<u64, &'static str> {
    text.parse().map_err(|_| "It is a whole number.")
}

fn bounded<const MIN: u64, const MAX: u64>(text: &str) -> Result<Bounded<MIN, MAX>, &'static str> {
    Bounded::new(whole(text)?).ok_or("It is beyond what the model has.")
}

fn some(text: &str) -> Result<SomeMillis, &'static str> {
    bounded(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::scenario::Scenario;
    use crate::experiment::settings::Source;
    use crate::experiment::{Family, PresetId, Product};
    use crate::systems::express;

    fn taken(text: &str) -> Lane {
        read(text, &Lane::default()).lane
    }

    fn refused(text: &str) -> Vec<String> {
        let read = read(text, &Lane::default());
        read.wrong.into_iter().map(|left| left.why).collect()
    }

    #[test]
    fn what_is_written_comes_back() {
        let kafka = Family::Product(Product::Kafka);
        for id in kafka.presets() {
            let lane = Lane::of_preset(id);
            let written = express(&lane, &Scenario::default(), Product::Kafka);
            let text: String = written
                .snippets
                .iter()
                .filter(|snippet| snippet.language == "properties")
                .map(|snippet| snippet.text.as_str())
                .collect();
            // Over the lane without the settings that the files say.
            let mut other = Lane::of_preset(PresetId::AtMostOnce);
            other.producer.source = lane.producer.source;
            other.consumer = lane.consumer.clone();
            other.consumer.batch = Bounded::of(7);
            other.broker.dead_letter = lane.broker.dead_letter;
            let read = read(&text, &other);
            assert_eq!(read.wrong, [], "{id}");
            assert_eq!(read.unknown, [], "{id}");
            assert_eq!(read.lane.producer, lane.producer, "{id}");
            assert_eq!(read.lane.broker, lane.broker, "{id}");
            assert_eq!(read.lane.consumer, lane.consumer, "{id}");
        }
    }

    #[test]
    fn a_side_that_is_mentioned_takes_kafkas_defaults_and_the_others_stay() {
        let before = Lane::of_preset(PresetId::EffectivelyOnce);
        let read = read("producer.acks=all", &before);
        let defaults = PresetId::KafkaDefaults.preset();
        let mut producer = defaults.producer;
        producer.source = Source::Outbox;
        assert_eq!(read.lane.producer, producer);
        assert_eq!(read.lane.consumer, before.consumer);
        assert_eq!(read.lane.broker, before.broker);
        assert!(read.defaults.contains(&("enable.idempotence", "true")));
        assert!(!read.defaults.iter().any(|(key, _)| *key == "acks"));
    }

    #[test]
    fn kafkas_own_rules_are_said_in_its_words() {
        assert_eq!(
            refused("enable.idempotence=true\nacks=1"),
            ["Must set acks to all in order to use the idempotent producer."]
        );
        assert_eq!(
            refused("enable.idempotence=true\nretries=0"),
            ["Must set retries to non-zero when using the idempotent producer."]
        );
        assert!(
            refused("enable.idempotence=true\nmax.in.flight.requests.per.connection=6")[0]
                .contains("at most 5")
        );
        assert_eq!(
            refused("transactional.id=a\nenable.idempotence=false"),
            ["Cannot set a transactional.id without also enabling idempotence."]
        );
        assert!(
            refused("request.timeout.ms=30000\ndelivery.timeout.ms=20000")[0]
                .starts_with("delivery.timeout.ms should")
        );
        assert!(refused("acks=2\nretries=-1\nenable.idempotence=maybe").len() == 3);
        assert_eq!(
            refused("max.in.flight.requests.per.connection=6"),
            [""; 0],
            "Kafka 4 takes it"
        );
    }

    #[test]
    fn a_default_that_kafka_switches_off_is_off() {
        for text in ["acks=0", "acks=1", "retries=0"] {
            let read = read(text, &Lane::default());
            assert!(!read.lane.producer.idempotent, "{text}");
            assert!(read.wrong.is_empty(), "{text}");
            assert_eq!(read.without_effect[0].key, "enable.idempotence");
        }
    }

    #[test]
    fn one_timer_stands_for_two() {
        let timer = |text: &str| taken(text).broker.redelivery_timeout_ms.get();
        assert_eq!(timer("max.poll.interval.ms=60000"), 60_000);
        assert_eq!(timer("max.poll.records=1"), 45_000);
        assert_eq!(
            timer("session.timeout.ms=9000\nmax.poll.interval.ms=60000"),
            9000
        );
    }

    #[test]
    fn a_transactional_id_switches_idempotence_on() {
        let lane = taken("transactional.id=orders-1");
        assert!(lane.producer.transactional && lane.producer.idempotent);
        assert!(!taken("transactional.id=").producer.transactional);
    }

    #[test]
    fn names_of_frameworks_and_topics_are_known() {
        let spring = "spring.kafka.producer.acks=1\n\
            spring.kafka.producer.transaction-id-prefix=\n\
            spring.kafka.consumer.max-poll-records: 20\n\
            spring.kafka.consumer.isolation-level=read-committed\n\
            spring.kafka.consumer.properties.session.timeout.ms=6000\n\
            replication.factor=3\nmin.insync.replicas=2\nflush.messages=1";
        let read = read(spring, &Lane::default());
        assert_eq!((read.unknown, read.wrong), (Vec::new(), Vec::new()));
        let lane = read.lane;
        assert_eq!(lane.producer.acks, Acks::Leader);
        assert_eq!(lane.consumer.batch.get(), 20);
        assert_eq!(lane.consumer.isolation, Isolation::ReadCommitted);
        assert_eq!(lane.broker.redelivery_timeout_ms.get(), 6000);
        assert_eq!(
            (lane.broker.replicas.get(), lane.broker.min_in_sync.get()),
            (3, 2)
        );
        assert_eq!(lane.broker.flush, Flush::EachWrite);
    }

    #[test]
    fn what_is_not_taken_is_said() {
        let read = read(
            "acks=all\nlinger.ms=5\nakcs=0\nmin.insync.replicas=3",
            &Lane::default(),
        );
        assert_eq!(read.took.len(), 1, "what is refused is not taken");
        assert_eq!(read.without_effect[0].key, "linger.ms");
        assert_eq!(read.unknown[0].key, "akcs");
        assert_eq!(read.wrong[0].key, "min.insync.replicas");
        assert_eq!(read.lane.broker.min_in_sync.get(), 1);
    }

    #[test]
    fn a_configuration_is_told_from_other_texts() {
        assert!(looks_like("acks=all\nlinger.ms=5"));
        assert!(looks_like("# Kafka\nspring.kafka.producer.retries: 3"));
        for text in [
            "",
            "acks",
            "Dear all,\nretries = fine\nbest wishes",
            "{\"acks\": 1}",
            "https://example.org/",
        ] {
            assert!(!looks_like(text), "{text}");
        }
        assert!(
            !looks_like(&"acks=all\n".repeat(10_000)),
            "too long to be one"
        );
    }
}
