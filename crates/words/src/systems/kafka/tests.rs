//! How a pasted configuration is read, rule by rule.

use super::*;
use crate::systems::express;
use ackground_core::experiment::scenario::Scenario;
use ackground_core::experiment::settings::{Flush, Isolation, Source};
use ackground_core::experiment::{Family, PresetId, Product};

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
    assert_eq!(refused("max.in.flight.requests.per.connection=6"), [""; 0], "Kafka 4 takes it");
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
    let timer = |text: &str| taken(text).broker.redelivery_timeout_ms.at_most();
    assert_eq!(timer("max.poll.interval.ms=60000"), 60_000);
    assert_eq!(timer("max.poll.records=1"), 45_000);
    assert_eq!(timer("session.timeout.ms=9000\nmax.poll.interval.ms=60000"), 9000);
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
    assert_eq!(lane.broker.redelivery_timeout_ms.at_most(), 6000);
    assert_eq!((lane.broker.replicas.get(), lane.broker.min_in_sync.get()), (3, 2));
    assert_eq!(lane.broker.flush, Flush::EachWrite);
}

#[test]
fn what_is_not_taken_is_said() {
    let read = read("acks=all\nlinger.ms=5\nakcs=0\nmin.insync.replicas=3", &Lane::default());
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
    assert!(!looks_like(&"acks=all\n".repeat(10_000)), "too long to be one");
}

#[test]
fn every_key_is_found_by_its_name_and_leads_to_the_same_setting() {
    use super::keys::{ALIASES, KEYS, NOTHING};
    let kafka = || crate::systems::keys::all().iter().filter(|key| key.of == "Kafka");
    let setting = |name: &str| kafka().find(|key| key.names.contains(&name)).map(|key| key.setting);
    for key in KEYS {
        assert_eq!(setting(key.key), Some(Some(key.setting)), "{}", key.key);
    }
    for (alias, key) in ALIASES {
        assert_eq!(setting(alias), setting(key), "{alias}");
    }
    for begins in NOTHING {
        let mut names = kafka().flat_map(|key| &key.names);
        assert!(names.any(|name| name.starts_with(begins)), "{begins}");
    }
}
