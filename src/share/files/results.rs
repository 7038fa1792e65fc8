//! The results of the lanes as CSV (RFC 4180): a number or a word per cell, and nothing that a spreadsheet
//! would take for a formula.
//!
//! Amounts are in the scenario's unit, times in milliseconds. Unknown values are empty.

use crate::prove::model::{Claim, Known, Label};
use crate::prove::state::Proved;
use ackground_core::audit::{MessageRecord, Property, Report};
use ackground_core::experiment::Experiment;
use ackground_core::measure::csv::{harmless, text};
use ackground_core::prove::{Bounds, Counterexample};

/// A row per message and lane. `reports` are in lane order.
pub fn messages(experiment: &Experiment, reports: &[&Report]) -> String {
    let mut head = words(&["lane", "name", "message", "sent", "delivered"]);
    let steps = experiment.scenario.steps.iter();
    head.extend(steps.map(|step| format!("applied_{}", step.id)));
    head.extend(words(&["recognised", "told", "end", "silent"]));
    let mut rows = vec![head];
    for (lane, report) in reports.iter().enumerate() {
        let messages = report.messages.iter().enumerate();
        rows.extend(messages.map(|(index, record)| {
            let mut row = named(experiment, lane);
            push_message(&mut row, index, record);
            row
        }));
    }
    text(&rows)
}

fn push_message(row: &mut Vec<String>, index: usize, record: &MessageRecord) {
    row.extend([(index + 1).to_string(), record.sent.to_string(), record.delivered.to_string()]);
    row.extend(record.applied.iter().map(ToString::to_string));
    row.extend([
        record.recognised.to_string(),
        record.told.word().to_owned(),
        record.end.word().to_owned(),
        yes(record.silent()),
    ]);
}

/// A row per lane: messages by outcome, balances, which properties held in this run, and what has been proven
/// so far within these bounds.
pub fn lanes(
    experiment: &Experiment,
    reports: &[&Report],
    proved: &[Proved],
    bounds: Bounds,
) -> String {
    let mut head = words(&["lane", "name", "messages"]);
    head.extend(words(&["once", "lost", "silent", "duplicated", "parked", "pending"]));
    head.extend(words(&["unit", "expected", "actual", "difference", "settled_ms"]));
    for property in Property::ALL {
        head.push(format!("{}_in_this_run", property.word()));
    }
    head.extend(words(&["guarantee", "proof_faults", "proof_messages", "proof_kinds"]));
    for property in Property::ALL {
        head.extend([property.word().to_owned(), format!("{}_broken_by", property.word())]);
    }
    let mut rows = vec![head];
    for (lane, report) in reports.iter().enumerate() {
        let mut row = named(experiment, lane);
        push_report(&mut row, experiment, report);
        push_proof(&mut row, experiment, proved.get(lane), bounds);
        rows.push(row);
    }
    text(&rows)
}

fn push_report(row: &mut Vec<String>, experiment: &Experiment, report: &Report) {
    let totals = report.totals;
    row.push(report.messages.len().to_string());
    row.extend(
        [totals.once, totals.lost, totals.silent, totals.duplicated, totals.parked, totals.pending]
            .map(|number| number.to_string()),
    );
    let ledger = report.ledger;
    let settled = report.settled.map(|at| at.millis().to_string());
    row.extend([
        harmless(experiment.scenario.unit.to_string()),
        ledger.expected.to_string(),
        ledger.actual.to_string(),
        (i128::from(ledger.actual) - i128::from(ledger.expected)).to_string(),
        settled.unwrap_or_default(),
    ]);
    row.extend(Property::ALL.map(|property| yes(report.properties.holds(property))));
}

/// A property counts as proven only if every schedule within the bounds was covered.
fn push_proof(
    row: &mut Vec<String>,
    experiment: &Experiment,
    proved: Option<&Proved>,
    bounds: Bounds,
) {
    let Some((proved, finding)) =
        proved.and_then(|proved| Some((proved, proved.finding.as_ref()?)))
    else {
        row.extend(vec![String::new(); 4 + 2 * Property::ALL.len()]);
        return;
    };
    let guarantee = Label::of(experiment, proved, bounds).guarantee;
    let covered = finding.explored.faults;
    row.extend([
        guarantee.map_or_else(String::new, |guarantee| guarantee.word().to_owned()),
        covered.map_or_else(String::new, |faults| faults.to_string()),
        finding.bounds.messages.to_string(),
        finding.bounds.kinds.to_string(),
    ]);
    for property in Property::ALL {
        let (verdict, by) = match Claim::of(proved, bounds, property).known {
            Known::Holds(_) => ("holds", String::new()),
            Known::Broken(found) => ("broken", script(&found)),
            Known::Checking(_) | Known::Unknown(_) => ("", String::new()),
        };
        row.extend([verdict.to_owned(), by]);
    }
}

