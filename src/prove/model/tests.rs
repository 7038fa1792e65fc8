//! What is claimed of a proof, and when.

use std::rc::Rc;
use std::time::Duration;

use super::*;
use ackground_core::prove::prove;

const BOUNDS: Bounds = Bounds {
    faults: 1,
    messages: 1,
    kinds: ackground_core::prove::Kinds::ALL,
    most_runs: 1_000_000,
    most_events: 100_000_000,
};

fn proved(lane: usize, standing: Standing) -> Proved {
    let bounds = Bounds { kinds: ackground_core::prove::Kinds::default(), ..BOUNDS };
    Proved {
        finding: Some(Rc::new(prove(&Experiment::default(), lane, bounds))),
        took: Duration::from_millis(12),
        standing,
    }
}

fn bounds() -> Bounds {
    Bounds { kinds: ackground_core::prove::Kinds::default(), ..BOUNDS }
}

#[test]
fn a_property_holds_within_its_bound() {
    let proved = proved(1, Standing::Done);
    let never = Claim::of(&proved, bounds(), Property::NoLoss);
    assert_eq!((&*never.text, &*never.bound), ("never loses", "within 1 fault"));
    assert!(
        never.sentence.starts_with(
            "Never loses: no combination of up to 1 fault over 1 message (lost packets, crashes, failures, slow work), \
             with outages of 1 s, stalls of 5 s, while packets take 20 to 80 ms, breaks it;"
        ),
        "{}",
        never.sentence
    );
    let can = Claim::of(&proved, bounds(), Property::NoDuplicates);
    assert_eq!((&*can.text, &*can.bound), ("can duplicate", "1 fault is enough"));
    assert!(can.sentence.contains("drop publish-ack 1"));
    let label = Label::of(&Experiment::default(), &proved, bounds());
    assert_eq!(label.text, "at least once");
    assert!(label.sentence.contains("credited twice"));
    let times = "with outages of 1 s, stalls of 5 s, while packets take 20 to 80 ms.";
    assert!(label.sentence.ends_with(times), "{}", label.sentence);
}

#[test]
fn what_is_covered_for_fewer_faults_holds_for_no_more() {
    let two = Bounds { faults: 2, ..bounds() };
    let checking = proved(1, Standing::Checking(None));
    let claim = Claim::of(&checking, two, Property::NoLoss);
    assert_eq!((&*claim.text, &claim.known), ("checking…", &Known::Checking(Some(1))));
    assert_eq!(
        Claim::of(&checking, two, Property::NoDuplicates).text,
        "can duplicate",
        "what is broken is broken"
    );
    assert_eq!(Label::of(&Experiment::default(), &checking, two).guarantee, None);
    let stopped = proved(1, Standing::Stopped);
    let claim = Claim::of(&stopped, two, Property::NoLoss);
    assert_eq!(claim.bound, "within 1 fault so far");
    assert!(claim.sentence.contains("the search was stopped"));
}

#[test]
fn a_search_that_came_to_its_bound_says_so() {
    let few = Bounds { faults: 2, messages: 2, most_runs: 3, ..bounds() };
    let proved = Proved {
        finding: Some(Rc::new(prove(&Experiment::default(), 2, few))),
        ..proved(2, Standing::Done)
    };
    let claim = Claim::of(&proved, few, Property::NoLoss);
    assert!(matches!(claim.known, Known::Unknown(_)), "{claim:?}");
    assert!(claim.sentence.contains("stopped after 3 runs"), "{claim:?}");
    let label = Label::of(&Experiment::default(), &proved, few);
    assert_eq!(label.text, "not known");
}

#[test]
fn what_waits_for_consent_is_not_checked_yet() {
    let two = Bounds { faults: 2, ..bounds() };
    let asking = Proved { finding: None, ..proved(1, Standing::Asking(Duration::from_secs(90))) };
    let claim = Claim::of(&asking, two, Property::NoLoss);
    assert_eq!(claim.text, "not checked yet");
    assert!(claim.sentence.contains("Not checked yet for up to 2 faults"), "{claim:?}");
    let label = Label::of(&Experiment::default(), &asking, two);
    assert_eq!((label.text, &*label.sentence), ("not checked yet", "Not checked yet."));
}

#[test]
fn before_anything_is_known_nothing_is_said() {
    let nothing = Proved { finding: None, ..proved(0, Standing::Checking(None)) };
    for property in Property::ALL {
        let claim = Claim::of(&nothing, bounds(), property);
        assert_eq!(claim.known, Known::Checking(None));
    }
    assert_eq!(covered(&nothing), None);
    assert!(covered(&proved(0, Standing::Done)).is_some_and(|said| said.contains("12 ms")));
}
