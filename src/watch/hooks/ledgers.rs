//! The ledgers of all lanes at the playhead, computed once for all components.

use std::rc::Rc;

use yew::prelude::*;

use crate::state::LaneRun;
use ackground_core::experiment::Experiment;
use ackground_core::sim::Time;
use ackground_timeline::{Ledger, happened};

/// A ledger, with the inputs it was computed from.
struct Known {
    experiment: Rc<Experiment>,
    run: Rc<LaneRun>,
    /// The number of steps that have happened, and whether the run is over.
    so_far: (usize, bool),
    ledger: Rc<Ledger>,
}

/// The ledger of every lane at a moment, recomputed only for lanes in which something has happened.
#[hook]
pub fn use_ledgers_at(
    experiment: &Rc<Experiment>,
    runs: &[Rc<LaneRun>],
    playhead: Time,
) -> Rc<[Rc<Ledger>]> {
    let known = use_mut_ref(Vec::<Known>::new);
    let mut known = known.borrow_mut();
    known.truncate(runs.len());
    for (lane, run) in runs.iter().enumerate() {
        let so_far = (happened(&run.trace, playhead), playhead >= run.trace.end.at());
        let same = known.get(lane).is_some_and(|known| {
            Rc::ptr_eq(&known.experiment, experiment)
                && Rc::ptr_eq(&known.run, run)
                && known.so_far == so_far
        });
        if same {
            continue;
        }
        let now = Known {
            experiment: experiment.clone(),
            run: run.clone(),
            so_far,
            ledger: Rc::new(Ledger::at(experiment, run.lane, &run.trace, playhead)),
        };
        match known.get_mut(lane) {
            Some(before) => *before = now,
            None => known.push(now),
        }
    }
    known.iter().map(|known| known.ledger.clone()).collect()
}
