//! The producer: resends, what it is told, what it remembers.

use ackground_core::audit::{Learnt, Outcome};
use ackground_core::sim::{Event, Guard, Leg};

use crate::lanes::{AT_LEAST_ONCE, AT_MOST_ONCE};
use crate::run::{run, run_with};

#[test]
fn a_blind_sender_loses_what_the_network_loses_and_learns_nothing() {
    let run = run(AT_MOST_ONCE, &["drop publish 1"]);
    assert_eq!((run.end(), run.learnt()), (Outcome::Lost, Learnt::Nothing));
    assert_eq!(run.packets(Leg::Publish), 1, "with acks none nothing is ever sent again");
    assert!(!run.report.properties.no_silent_loss);
}

#[test]
fn a_lost_publish_is_sent_again_and_a_lost_answer_makes_a_second_copy() {
    let lost = run(AT_LEAST_ONCE, &["drop publish 1"]);
    assert_eq!((lost.end(), lost.learnt()), (Outcome::Once, Learnt::Ok));
    let doubled = run(AT_LEAST_ONCE, &["drop publish-ack 1"]);
    assert_eq!(doubled.end(), Outcome::Duplicated);
    assert_eq!(doubled.count(|what| matches!(what, Event::Stored { .. })), 2);
}

#[test]
fn an_idempotent_producer_makes_one_copy_of_a_resend_but_not_after_its_own_restart() {
    let lane = r#"{"producer": {"idempotent": true}}"#;
    let resend = run(lane, &["drop publish-ack 1"]);
    assert_eq!(resend.end(), Outcome::Once);
    assert_eq!(resend.count(|what| what == Event::RepeatDropped(Guard::Sequence)), 1);
    let restart = run(lane, &["crash producer after publish 1"]);
    assert_eq!(restart.end(), Outcome::Duplicated, "the new session has a new producer id");
}

#[test]
fn the_brokers_dedup_window_recognises_a_message_id_until_it_ends() {
    let script = ["crash producer after publish 1"];
    let inside = run(r#"{"broker": {"dedup_window_ms": 5000}}"#, &script);
    assert_eq!(inside.end(), Outcome::Once, "the id outlives the producer");
    let outside = run(r#"{"broker": {"dedup_window_ms": 500}}"#, &script);
    assert_eq!(outside.end(), Outcome::Duplicated, "the restart takes a second");
}

#[test]
fn after_its_retries_the_producer_is_told_of_the_error_and_the_loss_is_not_silent() {
    let run = run(r#"{"producer": {"retries": 2}}"#, &["drop publish 1#*"]);
    assert_eq!((run.end(), run.learnt()), (Outcome::Lost, Learnt::Error));
    assert_eq!(run.packets(Leg::Publish), 3, "one send and two retries");
    assert!(run.report.properties.no_silent_loss);
}

#[test]
fn an_error_does_not_mean_that_the_message_was_not_stored() {
    let run = run(r#"{"producer": {"retries": 0}}"#, &["drop publish-ack 1"]);
    assert_eq!((run.end(), run.learnt()), (Outcome::Once, Learnt::Error));
}

#[test]
fn resends_wait_for_the_timeout_and_a_growing_backoff() {
    let lane = r#"{"producer": {"retries": 3, "request_timeout_ms": 1000,
        "backoff": {"first_ms": 100, "factor": 3, "max_ms": 500}}}"#;
    let run = run(lane, &["drop publish 1#*"]);
    let sent: Vec<u64> = run.trace.packets.iter().map(|packet| packet.sent.millis()).collect();
    assert_eq!(sent, [0, 1100, 2400, 3900], "waits of 100, 300 and, at most, 500 ms");
}

#[test]
fn jitter_keeps_every_wait_within_its_share() {
    let lane = r#"{"producer": {"retries": 50, "request_timeout_ms": 1,
        "backoff": {"first_ms": 1000, "factor": 1, "max_ms": 1000, "jitter": 0.5}}}"#;
    let run = run(lane, &["drop publish 1#*"]);
    let waits = run.trace.packets.windows(2).map(|pair| (pair[1].sent - pair[0].sent).millis() - 1);
    let waits: Vec<u64> = waits.collect();
    assert!(waits.iter().all(|wait| (500..=1500).contains(wait)), "{waits:?}");
    assert!(
        waits.iter().any(|wait| *wait < 800) && waits.iter().any(|wait| *wait > 1200),
        "{waits:?}"
    );
}

/// Closed form F13 with Kafka's defaults: request timeout 30 s, backoff 100 ms doubling up to 1 s,
/// delivery timeout 120 s.
#[test]
fn under_kafkas_delivery_timeout_there_are_four_attempts() {
    let lane = r#"{"producer": {"request_timeout_ms": 30000, "delivery_timeout_ms": 120000,
        "backoff": {"first_ms": 100, "factor": 2, "max_ms": 1000}}}"#;
    let run = run(lane, &["drop publish 1#*"]);
    assert_eq!((run.packets(Leg::Publish), run.learnt()), (4, Learnt::Error));
}

#[test]
fn a_message_sent_from_memory_is_forgotten_in_a_crash_and_an_outbox_remembers_it() {
    let script = ["crash producer before publish 1"];
    let direct = run(r#"{"producer": {"source": "direct"}}"#, &script);
    assert_eq!((direct.end(), direct.learnt()), (Outcome::Lost, Learnt::Nothing));
    let outbox = run(AT_LEAST_ONCE, &script);
    assert_eq!((outbox.end(), outbox.learnt()), (Outcome::Once, Learnt::Ok));
}

#[test]
fn the_relay_of_an_outbox_may_send_twice_but_never_forgets() {
    let run = run(AT_LEAST_ONCE, &["crash producer after publish 1"]);
    assert_eq!(run.end(), Outcome::Duplicated);
}

#[test]
fn with_one_place_in_flight_a_resend_keeps_the_order_and_with_more_it_does_not() {
    let rest = r#""messages": 3, "interval_ms": 100"#;
    let one = run_with(r#"{"producer": {"max_in_flight": 1}}"#, &["drop publish 1"], rest, "");
    assert!(one.report.properties.in_order);
    let five = run_with(AT_LEAST_ONCE, &["drop publish 1"], rest, "");
    assert!(!five.report.properties.in_order);
}
