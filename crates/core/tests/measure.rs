//! Measure against the judge, against arithmetic, and against itself: what it counts is what the audit
//! says, and its intervals hold the truth as often as they claim.
#![cfg(not(target_arch = "wasm32"))]

#[path = "measure/intervals.rs"]
mod intervals;
#[path = "measure/pictures.rs"]
mod pictures;

use ackground_core::audit::{Report, judge};
use ackground_core::experiment::value::Bounded;
use ackground_core::experiment::{Experiment, Lane, Lanes, PresetId};
use ackground_core::measure::histogram::Histogram;
use ackground_core::measure::{self, Count, Share, Tallies, count};
use ackground_core::sim::{Event, Time, Trace, seed_of_run, simulate};
use ackground_testkit::random;
use proptest::prelude::*;

/// The experiment with the seed of one of its runs.
fn of_run(experiment: &Experiment, run: u64) -> Experiment {
    let seed = seed_of_run(experiment.seed.get(), run);
    Experiment {
        seed: Bounded::new(seed).expect("the seed of a run is a seed"),
        ..experiment.clone()
    }
}

/// How many messages the judge puts into a share.
fn judged(report: &Report, share: Share) -> u64 {
    let totals = &report.totals;
    u64::from(match share {
        Share::Once => totals.once,
        Share::Lost => totals.lost,
        Share::Silent => totals.silent,
        Share::Duplicated => totals.duplicated,
        Share::Parked => totals.parked,
        Share::Pending => totals.pending,
    })
}

/// From business event to first primary effect, of every message that has one, by the trace.
fn latencies(experiment: &Experiment, trace: &Trace) -> Histogram {
    let primary = experiment.scenario.steps.primary() as u8;
    let first = |message, is: fn(Event, u8) -> bool| -> Option<Time> {
        let mut steps = trace.steps.iter();
        let step = steps.find(|step| step.message == Some(message) && is(step.what, primary))?;
        Some(step.at)
    };
    let mut histogram = Histogram::default();
    for message in 0..experiment.messages.get() as usize {
        let message = ackground_core::sim::MessageNo::from_index(message);
        let created = first(message, |what, _| what == Event::Created);
        let applied = first(message, |what, step| what == Event::Applied { step });
        if let (Some(created), Some(applied)) = (created, applied) {
            histogram.add((applied - created).micros());
        }
    }
    histogram
}

proptest! {
    /// One run counted is one run judged: the counting observer and the audit agree on every number.
    #[test]
    fn a_counted_run_is_what_the_judge_says_of_it(experiment in random::experiment(), run in 0_u64..4) {
        let tallies = count(&experiment, run..run + 1);
        let experiment = of_run(&experiment, run);
        for lane in 0..experiment.lanes.len() {
            let trace = simulate(&experiment, lane);
            let report = judge(&experiment, &trace);
            for share in Share::ALL {
                prop_assert_eq!(tallies.share(lane, share), judged(&report, share), "{:?}", share);
            }
            let sum = |of: fn(&ackground_core::audit::MessageRecord) -> u32| -> u64 {
                report.messages.iter().map(|message| u64::from(of(message))).sum()
            };
            prop_assert_eq!(tallies.count(lane, Count::Sends), sum(|message| message.sent));
            prop_assert_eq!(tallies.count(lane, Count::Deliveries), sum(|message| message.delivered));
            prop_assert_eq!(tallies.count(lane, Count::Packets), trace.packets.len() as u64);
            prop_assert_eq!(tallies.latency(lane), Some(&latencies(&experiment, &trace)));
        }
    }

    /// However runs are divided, and in whichever order their parts are put together.
    #[test]
    fn tallies_do_not_depend_on_how_runs_are_divided(
        experiment in random::experiment(),
        mut cuts in prop::collection::vec(0_u64..=9, 0..4),
        turn in any::<bool>(),
    ) {
        let whole = count(&experiment, 0..9);
        cuts.extend([0, 9]);
        cuts.sort_unstable();
        let mut parts: Vec<Tallies> = cuts.windows(2).map(|cut| count(&experiment, cut[0]..cut[1])).collect();
        if turn {
            parts.reverse();
        }
        let mut merged = Tallies::none(&experiment);
        for part in &parts {
            // As they would come from a worker.
            let text = serde_json::to_string(part).expect("tallies print");
            merged.merge(&serde_json::from_str(&text).expect("tallies are read back"));
        }
        prop_assert_eq!(&merged, &whole);
        prop_assert_eq!(merged.runs(), 9);
    }

    /// Messages that fared differently, counted from the judge's records.
    #[test]
    fn discordant_messages_are_those_that_the_judge_tells_apart(experiment in random::experiment()) {
        let figures = count(&experiment, 0..1).figures();
        let reports: Vec<Report> = (0..experiment.lanes.len())
            .map(|lane| judge(&experiment, &simulate(&experiment, lane)))
            .collect();
        for pair in &figures.pairs {
            let (first, second) = (&reports[pair.first].messages, &reports[pair.second].messages);
            let lost = |of: &[ackground_core::audit::MessageRecord], other: &[ackground_core::audit::MessageRecord]| {
                let both = of.iter().zip(other);
                both.filter(|(of, other)| of.silent() && !other.silent()).count() as u64
            };
            let expected = Some((lost(first, second), lost(second, first)));
            prop_assert_eq!(pair.share(Share::Silent).discordant, expected);
        }
    }
}

