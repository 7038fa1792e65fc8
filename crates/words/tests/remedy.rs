//! What would have prevented it: every remedy mends what it says, and makes nothing worse.

use ackground_core::audit::{self, MessageRecord, Outcome, Property, Report};
use ackground_core::experiment::{Experiment, Lane, Lanes, PresetId};
use ackground_core::prove::{Bounds, prove};
use ackground_core::sim::{self, MessageNo};
use ackground_testkit::random;
use ackground_words::story::{self, Search};
use proptest::prelude::*;
use random::experiment as small_experiment;

/// The finished search about a message.
fn searched(experiment: &Experiment, lane: usize, message: usize) -> Option<Search> {
    let mut search = Search::new(experiment, lane, MessageNo::from_index(message))?;
    while !search.advance(50_000) {}
    Some(search)
}

fn judged(experiment: &Experiment, lane: usize) -> Report {
    audit::judge(experiment, &sim::simulate(experiment, lane))
}

fn harmed(record: &MessageRecord) -> bool {
    matches!(record.end, Outcome::Lost | Outcome::Duplicated | Outcome::Parked)
}

/// Whether the remedies of a search do what they say; what is wrong, if not.
fn check(
    experiment: &Experiment,
    lane: usize,
    message: usize,
    search: &Search,
) -> Result<(), String> {
    let before = judged(experiment, lane);
    for remedy in search.remedies() {
        let changed = story::changed(experiment, lane, &remedy.changes)
            .ok_or_else(|| format!("{remedy:?} is not allowed"))?;
        let after = judged(&changed, lane);
        let end = after.messages[message].end;
        let (was, is) = (&before.messages, &after.messages);
        if end != remedy.end || !matches!(end, Outcome::Once | Outcome::Parked) {
            return Err(format!("{remedy:?} ends {end:?}"));
        }
        // A message that had no turn before meets its own faults now, which is no harm done by the remedy.
        let worse = was.iter().zip(is).filter(|(was, _)| was.end != Outcome::Pending);
        let worse =
            worse.map(|(was, is)| is.end != was.end && harmed(is) && is.end != Outcome::Parked);
        let worse = worse.into_iter().position(|worse| worse);
        if let Some(worse) = worse {
            return Err(format!("{remedy:?} harms message {}", worse + 1));
        }
        for other in 0..experiment.lanes.len() {
            if other != lane && changed.lanes[other] != experiment.lanes[other] {
                return Err(format!("{remedy:?} changes another lane"));
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_remedy_mends_the_message_and_harms_no_other(experiment in small_experiment()) {
        for lane in 0..experiment.lanes.len() {
            let report = judged(&experiment, lane);
            let Some(message) = report.messages.iter().position(harmed) else { continue };
            let search = searched(&experiment, lane, message).expect("there is something to mend");
            check(&experiment, lane, message, &search).map_err(TestCaseError::fail)?;
        }
    }
}

#[test]
fn every_counterexample_of_every_preset_has_remedies_that_mend_it_or_none() {
    let bounds = Bounds { faults: 1, ..Bounds::default() };
    let (mut asked, mut mended) = (0, 0);
    for &preset in PresetId::ALL {
        let lanes = Lanes::new(vec![Lane::of_preset(preset)]).expect("one lane");
        let experiment = Experiment::of_lanes(lanes);
        let finding = prove(&experiment, 0, bounds);
        for property in [Property::NoLoss, Property::NoDuplicates] {
            let Some(found) = finding.verdict(property).counterexample() else {
                continue;
            };
            let broken = found.experiment(&experiment, bounds);
            let report = judged(&broken, 0);
            let message =
                report.messages.iter().position(harmed).expect("a counterexample does harm");
            let search = searched(&broken, 0, message).expect("there is something to mend");
            asked += 1;
            mended += usize::from(!search.remedies().is_empty());
            check(&broken, 0, message, &search).unwrap_or_else(|wrong| panic!("{preset}: {wrong}"));
        }
    }
    assert!(asked > 40 && mended * 10 > asked * 8, "{mended} of {asked} can be mended");
}

#[test]
fn the_first_screen_is_mended_by_what_the_third_lane_has() {
    let experiment = Experiment::default();
    let twice = searched(&experiment, 1, 2).expect("message 3 is credited twice");
    let first = &twice.remedies()[0];
    assert_eq!(first.short, "atomic dedup");
    assert_eq!(first.result, "once · 1 duplicate skipped");
    assert_eq!((first.price.sends, first.price.calls), (0, 0));

    let lost = searched(&experiment, 0, 1).expect("message 2 is lost");
    let paths = |at: usize| -> Vec<&str> {
        lost.remedies()[at].changes.iter().map(|change| change.path).collect()
    };
    assert_eq!(paths(0), ["producer.acks", "producer.retries"], "neither helps alone");
    assert!(Search::new(&experiment, 2, MessageNo::from_index(2)).is_none(), "all is well there");
}

#[test]
fn nothing_is_offered_where_nothing_helps() {
    let json = r#"{"version": 1, "messages": 1, "faults": {"script": ["poison 1"]},
        "lanes": [{"preset": "at-least-once", "broker": {"max_deliveries": 3}}]}"#;
    let experiment = Experiment::from_json(json).expect("the test's own experiment");
    let search = searched(&experiment, 0, 0).expect("it is parked");
    assert_eq!(search.remedies(), []);
    assert!(search.is_complete() && search.tried() > 100, "{} were tried", search.tried());
}

#[test]
fn work_that_outlasts_the_timeout_gets_a_longer_one() {
    let json = r#"{"version": 1, "messages": 1, "faults": {"script": ["slow 1 by 12s"]},
        "lanes": [{"preset": "at-least-once", "consumer": {"instances": 2}}]}"#;
    let experiment = Experiment::from_json(json).expect("the test's own experiment");
    let search = searched(&experiment, 0, 0).expect("it is repeated");
    let longer = search.remedies().iter().find_map(|remedy| {
        remedy.changes.iter().find(|change| change.path == "broker.redelivery_timeout_ms")
    });
    assert_eq!(longer.expect("a longer timeout").text(), "30000");
}

#[test]
fn what_fixes_the_cause_is_offered_although_other_faults_strike_the_messages_behind() {
    let text = r#"{"version":1,"faults":{"script":["drop publish 2","crash consumer before ack 3"]},
        "lanes":[{"preset":"sqs-standard","consumer":{"processing_ms":40000}}]}"#;
    let experiment = Experiment::from_json(text).expect("the test's own experiment");
    let search = searched(&experiment, 0, 0).expect("it is credited again and again");
    let longer = search.remedies().iter().find(|remedy| {
        remedy.changes.iter().all(|change| change.path == "broker.redelivery_timeout_ms")
    });
    let longer = longer.expect("the work takes longer than the visibility timeout");
    assert_eq!(longer.end, Outcome::Once);
}
