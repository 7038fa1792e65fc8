//! Consumer groups: partitions and order, members that come and go, batches, positions in the
//! transaction of the effect.

use ackground_core::audit::Outcome::{Duplicated, Once};
use ackground_core::sim::{Carries, Event, Leg, Node};

use crate::run::{Run, lane, run, run_many, run_with};

const KINDS: [&str; 2] = ["log", "queue"];
/// Every message has a key of its own.
const KEYS: &str = r#""scenario": {"id": "metrics", "key": "each", "steps": [
    {"id": "add", "label": "Add to the series", "kind": "db", "primary": true}]}"#;

/// The deliveries of a run: message, partition, offset, receiver.
fn deliveries(run: &Run) -> Vec<(u32, u8, u32, Node)> {
    let packets = run.trace.packets.iter();
    packets
        .filter_map(|packet| match packet.carries {
            Carries::Delivery(to) => {
                Some((packet.message.get(), to.partition, to.offset, packet.to))
            }
            _ => None,
        })
        .collect()
}

#[test]
fn messages_of_one_key_keep_to_one_partition_one_member_and_their_order() {
    let eight = lane("", r#""partitions": 8"#, r#""instances": 4"#);
    let run = run_many(&eight, &[], 12, 10);
    assert!(run.nothing_happens() && run.report.properties.in_order);
    let places: Vec<_> = deliveries(&run).iter().map(|d| (d.1, d.3)).collect();
    assert!(places.iter().all(|&(partition, to)| partition == 0 && to == places[0].1));
}

#[test]
fn keys_spread_over_partitions_and_each_partition_keeps_its_order() {
    let lane = lane("", r#""partitions": 3"#, r#""instances": 3"#);
    let rest = format!(r#"{KEYS}, "messages": 12, "interval_ms": 10"#);
    let run = run_with(&lane, &[], &rest, "");
    assert!(run.nothing_happens());
    for partition in 0..3 {
        let of_this = deliveries(&run).into_iter().filter(|d| d.1 == partition);
        let (messages, members): (Vec<u32>, Vec<Node>) = of_this.map(|d| (d.0, d.3)).unzip();
        let first = u32::from(partition) + 1;
        assert_eq!(messages, [first, first + 3, first + 6, first + 9]);
        assert_eq!(members, [Node::Consumer(partition); 4], "one member each");
    }
}

#[test]
fn the_group_takes_over_the_partitions_of_a_member_that_is_gone() {
    let lane = lane("", r#""partitions": 2"#, r#""instances": 2"#);
    let rest = format!(r#"{KEYS}, "messages": 6, "interval_ms": 10"#);
    let gone = r#""restart_ms": 3600000"#;
    let run = run_with(&lane, &["crash consumer before add 1"], &rest, gone);
    assert!(run.nothing_happens());
    let heir = Event::Assigned { partition: 0, node: Node::Consumer(1) };
    assert_eq!(run.count(|what| what == heir), 1);
    let last = deliveries(&run).into_iter().rfind(|d| d.1 == 0);
    assert_eq!(last.map(|d| d.3), Some(Node::Consumer(1)));
}

#[test]
fn a_queue_gives_what_a_member_that_is_gone_had_not_answered_to_another() {
    let lane = lane("", r#""kind": "queue""#, r#""instances": 2"#);
    let gone = r#""restart_ms": 3600000"#;
    let rest = r#""messages": 4, "interval_ms": 10"#;
    let run = run_with(&lane, &["crash consumer before credit 1"], rest, gone);
    assert!(run.nothing_happens());
}

#[test]
fn a_fenced_members_late_commit_is_refused_or_taken() {
    // The first member stalls for 3.5 s and works for 2; the second takes over after 5.
    let with = |late_ack| {
        let broker = format!(r#""late_ack": "{late_ack}""#);
        let lane = lane("", &broker, r#""instances": 2, "processing_ms": 2000"#);
        run(&lane, &["slow 1 by 3500ms"])
    };
    let rejected = with("reject");
    assert_eq!((rejected.end(), rejected.late_acks(false)), (Duplicated, 1));
    let accepted = with("accept");
    assert_eq!((accepted.end(), accepted.late_acks(true)), (Duplicated, 1));
    let settled = |run: &Run| {
        let mut steps = run.trace.steps.iter();
        let settled = steps.find(|s| matches!(s.what, Event::Settled { .. }));
        settled.map(|step| step.at)
    };
    assert!(settled(&accepted) < settled(&rejected), "the late one settles");
}

/// Regression: the reader waited past the end for ever, and what was told ok was never read.
#[test]
fn a_reader_whose_log_was_cut_short_reads_what_is_written_after() {
    let broker = |kind| format!(r#""kind": "{kind}", "replicas": 1, "flush": "never""#);
    for kind in KINDS {
        for ack in ["on_receive", "after_processing", "with_effect"] {
            let lane = lane("", &broker(kind), &format!(r#""ack": "{ack}""#));
            let run = run_many(&lane, &["crash broker before write 2"], 3, 3000);
            assert!(run.nothing_happens(), "{kind} {ack}: {:?}", run.ends());
        }
    }
}

/// Regression: the acknowledgment of a copy that was lost settled the copy in its place.
#[test]
fn the_answer_to_a_lost_copy_does_not_settle_the_one_that_took_its_place() {
    // While one member works on the first message the broker loses it; the second message takes its
    // place, and the member that has it dies after the first one's acknowledgment.
    let script = [
        "slow 1 by 4s",
        "crash broker before write 2",
        "slow 2 by 3s",
        "crash consumer before credit 2",
    ];
    for kind in KINDS {
        for late_ack in ["reject", "accept"] {
            let broker = format!(
                r#""kind": "{kind}", "replicas": 1, "flush": "never", "late_ack": "{late_ack}""#
            );
            let lane = lane("", &broker, r#""instances": 2"#);
            let run = run_many(&lane, &script, 2, 1000);
            assert!(run.nothing_happens(), "{kind} {late_ack}: {:?}", run.ends());
        }
    }
}

/// Regression: the member said nothing for ever, since its own late commit had settled the question.
#[test]
fn a_member_that_waits_in_silence_is_not_forgotten() {
    let lane = lane("", r#""late_ack": "accept""#, r#""on_failure": "wait""#);
    let script = ["slow 1 by 6s", "delay ack 1 by 3s", "fail 1#2"];
    let run = run_many(&lane, &script, 3, 1000);
    assert!(run.nothing_happens(), "{:?}", run.ends());
}

/// Regression: the broker kept sending what its reader had got from the network's repeat.
#[test]
fn a_reader_that_got_the_repeat_of_a_lost_delivery_reads_on() {
    let script = ["drop deliver 2", "duplicate deliver 2"];
    for ack in ["on_receive", "after_processing", "with_effect"] {
        let lane = lane("", "", &format!(r#""ack": "{ack}", "processing_ms": 1000"#));
        let run = run_many(&lane, &script, 4, 100);
        assert!(run.nothing_happens(), "{ack}: {:?}", run.ends());
    }
}

/// Regression: it went on with its batch, and could commit past what had failed.
#[test]
fn a_member_whose_time_has_run_out_drops_its_batch_when_a_message_fails() {
    let lane = lane("", "", r#""on_failure": "wait", "batch": 3"#);
    let run = run_many(&lane, &["slow 3 by 6s", "fail 3"], 4, 0);
    assert_eq!(run.ends(), [Once, Duplicated, Once, Once]);
}

/// Regression: it dropped what had overtaken, and then waited for it for ever.
#[test]
fn a_reader_that_dropped_what_came_in_the_wrong_order_reads_it_later() {
    let lane = lane("", "", r#""ack": "on_receive", "batch": 3"#);
    let run = run_many(&lane, &["delay deliver 2 by 300ms"], 4, 0);
    assert!(run.nothing_happens(), "{:?}", run.ends());
}

/// Regression: a timeout shorter than the way makes partitions change hands with everything under way,
/// and the last holder waited for a delivery that it had dropped.
#[test]
fn partitions_that_change_hands_too_fast_are_read_in_the_end() {
    let lane = lane(
        r#""acks": "none""#,
        r#""partitions": 8, "max_deliveries": 5, "redelivery_timeout_ms": 24"#,
        r#""instances": 2, "batch": 4, "processing_ms": 17"#,
    );
    let rest = r#""messages": 6, "interval_ms": 42, "scenario": "notification""#;
    for seed in 1..=100 {
        let rest = format!(r#"{rest}, "seed": {seed}"#);
        let run = run_with(&lane, &[], &rest, r#""latency_ms": [100, 191], "restart_ms": 0"#);
        assert!(run.report.properties.no_loss, "{seed}: {:?}", run.ends());
    }
}

// --- Batches ------------------------------------------------------------------------------------

/// Four messages at once: the first is taken alone, the others together.
fn batch(kind: &str, script: &[&str]) -> Run {
    let broker = format!(r#""kind": "{kind}""#);
    run_many(&lane("", &broker, r#""batch": 3"#), script, 4, 0)
}

#[test]
fn a_batch_is_fetched_and_acknowledged_together() {
    let log = batch("log", &[]);
    assert!(log.nothing_happens());
    assert_eq!(log.packets(Leg::Ack), 2, "one commit for each batch");
    assert!(batch("queue", &[]).nothing_happens());
}

#[test]
fn a_crash_in_a_batch_repeats_what_was_done_of_it() {
    for kind in KINDS {
        let run = batch(kind, &["crash consumer before credit 4"]);
        assert_eq!(run.ends(), [Once, Duplicated, Duplicated, Once], "{kind}");
        let run = batch(kind, &["crash consumer before ack 4"]);
        assert!(run.report.properties.no_loss, "{kind}");
        assert_eq!(run.message(4).end, Duplicated, "{kind}");
    }
}

#[test]
fn a_failure_in_a_batch_repeats_nothing_that_went_well() {
    for kind in KINDS {
        let run = batch(kind, &["fail 3"]);
        assert!(run.nothing_happens(), "{kind}: {:?}", run.ends());
    }
}

// --- With the effect ----------------------------------------------------------------------------

const POINTS: [&str; 6] =
    ["before receive", "after receive", "before STEP", "after STEP", "before ack", "after ack"];

fn crashes(lane: &str, scenario: &str, step: &str) -> Vec<ackground_core::audit::Outcome> {
    let rest = format!(r#""messages": 1, "scenario": "{scenario}""#);
    let end = |point: &str| {
        let line = format!("crash consumer {} 1", point.replace("STEP", step));
        let run = run_with(lane, &[&line], &rest, "");
        assert!(run.trace.unfired.is_empty(), "{line}");
        run.end()
    };
    POINTS.iter().map(|point| end(point)).collect()
}

#[test]
fn a_position_kept_with_a_database_effect_needs_no_dedup() {
    for kind in KINDS {
        let broker = format!(r#""kind": "{kind}""#);
        let lane = lane("", &broker, r#""ack": "with_effect""#);
        assert_eq!(crashes(&lane, "payment", "credit"), [Once; 6], "{kind}");
        assert_eq!(
            crashes(&lane, "notification", "push")[3],
            Duplicated,
            "{kind}: what cannot share a transaction is acknowledged after"
        );
    }
}

#[test]
fn a_pipeline_is_exactly_once_when_it_writes_and_commits_in_one_transaction() {
    let consumer = r#""ack": "with_effect""#;
    let transactional = r#""idempotent": true, "transactional": true"#;
    let both = lane(transactional, "", consumer);
    assert_eq!(crashes(&both, "pipeline", "write"), [Once; 6]);
    let plain = lane("", "", consumer);
    assert_eq!(
        crashes(&plain, "pipeline", "write"),
        [Once, Once, Once, Duplicated, Duplicated, Once]
    );
}

#[test]
fn a_transaction_of_a_holder_whose_time_ran_out_is_refused_as_a_whole() {
    for kind in KINDS {
        let broker = format!(r#""kind": "{kind}""#);
        let lane = lane("", &broker, r#""ack": "with_effect", "instances": 2"#);
        let run = run(&lane, &["slow 1 by 6s"]);
        assert!(run.nothing_happens(), "{kind}");
        assert_eq!(run.count(|what| what == Event::TransactionRefused), 1);
    }
}
