//! Gathers the facts that claims depend on, as a hook.

use std::rc::Rc;

use yew::prelude::*;

use crate::hooks::pool::use_series;
use crate::learn::batch::Batch;
use ackground_core::experiment::Experiment;
use ackground_learn::claim::{Known, Need};
use ackground_worker::series::End;
use ackground_worker::{Job, Priority};

/// The facts so far.
#[derive(Clone, PartialEq)]
pub struct Found {
    pub known: Rc<Known>,
    /// Whether all facts are known.
    pub whole: bool,
    /// The progress, from 0 to 1.
    pub share: f64,
    /// How it ended, if it has.
    pub end: Option<End>,
    /// Cancels what is still unknown.
    pub on_stop: Callback<()>,
    /// Starts over.
    pub on_again: Callback<()>,
}

/// Gathers what is needed about an experiment, running proofs and measurements in the workers. Cancels them
/// when the question changes or the component unmounts.
#[hook]
pub fn use_inquiry(experiment: &Rc<Experiment>, needs: &Rc<Vec<Need>>) -> Found {
    let asked = (experiment.clone(), needs.clone());
    let inquiry = use_memo(asked, |(experiment, needs)| {
        let mut batch = Batch::default();
        let wanted = batch.want(experiment, needs);
        (batch.asks(), wanted)
    });
    let (asks, wanted) = &*inquiry;
    let tasks = use_series::<Job>(asks.clone(), Priority::Foreground);
    let series = tasks.series.clone();
    let known = use_memo((experiment.clone(), inquiry.clone(), series.answered()), {
        let series = series.clone();
        move |(experiment, inquiry, _)| {
            let answers: Vec<_> = series.answers().collect();
            Rc::new(inquiry.1.known(experiment, &answers))
        }
    });
    let answers: Vec<_> = series.answers().collect();
    let whole = wanted.is_there(&answers);
    Found {
        known: (*known).clone(),
        whole,
        share: if whole { 1.0 } else { series.share() },
        end: series.end().cloned(),
        on_stop: tasks.on_stop,
        on_again: tasks.on_again,
    }
}
