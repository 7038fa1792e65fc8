//! Marking submissions: what has to be proved goes to the workers, and a mark follows as soon as it can.

use gloo_timers::callback::Timeout;
use yew::prelude::*;

use crate::class::model::marking_queue::MarkingQueue;
use crate::class::state::{Submissions, SubmissionsAct};
use crate::hooks::pool::use_series;
use ackground_worker::series::End;
use ackground_worker::{Job, Priority};

/// So many marks are given at a time before the browser may draw: each costs a run or two.
const AT_ONCE: usize = 4;

/// How far it is.
pub struct Course {
    /// 0 to 1.
    pub share: f64,
    /// How the proofs ended; `None` as long as they go on, and when all is well.
    pub end: Option<End>,
    pub on_stop: Callback<()>,
    /// On with it.
    pub on_again: Callback<()>,
}

/// Marks what has no mark yet for as long as it is asked.
#[hook]
pub fn use_marking(submissions: &Submissions, on_submissions: &Callback<SubmissionsAct>) -> Course {
    // A mark that is given takes nothing out of the queue: the round counts what comes anew.
    let queue = use_memo(submissions.round, |_| MarkingQueue::of(submissions));
    let tasks = use_series::<Job>(queue.asks.clone(), Priority::Foreground);
    let series = tasks.series.clone();
    use_effect_with((queue.round, series.answered(), submissions.marked()), {
        let (queue, series) = (queue.clone(), series.clone());
        let (submissions, on_submissions) = (submissions.clone(), on_submissions.clone());
        move |_| {
            // The answers belong to what was asked before for as long as nothing new has begun.
            let answers = queue.asks.as_ref().map_or(0, |asks| asks.len());
            let fits = answers == series.answers().count();
            let open = submissions.entries.len() > submissions.marked();
            let timer = (fits && open).then(|| {
                Timeout::new(0, move || {
                    let answers: Vec<_> = series.answers().collect();
                    for (place, marked) in queue.ready(&submissions, &answers, AT_ONCE) {
                        on_submissions.emit(SubmissionsAct::Found(queue.round, place, marked));
                    }
                })
            });
            move || drop(timer)
        }
    });
    Course {
        share: series.share(),
        end: series.end().filter(|end| **end != End::Complete).cloned(),
        on_stop: tasks.on_stop,
        on_again: tasks.on_again,
    }
}
