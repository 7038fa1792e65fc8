//! Each built-in scenario makes its point with its own faults and the three default setups.

use ackground_core::audit::judge;
use ackground_core::experiment::Experiment;
use ackground_core::experiment::faults::Faults;
use ackground_core::experiment::scenario::BuiltIn;
use ackground_core::sim::simulate;

/// What each lane comes to: how many are lost, duplicated and torn in half.
fn ends(story: BuiltIn) -> Vec<(u32, u32, bool)> {
    let faults = Faults { script: story.faults(), ..Faults::default() };
    let experiment = Experiment { scenario: story.scenario(), faults, ..Experiment::default() };
    let lanes = 0..experiment.lanes.len();
    let end = |lane| {
        let report = judge(&experiment, &simulate(&experiment, lane));
        let torn = !report.properties.no_torn;
        (report.totals.lost, report.totals.duplicated, torn)
    };
    lanes.map(end).collect()
}

#[test]
fn every_scenario_makes_its_point() {
    // At most once, at least once, effectively once.
    for (story, point) in [
        (BuiltIn::Payment, [(1, 0, false), (0, 1, false), (0, 0, false)]),
        // What was sent cannot be unsent: no transaction holds a call to the outside.
        (BuiltIn::Notification, [(1, 0, false), (0, 1, false), (0, 1, false)]),
        (BuiltIn::Email, [(1, 0, false), (0, 1, false), (0, 1, false)]),
        // Half of an order: it is in the book, and no stock is set aside.
        (BuiltIn::Order, [(1, 0, true), (0, 1, false), (0, 0, false)]),
        (BuiltIn::Metrics, [(1, 0, false), (0, 1, false), (0, 0, false)]),
        (BuiltIn::Clicks, [(0, 0, false), (0, 2, false), (0, 0, false)]),
        // Torn in half: the money left one account and did not reach the other.
        (BuiltIn::Transfer, [(2, 0, true), (0, 0, false), (0, 0, false)]),
        // A database's transaction does not hold a write to a log.
        (BuiltIn::Pipeline, [(1, 0, false), (0, 1, false), (0, 1, false)]),
    ] {
        assert_eq!(ends(story), point, "{story}");
    }
}
