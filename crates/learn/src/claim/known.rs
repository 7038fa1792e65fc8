//! What a claim needs to have found out, and what has been found out.
//!
//! The page lets workers do it and fills a [`Known`] as answers arrive; the command line does it on the spot.

use ackground_core::audit::{Audit, Report};
use ackground_core::experiment::Experiment;
use ackground_core::measure::{self, Figures};
use ackground_core::prove::{self, Bounds, Finding};
use ackground_core::sim;

/// Messages simulated in each lane for a figure: takes a few hundredths of a second, and gives the same figures
/// on every machine.
pub const MEASURED: u64 = 20_000;

/// A fact to be found out about an experiment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Need {
    /// The judged run of a lane, counted from 0. Well under a millisecond for a few messages.
    Run {
        /// Which lane.
        lane: usize,
    },
    /// The proof of a lane, counted from 0. Up to several seconds.
    Prove {
        /// Which lane.
        lane: usize,
        /// Within which bounds.
        bounds: Bounds,
    },
    /// A measurement of all lanes.
    Measure {
        /// At least this many messages in each lane.
        messages: u64,
    },
}

/// A fact that has been found out.
#[derive(Debug, Clone, PartialEq)]
pub enum Fact {
    /// The audit of a run.
    Run(Report),
    /// What the prover found.
    Proof(Finding),
    /// What was measured.
    Figures(Figures),
}

impl Need {
    /// Finds it out on the spot; `None` if the experiment has no such lane.
    pub fn meet(self, experiment: &Experiment) -> Option<Fact> {
        let there = |lane: usize| lane < experiment.lanes.len();
        match self {
            Need::Run { lane } => there(lane).then(|| Fact::Run(run(experiment, lane))),
            Need::Prove { lane, bounds } => {
                there(lane).then(|| Fact::Proof(prove::prove(experiment, lane, bounds)))
            }
            Need::Measure { messages } => {
                let runs = measure::runs(experiment, messages);
                let figures = measure::count(experiment, 0..runs).figures();
                Some(Fact::Figures(figures))
            }
        }
    }
}

/// Runs a lane and judges it.
pub(crate) fn run(experiment: &Experiment, lane: usize) -> Report {
    let messages = experiment.messages.get() as usize;
    let mut audit = Audit::new(&experiment.scenario, messages);
    let end = sim::observe(experiment, lane, &mut audit);
    audit.report(Some(end))
}

/// The facts known about one experiment.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Known {
    facts: Vec<(Need, Fact)>,
}

impl Known {
    /// All of these facts, found out on the spot.
    pub fn at_once(experiment: &Experiment, needs: &[Need]) -> Known {
        let mut known = Known::default();
        for need in needs {
            if !known.has(*need) {
                known.facts.extend(need.meet(experiment).map(|fact| (*need, fact)));
            }
        }
        known
    }

    /// Records a fact, replacing what was known for this need.
    pub fn add(&mut self, need: Need, fact: Fact) {
        self.facts.retain(|(known, _)| *known != need);
        self.facts.push((need, fact));
    }

    /// Whether this has been found out.
    pub fn has(&self, need: Need) -> bool {
        self.facts.iter().any(|(known, _)| *known == need)
    }

    fn fact(&self, need: Need) -> Option<&Fact> {
        let found = self.facts.iter().find(|(known, _)| *known == need);
        found.map(|(_, fact)| fact)
    }

    /// The run of a lane.
    pub fn report(&self, lane: usize) -> Option<&Report> {
        match self.fact(Need::Run { lane })? {
            Fact::Run(report) => Some(report),
            _ => None,
        }
    }

    /// The proof of a lane within exactly these bounds.
    pub fn proof(&self, lane: usize, bounds: Bounds) -> Option<&Finding> {
        match self.fact(Need::Prove { lane, bounds })? {
            Fact::Proof(finding) => Some(finding),
            _ => None,
        }
    }

    /// The figures for so many messages.
    pub fn figures(&self, messages: u64) -> Option<&Figures> {
        match self.fact(Need::Measure { messages })? {
            Fact::Figures(figures) => Some(figures),
            _ => None,
        }
    }
}
