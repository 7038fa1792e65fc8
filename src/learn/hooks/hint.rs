//! The search for a hint, in time slices.

use std::rc::Rc;

use yew::prelude::*;

use crate::hooks::slices::Slices;
use ackground_learn::claim::Known;
use ackground_learn::exercise::{Attempt, Exercise, Hint, HintSearch};

/// A delay for the page to render that it is searching, in milliseconds.
const DEBOUNCE_MS: u32 = 30;
/// The budget of a slice, in steps of simulated runs: a few milliseconds.
const STEPS: u64 = 30_000;

/// The hint for an attempt, on request: `None` while searching, then the hint, if there is one. Another
/// attempt cancels the search.
#[hook]
pub fn use_hint(
    exercise: &Rc<Exercise>,
    attempt: Option<Rc<Attempt>>,
    known: &Rc<Known>,
) -> Option<Option<Rc<Hint>>> {
    let hint = use_state(|| None::<Option<Rc<Hint>>>);
    use_effect_with(attempt, {
        let hint = hint.setter();
        let (exercise, known) = (exercise.clone(), known.clone());
        move |attempt: &Option<Rc<Attempt>>| {
            hint.set(None);
            let slices = attempt.clone().map(|attempt| {
                let mut search = None;
                Slices::begin(DEBOUNCE_MS, move || {
                    let under_way =
                        search.get_or_insert_with(|| HintSearch::new(&exercise, &attempt, &known));
                    if under_way.advance(STEPS) {
                        return true;
                    }
                    hint.set(Some(search.take().and_then(HintSearch::answer).map(Rc::new)));
                    false
                })
            });
            move || drop(slices)
        }
    });
    (*hint).clone()
}
