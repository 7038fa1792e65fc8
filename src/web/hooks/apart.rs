//! Why the lanes part, found out a setting at a time once the experiment has come to rest.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use yew::prelude::*;

use crate::experiment::Experiment;
use crate::web::state::LaneRun;
use crate::web::state::apart::{Apart, Search};

/// How long an experiment has to stay as it is before the search begins, in milliseconds.
const PATIENCE_MS: u32 = 300;

/// The two lanes that part first, and why; `None` until that is known, or if no lanes part.
#[hook]
pub fn use_apart(experiment: &Rc<Experiment>, runs: &Rc<[Rc<LaneRun>]>) -> Option<Rc<Apart>> {
    let apart = use_state_eq(|| None::<Rc<Apart>>);
    use_effect_with((experiment.clone(), runs.clone()), {
        let apart = apart.setter();
        move |(experiment, runs)| {
            apart.set(None);
            let waiting = Rc::new(RefCell::new(None));
            let (experiment, runs) = (experiment.clone(), runs.clone());
            let begin = {
                let waiting = waiting.clone();
                move || {
                    if let Some(search) = Search::new(&experiment, &runs) {
                        go_on(search, apart, waiting);
                    }
                }
            };
            *waiting.borrow_mut() = Some(Timeout::new(PATIENCE_MS, begin));
            // What is waited for is forgotten with the component.
            move || drop(waiting.borrow_mut().take())
        }
    });
    (*apart).clone()
}

type Waiting = Rc<RefCell<Option<Timeout>>>;

fn go_on(mut search: Search, apart: UseStateSetter<Option<Rc<Apart>>>, waiting: Waiting) {
    if search.go_on() {
        return apart.set(Some(Rc::new(search.found().clone())));
    }
    let next = {
        let waiting = waiting.clone();
        move || go_on(search, apart, waiting)
    };
    *waiting.borrow_mut() = Some(Timeout::new(0, next));
}
