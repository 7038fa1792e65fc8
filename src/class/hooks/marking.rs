//! Marking: proofs run in the workers, and each submission is marked as soon as its answers are in.

use gloo_timers::callback::Timeout;
use yew::prelude::*;

use crate::class::model::marking_queue::MarkingQueue;
use crate::class::state::{Submissions, SubmissionsAct};
use crate::hooks::pool::use_series;
use ackground_worker::series::End;
use ackground_worker::{Job, Priority};

/// How many marks to compute before the browser may render: each costs a run or two.
const AT_ONCE: usize = 4;

/// The progress of marking.
pub struct Course {
    /// From 0 to 1.
    pub share: f64,
    /// How the proofs ended; `None` while they are running, and on success.
    pub end: Option<End>,
    pub on_stop: Callback<()>,
    /// Continues.
    pub on_again: Callback<()>,
}

/// Marks everything without a mark, while mounted.
#[hook]
pub fn use_marking(submissions: &Submissions, on_submissions: &Callback<SubmissionsAct>) -> Course {
    // Marks do not shrink the queue: it is rebuilt per round, when new submissions arrive.
    let queue = use_memo(submissions.round, |_| MarkingQueue::of(submissions));
    let tasks = use_series::<Job>(queue.asks.clone(), Priority::Foreground);
    let series = tasks.series.clone();
    use_effect_with((queue.round, series.answered(), submissions.marked()), {
        let (queue, series) = (queue.clone(), series.clone());
        let (submissions, on_submissions) = (submissions.clone(), on_submissions.clone());
        move |_| {
            // Answers of the previous queue are still there until the new tasks have begun.
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
