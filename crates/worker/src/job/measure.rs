//! A measurement over many runs as a job. A unit of work is one run of every lane.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::protocol::Progress;
use crate::work::Work;
use ackground_core::experiment::{Experiment, Lanes};
use ackground_core::measure::{self, Tallies};

/// How many parts a measurement is split into: several per worker, so that none is left with much to do
/// when the others are done.
const PARTS: u64 = 32;

/// What do these runs of an experiment come to?
///
/// Two requests are equal if nothing differs that affects the result: names do not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measure {
    experiment: Experiment,
    runs: Range<u64>,
}

impl Measure {
    /// A measurement of at least this many messages in each lane, undivided.
    #[must_use]
    pub fn whole(experiment: &Experiment, messages: u64) -> Measure {
        Measure { experiment: nameless(experiment), runs: 0..measure::runs(experiment, messages) }
    }

    /// The parts of a measurement of at least this many messages in each lane. The merged result does not
    /// depend on how many parts there are.
    #[must_use]
    pub fn parts(experiment: &Experiment, messages: u64) -> Vec<Measure> {
        let experiment = nameless(experiment);
        let runs = measure::runs(&experiment, messages);
        let until = |part: u64| (u128::from(runs) * u128::from(part) / u128::from(PARTS)) as u64;
        (0..PARTS)
            .map(|part| until(part)..until(part + 1))
            .filter(|runs| !runs.is_empty())
            .map(|runs| Measure { experiment: experiment.clone(), runs })
            .collect()
    }
}

fn nameless(experiment: &Experiment) -> Experiment {
    let mut lanes = experiment.lanes.to_vec();
    for lane in &mut lanes {
        lane.name = Default::default();
    }
    let lanes = Lanes::new(lanes).unwrap_or_else(|| experiment.lanes.clone());
    Experiment { title: Default::default(), lanes, ..experiment.clone() }
}

/// A measurement in progress.
#[derive(Debug)]
pub struct Measuring {
    ask: Measure,
    /// The next run.
    next: u64,
    tallies: Tallies,
}

impl Work for Measuring {
    type Ask = Measure;
    type Answer = Tallies;

    fn begin(ask: Measure) -> Result<Self, String> {
        Ok(Measuring { next: ask.runs.start, tallies: Tallies::none(&ask.experiment), ask })
    }

    fn advance(&mut self, units: u64) -> bool {
        let end = self.next.saturating_add(units).min(self.ask.runs.end);
        let counted = measure::count(&self.ask.experiment, self.next..end);
        self.tallies.merge(&counted);
        self.next = end;
        self.next < self.ask.runs.end
    }

    /// Counts runs.
    fn progress(&self) -> Progress {
        let Range { start, end } = self.ask.runs;
        Progress::of(self.next - start, end.saturating_sub(start))
    }

    fn answer(self) -> Tallies {
        self.tallies
    }
}
