//! Random experiments of one lane. Most settings keep their default, so that faults meet few of them at once and a
//! difference is easy to read. Times are chosen such that few things happen at one instant by accident.

use serde_json::{Map, Value, json};

use super::dice::Dice;

pub fn experiment(dice: &mut Dice) -> Value {
    let lane = lane(dice);
    let is_parted = !lane["broker"]["partitions"].is_null();
    let (scenario, steps) = scenario(dice, is_parted);
    let messages = 1 + dice.below(3);
    let latency = match dice.below(10) {
        0 => [10, 14],
        _ => [10, 10],
    };
    let script: Vec<String> =
        (0..*dice.pick(&[0, 1, 1, 1, 2, 2, 3])).map(|_| line(dice, messages, &steps)).collect();
    json!({
        "version": 1,
        "scenario": scenario,
        "messages": messages,
        "interval_ms": dice.pick(&[0, 7, 53, 410, 1013, 3019, 7013]),
        "faults": {
            "latency_ms": latency,
            "restart_ms": dice.pick(&[1003, 307, 2411]),
            "script": apart(script),
        },
        "lanes": [lane],
    })
}

/// Lines that are about one moment would ask which of them is first.
fn apart(script: Vec<String>) -> Vec<String> {
    let about = |line: &str| {
        let mut words: Vec<&str> = line.split_whitespace().collect();
        if let ["drop" | "duplicate" | "delay", rest @ ..] = &words[..] {
            words = rest[..2].to_vec();
        }
        if words[0] == "slow" {
            words.truncate(2);
        }
        let words = words.into_iter().filter(|word| !["before", "after"].contains(word));
        words.map(|word| word.split('#').next().unwrap_or(word)).collect::<Vec<_>>().join(" ")
    };
    let mut kept: Vec<String> = Vec::new();
    for line in script {
        if kept.iter().all(|other| about(other) != about(&line)) {
            kept.push(line);
        }
    }
    kept
}

/// A story and its steps; with one key for each message if there are several partitions to fill.
fn scenario(dice: &mut Dice, is_parted: bool) -> (Value, Vec<&'static str>) {
    let own = |key: &str, steps: Value| json!({ "id": "own", "key": key, "steps": steps });
    match if is_parted { 9 } else { dice.below(12) } {
        0..=4 => (json!("clicks"), vec!["count"]),
        5 | 6 => (json!("payment"), vec!["credit", "notify"]),
        7 => (json!("email"), vec!["send"]),
        8 => (json!("transfer"), vec!["debit", "credit"]),
        9 => {
            let steps = json!([{ "id": "count", "kind": "db", "primary": true }]);
            (own("each", steps), vec!["count"])
        }
        10 => {
            let steps = json!([
                { "id": "a", "kind": "db" },
                { "id": "b", "kind": "db" },
                { "id": "call", "kind": "external", "primary": true },
            ]);
            (own("one", steps), vec!["a", "b", "call"])
        }
        _ => {
            let steps = json!([{ "id": "out", "kind": "produce", "primary": true }]);
            (own("one", steps), vec!["out"])
        }
    }
}

/// Sets a field to one of these values, once in so many times.
fn some(dice: &mut Dice, record: &mut Map<String, Value>, times: usize, name: &str, of: Value) {
    if dice.one_in(times) {
        let values = of.as_array().expect("a list of values");
        record.insert(name.to_owned(), dice.pick(values).clone());
    }
}

