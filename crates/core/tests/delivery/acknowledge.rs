//! Acknowledging: before or after the work, lost, late, refused.

use ackground_core::audit::Outcome;
use ackground_core::sim::{Event, Leg};

use crate::lanes::{AT_LEAST_ONCE, EFFECTIVELY_ONCE, QUEUE, QUEUE_AUTO_ACK};
use crate::run::{run, run_with};

/// What a crash of the consumer does at each point: the truth table of the acknowledgment modes.
#[test]
fn a_crash_of_the_consumer_loses_or_repeats_according_to_when_it_acknowledges() {
    use Outcome::{Duplicated, Lost, Once};
    let points = [
        "before receive",
        "after receive",
        "before credit",
        "after credit",
        "before ack",
        "after ack",
    ];
    let table = [
        // A log that commits first: what was not committed is read again, what was is skipped.
        (r#"{"consumer": {"ack": "on_receive"}}"#, [Once, Once, Lost, Once, Once, Lost]),
        // A queue that settles by sending has settled before the message is even received.
        (QUEUE_AUTO_ACK, [Lost, Lost, Lost, Once, Lost, Lost]),
        (AT_LEAST_ONCE, [Once, Once, Once, Duplicated, Duplicated, Once]),
        (QUEUE, [Once, Once, Once, Duplicated, Duplicated, Once]),
        (EFFECTIVELY_ONCE, [Once; 6]),
        (r#"{"consumer": {"dedup": "memory"}}"#, [Once, Once, Once, Duplicated, Duplicated, Once]),
        (r#"{"consumer": {"dedup": "table_after"}}"#, [Once, Once, Once, Duplicated, Once, Once]),
        (r#"{"consumer": {"dedup": "table_before"}}"#, [Once, Once, Lost, Once, Once, Once]),
        (r#"{"consumer": {"write": "upsert"}}"#, [Once; 6]),
    ];
    for (lane, outcomes) in table {
        for (point, outcome) in points.into_iter().zip(outcomes) {
            let line = format!("crash consumer {point} 1");
            let run = run(lane, &[&line]);
            assert_eq!(run.end(), outcome, "{line} with {lane}");
            assert_eq!(run.trace.unfired, [] as [usize; 0], "{line} with {lane}");
        }
    }
}

#[test]
fn a_log_reads_a_lost_delivery_again_and_a_queue_that_settled_it_has_lost_it() {
    let log = run(r#"{"consumer": {"ack": "on_receive"}}"#, &["drop deliver 1"]);
    assert_eq!(log.end(), Outcome::Once);
    let queue = run(QUEUE, &["drop deliver 1"]);
    assert_eq!(queue.end(), Outcome::Once, "it comes again after the redelivery timeout");
    let auto_ack = run(QUEUE_AUTO_ACK, &["drop deliver 1"]);
    assert_eq!(auto_ack.end(), Outcome::Lost);
}

#[test]
fn a_lost_acknowledgment_brings_the_message_again_and_a_lost_commit_is_repeated() {
    let queue = run(QUEUE, &["drop ack 1"]);
    assert_eq!(queue.end(), Outcome::Duplicated);
    assert_eq!(queue.count(|what| matches!(what, Event::DeliveryTimedOut(_))), 1);
    let log = run(AT_LEAST_ONCE, &["drop ack 1"]);
    assert_eq!((log.end(), log.packets(Leg::Ack)), (Outcome::Once, 2));
    assert_eq!(log.count(|what| matches!(what, Event::DeliveryTimedOut(_))), 0);
}

#[test]
fn in_a_log_the_next_commit_covers_a_lost_one_and_in_a_queue_it_does_not() {
    let rest = r#""messages": 2"#;
    assert_eq!(run_with(AT_LEAST_ONCE, &["drop ack 1"], rest, "").report.totals.once, 2);
    assert_eq!(run_with(QUEUE, &["drop ack 1"], rest, "").report.totals.duplicated, 1);
}

#[test]
fn a_log_consumer_that_commits_first_commits_again_when_the_commit_is_lost() {
    let run = run(r#"{"consumer": {"ack": "on_receive"}}"#, &["drop ack 1#1", "drop ack 1#2"]);
    assert_eq!(run.end(), Outcome::Once);
    assert_eq!(run.packets(Leg::Ack), 3);
}

#[test]
fn when_a_log_consumer_crashes_the_whole_uncommitted_tail_comes_again() {
    let script = ["drop ack 1", "drop ack 2", "crash consumer before ack 3"];
    let rest = r#""messages": 3, "interval_ms": 100"#;
    assert_eq!(run_with(AT_LEAST_ONCE, &script, rest, "").report.totals.duplicated, 3);
}

#[test]
fn a_handler_slower_than_the_redelivery_timeout_is_repeated_and_its_late_ack_refused_or_taken() {
    for kind in ["log", "queue"] {
        let lane = |late_ack| {
            format!(
                r#"{{"broker": {{"kind": "{kind}", "late_ack": "{late_ack}", "redelivery_timeout_ms": 1000}}}}"#
            )
        };
        let rejected = run(&lane("reject"), &["slow 1 by 1500ms"]);
        assert_eq!(rejected.end(), Outcome::Duplicated, "{kind}");
        assert_eq!(
            rejected.count(|w| matches!(w, Event::LateAck { accepted: false, .. })),
            1,
            "{kind}"
        );
        let accepted = run(&lane("accept"), &["slow 1 by 1500ms"]);
        assert_eq!(
            accepted.count(|w| matches!(w, Event::LateAck { accepted: true, .. })),
            1,
            "{kind}"
        );
    }
}

/// Once a reader went silent for good over a delivery that reached it after the partition had been
/// taken away.
#[test]
fn a_reader_that_lost_its_partition_before_the_delivery_came_does_not_wait_for_ever() {
    let lane = r#"{"broker": {"redelivery_timeout_ms": 50, "max_deliveries": 4}, "consumer": {"on_failure": "wait"}}"#;
    let run = run_with(lane, &["fail 1"], r#""messages": 2"#, "");
    let delivered = |message: usize| run.report.messages[message].delivered;
    assert!(delivered(0) > 0 && delivered(1) > 0, "both messages reach the handler");
}

#[test]
fn a_silent_reader_goes_on_when_a_late_acknowledgment_has_settled_what_it_holds() {
    let lane = r#"{"broker": {"redelivery_timeout_ms": 1000, "late_ack": "accept"},
        "consumer": {"on_failure": "wait"}}"#;
    // The first handler answers late; the second, for the same record, fails and waits.
    let script = ["slow 1 by 1500ms", "fail 1#2", "delay ack 1 by 300ms"];
    let run = run_with(lane, &script, r#""messages": 2"#, "");
    assert!(run.report.properties.settles);
    assert_eq!(run.report.totals.once, 2, "{:?}", run.report.messages);
}
