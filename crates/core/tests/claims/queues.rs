//! RabbitMQ 4, Amazon SQS, Google Pub/Sub and Azure Service Bus: claims 16 to 29 and 42 to 45.

use ackground_core::audit::Learnt;
use ackground_core::audit::Outcome::{Duplicated, Lost, Once, Parked};
use ackground_core::sim::{Event, Node};

use crate::run::{lane, run, run_many, run_restart, run_with};

/// A classic queue: one copy, confirmed without fsync.
const CLASSIC: &str = r#""kind": "queue", "replicas": 1, "flush": "async""#;
/// A quorum queue: three members, fsync before the confirm.
const QUORUM: &str = r#""kind": "queue", "replicas": 3, "min_in_sync": 2, "flush": "each_write""#;
/// A managed queue: copies and disk are out of sight.
const MANAGED: &str = r#""kind": "queue", "flush": "each_write""#;

fn confirms(broker: &str) -> String {
    lane(r#""acks": "all""#, broker, "")
}

#[test]
fn claim_16_rabbitmq_without_confirms_loses_what_did_not_reach_the_disk_in_silence() {
    for point in ["before write", "after write"] {
        let script = [&*format!("crash broker {point} 1")];
        let blind = run(&lane(r#""acks": "none""#, CLASSIC, ""), &script);
        assert!(blind.message(1).silent(), "{point}");
        assert!(run(&confirms(CLASSIC), &script).nothing_happens());
    }
}

#[test]
fn claim_18_rabbitmq_transient_message_is_gone_after_a_node_restart() {
    let script = ["crash broker after ack 1"];
    let durable = |flush| {
        let broker = format!(r#""kind": "queue", "replicas": 1, "flush": "{flush}""#);
        run(&confirms(&broker), &script)
    };
    let transient = durable("never");
    assert_eq!((transient.end(), transient.learnt()), (Lost, Learnt::Ok));
    assert!(durable("each_write").nothing_happens());
}

#[test]
fn claim_19_rabbitmq_classic_confirmed_is_lost_in_a_power_failure_before_the_page_flush() {
    let script = ["crash broker after ack 1"];
    let classic = run(&confirms(CLASSIC), &script);
    assert_eq!((classic.end(), classic.learnt()), (Lost, Learnt::Ok));
    assert!(run(&confirms(QUORUM), &script).nothing_happens(), "fsync");
}

#[test]
fn claim_20_rabbitmq_quorum_survives_the_loss_of_one_node_for_ever() {
    let year = 31_536_000_000;
    for script in ["crash broker after ack 1", "crash follower before replicate 1"] {
        let run = run_restart(&confirms(QUORUM), &[script], year);
        assert_eq!((run.end(), run.learnt()), (Once, Learnt::Ok), "{script}");
    }
}

#[test]
fn claim_21_rabbitmq_auto_ack_loses_the_whole_buffer_of_a_consumer_that_dies() {
    let auto_ack = lane("", QUORUM, r#""ack": "on_receive", "batch": 4"#);
    let run = run_many(&auto_ack, &["crash consumer before credit 2"], 5, 0);
    // The first message was taken alone; the other four were in the buffer.
    assert_eq!(run.ends(), [Once, Lost, Lost, Lost, Lost]);
}

#[test]
fn claim_22_rabbitmq_confirm_lost_and_republish_is_a_duplicate_message() {
    let run = run(&confirms(QUORUM), &["drop publish-ack 1"]);
    assert_eq!((run.end(), run.stored()), (Duplicated, 2));
}

#[test]
fn claim_23_rabbitmq_quorum_drops_a_message_returned_more_often_than_the_limit() {
    // `x-delivery-limit` 20: what comes back for the 21st time is not delivered again.
    let limit = |dead_letter| {
        let broker = format!(r#"{QUORUM}, "max_deliveries": 21, "dead_letter": {dead_letter}"#);
        confirms(&broker)
    };
    let dropped = run(&limit(false), &["crash consumer before credit 1#*"]);
    assert_eq!((dropped.end(), dropped.message(1).delivered), (Lost, 21));
    let dead_letter_exchange = run(&limit(true), &["crash consumer before credit 1#*"]);
    assert_eq!(dead_letter_exchange.end(), Parked);
    let twenty: Vec<String> =
        (1..=20).map(|n| format!("crash consumer before credit 1#{n}")).collect();
    let twenty: Vec<&str> = twenty.iter().map(String::as_str).collect();
    assert!(run(&limit(false), &twenty).nothing_happens());
}

/// The first receiver takes so long; where the second one takes over, if it does.
fn outlasts(broker: &str, slow: &str) -> (crate::run::Run, Option<u64>) {
    let two = lane("", broker, r#""instances": 2"#);
    let run = run(&two, &[&format!("slow 1 by {slow}")]);
    let calls = run.trace.packets.iter();
    let mut receivers = calls.filter(|packet| packet.leg == ackground_core::sim::Leg::Deliver);
    let first = receivers.next().expect("it is delivered");
    let second = receivers.next();
    assert!(second.is_none_or(|second| second.to != first.to && second.to != Node::Producer));
    let wait = second.map(|second| (second.sent - first.sent).millis());
    (run, wait)
}

#[test]
fn claim_25_sqs_processing_beyond_the_visibility_timeout_is_received_again() {
    let sqs = format!(r#"{MANAGED}, "redelivery_timeout_ms": 30000, "late_ack": "reject""#);
    let (run, again) = outlasts(&sqs, "45s");
    assert_eq!((run.end(), again), (Duplicated, Some(30_000)));
    let (run, again) = outlasts(&sqs, "29s");
    assert_eq!((run.end(), again), (Once, None));
}

/// The answer is lost, and the same id comes again after this long.
pub fn resend_after(window: u64, wait: u64) -> crate::run::Run {
    let producer = format!(r#""request_timeout_ms": {wait}, "backoff": {{"first_ms": 0}}"#);
    let broker = format!(r#"{MANAGED}, "dedup_window_ms": {window}"#);
    run_with(
        &lane(&producer, &broker, ""),
        &["drop publish-ack 1"],
        r#""messages": 1"#,
        r#""latency_ms": [20, 20]"#,
    )
}

#[test]
fn claim_27_sqs_fifo_dedup_id_is_known_for_five_minutes() {
    let five_minutes = 300_000;
    assert_eq!(resend_after(five_minutes, 301_000).end(), Duplicated);
    assert!(resend_after(five_minutes, 299_000).nothing_happens());
}

#[test]
fn claim_42_pubsub_exactly_once_does_not_recognise_a_publish_that_is_retried() {
    let run = run(&confirms(MANAGED), &["drop publish-ack 1"]);
    assert_eq!((run.end(), run.stored()), (Duplicated, 2));
}

#[test]
fn claim_44_service_bus_handler_beyond_the_lock_is_duplicated_and_its_complete_fails() {
    let peek_lock = format!(
        r#"{MANAGED}, "redelivery_timeout_ms": 60000, "late_ack": "reject", "max_deliveries": 10"#
    );
    let (run, again) = outlasts(&peek_lock, "61s");
    assert_eq!((run.end(), again), (Duplicated, Some(60_000)));
    let refused = run.late_acks(false)
        + run.count(|what| {
            matches!(what, Event::Disregarded(_, ackground_core::sim::Ignored::AlreadySettled))
        });
    assert_eq!(refused, 1, "the lock is lost");
    let (run, again) = outlasts(&peek_lock, "59s");
    assert_eq!((run.end(), again), (Once, None));
}

#[test]
fn claim_45_service_bus_receive_and_delete_loses_a_failed_transfer() {
    let script = ["drop deliver 1"];
    let delete = lane("", MANAGED, r#""ack": "on_receive""#);
    let run_delete = run(&delete, &script);
    assert_eq!((run_delete.end(), run_delete.learnt()), (Lost, Learnt::Ok));
    assert!(run(&confirms(MANAGED), &script).nothing_happens(), "peek-lock");
}
