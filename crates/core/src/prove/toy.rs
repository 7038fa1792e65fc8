//! Toy worlds: models so small that their schedules can be counted by hand, and a search without a
//! memo to compare with.

use std::collections::BTreeMap;

use super::lane::{self, LaneModel};
use super::model::{Broken, Chooser, Model, Plan};
use super::search::{Found, Limits, Search};
use super::{Bounds, Kinds, prove};
use crate::audit::{Property, judge};
use crate::experiment::script::{Line, Script};
use crate::experiment::{Experiment, Lane, Lanes, PresetId};
use crate::sim::simulate;

const UNLIMITED: Limits = Limits { runs: u64::MAX, events: u64::MAX, worlds: usize::MAX };

fn search<M: Model>(model: &M, faults: u8) -> Found<M::Fault> {
    let mut search = Search::new(model, faults, UNLIMITED);
    while search.advance(model, 7) {}
    assert!(search.is_complete());
    search.found().clone()
}

/// The outcome of a search, without names: schedules per number of faults, and per property how
/// many faults break it and how hard the easiest such schedule is to read.
type Outcome = (Vec<u64>, [Option<(usize, u32)>; Property::ALL.len()]);

fn pruned<M: Model>(model: &M, faults: u8) -> Outcome {
    let found = search(model, faults);
    let broken = found.broken.map(|faults| {
        faults.map(|faults| (faults.len(), faults.iter().map(|fault| model.cost(fault)).sum()))
    });
    (found.schedules, broken)
}

/// Runs every schedule separately, from the start, and remembers nothing.
fn unpruned<M: Model>(model: &M, faults: u8) -> Outcome {
    let mut outcome: Outcome = (vec![0; faults as usize + 1], [None; Property::ALL.len()]);
    try_every(model, faults, BTreeMap::new(), &mut |struck, broken| {
        let cost: u32 = struck.iter().map(|fault| model.cost(fault)).sum();
        let found = (struck.len(), cost);
        outcome.0[struck.len()] += 1;
        for property in Property::ALL.into_iter().filter(|&property| broken.contains(property)) {
            let best = &mut outcome.1[property as usize];
            *best = Some(best.map_or(found, |best| best.min(found)));
        }
    });
    outcome
}

/// Runs the schedule with these strikes, and every one that only adds later strikes; reports for
/// each which faults struck and what they broke.
fn try_every<M: Model>(
    model: &M,
    faults: u8,
    strikes: BTreeMap<usize, Plan>,
    tell: &mut impl FnMut(&[M::Fault], Broken),
) {
    let mut world = model.first();
    let mut struck = Vec::new();
    let mut points = Vec::new();
    let broken = loop {
        let plan = strikes.get(&points.len()).copied().unwrap_or_default();
        let mut chooser = Chooser::new(plan);
        let end = model.step(&mut world, &mut chooser);
        points.push(chooser.asked());
        struck.extend_from_slice(chooser.struck());
        if let Some(broken) = end {
            break broken;
        }
    };
    tell(&struck, broken);
    if struck.len() == faults as usize {
        return;
    }
    let last = strikes.keys().last().copied().unwrap_or(0);
    for (event, &asked) in points.iter().enumerate().skip(last) {
        let plan = strikes.get(&event).copied().unwrap_or_default();
        for point in plan.end()..asked {
            let mut more = strikes.clone();
            more.insert(event, plan.with(point));
            try_every(model, faults, more, tell);
        }
    }
}

/// Coins: each may fail, and two failures break something. The world only counts failures, so most
/// combinations lead to the same world.
struct Coins(u32);

impl Model for Coins {
    type World = (u32, u32);
    type Fault = u32;

    fn first(&self) -> (u32, u32) {
        (0, 0)
    }

    fn step(&self, (coin, failed): &mut (u32, u32), chooser: &mut Chooser<u32>) -> Option<Broken> {
        if *coin == self.0 {
            let broken = Broken::default();
            return Some(if *failed >= 2 { broken.with(Property::NoLoss) } else { broken });
        }
        *failed += u32::from(chooser.strikes(|| *coin));
        *coin += 1;
        None
    }

