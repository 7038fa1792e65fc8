//! The script: every kind of line applies where it can and is reported where it cannot.

use ackground_core::audit::Outcome::{Duplicated, Once};
use ackground_core::sim::{Because, Event, Leg, Time};

use crate::run::{Run, lane, run, run_many};

/// Every line of the grammar, on a log with three copies and a table of ids written by itself.
const LINES: [&str; 38] = [
    "drop publish 1",
    "drop publish-ack 1",
    "drop deliver 1",
    "drop ack 1",
    "duplicate publish 1",
    "duplicate deliver 1",
    "delay publish 1 by 250ms",
    "delay publish-ack 1 by 5s",
    "delay deliver 1 by 2m",
    "delay ack 1 by 250ms",
    "crash producer before publish 1",
    "crash producer after publish 1",
    "crash broker before write 1",
    "crash broker after write 1",
    "crash broker before replicate 1",
    "crash broker after replicate 1",
    "crash broker before ack 1",
    "crash broker after ack 1",
    "kill broker before write 1",
    "kill broker after write 1",
    "kill broker before replicate 1",
    "kill broker after replicate 1",
    "kill broker before ack 1",
    "kill broker after ack 1",
    "crash follower before replicate 1",
    "crash consumer before receive 1",
    "crash consumer after receive 1",
    "crash consumer before credit 1",
    "crash consumer after notify 1",
    "crash consumer before record 1",
    "crash consumer after record 1",
    "crash consumer before ack 1",
    "crash consumer after ack 1",
    "fail 1",
    "poison 1",
    "slow 1 by 6s",
    "partition producer 0ms..500ms",
    "partition consumer 0ms..500ms",
];

#[test]
fn every_line_applies_where_it_can() {
    let lane = lane("", r#""max_deliveries": 5"#, r#""dedup": "table_after""#);
    for line in LINES {
        let run = run(&lane, &[line]);
        assert_eq!(run.unfired(), [] as [&str; 0]);
        assert!(run.report.properties.settles, "{line}");
        assert!(run.report.properties.no_loss, "one fault loses nothing: {line}");
    }
}

#[test]
fn every_line_is_reported_where_it_cannot_apply() {
    let plain = lane("", "", "");
    for line in LINES {
        let other = line.replace(" 1", " 9");
        if other != line {
            assert_eq!(run(&plain, &[&other]).unfired(), [other]);
        }
    }
    let blind = lane(r#""acks": "none""#, r#""replicas": 1"#, "");
    let settled = lane("", r#""kind": "queue""#, r#""ack": "on_receive""#);
    for (lane, line) in [
        (&plain, "crash consumer before record 1"),
        (&plain, "crash consumer after reserve 1"),
        (&plain, "drop publish 1#2"),
        (&plain, "fail 1#2"),
        (&plain, "partition producer 300s..400s"),
        (&blind, "drop publish-ack 1"),
        (&blind, "crash broker before ack 1"),
        (&blind, "kill broker after ack 1"),
        (&blind, "crash follower before replicate 1"),
        (&settled, "drop ack 1"),
        (&settled, "delay ack 1 by 1s"),
    ] {
        let run = run(lane, &[line]);
        assert_eq!(run.trace.unfired, [0], "{line}");
        assert_eq!(run.end(), Once, "{line}");
    }
}

/// Packets of a run that were lost to the script, with when they were under way.
fn cut(run: &Run, leg: Leg) -> Vec<(u64, u64)> {
    let packets = run.trace.packets.iter();
    packets
        .filter(|p| p.leg == leg && matches!(p.lost, Some(Because::Script(0))))
        .map(|p| (p.sent.millis(), p.arrives.millis()))
        .collect()
}

#[test]
fn a_partition_cuts_both_directions_of_one_side_for_its_time() {
    let lane = lane(r#""idempotent": true"#, "", "");
    let producer = run_many(&lane, &["partition producer 500ms..2s"], 10, 500);
    assert!(producer.nothing_happens());
    let consumer = run_many(&lane, &["partition consumer 500ms..2s"], 10, 500);
    assert!(consumer.report.properties.no_loss && consumer.report.properties.settles);
    for (run, there, back, untouched) in [
        (&producer, Leg::Publish, Leg::PublishAck, [Leg::Deliver, Leg::Ack]),
        (&consumer, Leg::Deliver, Leg::Ack, [Leg::Publish, Leg::PublishAck]),
    ] {
        assert!(!cut(run, there).is_empty());
        for leg in [there, back] {
            let met = |(sent, arrives): &(u64, u64)| *sent < 2000 && *arrives >= 500;
            assert!(cut(run, leg).iter().all(met), "only what is under way");
            let passed = run.trace.packets.iter().filter(|p| p.leg == leg && p.lost.is_none());
            let mut passed = passed.map(|p| (p.sent.millis(), p.arrives.millis()));
            assert!(passed.all(|span| !met(&span)), "all that is under way");
        }
        for leg in untouched {
            assert!(cut(run, leg).is_empty());
        }
    }
}

#[test]
fn an_answer_that_meets_a_partition_is_lost_after_the_message_was_stored() {
    let lane = lane("", "", "");
    let without = run(&lane, &[]);
    let answered = |step: &&ackground_core::sim::Step| {
        matches!(step.what, Event::Stored { .. }) && step.at > Time::ZERO
    };
    let stored = without.trace.steps.iter().find(answered);
    let stored = stored.expect("it is stored").at.millis() + 1;
    let line = format!("partition producer {stored}ms..1s");
    let run = run(&lane, &[&line]);
    assert_eq!((run.end(), run.stored()), (Duplicated, 2));
}

#[test]
fn a_line_for_every_time_fires_every_time() {
    let lane = lane(r#""retries": 3"#, "", "");
    let run = run(&lane, &["drop publish 1#*"]);
    assert_eq!(cut(&run, Leg::Publish).len(), 4);
    assert!(run.unfired().is_empty());
}
