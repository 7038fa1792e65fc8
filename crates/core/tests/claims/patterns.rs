//! What holds with any broker, because it happens at its edges: claims 46 to 53.

use ackground_core::audit::Learnt;
use ackground_core::audit::Outcome::{Duplicated, Lost, Once, Parked};
use ackground_core::sim::Event;

use crate::run::{lane, run, run_many, run_with};

const KINDS: [&str; 2] = [r#""kind": "log""#, r#""kind": "queue""#];

fn dedup(kind: &str, dedup: &str) -> String {
    lane("", kind, &format!(r#""dedup": "{dedup}""#))
}

#[test]
fn claim_46_in_memory_dedup_forgets_in_the_crash_that_makes_it_needed() {
    for kind in KINDS {
        let memory = dedup(kind, "memory");
        let crash = run(&memory, &["crash consumer before ack 1"]);
        assert_eq!(crash.end(), Duplicated, "{kind}");
        assert!(run(&memory, &["drop ack 1"]).nothing_happens(), "{kind}");
    }
}

#[test]
fn claim_47_dedup_record_before_the_effect_loses_in_the_gap() {
    for kind in KINDS {
        let run = run(&dedup(kind, "table_before"), &["crash consumer after record 1"]);
        assert_eq!((run.end(), run.learnt()), (Lost, Learnt::Ok), "{kind}");
    }
}

#[test]
fn claim_48_dedup_record_after_the_effect_duplicates_in_the_gap() {
    for kind in KINDS {
        let run = run(&dedup(kind, "table_after"), &["crash consumer before record 1"]);
        assert_eq!(run.end(), Duplicated, "{kind}");
    }
}

#[test]
fn claim_49_unique_key_in_the_transaction_of_the_effect_survives_any_crash_and_two_deliveries() {
    let crashes = [
        "crash producer before publish 1",
        "crash producer after publish 1",
        "crash broker before write 1",
        "crash broker after write 1",
        "crash broker before replicate 1",
        "crash broker after replicate 1",
        "crash broker before ack 1",
        "crash broker after ack 1",
        "crash follower before replicate 1",
        "crash consumer before receive 1",
        "crash consumer after receive 1",
        "crash consumer before credit 1",
        "crash consumer after credit 1",
        "crash consumer before record 1",
        "crash consumer after record 1",
        "crash consumer before ack 1",
        "crash consumer after ack 1",
    ];
    for kind in KINDS {
        let broker = format!(r#"{kind}, "redelivery_timeout_ms": 1000"#);
        let unique = lane("", &broker, r#""dedup": "atomic", "instances": 2"#);
        for crash in crashes {
            assert!(run(&unique, &[crash]).nothing_happens(), "{kind}: {crash}");
        }
        let both = run(&unique, &["slow 1 by 1s"]);
        assert!(both.nothing_happens(), "{kind}");
        assert_eq!(both.message(1).delivered, 2, "{kind}: at the same time");
    }
}

#[test]
fn claim_50_a_card_charge_inside_the_handler_is_duplicated_unless_it_carries_a_key() {
    let rest = r#""messages": 1, "scenario": {"id": "order", "steps": [
        {"id": "charge", "label": "Charge the card", "kind": "external"},
        {"id": "book", "label": "Book the order", "kind": "db", "primary": true}]}"#;
    let script = ["crash consumer after charge 1"];
    for kind in KINDS {
        let without = run_with(&dedup(kind, "atomic"), &script, rest, "");
        assert_eq!(without.message(1).applied, [2, 1], "{kind}");
        let key = lane("", kind, r#""dedup": "atomic", "idempotency_key": true"#);
        let with = run_with(&key, &script, rest, "");
        assert_eq!(with.message(1).applied, [1, 1], "{kind}");
    }
}

#[test]
fn claim_51_dual_write_that_crashes_between_commit_and_publish_loses_the_event() {
    let script = ["crash producer before publish 1"];
    let dual = run(&lane(r#""source": "direct""#, "", ""), &script);
    assert_eq!((dual.end(), dual.learnt()), (Lost, Learnt::Nothing));
    assert!(run(&lane("", "", ""), &script).nothing_happens(), "outbox");
}

#[test]
fn claim_52_outbox_relay_that_dies_before_marking_sent_duplicates_and_loses_nothing() {
    let run = run_many(&lane("", "", ""), &["crash producer after publish 2"], 3, 100);
    assert_eq!(run.message(2).end, Duplicated);
    assert!(run.report.properties.no_loss);
}

#[test]
fn claim_53_a_dead_letter_queue_keeps_what_was_not_processed_and_what_may_have_been() {
    for kind in KINDS {
        let broker = format!(r#"{kind}, "max_deliveries": 3"#);
        let poison = run(&lane("", &broker, ""), &["poison 1"]);
        assert_eq!(poison.end(), Parked, "{kind}: not lost, not processed");
        let broker = format!(r#"{kind}, "max_deliveries": 1"#);
        let unanswered = run(&lane("", &broker, ""), &["crash consumer before ack 1"]);
        let parked = unanswered.count(|what| matches!(what, Event::Parked { .. }));
        assert_eq!((unanswered.end(), parked), (Once, 1), "{kind}: and processed");
    }
}