#[test]
fn the_first_run_is_the_one_that_is_watched() {
    let experiment = Experiment::default();
    let tallies = count(&experiment, 0..1);
    let fates = |lane| {
        [Share::Once, Share::Lost, Share::Duplicated].map(|share| tallies.share(lane, share))
    };
    assert_eq!([0, 1, 2].map(fates), [[2, 1, 0], [2, 0, 1], [3, 0, 0]]);
    assert_eq!(measure::runs(&experiment, 1), 1, "a run is not cut short");
    assert_eq!(measure::runs(&experiment, 100), 34);
    assert_eq!(count(&experiment, 5..5), Tallies::none(&experiment));
    let nothing = count(&experiment, 5..5).figures();
    assert_eq!(nothing.lanes[0].share(Share::Lost).rate, 0.0);
    assert_eq!(nothing.lanes[0].share(Share::Lost).interval.width(), 1.0, "nothing is known");
    assert!(!nothing.pairs[0].share(Share::Lost).more_than_noise());
}

/// Ids are kept by the table, by each memory and by each window; the peak is what counts.
#[test]
fn the_state_kept_for_dedup_is_the_most_ids_at_one_time() {
    let most = |lane: &str| {
        let text = format!(r#"{{"version":1,"messages":20,"interval_ms":1000,"lanes":[{lane}]}}"#);
        let experiment = Experiment::from_json(&text).expect(lane);
        count(&experiment, 0..1).count(0, Count::Ids)
    };
    assert_eq!(most("{}"), 0);
    assert_eq!(most(r#"{"consumer":{"dedup":"table_after"}}"#), 20);
    assert_eq!(most(r#"{"consumer":{"dedup":"atomic","dedup_window":7}}"#), 7);
    assert_eq!(most(r#"{"consumer":{"dedup":"memory","dedup_ttl_ms":5500}}"#), 6, "one a second");
    assert_eq!(most(r#"{"broker":{"dedup_window_ms":60000}}"#), 20);
    assert_eq!(most(r#"{"broker":{"dedup_window_ms":3500}}"#), 4, "one a second");
    let both = r#"{"broker":{"dedup_window_ms":60000},"consumer":{"dedup":"table_before"}}"#;
    assert_eq!(most(both), 40, "both sides remember");
}

/// A crash forgets what was in memory: the peak is that of the longest life.
#[test]
fn a_memory_that_is_lost_does_not_count_twice() {
    let text = r#"{"version":1,"messages":20,"faults":{"script":["crash consumer before receive 11"]},
        "lanes":[{"consumer":{"dedup":"memory"}},{"consumer":{"dedup":"table_after"}}]}"#;
    let experiment = Experiment::from_json(text).expect("an experiment");
    let tallies = count(&experiment, 0..1);
    assert_eq!(tallies.count(0, Count::Ids), 10);
    assert_eq!(tallies.count(1, Count::Ids), 20);
}

#[test]
fn throughput_is_effects_over_time() {
    let text = r#"{"version":1,"messages":11,"interval_ms":1000,
        "faults":{"latency_ms":[0,0]},"lanes":[{"consumer":{"processing_ms":0}}]}"#;
    let experiment = Experiment::from_json(text).expect("an experiment");
    let figures = count(&experiment, 0..3).figures();
    let throughput = figures.lanes[0].throughput.expect("there were effects");
    assert!((throughput.value - 1.1).abs() < 1e-12, "eleven in ten seconds: {throughput:?}");
    let interval = throughput.interval.expect("three runs");
    assert!(interval.width() < 1e-6, "all runs are alike: {interval:?}");
}

#[test]
#[should_panic(expected = "tallies of one experiment are merged")]
fn tallies_of_another_experiment_are_not_taken_in() {
    let one = Experiment::default();
    let lanes = Lanes::new(vec![Lane::of_preset(PresetId::AtMostOnce)]).expect("one lane");
    count(&one, 0..1).merge(&count(&Experiment::of_lanes(lanes), 0..1));
}
