//! What a lane's store holds at a moment, in large: the comparison that the page is about.

use std::rc::Rc;

use yew::prelude::*;

use crate::experiment::Experiment;
use crate::sim::Time;
use crate::web::state::LaneRun;
use crate::web::view_model::ledger::Standing;
use crate::web::view_model::{self, Ledger};

/// Which run, and when.
#[derive(Properties, PartialEq)]
pub struct BalanceProps {
    /// The experiment.
    pub experiment: Rc<Experiment>,
    /// The lane's run.
    pub run: Rc<LaneRun>,
    /// The moment.
    pub playhead: Time,
}

/// The ledger of a run at a moment, worked out anew only when something has happened.
#[hook]
pub fn use_ledger(experiment: &Rc<Experiment>, run: &Rc<LaneRun>, playhead: Time) -> Rc<Ledger> {
    let happened = view_model::happened(&run.trace, playhead);
    let over = playhead >= run.trace.end.at();
    let made_from = (experiment.clone(), run.clone(), happened, over);
    use_memo(made_from, |(experiment, run, ..)| {
        Ledger::at(experiment, run.lane, &run.trace, playhead)
    })
}

/// The balance and by how much it is off.
#[component]
pub fn Balance(props: &BalanceProps) -> Html {
    let BalanceProps {
        experiment,
        run,
        playhead,
    } = props;
    let ledger = use_ledger(experiment, run, *playhead);
    let what = format!("{}: {}", ledger.title, ledger.sentence());
    html! {
        <p class={classes!("head-balance", standing(&ledger))} title={what} data-test="head-balance">
            <span class="quiet">{ format!("{}: ", ledger.title) }</span>
            <strong>{ ledger.actual.clone() }</strong>
            <small>{ ledger.difference.clone() }</small>
        </p>
    }
}

/// The class of a balance: by its colour it can be told at a glance what its words say.
pub fn standing(ledger: &Ledger) -> &'static str {
    match ledger.standing {
        Standing::Open => "open",
        Standing::Accident => "accident",
        Standing::Short => "short",
        Standing::Exact => "exact",
        Standing::Over => "over",
    }
}
