//! Every built-in scenario opens with faults that make its point with the three default lanes.

use ackground_core::audit::{Report, judge};
use ackground_core::experiment::Experiment;
use ackground_core::experiment::scenario::BuiltIn;
use ackground_core::experiment::settings::Write;
use ackground_core::experiment::value::Bounded;
use ackground_core::sim::simulate;

fn opened(story: BuiltIn) -> Experiment {
    Experiment::default().opened(story)
}

/// Lost, duplicated and torn messages of a lane.
fn harm(report: &Report) -> [u32; 3] {
    let torn = report.messages.iter().filter(|record| {
        let done = record.applied.iter().filter(|times| **times > 0).count();
        let repeated = record.applied.iter().any(|times| *times > 1);
        (done > 0 && done < record.applied.len()) || (repeated && record.applied.contains(&1))
    });
    [report.totals.lost, report.totals.duplicated, torn.count() as u32]
}

#[test]
fn every_scenario_makes_its_point() {
    let points = [
        // At most once, at least once, effectively once: lost, duplicated, steps that do not agree.
        (BuiltIn::Payment, [[1, 0, 0], [0, 1, 0], [0, 0, 0]]),
        (BuiltIn::Notification, [[0, 0, 0], [0, 1, 0], [0, 0, 0]]),
        (BuiltIn::Email, [[1, 0, 0], [0, 1, 0], [0, 1, 0]]),
        (BuiltIn::Order, [[1, 0, 1], [0, 1, 1], [0, 0, 0]]),
        (BuiltIn::Metrics, [[1, 0, 0], [0, 0, 0], [0, 0, 0]]),
        (BuiltIn::Clicks, [[1, 0, 0], [0, 1, 0], [0, 0, 0]]),
        (BuiltIn::Transfer, [[1, 0, 1], [0, 0, 1], [0, 0, 0]]),
        (BuiltIn::Pipeline, [[1, 0, 0], [0, 1, 0], [0, 1, 0]]),
    ];
    assert_eq!(points.map(|(story, _)| story), BuiltIn::ALL);
    for (story, expected) in points {
        let experiment = opened(story);
        let traces = [0, 1, 2].map(|lane| simulate(&experiment, lane));
        let lanes = [0, 1, 2].map(|lane| harm(&judge(&experiment, &traces[lane])));
        for line in 0..experiment.faults.script.lines().len() {
            let idle = traces.iter().all(|trace| trace.unfired.contains(&line));
            assert!(!idle, "{story}: line {line} strikes in no lane");
        }
        assert_eq!(lanes, expected, "{story}");
    }
}

#[test]
fn payment_opens_as_the_first_screen() {
    assert_eq!(opened(BuiltIn::Payment), Experiment::default());
}

#[test]
fn no_scenario_leaves_anything_behind() {
    for story in BuiltIn::ALL {
        for next in BuiltIn::ALL {
            assert_eq!(opened(*story).opened(*next), opened(*next), "{story}, then {next}");
        }
        assert!(opened(*story).faults_of_an_opening());
    }
}

#[test]
fn what_was_set_by_hand_stays() {
    let mut experiment = opened(BuiltIn::Metrics);
    experiment.lanes[1].consumer.write = Write::Apply;
    experiment.messages = Bounded::of(50);
    let clicks = experiment.opened(BuiltIn::Clicks);
    assert_eq!(clicks.messages.get(), 50);
    assert_eq!(clicks.lanes[1], Experiment::default().lanes[1]);
}
