//! Kafka's keys: the setting each one decides, its default, and how its value is applied.
//!
//! How keys depend on one another is not known here.

use ackground_core::experiment::Lane;
use ackground_core::experiment::settings::{AckMode, Acks, Flush, Isolation, SomeMillis};
use ackground_core::experiment::value::{Bounded, Limit};

/// Kafka's `Integer.MAX_VALUE`, which stands for "no limit".
pub(super) const ENDLESS: u64 = 2_147_483_647;

/// A side of Kafka that has a configuration of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Producer,
    Consumer,
    Broker,
    ShareGroup,
}

/// A key: what it decides, Kafka's default, and how a value is applied.
pub(super) struct Key {
    pub(super) key: &'static str,
    pub(super) side: Side,
    pub(super) setting: &'static str,
    pub(super) default: &'static str,
    pub(super) set: fn(&mut Lane, &str) -> Result<(), &'static str>,
}

const fn key(
    key: &'static str,
    side: Side,
    setting: &'static str,
    default: &'static str,
    set: fn(&mut Lane, &str) -> Result<(), &'static str>,
) -> Key {
    Key { key, side, setting, default, set }
}

/// The keys that decide a setting, in the order in which they are applied.
#[rustfmt::skip]
pub(super) const KEYS: &[Key] = &[
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
        // No file says when the code commits, so then the lane stays as it is.
        flag(text).map(|on| if on { lane.consumer.ack = AckMode::AfterProcessing })
    }),
    key("isolation.level", Side::Consumer, "consumer.isolation", "read_uncommitted", isolation),
    key("max.poll.records", Side::Consumer, "consumer.batch", "500",
        |lane, text| bounded(text).map(|n| lane.consumer.batch = n)),
    key("max.poll.interval.ms", Side::Consumer, "broker.redelivery_timeout_ms", "300000",
        |lane, text| some(text).map(|ms| lane.broker.redelivery_timeout_ms = Limit::At(ms))),
    key("session.timeout.ms", Side::Consumer, "broker.redelivery_timeout_ms", "45000",
        |lane, text| some(text).map(|ms| lane.broker.redelivery_timeout_ms = Limit::At(ms))),
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
        |lane, text| some(text).map(|ms| lane.broker.redelivery_timeout_ms = Limit::At(ms))),
    key("group.share.delivery.count.limit", Side::ShareGroup, "broker.max_deliveries", "5",
        |lane, text| bounded(text).map(|n| lane.broker.max_deliveries = Limit::At(n))),
];

/// Other names of these keys: for topics, and in Spring.
pub(super) const ALIASES: &[(&str, &str)] = &[
    ("replication.factor", "default.replication.factor"),
    ("flush.ms", "log.flush.interval.ms"),
    ("flush.messages", "log.flush.interval.messages"),
    ("transaction.id.prefix", "transactional.id"),
    ("share.record.lock.duration.ms", "group.share.record.lock.duration.ms"),
    ("share.delivery.count.limit", "group.share.delivery.count.limit"),
];

/// Prefixes of keys where one file configures several sides.
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

/// Kafka keys with no counterpart in the model; a trailing dot matches everything below.
#[rustfmt::skip]
pub(super) const NOTHING: &[&str] = &[
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

/// The key as Kafka calls it: without a framework's prefix, and with dots.
pub(super) fn name(key: &str) -> String {
    let mut rest = key.trim();
    while let Some(shorter) = PREFIXES.iter().find_map(|prefix| rest.strip_prefix(prefix)) {
        rest = shorter;
    }
    let name = rest.replace('-', ".");
    let alias = ALIASES.iter().find(|(alias, _)| *alias == name);
    alias.map_or(name, |(_, key)| (*key).to_owned())
}

pub(super) fn find(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.key == name)
}

pub(super) fn has_nothing(name: &str) -> bool {
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
    // More than the format can count is no limit in any run.
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

/// 1 means every write. A greater number has no counterpart, so the interval decides.
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
