//! The search for a hint, a little at a time, so that the page stays quick.

use std::rc::Rc;

use yew::prelude::*;

use crate::hooks::slices::Slices;
use ackground_learn::claim::Known;
use ackground_learn::exercise::{Attempt, Exercise, Hint, HintSearch};

/// How long the page has to draw that it is looking, in milliseconds.
const DEBOUNCE_MS: u32 = 30;
/// So many steps of simulated runs are taken at once: a few milliseconds.
const STEPS: u64 = 30_000;

/// What stands in the way of an attempt, once that is asked: `None` while it is looked for, then the hint, if
/// there is one. Another attempt gives up the search.
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
