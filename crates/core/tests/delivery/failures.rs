//! Handlers that fail: what comes again, what is parked, what blocks.

use ackground_core::audit::Outcome;
use ackground_core::sim::{Event, Leg};

use crate::lanes::{AT_LEAST_ONCE, AT_MOST_ONCE, QUEUE};
use crate::run::{run, run_with};

#[test]
fn a_failing_handler_returns_waits_or_swallows() {
    for kind in ["log", "queue"] {
        let lane = |on_failure| {
            format!(
                r#"{{"broker": {{"kind": "{kind}"}}, "consumer": {{"on_failure": "{on_failure}"}}}}"#
            )
        };
        let nack = run(&lane("nack"), &["fail 1"]);
        assert_eq!(nack.end(), Outcome::Once, "{kind}");
        let wait = run(&lane("wait"), &["fail 1"]);
        assert_eq!(wait.end(), Outcome::Once, "{kind}");
        assert!(
            nack.trace.end.at() < wait.trace.end.at(),
            "a nack need not wait for the timeout: {kind}"
        );
        let swallow = run(&lane("swallow"), &["fail 1"]);
        assert_eq!(swallow.end(), Outcome::Lost, "{kind}");
        assert!(
            swallow.report.messages[0].silent(),
            "the broker and the producer see success: {kind}"
        );
    }
}

#[test]
fn a_lost_nack_is_made_good_by_the_redelivery_timeout() {
    let run = run(QUEUE, &["fail 1", "drop ack 1"]);
    assert_eq!(run.end(), Outcome::Once);
    assert_eq!(run.count(|what| matches!(what, Event::DeliveryTimedOut(_))), 1);
}

#[test]
fn the_redelivery_delay_holds_back_a_returned_message() {
    for kind in ["log", "queue"] {
        let lane = format!(r#"{{"broker": {{"kind": "{kind}", "redelivery_delay_ms": 3000}}}}"#);
        let run = run(&lane, &["fail 1"]);
        let deliveries = run.trace.packets.iter().filter(|packet| packet.leg == Leg::Deliver);
        let sent: Vec<u64> = deliveries.map(|packet| packet.sent.millis()).collect();
        assert!(sent.len() == 2 && sent[1] - sent[0] >= 3000, "{kind}: {sent:?}");
    }
}

#[test]
fn a_poison_message_ends_in_the_dead_letter_queue_or_is_discarded_and_others_go_on() {
    let rest = r#""messages": 2, "interval_ms": 10"#;
    for kind in ["log", "queue"] {
        let lane = |dead_letter| {
            format!(
                r#"{{"broker": {{"kind": "{kind}", "max_deliveries": 3, "dead_letter": {dead_letter}}}}}"#
            )
        };
        let parked = run_with(&lane(true), &["poison 1"], rest, "");
        assert_eq!((parked.report.totals.parked, parked.report.totals.once), (1, 1), "{kind}");
        assert_eq!(parked.report.messages[0].delivered, 3, "{kind}");
        assert!(parked.report.properties.no_loss, "parked is not lost: {kind}");
        let discarded = run_with(&lane(false), &["poison 1"], rest, "");
        assert_eq!((discarded.report.totals.lost, discarded.report.totals.once), (1, 1), "{kind}");
        assert!(parked.report.properties.settles && discarded.report.properties.settles, "{kind}");
    }
}

#[test]
fn a_poison_message_with_unlimited_deliveries_does_not_settle_and_blocks_a_log() {
    let rest = r#""messages": 2, "interval_ms": 10"#;
    let log = run_with(AT_LEAST_ONCE, &["poison 1"], rest, "");
    assert!(!log.report.properties.settles);
    assert_eq!(
        log.report.totals.pending, 2,
        "nothing passes the message at the head of a partition"
    );
    assert!(log.report.properties.no_loss, "pending is not lost");
}

#[test]
fn a_settled_message_that_failed_or_crashed_afterwards_is_gone() {
    let failed = run(AT_MOST_ONCE, &["fail 1"]);
    assert_eq!(failed.end(), Outcome::Lost);
}