    /// Later coins are easier to read.
    fn cost(&self, coin: &u32) -> u32 {
        self.0 - coin
    }
}

#[test]
fn of_n_coins_k_fail_in_n_over_k_ways() {
    let found = search(&Coins(10), 4);
    assert_eq!(found.schedules, [1, 10, 45, 120, 210]);
    assert!(found.runs < 386, "equal worlds are visited once, yet there were {} runs", found.runs);
}

#[test]
fn the_shortest_counterexample_is_found_and_of_these_the_easiest() {
    let found = search(&Coins(10), 4);
    assert_eq!(found.broken[Property::NoLoss as usize], Some(vec![8, 9]));
    assert_eq!(found.broken[Property::NoDuplicates as usize], None);
    assert_eq!(search(&Coins(10), 1).broken[Property::NoLoss as usize], None, "one is not enough");
}

/// Attempts: each failure calls for another attempt, so a choice point exists only after a failure.
struct Attempts;

impl Model for Attempts {
    type World = u32;
    type Fault = u32;

    fn first(&self) -> u32 {
        0
    }

    fn step(&self, attempts: &mut u32, chooser: &mut Chooser<u32>) -> Option<Broken> {
        *attempts += 1;
        if chooser.strikes(|| *attempts) {
            return None;
        }
        let broken = Broken::default();
        Some(if *attempts > 3 { broken.with(Property::Settles) } else { broken })
    }

    fn cost(&self, _: &u32) -> u32 {
        1
    }
}

#[test]
fn a_fault_can_open_new_choice_points() {
    let found = search(&Attempts, 5);
    assert_eq!(found.schedules, [1; 6], "as many attempts fail as there are faults");
    assert_eq!(found.broken[Property::Settles as usize], Some(vec![1, 2, 3]));
}

/// One event with four choice points, and a second one that breaks if just the middle two struck.
struct Burst;

impl Model for Burst {
    type World = (bool, u32);
    type Fault = u32;

    fn first(&self) -> (bool, u32) {
        (false, 0)
    }

    fn step(&self, world: &mut (bool, u32), chooser: &mut Chooser<u32>) -> Option<Broken> {
        let (done, struck) = world;
        if !std::mem::replace(done, true) {
            for point in 0..4 {
                *struck |= u32::from(chooser.strikes(|| point)) << point;
            }
            return None;
        }
        let broken = Broken::default();
        Some(if *struck == 0b0110 { broken.with(Property::InOrder) } else { broken })
    }

    fn cost(&self, _: &u32) -> u32 {
        1
    }
}

#[test]
fn every_subset_of_the_choice_points_of_one_event_is_tried() {
    let found = search(&Burst, 4);
    assert_eq!(found.schedules, [1, 4, 6, 4, 1]);
    assert_eq!(found.broken[Property::InOrder as usize], Some(vec![1, 2]));
}

/// A fault leads to a world that the fault-free run also reaches, later; from there two faults
/// break something. Under a bound of two only the path without the first fault leads to the
/// violation, and a memo that ignores how many faults are left would hide it.
struct Shortcut;

impl Model for Shortcut {
    type World = u32;
    type Fault = u32;

    fn first(&self) -> u32 {
        0
    }

    fn step(&self, place: &mut u32, chooser: &mut Chooser<u32>) -> Option<Broken> {
        match *place {
            // The shortcut from 0 to 2.
            0 => *place = if chooser.strikes(|| 0) { 2 } else { 1 },
            1 => *place = 2,
            2 | 3 => *place = if chooser.strikes(|| *place) { *place + 1 } else { 9 },
            4 => return Some(Broken::default().with(Property::NoTorn)),
            _ => return Some(Broken::default()),
        }
        None
    }

    fn cost(&self, _: &u32) -> u32 {
        1
    }
}

#[test]
fn faults_left_are_part_of_what_is_remembered() {
    let found = search(&Shortcut, 2);
    assert_eq!(found.broken[Property::NoTorn as usize], Some(vec![2, 3]));
    assert_eq!(found.schedules, [1, 2, 2]);
}

