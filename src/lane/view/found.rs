//! The outcome of this run in a few words, as found by the audit; not a general guarantee.

use std::rc::Rc;

use yew::prelude::*;

use crate::context::{Shown, use_dispatch, use_shown};
use crate::state::{Action, LaneRun};
use ackground_core::audit::Outcome;
use ackground_core::experiment::Experiment;
use ackground_core::sim::MessageNo;
use ackground_timeline::asked::first;
use ackground_words::story;

#[derive(Properties, PartialEq)]
pub struct FoundProps {
    pub run: Rc<LaneRun>,
}

/// A chip per finding; pressing it explains the first message with that outcome.
#[component]
pub fn Found(props: &FoundProps) -> Html {
    let Shown { experiment, .. } = &use_shown();
    let dispatch = use_dispatch();
    let FoundProps { run } = props;
    let chip = |(outcome, text): (Outcome, String)| {
        let class = outcome.word();
        let ask = first(&run.report, outcome).filter(|_| outcome != Outcome::Once);
        let Some(message) = ask else {
            return html! { <li class={classes!("chip", class)} key={class}><strong>{ text }</strong></li> };
        };
        let lane = run.lane;
        let onclick = dispatch.to(Action::AskWhy { lane, message });
        html! {
            <li key={class}>
                <button type="button" class={classes!("chip", class)} data-test={format!("found-{}-{class}", lane + 1)} {onclick}>
                    <strong>{ text }</strong><small class="ask">{ "why?" }</small>
                </button>
            </li>
        }
    };
    html! {
        <ul class="found" aria-label="In this run">
            { for findings(experiment, run).into_iter().map(chip) }
            <li class="found-where" aria-hidden="true" key="where">{ "in this run" }</li>
        </ul>
    }
}

/// Outcomes with the number of messages, worst first.
fn findings(experiment: &Experiment, run: &LaneRun) -> Vec<(Outcome, String)> {
    let totals = &run.report.totals;
    let silent = totals.silent == totals.lost;
    let twice =
        if totals.duplicated > 0 { what_was_repeated(experiment, run) } else { String::new() };
    let all = [
        (Outcome::Lost, totals.lost, if silent { "lost silently" } else { "lost" }),
        (Outcome::Duplicated, totals.duplicated, twice.as_str()),
        (Outcome::Parked, totals.parked, "parked"),
        (Outcome::Pending, totals.pending, "not settled"),
    ];
    let found: Vec<_> = all
        .into_iter()
        .filter(|(_, n, _)| *n > 0)
        .map(|(outcome, n, what)| (outcome, format!("{} {what}", story::money(n.into()))))
        .collect();
    if found.is_empty() { vec![(Outcome::Once, "all exactly once".to_owned())] } else { found }
}

/// `credited twice`, in the scenario's words, if that is true of every duplicated message.
fn what_was_repeated(experiment: &Experiment, run: &LaneRun) -> String {
    let repeated = run.report.messages.iter().enumerate();
    let repeated = repeated.filter(|(_, record)| record.end == Outcome::Duplicated);
    let mut said = repeated.map(|(index, _)| {
        story::outcome(experiment, run.lane, &run.trace, &run.report, MessageNo::from_index(index))
    });
    let first = said.next().unwrap_or_default();
    if said.all(|other| other == first) { first } else { "applied twice or more".to_owned() }
}
