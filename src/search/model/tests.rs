//! What people type, and what they must get.

use std::rc::Rc;

use super::*;
use crate::state::Sheet;
use ackground_core::experiment::{Experiment, Family, Lane, Product};
use ackground_words::story::guide::Path;
use ackground_words::systems::express;

fn everything() -> Vec<Rc<Entry>> {
    index(&Experiment::default()).into_iter().map(Rc::new).collect()
}

fn first(index: &[Rc<Entry>], typed: &str) -> String {
    let results = find(index, &Experiment::default(), typed);
    let hit = results.hits().next().map(|hit| format!("{}: {}", hit.is, hit.title));
    let found = results.found.unwrap_or_default();
    if found == 0 { format!("nothing ({hit:?})") } else { hit.unwrap_or_default() }
}

#[test]
fn the_first_hit_is_what_was_meant() {
    let index = everything();
    let expected = [
        ("enable.auto.commit", "Kafka key: enable.auto.commit"),
        ("auto.commit", "Kafka key: enable.auto.commit"),
        ("autocommit", "Kafka key: enable.auto.commit"),
        ("visibility_timeout", "Amazon SQS key: VisibilityTimeout"),
        ("VisibilityTimeout", "Amazon SQS key: VisibilityTimeout"),
        ("x-delivery-limit", "RabbitMQ key: x-delivery-limit"),
        ("acks_late", "Celery key: acks_late"),
        ("ack_wait", "NATS JetStream key: ack_wait"),
        ("prefetch_count", "RabbitMQ key: prefetch_count"),
        ("max.poll.interval.ms", "Kafka key: max.poll.interval.ms"),
        ("isolation.level", "Kafka key: isolation.level"),
        ("maxReceiveCount", "Amazon SQS key: maxReceiveCount"),
        ("lockDuration", "Azure Service Bus key: LockDuration"),
        ("bullmq lockDuration", "BullMQ key: lockDuration"),
        ("XAUTOCLAIM", "Redis Streams command: XAUTOCLAIM"),
        ("maxStalledCount", "BullMQ key: maxStalledCount"),
        ("super_fetch", "Sidekiq key: super_fetch"),
        ("ackDeadlineSeconds", "Google Pub/Sub key: ackDeadlineSeconds"),
        ("clean_session", "MQTT key: clean_session"),
        ("linger.ms", "Kafka key: linger.ms"),
        ("spring.kafka.consumer.enable-auto-commit", "Kafka key: enable.auto.commit"),
        ("transactional id", "Kafka key: transactional.id"),
        ("skip locked", "Pattern: SKIP LOCKED"),
        ("kafka", "Product: Kafka"),
        ("sqs", "Product: Amazon SQS"),
        ("rabbitmq", "Product: RabbitMQ"),
        ("redis", "Product: Redis Streams"),
        ("nats", "Product: NATS JetStream"),
        ("celery", "Experiment: Celery runs my task again every hour"),
        ("sidekiq", "Experiment: Sidekiq loses jobs"),
        ("kafka transactions", "Setup: Kafka: transactions"),
        ("fifo", "Amazon SQS key: FifoQueue"),
        ("paid twice", "Experiment: A payment is made twice"),
        ("charged twice", "Experiment: A payment is made twice"),
        ("lost email", "Experiment: An email is lost"),
        ("run twice", "Experiment: A job runs twice"),
        ("why did celery run it twice?", "Experiment: Celery runs my task again every hour"),
        ("could not renew lock", "Experiment: BullMQ: could not renew lock"),
        ("rebalance", "See it: Rebalance"),
        ("duplicate", "See it: Duplicate"),
        ("dlq", "Experiment: A message fails again and again"),
        ("outbox", "See it: Outbox"),
        ("dual write", "See it: Dual write"),
        ("visibilty timeout", "Amazon SQS key: VisibilityTimeout"),
        ("restart", "Experiment: A restart in the middle of the work"),
        ("crash", "Experiment: A restart in the middle of the work"),
        ("drop ack 2", "Fault: drop ack 2"),
        ("drop ack", "Fault: drop ack 1"),
        ("the work takes", "Setting \u{b7} Consumer: The work takes"),
        ("remembers ids", "Setting \u{b7} Consumer: Remembers IDs"),
        ("poison", "See it: Poison message"),
        ("idempotency key", "Pattern: Idempotency-Key"),
        ("which do i need", "Guide: Which do I need?"),
        ("glossary", "Glossary: All terms"),
        ("two generals", "See it: Two Generals"),
        ("half a transfer", "Exercise: Half a transfer"),
        ("deduplication lesson", "Lesson: IDs, and why they are not enough"),
        ("debezium", "Pattern: Debezium"),
        ("exactly once", "See it: Exactly once"),
        ("commit", "Kafka key: commitSync"),
        ("dead letter", "Experiment: A message fails again and again"),
        ("why is my message processed twice", "Experiment: A job runs twice"),
        ("k8s rolling update", "Experiment: A restart in the middle of the work"),
        ("saga", "Experiment: Money leaves one account and reaches no other"),
        ("kafka acks", "Kafka key: acks"),
    ];
    let wrong: Vec<String> = expected
        .into_iter()
        .filter_map(|(typed, meant)| {
            let got = first(&index, typed);
            (got != meant).then(|| format!("{typed:?}: {got}, not {meant}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn without_words_there_is_a_start_and_without_a_hit_a_way_on() {
    let index = everything();
    let experiment = Experiment::default();
    let start = find(&index, &experiment, "  ");
    assert_eq!(start.found, None);
    for product in Product::ALL {
        assert!(start.hits().any(|hit| hit.title == product.name()), "{}", product.name());
    }
    assert!(start.hits().any(|hit| hit.opens == Opens::Sheet(Sheet::Guide(Path::START))));
    let none = find(&index, &experiment, "qqqqq kafka");
    assert_eq!(none.found, Some(0));
    let nearest = none.hits().next().expect("something is near");
    assert!(nearest.title.contains("Kafka"), "{}", nearest.title);
    let ways = |results: &Results| results.hits().filter(|hit| hit.kind == Kind::Way).count();
    assert_eq!(ways(&none), 3);
    assert_eq!(ways(&find(&index, &experiment, "qqqqq")), 3);
}

#[test]
fn groups_are_short_and_the_best_hit_comes_first() {
    let index = everything();
    let results = find(&index, &Experiment::default(), "message");
    assert!(results.found > Some(30));
    assert!(results.hits().count() <= 24);
    assert!(results.groups.iter().all(|group| (1..=6).contains(&group.hits.len())));
}

#[test]
fn one_thing_is_one_hit() {
    let index = everything();
    let keys = |typed: &str| {
        let results = find(&index, &Experiment::default(), typed);
        results.hits().filter(|hit| hit.kind == Kind::Key).count()
    };
    assert_eq!(keys("x-dead-letter"), 1);
    assert_eq!(keys("log.flush.interval.ms"), 1);
}

/// The words of a text that look like names: `max.poll.records`, `lockDuration`, `x-death`, `XACK`.
fn names(text: &str) -> Vec<String> {
    let ends = |c: char| !(c.is_alphanumeric() || matches!(c, '.' | '_' | '-'));
    let words = text.split(ends).map(|word| word.trim_matches(['.', '-', '_']));
    let named = |word: &&str| {
        let inside = word.get(1..).unwrap_or_default();
        let signs = inside.contains(['.', '_', '-']) && word.chars().any(char::is_alphabetic);
        let hump = inside.contains(char::is_uppercase);
        word.starts_with(char::is_alphabetic) && (signs || hump)
    };
    words.filter(named).map(str::to_owned).collect()
}

#[test]
fn every_key_that_is_named_anywhere_is_found() {
    let index = everything();
    let experiment = Experiment::default();
    let mut named = std::collections::BTreeSet::new();
    for setting in ackground_words::story::settings() {
        for (_, theirs) in ackground_words::story::in_products(&setting.path) {
            let theirs = theirs.split('[').next().unwrap_or_default();
            named.extend(names(theirs));
        }
    }
    for term in ackground_words::story::words::terms() {
        named.extend(term.in_products.iter().flat_map(|(_, theirs)| names(theirs)));
    }
    for product in Product::ALL {
        for id in Family::Guarantee.presets().chain(Family::Product(*product).presets()) {
            let expressed = express(&Lane::of_preset(id), &experiment.scenario, *product);
            for snippet in expressed.snippets {
                let keys =
                    matches!(snippet.language, "properties" | "json" | "conf" | "yaml" | "bicep");
                let lines =
                    snippet.text.lines().filter(|line| keys && !line.trim().starts_with('#'));
                let key = |line: &str| {
                    let end = line.find(['=', ':']).or(line.trim_start().find(' '));
                    let key = &line[..end.unwrap_or(line.len())];
                    if key.starts_with("resource") { Vec::new() } else { names(key) }
                };
                named.extend(lines.flat_map(key));
            }
        }
    }
    assert!(named.len() > 80, "{named:?}");
    let found = |name: &String| find(&index, &experiment, name).found > Some(0);
    let missing: Vec<&String> = named.iter().filter(|name| !found(name)).collect();
    assert!(missing.is_empty(), "{missing:#?}");
}
