//! The search for remedies, in time slices.

use std::rc::Rc;

use yew::prelude::*;

use crate::hooks::slices::Slices;
use ackground_core::experiment::Experiment;
use ackground_core::sim::MessageNo;
use ackground_words::story::{Remedy, Search};

/// How long the experiment must be unchanged before the search begins, in milliseconds.
const DEBOUNCE_MS: u32 = 60;
/// The budget of a slice, in steps of simulated runs: a few milliseconds.
const STEPS: u64 = 30_000;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sought {
    /// Best first.
    pub remedies: Vec<Remedy>,
    pub tried: usize,
    pub over: bool,
    /// Whether it hit its limit.
    pub cut: bool,
    /// Whether the message came to harm at all.
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

/// What would have prevented the harm to a message; `None` until the search begins. It restarts for another
/// experiment or message, and is cancelled on unmount.
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
            // Dropping cancels the search.
            move || drop(slices)
        }
    });
    (*sought).clone()
}
