//! The rules of delivery, one test each: these settings, this schedule, that outcome.

use ackground::audit::{Learnt, Outcome, Report, judge};
use ackground::experiment::Experiment;
use ackground::sim::{Guard, Happening, Leg, Trace, simulate};

/// One lane's run of the payment scenario with one message, unless `rest` says otherwise.
struct Run {
    trace: Trace,
    report: Report,
}

fn run(lane: &str, script: &[&str]) -> Run {
    run_with(lane, script, r#""messages": 1"#)
}

fn run_with(lane: &str, script: &[&str], rest: &str) -> Run {
    let script = script
        .iter()
        .map(|line| format!("{line:?}"))
        .collect::<Vec<_>>()
        .join(",");
    let text = format!(
        r#"{{"version": 1, {rest}, "faults": {{"script": [{script}]}}, "lanes": [{lane}]}}"#
    );
    let experiment =
        Experiment::from_json(&text).unwrap_or_else(|mistakes| panic!("{mistakes}\n{text}"));
    let trace = simulate(&experiment, 0);
    let report = judge(&experiment, &trace);
    Run { trace, report }
}

impl Run {
    fn end(&self) -> Outcome {
        self.report.messages[0].end
    }

    fn told(&self) -> Learnt {
        self.report.messages[0].told
    }

    fn count(&self, is: impl Fn(Happening) -> bool) -> usize {
        self.trace.steps.iter().filter(|step| is(step.what)).count()
    }

    fn packets(&self, leg: Leg) -> usize {
        self.trace
            .packets
            .iter()
            .filter(|packet| packet.leg == leg)
            .count()
    }
}

const AT_MOST_ONCE: &str = r#"{"preset": "at-most-once"}"#;
const AT_LEAST_ONCE: &str = r#"{"preset": "at-least-once"}"#;
const EFFECTIVELY_ONCE: &str = r#"{"preset": "effectively-once"}"#;
const QUEUE: &str = r#"{"broker": {"kind": "queue"}}"#;
const QUEUE_AUTO_ACK: &str = r#"{"broker": {"kind": "queue"}, "consumer": {"ack": "on_receive"}}"#;

/// Every lane of [`ALL`] without faults, and every place where a consumer may crash.
const ALL: [&str; 5] = [
    AT_MOST_ONCE,
    AT_LEAST_ONCE,
    EFFECTIVELY_ONCE,
    QUEUE,
    QUEUE_AUTO_ACK,
];

#[test]
fn without_faults_every_setup_applies_every_message_once_and_in_order() {
    for lane in ALL {
        let run = run_with(lane, &[], r#""messages": 20, "interval_ms": 10"#);
        assert_eq!(run.report.totals.once, 20, "{lane}");
        assert!(
            run.report.properties.in_order,
            "packets of one link keep their order: {lane}"
        );
        assert!(run.report.properties.settles, "{lane}");
        assert_eq!(run.report.ledger.actual, 200_000, "{lane}");
    }
}

// --- Producer -----------------------------------------------------------------------------------

#[test]
fn a_blind_sender_loses_what_the_network_loses_and_believes_that_all_is_well() {
    let run = run(AT_MOST_ONCE, &["drop publish 1"]);
    assert_eq!((run.end(), run.told()), (Outcome::Lost, Learnt::Ok));
    assert_eq!(
        run.packets(Leg::Publish),
        1,
        "with acks none nothing is ever sent again"
    );
    assert!(!run.report.properties.no_silent_loss);
}

#[test]
fn a_lost_publish_is_sent_again_and_a_lost_answer_makes_a_second_copy() {
    let lost = run(AT_LEAST_ONCE, &["drop publish 1"]);
    assert_eq!((lost.end(), lost.told()), (Outcome::Once, Learnt::Ok));
    let doubled = run(AT_LEAST_ONCE, &["drop publish-ack 1"]);
    assert_eq!(doubled.end(), Outcome::Duplicated);
    assert_eq!(
        doubled.count(|what| matches!(what, Happening::Stored { .. })),
        2
    );
}

#[test]
fn an_idempotent_producer_makes_one_copy_of_a_resend_but_not_after_its_own_restart() {
    let lane = r#"{"producer": {"idempotent": true}}"#;
    let resend = run(lane, &["drop publish-ack 1"]);
    assert_eq!(resend.end(), Outcome::Once);
    assert_eq!(
        resend.count(|what| what == Happening::RepeatDropped(Guard::Sequence)),
        1
    );
    let restart = run(lane, &["crash producer after publish 1"]);
    assert_eq!(
        restart.end(),
        Outcome::Duplicated,
        "the new session has a new producer id"
    );
}

#[test]
fn the_brokers_dedup_window_recognises_a_message_id_until_it_ends() {
    let script = ["crash producer after publish 1"];
    let inside = run(r#"{"broker": {"dedup_window_ms": 5000}}"#, &script);
    assert_eq!(inside.end(), Outcome::Once, "the id outlives the producer");
    let outside = run(r#"{"broker": {"dedup_window_ms": 500}}"#, &script);
    assert_eq!(
        outside.end(),
        Outcome::Duplicated,
        "the restart takes a second"
    );
}

#[test]
fn after_its_retries_the_producer_is_told_of_the_error_and_the_loss_is_not_silent() {
    let run = run(r#"{"producer": {"retries": 2}}"#, &["drop publish 1#*"]);
    assert_eq!((run.end(), run.told()), (Outcome::Lost, Learnt::Error));
    assert_eq!(run.packets(Leg::Publish), 3, "one send and two retries");
    assert!(run.report.properties.no_silent_loss);
}

#[test]
fn an_error_does_not_mean_that_the_message_was_not_stored() {
    let run = run(r#"{"producer": {"retries": 0}}"#, &["drop publish-ack 1"]);
    assert_eq!((run.end(), run.told()), (Outcome::Once, Learnt::Error));
}

#[test]
fn resends_wait_for_the_timeout_and_a_growing_backoff() {
    let lane = r#"{"producer": {"retries": 3, "request_timeout_ms": 1000,
        "backoff": {"first_ms": 100, "factor": 3, "max_ms": 500}}}"#;
    let run = run(lane, &["drop publish 1#*"]);
    let sent: Vec<u64> = run
        .trace
        .packets
        .iter()
        .map(|packet| packet.sent.millis())
        .collect();
    assert_eq!(
        sent,
        [0, 1100, 2400, 3900],
        "waits of 100, 300 and, at most, 500 ms"
    );
}

#[test]
fn jitter_keeps_every_wait_within_its_share() {
    let lane = r#"{"producer": {"retries": 50, "request_timeout_ms": 1,
        "backoff": {"first_ms": 1000, "factor": 1, "max_ms": 1000, "jitter": 0.5}}}"#;
    let run = run(lane, &["drop publish 1#*"]);
    let waits = run
        .trace
        .packets
        .windows(2)
        .map(|pair| (pair[1].sent - pair[0].sent).millis() - 1);
    let waits: Vec<u64> = waits.collect();
    assert!(
        waits.iter().all(|wait| (500..=1500).contains(wait)),
        "{waits:?}"
    );
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
    assert_eq!((run.packets(Leg::Publish), run.told()), (4, Learnt::Error));
}

#[test]
fn a_message_sent_from_memory_is_forgotten_in_a_crash_and_an_outbox_remembers_it() {
    let script = ["crash producer before publish 1"];
    let direct = run(r#"{"producer": {"source": "direct"}}"#, &script);
    assert_eq!(
        (direct.end(), direct.told()),
        (Outcome::Lost, Learnt::Nothing)
    );
    let outbox = run(AT_LEAST_ONCE, &script);
    assert_eq!((outbox.end(), outbox.told()), (Outcome::Once, Learnt::Ok));
}

#[test]
fn the_relay_of_an_outbox_may_send_twice_but_never_forgets() {
    let run = run(AT_LEAST_ONCE, &["crash producer after publish 1"]);
    assert_eq!(run.end(), Outcome::Duplicated);
}

#[test]
fn with_one_place_in_flight_a_resend_keeps_the_order_and_with_more_it_does_not() {
    let rest = r#""messages": 3, "interval_ms": 100"#;
    let one = run_with(
        r#"{"producer": {"max_in_flight": 1}}"#,
        &["drop publish 1"],
        rest,
    );
    assert!(one.report.properties.in_order);
    let five = run_with(AT_LEAST_ONCE, &["drop publish 1"], rest);
    assert!(!five.report.properties.in_order);
}

// --- Broker and consumer --------------------------------------------------------------------------

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
        (
            r#"{"consumer": {"ack": "on_receive"}}"#,
            [Once, Once, Lost, Once, Once, Lost],
        ),
        // A queue that settles by sending has settled before the message is even received.
        (QUEUE_AUTO_ACK, [Lost, Lost, Lost, Once, Lost, Lost]),
        (
            AT_LEAST_ONCE,
            [Once, Once, Once, Duplicated, Duplicated, Once],
        ),
        (QUEUE, [Once, Once, Once, Duplicated, Duplicated, Once]),
        (EFFECTIVELY_ONCE, [Once; 6]),
        (
            r#"{"consumer": {"dedup": "memory"}}"#,
            [Once, Once, Once, Duplicated, Duplicated, Once],
        ),
        (
            r#"{"consumer": {"dedup": "table_after"}}"#,
            [Once, Once, Once, Duplicated, Once, Once],
        ),
        (
            r#"{"consumer": {"dedup": "table_before"}}"#,
            [Once, Once, Lost, Once, Once, Once],
        ),
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
fn an_id_written_before_the_effect_loses_in_the_gap_and_one_written_after_it_repeats() {
    let before = run(
        r#"{"consumer": {"dedup": "table_before"}}"#,
        &["crash consumer after record 1"],
    );
    assert_eq!(before.end(), Outcome::Lost);
    let after = run(
        r#"{"consumer": {"dedup": "table_after"}}"#,
        &["crash consumer before record 1"],
    );
    assert_eq!(after.end(), Outcome::Duplicated);
    let atomic = run(EFFECTIVELY_ONCE, &["crash consumer before record 1"]);
    assert_eq!(
        atomic.end(),
        Outcome::Once,
        "nothing of a transaction is there before all of it is"
    );
}

#[test]
fn a_log_reads_a_lost_delivery_again_and_a_queue_that_settled_it_has_lost_it() {
    let log = run(
        r#"{"consumer": {"ack": "on_receive"}}"#,
        &["drop deliver 1"],
    );
    assert_eq!(log.end(), Outcome::Once);
    let queue = run(QUEUE, &["drop deliver 1"]);
    assert_eq!(
        queue.end(),
        Outcome::Once,
        "it comes again after the redelivery timeout"
    );
    let auto_ack = run(QUEUE_AUTO_ACK, &["drop deliver 1"]);
    assert_eq!(auto_ack.end(), Outcome::Lost);
}

#[test]
fn a_lost_acknowledgment_brings_the_message_again() {
    for lane in [AT_LEAST_ONCE, QUEUE] {
        let run = run(lane, &["drop ack 1"]);
        assert_eq!(run.end(), Outcome::Duplicated, "{lane}");
        assert_eq!(
            run.count(|what| matches!(what, Happening::DeliveryTimedOut(_))),
            1,
            "{lane}"
        );
    }
}

#[test]
fn in_a_log_the_next_commit_covers_a_lost_one_and_in_a_queue_it_does_not() {
    let rest = r#""messages": 2"#;
    assert_eq!(
        run_with(AT_LEAST_ONCE, &["drop ack 1"], rest)
            .report
            .totals
            .once,
        2
    );
    assert_eq!(
        run_with(QUEUE, &["drop ack 1"], rest)
            .report
            .totals
            .duplicated,
        1
    );
}

#[test]
fn a_log_consumer_that_commits_first_commits_again_when_the_commit_is_lost() {
    let run = run(
        r#"{"consumer": {"ack": "on_receive"}}"#,
        &["drop ack 1#1", "drop ack 1#2"],
    );
    assert_eq!(run.end(), Outcome::Once);
    assert_eq!(run.packets(Leg::Ack), 3);
}

#[test]
fn when_a_log_consumer_crashes_the_whole_uncommitted_tail_comes_again() {
    let script = ["drop ack 1", "drop ack 2", "crash consumer before ack 3"];
    let rest = r#""messages": 3, "interval_ms": 100"#;
    assert_eq!(
        run_with(AT_LEAST_ONCE, &script, rest)
            .report
            .totals
            .duplicated,
        3
    );
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
            rejected.count(|w| matches!(
                w,
                Happening::LateAck {
                    accepted: false,
                    ..
                }
            )),
            1,
            "{kind}"
        );
        let accepted = run(&lane("accept"), &["slow 1 by 1500ms"]);
        assert_eq!(
            accepted.count(|w| matches!(w, Happening::LateAck { accepted: true, .. })),
            1,
            "{kind}"
        );
    }
}

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
    assert_eq!(
        run.count(|what| matches!(what, Happening::DeliveryTimedOut(_))),
        1
    );
}

