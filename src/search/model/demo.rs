//! The experiment that shows a setup: beside one that withstands more, with a fault that tells them apart.

use ackground_core::audit::{self, Outcome};
use ackground_core::experiment::scenario::BuiltIn;
use ackground_core::experiment::script::Script;
use ackground_core::experiment::{Experiment, Family, Lane, Lanes, PresetId};
use ackground_core::sim;

/// A setup, and beside it the best one of its family.
pub(super) fn of_preset(id: PresetId) -> Experiment {
    let best = match id.family() {
        Family::Guarantee | Family::Mistake => Some(PresetId::EffectivelyOnce),
        family @ Family::Product(_) => family.presets().last(),
    };
    let beside = best.filter(|best| *best != id).or_else(|| {
        // The best one beside the one before it.
        let before = id.family().presets().take_while(|other| *other != id);
        before.last()
    });
    of_lanes(std::iter::once(id).chain(beside))
}

/// All setups of a family, or as many as there is room for.
pub(super) fn of_family(family: Family) -> Experiment {
    of_lanes(family.presets().take(Lanes::MOST))
}

fn of_lanes(presets: impl Iterator<Item = PresetId>) -> Experiment {
    let lanes = Lanes::new(presets.map(Lane::of_preset).collect()).unwrap_or_default();
    let mut experiment = Experiment::of_lanes(lanes);
    let pipes = |lane: &Lane| lane.preset == Some(PresetId::KafkaTransactions);
    if experiment.lanes.first().is_some_and(pipes) {
        experiment.scenario = BuiltIn::Pipeline.scenario();
    }
    let (first, others) = (0, 1..experiment.lanes.len());
    let harms = faults(&experiment).into_iter().filter(|fault| is_harmed(fault, first));
    let told: Vec<Experiment> = harms.collect();
    let apart = |fault: &&Experiment| others.clone().any(|lane| !is_harmed(fault, lane));
    let telling = told.iter().find(apart).or(told.first());
    telling.cloned().unwrap_or_else(|| faults(&experiment).swap_remove(CRASH_AFTER))
}

/// The experiment with each of the faults that setups differ in, the plainest first.
fn faults(experiment: &Experiment) -> Vec<Experiment> {
    let steps = &experiment.scenario.steps;
    let step = &steps[steps.primary()].id;
    let lines = [
        "drop publish 2".to_owned(),
        format!("crash consumer before {step} 2"),
        "fail 2".to_owned(),
        format!("crash consumer after {step} 2"),
        "crash consumer after record 2".to_owned(),
        "crash producer before publish 2".to_owned(),
        "crash producer after publish 2".to_owned(),
        "crash broker after ack 2".to_owned(),
        "drop publish-ack 2".to_owned(),
        "drop ack 2".to_owned(),
        "drop deliver 2".to_owned(),
    ];
    let with = |line: String| {
        let mut harmed = experiment.clone();
        harmed.faults.script = Script::new(line.parse().into_iter().collect()).unwrap_or_default();
        harmed
    };
    lines.into_iter().map(with).collect()
}

/// The place of the crash that every setup has to get over.
const CRASH_AFTER: usize = 3;

fn is_harmed(experiment: &Experiment, lane: usize) -> bool {
    let report = audit::judge(experiment, &sim::simulate(experiment, lane));
    report.messages.iter().any(|message| message.end != Outcome::Once)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_is_harmed_where_the_setup_beside_it_is_not() {
        for id in Family::Mistake.presets() {
            let shown = of_preset(id);
            assert_eq!(shown.lanes.len(), 2, "{id}");
            assert_eq!(shown.faults.script.lines().len(), 1, "{id}");
            assert!(is_harmed(&shown, 0), "{id}");
            assert!(!is_harmed(&shown, 1), "{id}: {:?}", shown.faults.script.lines());
        }
    }

    #[test]
    fn every_setup_and_every_family_meets_a_fault() {
        for id in PresetId::ALL {
            let shown = of_preset(*id);
            assert_eq!(shown.lanes[0].preset, Some(*id));
            assert_eq!((shown.lanes.len(), shown.faults.script.lines().len()), (2, 1), "{id}");
        }
        for family in Family::all() {
            let shown = of_family(family);
            assert!(shown.lanes.len() > 2, "{}", family.name());
            assert!(shown.check().is_ok() && is_harmed(&shown, 0), "{}", family.name());
        }
    }
}
