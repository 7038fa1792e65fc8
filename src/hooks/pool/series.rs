//! Several tasks as a component sees them, answered one by one.

use std::rc::Rc;
use std::time::Duration;

use yew::prelude::*;

use super::worker_pool::{TaskGuard, WorkerPool, now};
use ackground_worker::series::Series;
use ackground_worker::{Priority, TaskEvent, Work};

/// What was asked, and what is known of it.
struct Known<W: Work> {
    asked: Option<Rc<Vec<W::Ask>>>,
    series: Rc<Series<W::Answer>>,
}

enum Act<W: Work> {
    Begin(Option<Rc<Vec<W::Ask>>>, Duration),
    Hear(Rc<Vec<W::Ask>>, usize, TaskEvent<W::Answer>, Duration),
    Stop(Duration),
}

impl<W: Work> Reducible for Known<W>
where
    W::Answer: Clone,
{
    type Action = Act<W>;

    fn reduce(self: Rc<Self>, act: Act<W>) -> Rc<Self> {
        let mut series = self.series.clone();
        match act {
            Act::Begin(asked, now) => {
                let tasks = asked.as_ref().map_or(0, |asked| asked.len());
                let series = Rc::new(Series::begin(tasks, now));
                return Rc::new(Known { asked, series });
            }
            Act::Hear(asked, task, event, now) => {
                // TaskEvent of what was asked before.
                if !self.asked.as_ref().is_some_and(|here| Rc::ptr_eq(here, &asked)) {
                    return self;
                }
                Rc::make_mut(&mut series).hear(task, event, now);
            }
            Act::Stop(now) => Rc::make_mut(&mut series).stop(now),
        }
        Rc::new(Known { asked: self.asked.clone(), series })
    }
}

/// Some tasks under way.
pub struct Tasks<R> {
    /// What is known of them.
    pub series: Rc<Series<R>>,
    /// Gives up what is not done yet.
    pub on_stop: Callback<()>,
    /// Begins anew.
    pub on_again: Callback<()>,
}

/// Does what is asked, each as a task of its own, as long as it is asked. When something else is
/// asked, or the component goes, what is under way is given up. Asking for the same thing again, in
/// another place of memory, changes nothing.
#[hook]
pub fn use_series<W>(asked: Option<Rc<Vec<W::Ask>>>, priority: Priority) -> Tasks<W::Answer>
where
    W: Work + 'static,
    W::Ask: PartialEq,
    W::Answer: Clone + 'static,
{
    let pool = use_context::<WorkerPool<W>>();
    let known = use_reducer(|| Known::<W> {
        asked: None,
        series: Rc::new(Series::begin(0, Duration::ZERO)),
    });
    let guards = use_mut_ref(Vec::<TaskGuard>::new);
    let turn = use_state_eq(|| 0u32);
    use_effect_with((pool, asked.clone(), priority, *turn), {
        let (dispatch, guards) = (known.dispatcher(), guards.clone());
        move |(pool, asked, priority, _)| {
            dispatch.dispatch(Act::Begin(asked.clone(), now()));
            if let Some((pool, asked)) = pool.as_ref().zip(asked.as_ref()) {
                let begun = asked.iter().enumerate().map(|(task, ask)| {
                    let (dispatch, asked) = (dispatch.clone(), asked.clone());
                    pool.begin(vec![ask.clone()], *priority, move |event| {
                        dispatch.dispatch(Act::Hear(asked.clone(), task, event, now()));
                    })
                });
                *guards.borrow_mut() = begun.collect();
            }
            move || guards.borrow_mut().clear()
        }
    });
    let series = if known.asked == asked {
        known.series.clone()
    } else {
        // Not begun yet: an answer is never shown to another question.
        let tasks = asked.as_ref().map_or(0, |asked| asked.len());
        Rc::new(Series::begin(tasks, now()))
    };
    let on_stop = {
        let (dispatch, guards) = (known.dispatcher(), guards.clone());
        Callback::from(move |()| {
            guards.borrow_mut().clear();
            dispatch.dispatch(Act::Stop(now()));
        })
    };
    let on_again = Callback::from(move |()| turn.set(turn.wrapping_add(1)));
    Tasks { series, on_stop, on_again }
}
