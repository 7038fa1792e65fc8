//! Where playback stops, found once somebody plays: the first picture needs none of it.

use std::cell::OnceCell;
use std::ops::Deref;
use std::rc::Rc;

use super::runs::LaneRun;
use ackground_core::experiment::Experiment;
use ackground_core::sim::Trace;
use ackground_timeline::{Axis, Pace};

/// The stops of a session's runs, found when they are first asked for.
#[derive(Clone, Debug)]
pub struct LazyPace {
    experiment: Rc<Experiment>,
    runs: Rc<[Rc<LaneRun>]>,
    axis: Rc<Axis>,
    found: OnceCell<Pace>,
}

impl LazyPace {
    pub fn of(experiment: Rc<Experiment>, runs: Rc<[Rc<LaneRun>]>, axis: Rc<Axis>) -> LazyPace {
        LazyPace { experiment, runs, axis, found: OnceCell::new() }
    }
}

impl Deref for LazyPace {
    type Target = Pace;

    fn deref(&self) -> &Pace {
        self.found.get_or_init(|| {
            let traces: Vec<&Trace> = self.runs.iter().map(|run| &*run.trace).collect();
            Pace::of(&self.experiment, &traces, &self.axis)
        })
    }
}

/// The same runs have the same stops.
impl PartialEq for LazyPace {
    fn eq(&self, other: &LazyPace) -> bool {
        self.runs == other.runs && self.experiment == other.experiment
    }
}
