//! A proof search as a job. A unit of work is one simulated event.

use serde::{Deserialize, Serialize};

use crate::protocol::Progress;
use crate::work::Work;
use ackground_core::experiment::{Experiment, Lanes};
use ackground_core::prove::{Bounds, Finding, Proof, bare};

/// What does a lane guarantee, within bounds?
///
/// Two requests are equal if nothing differs that affects the result, so an answer stays valid while other
/// lanes, names, rates and scripts change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prove {
    /// The lane on its own.
    experiment: Experiment,
    bounds: Bounds,
}

impl Prove {
    /// The request for the lane with this index, from 0; `None` if there is none.
    #[must_use]
    pub fn of_lane(experiment: &Experiment, lane: usize, bounds: Bounds) -> Option<Prove> {
        let bounds = bounds.clamped();
        let mut lane = experiment.lanes.get(lane)?.clone();
        lane.name = Default::default();
        let mut experiment = bare(experiment, bounds.messages.into());
        experiment.title = Default::default();
        experiment.lanes = Lanes::new(vec![lane])?;
        Some(Prove { experiment, bounds })
    }

    /// The bounds of the search.
    #[must_use]
    pub fn bounds(&self) -> Bounds {
        self.bounds
    }

    /// The same request for schedules of at most this many faults.
    #[must_use]
    pub fn with_faults(&self, faults: u8) -> Prove {
        let bounds = Bounds { faults, ..self.bounds };
        Prove { experiment: self.experiment.clone(), bounds: bounds.clamped() }
    }

    /// Whether two requests differ only in their number of faults.
    #[must_use]
    pub fn same_but_for_faults(&self, other: &Prove) -> bool {
        let faults = self.bounds.faults;
        let bounds = Bounds { faults, ..other.bounds };
        self.bounds == bounds && self.experiment == other.experiment
    }
}

impl Work for Proof {
    type Ask = Prove;
    type Answer = Finding;

    fn begin(ask: Prove) -> Result<Self, String> {
        Ok(Proof::new(&ask.experiment, 0, ask.bounds))
    }

    fn advance(&mut self, units: u64) -> bool {
        Proof::advance(self, units)
    }

    /// Counts schedules.
    fn progress(&self) -> Progress {
        Progress::estimated(self.schedules(), Proof::progress(self))
    }

    fn answer(self) -> Finding {
        self.finding()
    }
}
