//! Finds out why the lanes diverge, in time slices, once the experiment has settled.

use std::rc::Rc;

use yew::prelude::*;

use crate::hooks::slices::Slices;
use crate::hooks::whole::use_whole;
use crate::lane::state::divergence_cause::{DivergenceCause, Search};
use crate::state::LaneRun;
use ackground_core::experiment::Experiment;

/// How long the experiment must be unchanged before the search begins, in milliseconds.
const DEBOUNCE_MS: u32 = 300;

/// The two lanes that diverge first, and why; `None` until known, or if no lanes diverge. The search waits
/// for the deferred part of the page.
#[hook]
pub fn use_divergence_cause(
    experiment: &Rc<Experiment>,
    runs: &Rc<[Rc<LaneRun>]>,
) -> Option<Rc<DivergenceCause>> {
    let divergence_cause = use_state_eq(|| None::<Rc<DivergenceCause>>);
    let whole = use_whole();
    use_effect_with((experiment.clone(), runs.clone(), whole), {
        let divergence_cause = divergence_cause.setter();
        move |(experiment, runs, whole)| {
            divergence_cause.set(None);
            let (experiment, runs) = (experiment.clone(), runs.clone());
            let mut search = None;
            let slices = whole.then(|| {
                Slices::begin(DEBOUNCE_MS, move || {
                    if search.is_none() {
                        search = Search::new(&experiment, &runs);
                    }
                    let Some(search) = &mut search else {
                        return false;
                    };
                    let over = search.advance();
                    if over {
                        divergence_cause.set(Some(Rc::new(search.found().clone())));
                    }
                    !over
                })
            });
            // Dropping cancels the search.
            move || drop(slices)
        }
    });
    (*divergence_cause).clone()
}
