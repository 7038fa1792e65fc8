//! What this run came to, in a few words: found by the audit, and true of this run alone.

use std::rc::Rc;

use yew::prelude::*;

use crate::audit::Report;
use crate::experiment::Experiment;
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
    let report = &props.run.report;
    let off = story::difference(report.ledger.expected, report.ledger.actual);
    let (short, over) = (
        report.ledger.actual < report.ledger.expected,
        report.ledger.actual > report.ledger.expected,
    );
    html! {
        <ul class="found" aria-label="In this run" title="In this run">
            { for findings(report).into_iter().map(|(class, text)| html! {
                <li class={classes!("chip", class)} key={class}><strong>{ text }</strong></li>
            }) }
            if short || over {
                <li class={classes!("chip", if short { "lost" } else { "duplicated" })} key="off">{ off }</li>
            }
        </ul>
    }
}

/// What happened to how many messages, the worst first.
fn findings(report: &Report) -> Vec<(&'static str, String)> {
    let totals = &report.totals;
    let mut found = Vec::new();
    let mut say = |class, n: u32, what: &str| {
        if n > 0 {
            found.push((class, format!("{n} {what}")));
        }
    };
    say("lost", totals.lost, if totals.silent == totals.lost { "lost silently" } else { "lost" });
    say("duplicated", totals.duplicated, "applied twice or more");
    say("parked", totals.parked, "parked");
    say("pending", totals.pending, "not settled");
    if found.is_empty() {
        found.push(("once", "each exactly once".to_owned()));
    }
    found
}