fn lane(dice: &mut Dice) -> Value {
    let (mut producer, mut broker, mut consumer) = (Map::new(), Map::new(), Map::new());
    let to = &mut producer;
    some(dice, to, 3, "acks", json!(["none", "leader"]));
    some(dice, to, 3, "retries", json!([0, 1, 3]));
    some(dice, to, 6, "request_timeout_ms", json!([301, 2003]));
    some(dice, to, 8, "delivery_timeout_ms", json!([811, 2503]));
    some(dice, to, 4, "max_in_flight", json!([1, 2]));
    some(dice, to, 4, "source", json!(["direct"]));
    some(dice, to, 8, "backoff", json!([{ "first_ms": 97 }, { "first_ms": 1511, "factor": 1 }]));
    if to.get("acks").is_none_or(|acks| acks != "none") {
        some(dice, to, 3, "idempotent", json!([true]));
    }
    let to = &mut broker;
    some(dice, to, 2, "kind", json!(["queue"]));
    some(dice, to, 3, "replicas", json!([1, 2]));
    let replicas = to.get("replicas").and_then(Value::as_u64).unwrap_or(3);
    some(dice, to, 4, "min_in_sync", (1..=replicas).collect());
    some(dice, to, 3, "flush", json!(["each_write", "never"]));
    some(dice, to, 5, "unclean_election", json!([true]));
    some(dice, to, 4, "dedup_window_ms", json!([60_000, 503]));
    some(dice, to, 3, "max_deliveries", json!([1, 2, 3]));
    some(dice, to, 4, "dead_letter", json!([false]));
    some(dice, to, 4, "redelivery_timeout_ms", json!([2609, 30_011]));
    some(dice, to, 5, "redelivery_delay_ms", json!([523]));
    some(dice, to, 4, "late_ack", json!(["accept"]));
    let is_queue = to.contains_key("kind");
    if !is_queue {
        some(dice, to, 8, "partitions", json!([2]));
    }
    let to = &mut consumer;
    some(dice, to, 3, "instances", json!([2]));
    some(dice, to, 4, "ack", json!(["on_receive"]));
    if !is_queue && !to.contains_key("ack") {
        some(dice, to, 5, "ack", json!(["with_effect"]));
    }
    some(dice, to, 3, "on_failure", json!(["wait", "swallow"]));
    some(dice, to, 4, "batch", json!([2, 3]));
    some(dice, to, 3, "processing_ms", json!([0, 701]));
    some(dice, to, 2, "dedup", json!(["memory", "table_before", "table_after", "atomic"]));
    some(dice, to, 8, "dedup_window", json!([1, 2]));
    some(dice, to, 8, "dedup_ttl_ms", json!([907, 60_000]));
    some(dice, to, 8, "write", json!(["upsert"]));
    some(dice, to, 8, "idempotency_key", json!([true]));
    some(dice, to, 8, "isolation", json!(["read_uncommitted"]));
    if producer.contains_key("idempotent") && !producer.contains_key("acks") && !is_queue {
        some(dice, &mut producer, 3, "transactional", json!([true]));
    }
    json!({ "producer": producer, "broker": broker, "consumer": consumer })
}

fn line(dice: &mut Dice, messages: usize, steps: &[&str]) -> String {
    let message = 1 + dice.below(messages);
    // Every time, or the second time, where both readings of a number are the same.
    let which = match dice.below(8) {
        0 => format!("{message}#2"),
        _ => message.to_string(),
    };
    let leg = *dice.pick(&["publish", "publish-ack", "deliver", "ack"]);
    let side = *dice.pick(&["before", "after"]);
    let wait = *dice.pick(&["301ms", "1507ms", "3011ms", "9s"]);
    match dice.below(20) {
        0..=4 => format!("drop {leg} {which}"),
        5 => format!("duplicate {} {which}", dice.pick(&["publish", "deliver"])),
        6 | 7 => format!("delay {leg} {which} by {wait}"),
        8 | 9 => format!("crash producer {side} publish {message}"),
        10 | 11 => {
            let place = dice.pick(&["write", "replicate", "ack"]);
            format!("crash broker {side} {place} {message}")
        }
        12 => format!("crash follower before replicate {message}"),
        13..=15 => {
            let other = ["receive", "record", "ack"];
            let place = if dice.one_in(2) { dice.pick(steps) } else { dice.pick(&other) };
            format!("crash consumer {side} {place} {message}")
        }
        16 => format!("fail {which}"),
        17 => format!("poison {message}"),
        18 => format!("slow {which} by {wait}"),
        _ => {
            let window = dice.pick(&["3ms..1009ms", "1017ms..2511ms", "405ms..633ms"]);
            format!("partition {} {window}", dice.pick(&["producer", "consumer"]))
        }
    }
}
