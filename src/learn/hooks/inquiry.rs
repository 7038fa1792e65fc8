//! What has to be found out before a claim can be judged, as a component sees it.

use std::rc::Rc;

use yew::prelude::*;

use crate::hooks::pool::use_series;
use crate::learn::batch::Batch;
use ackground_core::experiment::Experiment;
use ackground_learn::claim::{Known, Need};
use ackground_worker::series::End;
use ackground_worker::{Job, Priority};

/// What is known so far.
#[derive(Clone, PartialEq)]
pub struct Found {
    /// All of that.
    pub known: Rc<Known>,
    /// Whether everything that was asked is known.
    pub whole: bool,
    /// How much is done, 0 to 1.
    pub share: f64,
    /// How it ended, if it did.
    pub end: Option<End>,
    /// Gives up what is not known yet.
    pub on_stop: Callback<()>,
    /// Begins anew.
    pub on_again: Callback<()>,
}

/// Finds out what is needed of an experiment, for as long as it is asked: proofs and measurements in the
/// workers. When something else is asked, or the component goes, what is under way is given up.
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