#[test]
fn with_and_without_a_memory_the_toys_come_to_the_same() {
    for faults in 0..=4 {
        assert_eq!(pruned(&Coins(7), faults), unpruned(&Coins(7), faults));
        assert_eq!(pruned(&Attempts, faults), unpruned(&Attempts, faults));
        assert_eq!(pruned(&Burst, faults), unpruned(&Burst, faults));
        assert_eq!(pruned(&Shortcut, faults), unpruned(&Shortcut, faults));
    }
}

fn compare_lane(id: PresetId, messages: u64, faults: u8, kinds: Kinds) {
    let lanes = Lanes::new(vec![Lane::of_preset(id)]).expect("one lane is allowed");
    let experiment = lane::bare(&Experiment::of_lanes(lanes), messages);
    let windows = lane::windows(&experiment, 0, kinds);
    let model = LaneModel::new(&experiment, 0, kinds, &windows);
    assert_eq!(pruned(&model, faults), unpruned(&model, faults), "{}", id.word());
}

#[test]
fn with_and_without_a_memory_every_preset_comes_to_the_same() {
    for id in PresetId::ALL.iter().copied() {
        compare_lane(id, 1, 2, Kinds::default());
        compare_lane(id, 2, 1, Kinds::ALL);
    }
}

#[test]
fn a_run_of_the_search_ends_where_that_of_its_script_does() {
    // A poison message that is redelivered every five seconds until the horizon. The longest
    // partition searched is absent from most of the scripts and must not move their horizon.
    let json = r#"{"version": 1, "messages": 1, "lanes": [{
        "producer": {"backoff": {"max_ms": 1000}}, "consumer": {"on_failure": "wait"}
    }]}"#;
    let mut experiment = Experiment::from_json(json).expect("a right experiment");
    let kinds: Kinds = "drop,poison,partition".parse().expect("they are kinds");
    let bare = lane::bare(&experiment, 1);
    let windows = lane::windows(&bare, 0, kinds);
    let model = LaneModel::new(&bare, 0, kinds, &windows);
    try_every(&model, 2, BTreeMap::new(), &mut |struck, broken| {
        let lines: Vec<Line> = struck.iter().map(|f| f.line(&bare.scenario)).collect();
        let cuts = lines.iter().any(|line| matches!(line, Line::Partition(..)));
        experiment.faults.script = Script::new(lines).expect("two lines are allowed");
        let trace = simulate(&experiment, 0);
        let script = &experiment.faults.script;
        assert_eq!(broken, Broken::of(judge(&experiment, &trace).properties), "{script:?}");
        // Another fault may leave nothing for the partition to cut.
        assert!(cuts || trace.unfired.is_empty(), "{script:?} did not fire");
    });
}

#[test]
fn a_search_that_may_not_go_on_says_so_and_lets_nothing_hold() {
    let usual = Bounds::default();
    let few = [
        (Bounds { most_runs: 20, ..usual }, super::Stopped::Runs),
        (Bounds { most_events: 200, ..usual }, super::Stopped::Events),
    ];
    for (bounds, stopped_by) in few {
        let finding = prove(&Experiment::default(), 2, bounds);
        assert!(!finding.explored.complete);
        assert_eq!(finding.explored.stopped_by, Some(stopped_by));
        let covered = finding.explored.faults;
        assert_eq!(covered, Some(0), "only the run without a fault is covered");
        assert_eq!(finding.guarantee, None);
        let holds = |verdict: &super::Verdict| verdict.holds() == Some(true);
        assert!(!finding.verdicts.iter().any(holds));
    }
}

#[test]
fn a_small_memory_costs_time_and_changes_nothing() {
    let experiment = lane::bare(&Experiment::default(), 1);
    let model = LaneModel::new(&experiment, 1, Kinds::default(), &[]);
    let limits = Limits { worlds: 10, ..UNLIMITED };
    let mut small = Search::new(&model, 2, limits);
    while small.advance(&model, 1000) {}
    let large = search(&model, 2);
    assert_eq!(small.found().schedules, large.schedules);
    assert_eq!(small.found().broken, large.broken);
    assert!(small.found().runs > large.runs);
}
