//! A lane's whole run as plain text, to be copied, printed, or read in a terminal.

use std::fmt::Write;

use ackground_core::audit::Report;
use ackground_core::experiment::Experiment;
use ackground_core::sim::Trace;

use super::narrate::narrate;
use super::{headline, worth_telling};
use ackground_core::number::{clock, difference, money};

/// The run of a lane, counted from 0, as text: the experiment and the lane, the result, the faults asked for,
/// then every event worth telling with its time. Lines end with a line feed.
///
/// ```
/// use ackground_core::experiment::Experiment;
/// use ackground_core::{audit, sim};
/// use ackground_words::story;
///
/// let experiment = Experiment::default();
/// let trace = sim::simulate(&experiment, 0);
/// let report = audit::judge(&experiment, &trace);
/// let text = story::written(&experiment, 0, &trace, &report);
/// assert!(text.starts_with("At most once\nThree people each send you 10,000.\n"));
/// assert!(text.contains("Account: 20,000 of 30,000 EUR, −10,000; 1 lost, 2 once."));
/// ```
pub fn written(experiment: &Experiment, lane: usize, trace: &Trace, report: &Report) -> String {
    let mut text = format!(
        "{}\n{}.\n{}\n",
        experiment.lane_name(lane),
        headline(experiment).title,
        result(experiment, report)
    );
    // Writing to a String cannot fail.
    for line in experiment.faults.script.lines() {
        let _ = writeln!(text, "Fault: {line}");
    }
    text.push('\n');
    let steps = worth_telling(trace);
    let when = |no: &ackground_core::sim::StepNo| clock(trace.step(*no).at);
    let width = steps.iter().map(|no| when(no).len()).max().unwrap_or(0);
    for no in &steps {
        let sentence = narrate(experiment, lane, trace, *no);
        let _ = writeln!(text, "{:>width$}  {sentence}", when(no));
    }
    text
}

/// `Account: 20,000 of 30,000 EUR, −10,000; 1 lost, 2 once.`
fn result(experiment: &Experiment, report: &Report) -> String {
    let ledger = &report.ledger;
    let totals = &report.totals;
    let all = [
        (totals.lost, "lost"),
        (totals.duplicated, "duplicated"),
        (totals.parked, "parked"),
        (totals.pending, "not settled"),
        (totals.once, "once"),
    ];
    let told = all.iter().filter(|(number, _)| *number > 0);
    let told: Vec<String> = told.map(|(number, what)| format!("{number} {what}")).collect();
    format!(
        "{}: {} of {} {}, {}; {}.",
        experiment.scenario.store,
        money(ledger.actual),
        money(ledger.expected),
        experiment.scenario.unit,
        difference(ledger.expected, ledger.actual),
        told.join(", ")
    )
}
