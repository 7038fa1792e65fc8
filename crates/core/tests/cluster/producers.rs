//! Producers in front of a cluster: sequence numbers and their gaps, transactions, fencing.

use ackground_core::audit::Learnt;
use ackground_core::audit::Outcome::{Duplicated, Lost, Once};
use ackground_core::sim::{Event, Guard, Refusal};

use crate::run::{Run, lane, run, run_many};

const TRANSACTIONAL: &str = r#""idempotent": true, "transactional": true"#;
const READ_UNCOMMITTED: &str = r#""isolation": "read_uncommitted""#;

fn refused(run: &Run, refusal: Refusal) -> usize {
    run.count(|what| what == Event::Refused(refusal))
}

#[test]
fn a_transactional_producer_leaves_no_duplicate_when_it_restarts() {
    let lane = lane(TRANSACTIONAL, "", "");
    for script in [
        &["crash producer before publish 1"][..],
        &["crash producer after publish 1"],
        &["drop publish-ack 1", "crash producer after publish 1#2"],
        &["crash producer after publish 1", "crash producer after publish 1#2"],
        &["crash producer before publish 2"],
        &["crash producer after publish 3"],
    ] {
        let run = run_many(&lane, script, 3, 40);
        assert!(run.nothing_happens(), "{script:?}: {:?}", run.ends());
    }
}

#[test]
fn what_a_fenced_producer_sends_late_is_refused() {
    let script = ["crash producer after publish 1", "delay publish 1 by 5s"];
    let fenced = run(&lane(TRANSACTIONAL, "", ""), &script);
    assert_eq!(refused(&fenced, Refusal::Fenced), 1);
    assert!(fenced.nothing_happens());
    let free = run(&lane(r#""idempotent": true"#, "", ""), &script);
    assert_eq!((free.end(), refused(&free, Refusal::Fenced)), (Duplicated, 0));
}

#[test]
fn aborted_writes_are_seen_by_read_uncommitted_only() {
    let script = ["crash producer after publish 1"];
    for kind in ["log", "queue"] {
        let broker = format!(r#""kind": "{kind}""#);
        let aborted = |what| matches!(what, Event::TransactionAborted { .. });
        let committed = run(&lane(TRANSACTIONAL, &broker, ""), &script);
        assert!(committed.nothing_happens(), "{kind}");
        assert_eq!((committed.stored(), committed.count(aborted)), (2, 1));
        let uncommitted = run(&lane(TRANSACTIONAL, &broker, READ_UNCOMMITTED), &script);
        assert_eq!(uncommitted.end(), Duplicated, "{kind}");
        assert_eq!((uncommitted.stored(), uncommitted.count(aborted)), (2, 1));
    }
}

#[test]
fn an_open_transaction_holds_readers_back_unless_they_read_uncommitted() {
    let read = |consumer| {
        let run = run(&lane(TRANSACTIONAL, "", consumer), &[]);
        let at = |is: &dyn Fn(Event) -> bool| {
            let step = run.trace.steps.iter().find(|step| is(step.what));
            step.expect("it happens").at
        };
        let commit = at(&|what| matches!(what, Event::TransactionCommitted { .. }));
        let handled = at(&|what| matches!(what, Event::HandlerStarted { .. }));
        (handled, commit)
    };
    let (handled, commit) = read("");
    assert!(handled > commit);
    let (handled, commit) = read(READ_UNCOMMITTED);
    assert!(handled < commit);
}

#[test]
fn a_number_that_is_missing_holds_back_the_ones_after_it() {
    let lane = lane(r#""idempotent": true"#, "", "");
    let run = run_many(&lane, &["drop publish 1"], 3, 100);
    assert!(run.nothing_happens() && run.report.properties.in_order);
    assert!(refused(&run, Refusal::OutOfOrder) >= 2);
}

#[test]
fn after_a_message_is_given_up_the_gap_in_the_sequence_does_not_stop_the_others() {
    let idempotent = r#""idempotent": true"#;
    for producer in [idempotent, TRANSACTIONAL] {
        let producer =
            format!(r#"{producer}, "delivery_timeout_ms": 3000, "backoff": {{"max_ms": 200}}"#);
        let run = run_many(&lane(&producer, "", ""), &["drop publish 2#*"], 12, 500);
        let given_up = run.message(2);
        assert_eq!((given_up.end, given_up.told), (Lost, Learnt::Error));
        assert!(run.report.properties.settles);
        let last = run.message(12);
        assert_eq!((last.end, last.told), (Once, Learnt::Ok), "{producer}");
        assert_eq!(run.report.totals.duplicated, 0, "{producer}");
    }
}

#[test]
fn numbers_are_known_to_the_next_leader() {
    // The leader stores, copies and goes down before its answer: the next one knows the resend.
    let lane = lane(r#""idempotent": true"#, r#""flush": "never""#, "");
    let run = run(&lane, &["crash broker before ack 1"]);
    assert!(run.nothing_happens());
    let known = run.count(|what| what == Event::RepeatDropped(Guard::Sequence));
    assert_eq!(known, 1);
}

/// Regression: its number was waited for ever after.
#[test]
fn what_a_transactional_producer_forgets_does_not_stop_what_it_sends_after() {
    let producer = format!(r#"{TRANSACTIONAL}, "source": "direct""#);
    let lane = lane(&producer, "", "");
    let run = run_many(&lane, &["crash producer before publish 1"], 3, 3000);
    assert_eq!(run.ends(), [Lost, Once, Once]);
}

/// Regression: the transaction stayed open, and readers waited before it for ever.
#[test]
fn a_transaction_that_is_given_up_is_aborted_and_holds_nobody_back() {
    // Stored, but the answer never comes: given up before it is committed.
    let producer = format!(r#"{TRANSACTIONAL}, "retries": 1"#);
    let run = run_many(&lane(&producer, "", ""), &["drop publish-ack 1#*"], 3, 3000);
    assert_eq!(run.ends(), [Lost, Once, Once]);
    assert_eq!(run.learnt(), Learnt::Error);
    let aborted = run.count(|what| matches!(what, Event::TransactionAborted { .. }));
    assert_eq!(aborted, 1);
}

/// Regression: a number that the cluster had lost was waited for, and the producer, told ok, never
/// sent it again.
#[test]
fn what_a_cluster_loses_does_not_stop_what_a_transactional_producer_sends_after() {
    let producer = format!(r#"{TRANSACTIONAL}, "acks": "leader""#);
    let lane = lane(&producer, r#""replicas": 1, "flush": "never""#, "");
    let run = run_many(&lane, &["crash broker before write 2"], 3, 3000);
    assert_eq!(run.ends(), [Once; 3]);
}

/// Regression: a publish that was late enough opened a transaction that nobody would end.
#[test]
fn a_late_publish_of_what_was_given_up_opens_no_transaction() {
    let producer = format!(r#"{TRANSACTIONAL}, "acks": "leader", "retries": 1"#);
    let lane = lane(&producer, r#""replicas": 1, "flush": "never""#, "");
    let script = ["crash broker after write 1", "delay publish 1#2 by 5s"];
    let run = run_many(&lane, &script, 3, 4000);
    assert_eq!(run.ends(), [Lost, Once, Once], "the first is given up");
    assert_eq!(run.learnt(), Learnt::Error);
}