#[test]
fn the_redelivery_delay_holds_back_a_returned_message() {
    for kind in ["log", "queue"] {
        let lane = format!(r#"{{"broker": {{"kind": "{kind}", "redelivery_delay_ms": 3000}}}}"#);
        let run = run(&lane, &["fail 1"]);
        let deliveries = run
            .trace
            .packets
            .iter()
            .filter(|packet| packet.leg == Leg::Deliver);
        let sent: Vec<u64> = deliveries.map(|packet| packet.sent.millis()).collect();
        assert!(
            sent.len() == 2 && sent[1] - sent[0] >= 3000,
            "{kind}: {sent:?}"
        );
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
        let parked = run_with(&lane(true), &["poison 1"], rest);
        assert_eq!(
            (parked.report.totals.parked, parked.report.totals.once),
            (1, 1),
            "{kind}"
        );
        assert_eq!(parked.report.messages[0].delivered, 3, "{kind}");
        assert!(
            parked.report.properties.no_loss,
            "parked is not lost: {kind}"
        );
        let discarded = run_with(&lane(false), &["poison 1"], rest);
        assert_eq!(
            (discarded.report.totals.lost, discarded.report.totals.once),
            (1, 1),
            "{kind}"
        );
        assert!(
            parked.report.properties.settles && discarded.report.properties.settles,
            "{kind}"
        );
    }
}

#[test]
fn a_poison_message_with_unlimited_deliveries_does_not_settle_and_blocks_a_log() {
    let rest = r#""messages": 2, "interval_ms": 10"#;
    let log = run_with(AT_LEAST_ONCE, &["poison 1"], rest);
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

#[test]
fn an_idempotency_key_makes_the_other_side_ignore_a_repeat() {
    let rest = r#""messages": 1, "scenario": "email""#;
    let script = ["crash consumer after send 1"];
    let without = run_with(AT_LEAST_ONCE, &script, rest);
    assert_eq!(without.end(), Outcome::Duplicated);
    let with = run_with(r#"{"consumer": {"idempotency_key": true}}"#, &script, rest);
    assert_eq!(with.end(), Outcome::Once);
    assert_eq!(
        with.report.messages[0].delivered, 2,
        "delivered twice, and sent once"
    );
    let atomic = run_with(EFFECTIVELY_ONCE, &script, rest);
    assert_eq!(
        atomic.end(),
        Outcome::Duplicated,
        "a mail shares no transaction with a table"
    );
}

#[test]
fn ids_that_are_forgotten_recognise_nothing() {
    let script = ["drop ack 1", "drop ack 2", "drop ack 3"];
    let rest = r#""messages": 3, "interval_ms": 10"#;
    let lane = |more: &str| {
        format!(r#"{{"broker": {{"kind": "queue"}}, "consumer": {{"dedup": "atomic", {more}}}}}"#)
    };
    assert_eq!(
        run_with(&lane(r#""dedup_window": 3"#), &script, rest)
            .report
            .totals
            .once,
        3
    );
    assert_eq!(
        run_with(&lane(r#""dedup_window": 2"#), &script, rest)
            .report
            .totals
            .duplicated,
        3
    );
    assert_eq!(
        run_with(&lane(r#""dedup_ttl_ms": 60000"#), &script, rest)
            .report
            .totals
            .once,
        3
    );
    assert_eq!(
        run_with(&lane(r#""dedup_ttl_ms": 1000"#), &script, rest)
            .report
            .totals
            .duplicated,
        3
    );
}

#[test]
fn a_transfer_is_torn_between_two_steps_that_stand_alone() {
    let rest = r#""messages": 1, "scenario": "transfer""#;
    let script = ["crash consumer after debit 1"];
    let torn = run_with(AT_MOST_ONCE, &script, rest);
    assert!(!torn.report.properties.no_torn);
    let whole = run_with(EFFECTIVELY_ONCE, &script, rest);
    assert!(whole.report.properties.no_torn && whole.end() == Outcome::Once);
}

/// Once a reader went silent for good over a delivery that reached it after the partition had been
/// taken away.
#[test]
fn a_reader_that_lost_its_partition_before_the_delivery_came_does_not_wait_for_ever() {
    let lane = r#"{"broker": {"redelivery_timeout_ms": 50, "max_deliveries": 4}, "consumer": {"on_failure": "wait"}}"#;
    let run = run_with(lane, &["fail 1"], r#""messages": 2"#);
    let delivered = |message: usize| run.report.messages[message].delivered;
    assert!(
        delivered(0) > 0 && delivered(1) > 0,
        "both messages reach the handler"
    );
}

// --- Network ------------------------------------------------------------------------------------

#[test]
fn a_packet_that_the_network_repeats_is_a_second_copy_in_a_queue_and_old_news_to_a_log_reader() {
    assert_eq!(
        run(AT_LEAST_ONCE, &["duplicate publish 1"]).end(),
        Outcome::Duplicated
    );
    assert_eq!(
        run(QUEUE, &["duplicate deliver 1"]).end(),
        Outcome::Duplicated
    );
    assert_eq!(
        run(AT_LEAST_ONCE, &["duplicate deliver 1"]).end(),
        Outcome::Once
    );
}

#[test]
fn a_delayed_answer_makes_the_producer_send_again() {
    let run = run(AT_LEAST_ONCE, &["delay publish-ack 1 by 5s"]);
    assert_eq!(run.end(), Outcome::Duplicated);
    assert_eq!(run.packets(Leg::Publish), 2);
}

#[test]
fn lines_that_cannot_apply_are_reported_and_harmless() {
    let run = run(
        AT_LEAST_ONCE,
        &[
            "crash consumer after reserve 1",
            "drop ack 7",
            "drop publish 1#9",
        ],
    );
    assert_eq!(run.end(), Outcome::Once);
    assert_eq!(run.trace.unfired, [0, 1, 2]);
}
