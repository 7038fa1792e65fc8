//! What this run came to, in a few words: found by the audit, and true of this run alone.

use std::rc::Rc;

use yew::prelude::*;

use crate::audit::Outcome;
use crate::experiment::Experiment;
use crate::sim::MessageNo;
use crate::story;
use crate::web::state::LaneRun;

/// Which run.
#[derive(Properties, PartialEq)]
pub struct FoundProps {
    /// The experiment.
    pub experiment: Rc<Experiment>,
    /// The run.
    pub run: Rc<LaneRun>,
}

/// A chip per finding.
#[component]
pub fn Found(props: &FoundProps) -> Html {
    let FoundProps { experiment, run } = props;
    html! {
        <ul class="found" aria-label="In this run">
            { for findings(experiment, run).into_iter().map(|(class, text)| html! {
                <li class={classes!("chip", class)} key={class}><strong>{ text }</strong></li>
            }) }
            <li class="found-where" aria-hidden="true" key="where">{ "in this run" }</li>
        </ul>
    }
}

/// What happened to how many messages, the worst first.
fn findings(experiment: &Experiment, run: &LaneRun) -> Vec<(&'static str, String)> {
    let totals = &run.report.totals;
    let silent = totals.silent == totals.lost;
    let twice = if totals.duplicated > 0 {
        what_was_repeated(experiment, run)
    } else {
        String::new()
    };
    let all = [
        (
            "lost",
            totals.lost,
            if silent { "lost silently" } else { "lost" },
        ),
        ("duplicated", totals.duplicated, twice.as_str()),
        ("parked", totals.parked, "parked"),
        ("pending", totals.pending, "not settled"),
    ];
    let found: Vec<_> = all
        .into_iter()
        .filter(|(_, n, _)| *n > 0)
        .map(|(class, n, what)| (class, format!("{} {what}", story::money(n.into()))))
        .collect();
    if found.is_empty() {
        vec![("once", "all exactly once".to_owned())]
    } else {
        found
    }
}

/// `credited twice`, in the words of the story, if that is true of every repeated message.
fn what_was_repeated(experiment: &Experiment, run: &LaneRun) -> String {
    let repeated = run.report.messages.iter().enumerate();
    let repeated = repeated.filter(|(_, record)| record.end == Outcome::Duplicated);
    let mut said = repeated.map(|(index, _)| {
        story::outcome(
            experiment,
            run.lane,
            &run.trace,
            &run.report,
            MessageNo::from_index(index),
        )
    });
    let first = said.next().unwrap_or_default();
    if said.all(|other| other == first) {
        first
    } else {
        "applied twice or more".to_owned()
    }
}
