//! Broker nodes: crash points, flushing, in-sync copies, elections, availability.

use ackground_core::audit::Learnt;
use ackground_core::audit::Outcome::{self, Duplicated, Lost, Once};
use ackground_core::sim::{Event, Node, Refusal};

use crate::run::{Run, lane, run, run_many, run_with};

/// Where a leading node may go down, in the order in which it comes to each with `acks: all`.
const POINTS: [&str; 6] = [
    "before write",
    "after write",
    "before replicate",
    "after replicate",
    "before ack",
    "after ack",
];

fn crash(point: &str, acks: &str, flush: &str, replicas: u8) -> Run {
    let producer = format!(r#""acks": "{acks}""#);
    let broker = format!(r#""replicas": {replicas}, "min_in_sync": 1, "flush": "{flush}""#);
    let line = format!("crash broker {point} 1");
    run(&lane(&producer, &broker, ""), &[&line])
}

/// The truth table of a leader's crash. Nothing of it depends on what the consumer does.
#[test]
fn a_crash_of_the_leader_loses_or_repeats_by_acks_copies_and_flushing() {
    let table = [
        // Blind: what the only node has not written, or not flushed, is gone and nobody resends. There
        // is no answer to crash before or after.
        ("none", 1, "each_write", [Lost, Once, Once, Once, Once, Once]),
        ("none", 1, "never", [Lost, Lost, Lost, Lost, Once, Once]),
        // One copy and an answer: what was not answered comes again, what was is trusted to the disk.
        ("leader", 1, "each_write", [Once, Duplicated, Once, Once, Duplicated, Once]),
        ("leader", 1, "never", [Once, Once, Lost, Lost, Once, Lost]),
        // Followers that have no copy yet take over: the leader's own disk no longer counts.
        ("leader", 3, "each_write", [Once, Once, Lost, Once, Once, Lost]),
        ("leader", 3, "never", [Once, Once, Lost, Once, Once, Lost]),
        // Every in-sync copy: no crash of one node loses anything.
        ("all", 3, "each_write", [Once, Once, Once, Duplicated, Duplicated, Once]),
        ("all", 3, "async", [Once, Once, Once, Duplicated, Duplicated, Once]),
        ("all", 3, "never", [Once, Once, Once, Duplicated, Duplicated, Once]),
        ("all", 1, "each_write", [Once, Duplicated, Duplicated, Duplicated, Duplicated, Once]),
        ("all", 1, "never", [Once, Once, Once, Once, Once, Lost]),
    ];
    let mut wrong = Vec::new();
    for (acks, replicas, flush, outcomes) in table {
        let found: Vec<Outcome> =
            POINTS.iter().map(|p| crash(p, acks, flush, replicas).end()).collect();
        if found != outcomes {
            wrong.push(format!("{acks} {replicas} {flush}: {found:?}, not {outcomes:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // An idempotent producer makes one of the two, since a copy keeps the numbers with the record.
    for point in POINTS {
        for flush in ["each_write", "never"] {
            let broker = format!(r#""flush": "{flush}""#);
            let line = format!("crash broker {point} 1");
            let run = run(&lane(r#""idempotent": true"#, &broker, ""), &[&line]);
            assert!(run.nothing_happens(), "{point}, {flush}");
        }
    }
}

/// Both followers go down when they should take the first message.
const BOTH_FOLLOWERS: [&str; 2] =
    ["crash follower before replicate 1#1", "crash follower before replicate 1#2"];

fn refused(run: &Run, refusal: Refusal) -> usize {
    run.count(|what| what == Event::Refused(refusal))
}

#[test]
fn too_few_copies_refuse_a_write_before_it_is_stored_and_after() {
    let rest = r#""messages": 2, "interval_ms": 500"#;
    let lane = lane(r#""retries": 0"#, r#""min_in_sync": 3"#, "");
    let run = run_with(&lane, &["crash follower before replicate 1"], rest, "");
    assert_eq!(refused(&run, Refusal::NotEnoughReplicasAfterAppend), 1);
    assert_eq!(refused(&run, Refusal::NotEnoughReplicas), 1);
    assert_eq!(
        (run.message(1).told, run.message(1).end),
        (Learnt::Error, Once),
        "what was stored stays, whatever the producer was told"
    );
    assert_eq!((run.message(2).told, run.message(2).end), (Learnt::Error, Lost));
    assert_eq!(run.stored(), 1);
}

#[test]
fn min_in_sync_says_nothing_to_those_who_do_not_wait_for_every_copy() {
    let down = r#""restart_ms": 10000"#;
    let lane = lane(r#""acks": "leader""#, r#""min_in_sync": 3"#, "");
    let rest = r#""messages": 2, "interval_ms": 500"#;
    let run = run_with(&lane, &BOTH_FOLLOWERS, rest, down);
    assert!(run.nothing_happens());
    assert_eq!(run.count(|what| matches!(what, Event::Refused(_))), 0);
}

/// Regression: the answer to a resend confirmed what was left on one node, and that node then
/// lost it.
#[test]
fn a_repeat_is_refused_too_while_too_few_copies_are_in_sync() {
    let script = [
        "partition consumer 0ms..10s",
        BOTH_FOLLOWERS[0],
        BOTH_FOLLOWERS[1],
        "crash broker before write 2",
    ];
    let rest = r#""messages": 2, "interval_ms": 2000"#;
    let lane = lane(r#""idempotent": true"#, r#""flush": "never""#, "");
    let run = run_with(&lane, &script, rest, r#""restart_ms": 5000"#);
    assert!(run.nothing_happens(), "{:?}", run.ends());
}

/// The follower misses the message and comes back while the leader, which has it, is down.
const STALE_FOLLOWER: [&str; 3] = [
    "partition consumer 0ms..5s",
    "crash follower before replicate 1",
    "crash broker before write 2",
];

fn stale_follower(kind: &str, unclean: bool) -> Run {
    let broker = format!(
        r#""kind": "{kind}", "replicas": 2, "min_in_sync": 1, "flush": "each_write",
        "unclean_election": {unclean}"#
    );
    let rest = r#""messages": 2, "interval_ms": 500"#;
    run_with(&lane("", &broker, ""), &STALE_FOLLOWER, rest, "")
}

#[test]
fn an_unclean_election_loses_what_a_clean_one_would_not() {
    for kind in ["log", "queue"] {
        let unclean = stale_follower(kind, true);
        assert_eq!((unclean.end(), unclean.learnt()), (Lost, Learnt::Ok), "{kind}");
        assert_eq!(unclean.message(2).end, Once, "{kind}");
        let elected = |what| matches!(what, Event::Elected { clean: false, .. });
        assert_eq!(unclean.count(elected), 1, "{kind}");
        let clean = stale_follower(kind, false);
        assert!(clean.nothing_happens(), "{kind}");
        assert_eq!(clean.count(elected), 0, "{kind}");
    }
}

#[test]
fn without_an_in_sync_copy_a_partition_is_unavailable_until_one_returns() {
    let run = stale_follower("log", false);
    let when = |is: &dyn Fn(Event) -> bool| {
        let step = run.trace.steps.iter().find(|step| is(step.what));
        step.expect("it happens").at
    };
    let vacant = when(&|what| matches!(what, Event::Unavailable { .. }));
    let elected = when(&|what| matches!(what, Event::Elected { .. }));
    let follower = when(&|what| what == Event::Restarted { node: Node::Broker(1) });
    let leader = when(&|what| what == Event::Restarted { node: Node::Broker(0) });
    assert!(vacant < follower && follower < leader);
    assert_eq!(elected, leader, "the copy that has everything leads again");
    let served = |at| vacant < at && at < elected;
    let packets = run.trace.packets.iter();
    let answers = packets.filter(|p| served(p.sent) && matches!(p.from, Node::Broker(_)));
    assert_eq!(answers.count(), 0, "nobody answers in between");
}

#[test]
fn a_copy_survives_its_machine_once_it_is_flushed() {
    // The only node goes down two seconds after the first message, which nobody has read.
    let script = ["partition consumer 0ms..5s", "crash broker before write 2"];
    for (interval, end) in [(1000, Once), (3000, Lost)] {
        let broker = format!(r#""replicas": 1, "flush": "async", "flush_interval_ms": {interval}"#);
        let run = run_many(&lane("", &broker, ""), &script, 2, 2000);
        assert_eq!(run.end(), end, "flushed after {interval} ms");
        assert_eq!(run.message(2).end, Once);
    }
}

#[test]
fn a_node_that_came_back_has_caught_up_and_may_lead() {
    let broker = r#""replicas": 2, "min_in_sync": 1, "flush": "never""#;
    let script = ["crash broker after ack 1", "crash broker after ack 2"];
    let run = run_many(&lane("", broker, ""), &script, 3, 3000);
    assert!(run.nothing_happens());
    let led = run.trace.steps.iter().filter_map(|step| match step.what {
        Event::Elected { node, clean, .. } => Some((node, clean)),
        _ => None,
    });
    let led: Vec<_> = led.collect();
    assert_eq!(led, [(Node::Broker(1), true), (Node::Broker(0), true)]);
}

#[test]
fn a_follower_that_goes_down_takes_nothing_with_it() {
    let run = run(&lane("", "", ""), &["crash follower before replicate 1"]);
    assert!(run.nothing_happens());
    let elections = run.count(|what| matches!(what, Event::Elected { .. }));
    assert_eq!(elections, 0);
}
