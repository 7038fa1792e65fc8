//! Apache Kafka 4: claims 1 to 15.

use ackground_core::audit::Learnt;
use ackground_core::audit::Outcome::{Duplicated, Lost, Once};
use ackground_core::sim::{Event, Guard, Leg, Refusal};

use crate::run::{Run, lane, run, run_many, run_with};

/// The client's times: `request.timeout.ms`, `retry.backoff.ms` up to `retry.backoff.max.ms`,
/// `delivery.timeout.ms`.
const TIMES: &str = r#""request_timeout_ms": 30000, "delivery_timeout_ms": 120000,
    "backoff": {"first_ms": 100, "factor": 2, "max_ms": 1000}"#;
/// Three copies, two of them in sync; no forced fsync (`log.flush.interval.messages`).
const RF_3: &str = r#""kind": "log", "replicas": 3, "min_in_sync": 2, "flush": "never""#;
/// `max.poll.records`, `isolation.level`.
const CONSUMER: &str = r#""batch": 500, "isolation": "read_uncommitted""#;
const READ_COMMITTED: &str = r#""batch": 500, "isolation": "read_committed""#;
/// Both followers go down when they should take the first message.
const BOTH_FOLLOWERS: [&str; 2] =
    ["crash follower before replicate 1#1", "crash follower before replicate 1#2"];

fn kafka(producer: &str) -> String {
    lane(&format!("{TIMES}, {producer}"), RF_3, CONSUMER)
}

