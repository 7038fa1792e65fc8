//! The runs, one per lane, simulated again only if the outcome can differ.

use std::rc::Rc;

use ackground_core::audit::{Report, judge};
use ackground_core::experiment::{Experiment, Lane};
use ackground_core::sim::{Trace, simulate};

/// A lane's run and its audit.
#[derive(Debug, PartialEq, Eq)]
pub struct LaneRun {
    /// The lane's index in the experiment.
    pub lane: usize,
    pub trace: Rc<Trace>,
    pub report: Rc<Report>,
}

impl LaneRun {
    fn of(experiment: &Experiment, lane: usize) -> LaneRun {
        let trace = simulate(experiment, lane);
        let report = judge(experiment, &trace);
        LaneRun { lane, trace: Rc::new(trace), report: Rc::new(report) }
    }
}

/// Runs an experiment, reusing the runs in `before`. A lane with the same index and outcome gets the very
/// same `Rc` back, so components can compare by pointer.
pub fn run(
    experiment: &Experiment,
    before: Option<(&Experiment, &[Rc<LaneRun>])>,
) -> Rc<[Rc<LaneRun>]> {
    let known = before.filter(|(old, _)| same_world(old, experiment));
    let lanes = experiment.lanes.iter().enumerate();
    lanes
        .map(|(index, lane)| {
            known_run(known, index, lane).unwrap_or_else(|| Rc::new(LaneRun::of(experiment, index)))
        })
        .collect()
}

/// Whether everything but lanes and title is equal, so that equal lanes have equal runs.
fn same_world(a: &Experiment, b: &Experiment) -> bool {
    a.scenario == b.scenario
        && a.messages == b.messages
        && a.interval_ms == b.interval_ms
        && a.seed == b.seed
        && a.faults == b.faults
}

/// Whether two lanes behave alike; names may differ.
fn same_setup(a: &Lane, b: &Lane) -> bool {
    a.producer == b.producer && a.broker == b.broker && a.consumer == b.consumer
}

fn known_run(
    known: Option<(&Experiment, &[Rc<LaneRun>])>,
    index: usize,
    lane: &Lane,
) -> Option<Rc<LaneRun>> {
    let (old, runs) = known?;
    let alike = |at: usize| old.lanes.get(at).is_some_and(|other| same_setup(other, lane));
    if alike(index) {
        return runs.get(index).cloned();
    }
    // A lane whose index shifted, because another one was added or removed, keeps its run.
    let from = (0..old.lanes.len()).find(|at| alike(*at))?;
    let run = runs.get(from)?;
    Some(Rc::new(LaneRun { lane: index, trace: run.trace.clone(), report: run.report.clone() }))
}
