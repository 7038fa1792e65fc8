//! On a small screen one lane is seen at a time: this row keeps the comparison in sight.

use std::rc::Rc;

use yew::prelude::*;

use super::balance::standing;
use crate::experiment::Experiment;
use crate::sim::Time;
use crate::web::hooks::focus_lane;
use crate::web::state::LaneRun;
use crate::web::view_model::{self, Ledger};

/// Which runs, and when.
#[derive(Properties, PartialEq)]
pub struct SummaryProps {
    /// The experiment.
    pub experiment: Rc<Experiment>,
    /// The run of every lane.
    pub runs: Rc<[Rc<LaneRun>]>,
    /// The moment.
    pub playhead: Time,
}

/// Each lane's name, balance and difference; pressing one brings that lane into view.
#[component]
pub fn Summary(props: &SummaryProps) -> Html {
    let SummaryProps {
        experiment,
        runs,
        playhead,
    } = props;
    // Only what has happened counts: between two events nothing is added up anew.
    let happened: Vec<(usize, bool)> = runs
        .iter()
        .map(|run| {
            (
                view_model::happened(&run.trace, *playhead),
                *playhead >= run.trace.end.at(),
            )
        })
        .collect();
    let ledgers = use_memo(
        (experiment.clone(), runs.clone(), happened),
        |(experiment, runs, _)| {
            let ledger =
                |run: &Rc<LaneRun>| Ledger::at(experiment, run.lane, &run.trace, *playhead);
            runs.iter().map(ledger).collect::<Vec<_>>()
        },
    );
    let item = |(lane, ledger): (usize, &Ledger)| {
        let standing = standing(ledger);
        html! {
            <button type="button" key={lane} class={standing} onclick={move |_| focus_lane(lane)} data-test={format!("summary-{}", lane + 1)}>
                <span class="summary-name">{ experiment.lane_name(lane) }</span>
                <strong>{ ledger.actual.clone() }</strong>
                <small>{ ledger.difference.clone() }</small>
            </button>
        }
    };
    html! {
        <nav class="summary" aria-label="Lanes at a glance">{ for ledgers.iter().enumerate().map(item) }</nav>
    }
}