fn script(found: &Counterexample) -> String {
    let lines: Vec<String> = found.lines.iter().map(ToString::to_string).collect();
    lines.join("; ")
}

fn named(experiment: &Experiment, lane: usize) -> Vec<String> {
    vec![(lane + 1).to_string(), harmless(experiment.lane_name(lane))]
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn yes(yes: bool) -> String {
    if yes { "yes" } else { "no" }.to_owned()
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;
    use std::time::Duration;

    use super::*;
    use crate::prove::state::Standing;
    use ackground_core::audit::judge;
    use ackground_core::experiment::scenario::Label as Text;
    use ackground_core::prove::prove;
    use ackground_testkit::fixtures::runs;

    fn reports(experiment: &Experiment) -> Vec<Report> {
        let runs = runs(experiment);
        runs.iter().map(|trace| judge(experiment, trace)).collect()
    }

    fn cells(text: &str) -> Vec<Vec<&str>> {
        assert!(text.ends_with("\r\n"));
        let lines = text.trim_end().split("\r\n");
        lines.map(|line| line.split(',').collect()).collect()
    }

    #[test]
    fn every_message_of_every_lane_has_a_row() {
        let experiment = Experiment::default();
        let reports = reports(&experiment);
        let told = messages(&experiment, &reports.iter().collect::<Vec<_>>());
        let rows = cells(&told);
        assert_eq!(rows.len(), 1 + 9);
        assert_eq!(
            rows[0].join(","),
            "lane,name,message,sent,delivered,applied_credit,applied_notify,recognised,told,end,silent"
        );
        assert_eq!(rows[2].join(","), "1,At most once,2,1,0,0,0,0,nothing,lost,yes");
        assert_eq!(rows[6].join(","), "2,At least once,3,1,2,2,2,0,ok,duplicated,no");
    }

    #[test]
    fn every_lane_has_a_row_with_its_books_and_what_is_proven() {
        let experiment = Experiment::default();
        let reports = reports(&experiment);
        let reports: Vec<&Report> = reports.iter().collect();
        let bounds = Bounds { faults: 1, ..Bounds::default() };
        let proved = |lane| Proved {
            finding: Some(Rc::new(prove(&experiment, lane, bounds))),
            took: Duration::ZERO,
            standing: Standing::Done,
        };
        let known = [proved(0), proved(1), Proved::idle()];
        let told = lanes(&experiment, &reports, &known, bounds);
        // The kinds of fault are in quotes, as they contain commas.
        let told = told.replace("\"drop,crash,fail,slow\"", "all");
        let rows = cells(&told);
        let cell = |row: usize, name: &str| {
            let column = rows[0].iter().position(|other| *other == name);
            rows[row][column.expect(name)]
        };
        assert!(rows.iter().all(|row| row.len() == rows[0].len()));
        assert_eq!((cell(1, "difference"), cell(2, "difference")), ("-10000", "10000"));
        assert_eq!((cell(1, "no_loss_in_this_run"), cell(3, "no_loss_in_this_run")), ("no", "yes"));
        assert_eq!((cell(1, "guarantee"), cell(2, "guarantee")), ("at-most-once", "at-least-once"));
        assert_eq!((cell(2, "no_loss"), cell(2, "no_duplicates")), ("holds", "broken"));
        assert!(!cell(2, "no_duplicates_broken_by").is_empty());
        assert_eq!((cell(3, "guarantee"), cell(3, "no_loss")), ("", ""), "nobody has looked");
        // While a search for more faults is running, nothing is proven for those yet.
        let more = Bounds { faults: 3, ..bounds };
        let checking = Proved { standing: Standing::Checking(None), ..known[1].clone() };
        let told = lanes(&experiment, &reports[..1], &[checking], more);
        assert!(!told.contains("holds") && told.contains("broken"));
    }

    #[test]
    fn a_name_is_no_formula() {
        let mut experiment = Experiment::default();
        experiment.lanes[0].name = Text::cut("=HYPERLINK(\"x\")");
        let reports = reports(&experiment);
        let told = messages(&experiment, &reports.iter().collect::<Vec<_>>());
        assert!(told.contains("\r\n1,\"'=HYPERLINK(\"\"x\"\")\",1,"), "{told}");
    }
}
