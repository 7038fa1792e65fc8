//! A search as a job. A unit of work is an event of the simulation.

use serde::{Deserialize, Serialize};

use crate::experiment::Experiment;
use crate::prove::{Bounds, Finding, Proof};
use crate::worker::protocol::Progress;
use crate::worker::work::Work;

/// What does a lane guarantee, within bounds?
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Prove {
    /// The experiment.
    pub experiment: Experiment,
    /// Which of its lanes, counted from 0.
    pub lane: usize,
    /// What is searched.
    pub bounds: Bounds,
}

impl Work for Proof {
    type Ask = Prove;
    type Answer = Finding;

    fn begin(ask: Prove) -> Result<Self, String> {
        if ask.lane >= ask.experiment.lanes.len() {
            return Err(format!("There is no lane {}.", ask.lane.saturating_add(1)));
        }
        Ok(Proof::new(&ask.experiment, ask.lane, ask.bounds))
    }

    fn go_on(&mut self, units: u64) -> bool {
        Proof::go_on(self, units)
    }

    /// The count is one of schedules.
    fn progress(&self) -> Progress {
        Progress::estimated(self.finding().explored.schedules, Proof::progress(self))
    }

    fn answer(self) -> Finding {
        self.finding()
    }
}
