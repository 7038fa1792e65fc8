//! A measurement as a hook: runs in the workers and sums up partial results.

use std::rc::Rc;

use yew::prelude::*;

use crate::hooks::{Tasks, use_series};
use ackground_core::experiment::Experiment;
use ackground_core::measure::{Figures, Tallies};
use ackground_worker::job::Measure;
use ackground_worker::series::Series;
use ackground_worker::{Answer, Ask, Job, Priority};

/// Measures so many messages: the tasks, and the figures so far.
#[hook]
pub fn use_measurement(
    experiment: &Rc<Experiment>,
    messages: u64,
) -> (Tasks<Answer>, Option<Rc<Figures>>) {
    let asked = use_memo((experiment.clone(), messages), |(experiment, messages)| {
        let parts = Measure::parts(experiment, *messages);
        parts.into_iter().map(Ask::Measure).collect::<Vec<_>>()
    });
    let tasks = use_series::<Job>(Some(asked.clone()), Priority::Foreground);
    let series = tasks.series.clone();
    let figures = use_memo((asked, series.answered()), |_| {
        sum(&series).map(|tallies| Rc::new(tallies.figures()))
    });
    (tasks, (*figures).clone())
}

/// The tallies of the answers so far.
fn sum(series: &Series<Answer>) -> Option<Tallies> {
    let tallies = series.answers().flatten().filter_map(|answer| match &**answer {
        Answer::Measure(tallies) => Some(tallies.clone()),
        _ => None,
    });
    tallies.reduce(|mut sum, tallies| {
        sum.merge(&tallies);
        sum
    })
}
