//! The search for what would have prevented a harm, a little at a time, so that the page stays quick.

use std::rc::Rc;

use yew::prelude::*;

use crate::hooks::slices::Slices;
use ackground_core::experiment::Experiment;
use ackground_core::sim::MessageNo;
use ackground_words::story::{Remedy, Search};

/// How long an experiment has to stay as it is before the search begins, in milliseconds.
const DEBOUNCE_MS: u32 = 60;
/// So many steps of simulated runs are taken at once: a few milliseconds.
const STEPS: u64 = 30_000;

/// What the search has found so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sought {
    /// What mends it, the best first.
    pub remedies: Vec<Remedy>,
    /// How many changes were tried.
    pub tried: usize,
    /// Whether the search is over.
    pub over: bool,
    /// Whether it was cut short.
    pub cut: bool,
    /// Whether there is anything to mend.
    pub harm: bool,
}

impl Sought {
    fn of(search: &Search) -> Sought {
        Sought {
            remedies: search.remedies().to_vec(),
            tried: search.tried(),
            over: search.is_over(),
            cut: search.is_over() && !search.is_complete(),
            harm: true,
        }
    }
}

/// What would have prevented the harm that came to a message of a lane; `None` until the search begins.
/// It begins anew with another experiment or message, and ends with the component.
#[hook]
pub fn use_remedies(
    experiment: &Rc<Experiment>,
    lane: usize,
    message: MessageNo,
) -> Option<Rc<Sought>> {
    let sought = use_state_eq(|| None::<Rc<Sought>>);
    use_effect_with((experiment.clone(), lane, message), {
        let sought = sought.setter();
        move |(experiment, lane, message)| {
            sought.set(None);
            let (experiment, lane, message) = (experiment.clone(), *lane, *message);
            let mut search = None;
            let slices = Slices::begin(DEBOUNCE_MS, move || {
                if search.is_none() {
                    search = Search::new(&experiment, lane, message);
                }
                let Some(search) = &mut search else {
                    sought.set(Some(Rc::new(Sought { over: true, ..Sought::default() })));
                    return false;
                };
                let over = search.advance(STEPS);
                sought.set(Some(Rc::new(Sought::of(search))));
                !over
            });
            // What is not wanted any more is not gone on with.
            move || drop(slices)
        }
    });
    (*sought).clone()
}
