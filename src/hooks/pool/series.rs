//! A series of tasks as a hook, answered one by one.

use std::rc::Rc;
use std::time::Duration;

use yew::prelude::*;

use super::worker_pool::{TaskGuard, WorkerPool, now};
use ackground_worker::series::Series;
use ackground_worker::{Priority, TaskEvent, Work};

/// A series and its progress.
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
                // An event of a series that has been replaced.
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

/// A series in progress.
pub struct Tasks<R> {
    pub series: Rc<Series<R>>,
    /// Cancels what is not done yet.
    pub on_stop: Callback<()>,
    /// Starts over.
    pub on_again: Callback<()>,
}

/// Runs each element as a task of its own. Cancels what is in progress when the series changes or the
/// component unmounts. A series that is equal but at another address counts as unchanged.
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
        // Nothing has begun yet: never show the answers of an earlier series.
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