fn plain() -> String {
    kafka(r#""idempotent": false"#)
}

fn idempotent() -> String {
    kafka(r#""idempotent": true"#)
}

fn refusals(run: &Run, refusal: Refusal) -> usize {
    run.count(|what| what == Event::Refused(refusal))
}

#[test]
fn claim_01_kafka_acks_1_leader_dies_before_any_follower_fetches_loses_an_acked_record() {
    let script = ["crash broker after ack 1"];
    let one = run(&kafka(r#""acks": "leader""#), &script);
    assert_eq!((one.end(), one.learnt()), (Lost, Learnt::Ok));
    assert!(run(&plain(), &script).nothing_happens(), "acks=all");
}

#[test]
fn claim_02_kafka_acks_0_request_lost_is_a_loss_that_retries_never_see() {
    let blind = run(&kafka(r#""acks": "none", "retries": "unlimited""#), &["drop publish 1"]);
    assert_eq!((blind.end(), blind.learnt()), (Lost, Learnt::Nothing));
    assert_eq!(blind.packets(Leg::Publish), 1, "retries has no effect");
}

#[test]
fn claim_03_kafka_acks_all_with_two_replicas_down_refuses_the_write_and_loses_nothing() {
    let rest = r#""messages": 2, "interval_ms": 5000"#;
    let down = r#""restart_ms": 30000"#;
    let run = run_with(&idempotent(), &BOTH_FOLLOWERS, rest, down);
    assert!(refusals(&run, Refusal::NotEnoughReplicas) > 0);
    assert!(run.nothing_happens(), "both go through once copies return");
    let back = run.trace.steps.iter().find(|s| matches!(s.what, Event::Restarted { .. }));
    let back = back.expect("they come back").at;
    let told = run.trace.steps.iter().filter(|s| matches!(s.what, Event::Told(_)));
    assert!(
        told.clone().count() == 2 && told.clone().all(|step| step.at > back),
        "nothing is confirmed while one copy is left, a resend that is recognised included"
    );
    let one_try = kafka(r#""idempotent": true, "retries": 0"#);
    let one_try = run_with(&one_try, &BOTH_FOLLOWERS, rest, down);
    assert_eq!(one_try.message(2).told, Learnt::Error, "and never silently");
    assert!(one_try.report.properties.no_silent_loss);
}

#[test]
fn claim_04_kafka_response_lost_and_retry_without_idempotence_is_a_duplicate_record() {
    let run = run(&plain(), &["drop publish-ack 1"]);
    assert_eq!((run.end(), run.stored()), (Duplicated, 2));
}

#[test]
fn claim_05_kafka_isr_shrinks_after_append_and_retry_without_idempotence_is_a_duplicate() {
    let run = run(&plain(), &BOTH_FOLLOWERS);
    assert_eq!(refusals(&run, Refusal::NotEnoughReplicasAfterAppend), 1);
    assert_eq!((run.end(), run.stored()), (Duplicated, 2));
}

#[test]
fn claim_06_kafka_several_in_flight_without_idempotence_reorders() {
    let script = ["drop publish 1"];
    let five = run_many(&plain(), &script, 2, 100);
    assert!(!five.report.properties.in_order);
    let one = kafka(r#""idempotent": false, "max_in_flight": 1"#);
    assert!(run_many(&one, &script, 2, 100).report.properties.in_order);
}

#[test]
fn claim_07_kafka_idempotence_makes_nothing_of_all_three() {
    let lost_answer = run(&idempotent(), &["drop publish-ack 1"]);
    assert!(lost_answer.nothing_happens() && lost_answer.stored() == 1);
    let shrunk = run(&idempotent(), &BOTH_FOLLOWERS);
    assert!(shrunk.nothing_happens() && shrunk.stored() == 1);
    let in_flight = run_many(&idempotent(), &["drop publish 1"], 2, 100);
    assert!(in_flight.nothing_happens() && in_flight.report.properties.in_order);
}

#[test]
fn claim_08_kafka_idempotent_producer_that_restarts_and_resends_is_a_duplicate() {
    let run = run(&idempotent(), &["crash producer after publish 1"]);
    assert_eq!((run.end(), run.stored()), (Duplicated, 2));
    assert_eq!(
        run.count(|what| what == Event::RepeatDropped(Guard::Sequence)),
        0,
        "the producer id is new"
    );
}

#[test]
fn claim_09_kafka_transactional_id_fences_the_old_instance() {
    // What the old instance sent arrives after the new one has begun.
    let script = ["crash producer after publish 1", "delay publish 1 by 5s"];
    let transactional = lane(
        &format!(r#"{TIMES}, "idempotent": true, "transactional": true"#),
        RF_3,
        READ_COMMITTED,
    );
    let fenced = run(&transactional, &script);
    assert_eq!(refusals(&fenced, Refusal::Fenced), 1);
    assert!(fenced.nothing_happens());
    assert_eq!(run(&idempotent(), &script).end(), Duplicated);
}

#[test]
fn claim_10_kafka_auto_commit_with_worker_threads_loses_what_was_committed_and_not_done() {
    // `poll` returned it, the next `poll` commits it, a worker has yet to do it.
    let handed_over = lane(TIMES, RF_3, &format!(r#"{CONSUMER}, "ack": "on_receive""#));
    let run = run(&handed_over, &["crash consumer before credit 1"]);
    assert_eq!((run.end(), run.learnt()), (Lost, Learnt::Ok));
}

#[test]
fn claim_11_kafka_crash_before_the_next_commit_repeats_a_poll_of_records() {
    let script = ["crash consumer before ack 3"];
    let run = run_many(&idempotent(), &script, 3, 0);
    assert!(run.message(3).end == Duplicated && run.report.properties.no_loss);
}

#[test]
fn claim_12_kafka_processing_beyond_max_poll_interval_rebalances_and_duplicates() {
    let broker = format!(r#"{RF_3}, "redelivery_timeout_ms": 300000, "late_ack": "reject""#);
    let manual = lane(TIMES, &broker, CONSUMER);
    let late = run(&manual, &["slow 1 by 301s"]);
    assert_eq!((late.end(), late.late_acks(false)), (Duplicated, 1));
    assert!(run(&manual, &["slow 1 by 299s"]).nothing_happens());
}

#[test]
fn claim_13_kafka_read_uncommitted_sees_aborted_records_and_read_committed_does_not() {
    let script = ["crash producer after publish 1"];
    let with = |consumer| {
        let producer = format!(r#"{TIMES}, "idempotent": true, "transactional": true"#);
        run(&lane(&producer, RF_3, consumer), &script)
    };
    let aborts = |run: &Run| run.count(|w| matches!(w, Event::TransactionAborted { .. }));
    let default = with(CONSUMER);
    assert_eq!((default.end(), aborts(&default)), (Duplicated, 1));
    let committed = with(READ_COMMITTED);
    assert!(committed.nothing_happens() && aborts(&committed) == 1);
}

#[test]
fn claim_14_kafka_eos_pipeline_that_also_writes_a_database_duplicates_the_database_effect() {
    let rest = r#""messages": 1, "scenario": {"id": "enrich", "steps": [
        {"id": "save", "label": "Save a row", "kind": "db"},
        {"id": "emit", "label": "Write the result", "kind": "produce", "primary": true}]}"#;
    let producer = format!(r#"{TIMES}, "idempotent": true, "transactional": true"#);
    let consumer = format!(r#"{READ_COMMITTED}, "ack": "with_effect""#);
    let eos = lane(&producer, RF_3, &consumer);
    let run = run_with(&eos, &["crash consumer after save 1"], rest, "");
    assert_eq!(run.message(1).applied, [2, 1], "row twice, result once");
    assert_eq!(run.end(), Once);
}
