use super::*;
use crate::claim::{Need, run};

fn held(line: &str) -> Held {
    let claim: Claim = line.parse().unwrap_or_else(|e| panic!("{line}: {e}"));
    claim.hold(&Experiment::default())
}

#[test]
fn the_first_screen_is_what_it_is_known_to_be() {
    let (experiment, mut known) = (Experiment::default(), Known::default());
    // At most once loses message 2; at least once credits message 3 twice; the third does neither.
    for (line, answer) in [
        ("lane 1: message 2 ends lost", Answer::Yes),
        ("lane 1: message 2 is told nothing", Answer::Yes),
        ("lane 2: message 3 ends once", Answer::No),
        ("lane 2: message 2 is sent 2 times", Answer::Yes),
        ("lane 2: message 3 is applied 2 times", Answer::Yes),
        ("lane 2: message 3 is delivered 1 time", Answer::No),
        ("lane 1: ledger is short", Answer::Yes),
        ("lane 2: ledger is over", Answer::Yes),
        ("lane 3: ledger is exact", Answer::Yes),
        ("lane 1: no_loss holds", Answer::No),
        ("lane 1: no_loss breaks", Answer::Yes),
        ("lane 1: no_duplicates holds within 1 fault", Answer::Yes),
        ("lane 2: no_duplicates breaks within 1 fault", Answer::Yes),
        ("lane 2: no_duplicates breaks within 0 faults", Answer::No),
        ("lane 2: guarantee is at-least-once within 1 fault", Answer::Yes),
        ("lane 3: keeps at-least-once within 1 fault", Answer::Yes),
        ("lane 3: guarantee is at-least-once within 1 fault", Answer::No),
        ("lane 1: keeps exactly-once within 1 fault", Answer::No),
        ("lane 1: sends_per_message at most 1", Answer::Yes),
        ("lane 2: sends_per_message more than lane 1", Answer::Yes),
        ("lane 1: dedup_ids less than lane 3", Answer::Yes),
        ("lane 3: lost at least 0.1", Answer::No),
    ] {
        let claim: Claim = line.parse().unwrap_or_else(|e| panic!("{line}: {e}"));
        // A single measurement serves all of them.
        for need in claim.needs() {
            if !known.has(need) {
                known.add(need, need.meet(&experiment).expect("there is such a lane"));
            }
        }
        let held = claim.judge(&experiment, &known);
        assert_eq!(held.answer, answer, "{line}: {}", held.sentence);
    }
}

#[test]
fn a_schedule_that_decides_can_be_watched() {
    let experiment = Experiment::default();
    let evidence = held("lane 2: keeps exactly-once within 1 fault").evidence;
    let evidence = evidence.expect("at least once duplicates");
    assert_eq!((evidence.property, evidence.lines.len()), (Property::NoDuplicates, 1));
    let watched = evidence.experiment(&experiment);
    let known = Known::at_once(&watched, &[Need::Run { lane: 1 }]);
    let report = known.report(1).expect("the lane was run");
    assert!(!report.properties.no_duplicates);
}

#[test]
fn what_was_found_is_said_in_a_sentence() {
    for (line, said) in [
        ("lane 1: message 2 ends once", "At most once: message 2 is lost."),
        ("lane 3: ledger is short", "Effectively once: the store holds what it should."),
        ("lane 2: no_duplicates holds within 1 fault", "Can duplicate: 1 fault is enough."),
        (
            "lane 2: keeps at-most-once within 1 fault",
            "It is at least once within 1 fault over 2 messages.",
        ),
        ("lane 1: sends_per_message at least 2", "Sends per message: 1; required: at least 2."),
    ] {
        assert_eq!(held(line).sentence, said, "{line}");
    }
}

#[test]
fn what_is_not_known_is_neither_true_nor_false() {
    let experiment = Experiment::default();
    for line in [
        "lane 1: message 2 ends lost",
        "lane 1: no_loss breaks within 1 fault",
        "lane 1: lost at most 1",
    ] {
        let claim: Claim = line.parse().expect(line);
        let held = claim.judge(&experiment, &Known::default());
        assert_eq!(held.answer, Answer::Unknown, "{line}");
    }
    assert_eq!(held("lane 4: no_loss holds").answer, Answer::Unknown);
    assert_eq!(held("lane 1: message 9 ends once").answer, Answer::Unknown);
}

#[test]
fn a_search_that_was_stopped_proves_nothing() {
    let experiment = Experiment::default();
    let claim: Claim = "lane 3: keeps exactly-once within 1 fault".parse().expect("fits");
    let asked = claim.needs()[0];
    let Need::Prove { lane, bounds } = asked else {
        panic!("a guarantee is proved");
    };
    let short = Bounds { most_events: 500, ..bounds };
    let fact = Need::Prove { lane, bounds: short }.meet(&experiment);
    let mut known = Known::default();
    known.add(asked, fact.expect("there is a third lane"));
    assert_eq!(claim.judge(&experiment, &known).answer, Answer::Unknown);
}

#[test]
fn evidence_is_the_same_in_its_lane_alone() {
    let experiment = Experiment::default();
    let claim: Claim = "lane 2: no_duplicates holds within 1 fault".parse().expect("a claim");
    let evidence = claim.hold(&experiment).evidence.expect("a schedule");
    let (among, alone) = (evidence.experiment(&experiment), evidence.alone(&experiment));
    assert_eq!(alone.lanes.len(), 1);
    assert_eq!(alone.lane_name(0), experiment.lane_name(1));
    assert_eq!(run(&alone, 0).messages, run(&among, 1).messages);
}
