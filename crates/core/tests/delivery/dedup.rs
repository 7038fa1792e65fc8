//! The effect: ids that are kept, keys, steps that stand alone.

use ackground_core::audit::Outcome;

use crate::lanes::{AT_LEAST_ONCE, AT_MOST_ONCE, EFFECTIVELY_ONCE};
use crate::run::{run, run_with};

#[test]
fn an_id_written_before_the_effect_loses_in_the_gap_and_one_written_after_it_repeats() {
    let before =
        run(r#"{"consumer": {"dedup": "table_before"}}"#, &["crash consumer after record 1"]);
    assert_eq!(before.end(), Outcome::Lost);
    let after =
        run(r#"{"consumer": {"dedup": "table_after"}}"#, &["crash consumer before record 1"]);
    assert_eq!(after.end(), Outcome::Duplicated);
    let atomic = run(EFFECTIVELY_ONCE, &["crash consumer before record 1"]);
    assert_eq!(
        atomic.end(),
        Outcome::Once,
        "nothing of a transaction is there before all of it is"
    );
}

#[test]
fn an_idempotency_key_makes_the_other_side_ignore_a_repeat() {
    let rest = r#""messages": 1, "scenario": "email""#;
    let script = ["crash consumer after send 1"];
    let without = run_with(AT_LEAST_ONCE, &script, rest, "");
    assert_eq!(without.end(), Outcome::Duplicated);
    let with = run_with(r#"{"consumer": {"idempotency_key": true}}"#, &script, rest, "");
    assert_eq!(with.end(), Outcome::Once);
    assert_eq!(with.report.messages[0].delivered, 2, "delivered twice, and sent once");
    let atomic = run_with(EFFECTIVELY_ONCE, &script, rest, "");
    assert_eq!(atomic.end(), Outcome::Duplicated, "a mail shares no transaction with a table");
}

#[test]
fn ids_that_are_forgotten_recognise_nothing() {
    let script = ["drop ack 1", "drop ack 2", "drop ack 3"];
    let rest = r#""messages": 3, "interval_ms": 10"#;
    let lane = |more: &str| {
        format!(r#"{{"broker": {{"kind": "queue"}}, "consumer": {{"dedup": "atomic", {more}}}}}"#)
    };
    assert_eq!(run_with(&lane(r#""dedup_window": 3"#), &script, rest, "").report.totals.once, 3);
    assert_eq!(
        run_with(&lane(r#""dedup_window": 2"#), &script, rest, "").report.totals.duplicated,
        3
    );
    assert_eq!(
        run_with(&lane(r#""dedup_ttl_ms": 60000"#), &script, rest, "").report.totals.once,
        3
    );
    assert_eq!(
        run_with(&lane(r#""dedup_ttl_ms": 1000"#), &script, rest, "").report.totals.duplicated,
        3
    );
}

#[test]
fn a_transfer_is_torn_between_two_steps_that_stand_alone() {
    let rest = r#""messages": 1, "scenario": "transfer""#;
    let script = ["crash consumer after debit 1"];
    let torn = run_with(AT_MOST_ONCE, &script, rest, "");
    assert!(!torn.report.properties.no_torn);
    let whole = run_with(EFFECTIVELY_ONCE, &script, rest, "");
    assert!(whole.report.properties.no_torn && whole.end() == Outcome::Once);
}
