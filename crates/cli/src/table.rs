//! The result of a run as text: a sentence and a table per lane.
//!
//! Consecutive messages with the same outcome share a row, so a thousand messages stay readable.

use std::fmt::Write;

use super::Run;
use ackground_core::audit::{MessageRecord, Totals};
use ackground_core::experiment::Experiment;
use ackground_core::sim::End;

/// Writes the lanes in order.
pub(super) fn write(experiment: &Experiment, runs: &[Run]) -> String {
    let mut text = String::new();
    if !experiment.title.is_empty() {
        line(&mut text, &shown(&experiment.title));
        line(&mut text, "");
    }
    for (index, run) in runs.iter().enumerate() {
        if index > 0 {
            line(&mut text, "");
        }
        lane(&mut text, experiment, index, run);
    }
    text
}

fn lane(text: &mut String, experiment: &Experiment, index: usize, run: &Run) {
    let report = &run.report;
    let scenario = &experiment.scenario;
    let headline = format!(
        "{}: {} of {} {}; {}; {}",
        shown(&experiment.lane_name(index)),
        report.ledger.actual,
        report.ledger.expected,
        shown(&scenario.unit),
        outcomes(&report.totals),
        ending(run.end),
    );
    line(text, &headline);

    let mut head = vec!["message".to_owned(), "sent".into(), "delivered".into()];
    head.extend(scenario.steps.iter().map(|step| step.id.to_string()));
    head.extend(["told".to_owned(), "end".into()]);
    let mut rows = vec![head];
    let mut first = 0;
    for alike in report.messages.chunk_by(|one, next| fare(one) == fare(next)) {
        let last = first + alike.len();
        let numbers = match alike.len() {
            1 => format!("{last}"),
            _ => format!("{}-{last}", first + 1),
        };
        let mut row = vec![numbers];
        row.extend(fare(&alike[0]));
        rows.push(row);
        first = last;
    }
    aligned(text, &rows);

    for script_line in &run.unfired {
        if let Some(said) = experiment.faults.script.lines().get(*script_line) {
            line(text, &format!("  did not fire: {said}"));
        }
    }
}

/// How a message fared, one string per cell.
fn fare(record: &MessageRecord) -> Vec<String> {
    let mut cells = vec![record.sent.to_string(), record.delivered.to_string()];
    cells.extend(record.applied.iter().map(u32::to_string));
    cells.push(record.told.word().to_owned());
    let end = record.end.word();
    cells.push(if record.silent() { format!("{end}, silently") } else { end.to_owned() });
    cells
}

/// `2 once, 1 lost (1 silently)`
fn outcomes(totals: &Totals) -> String {
    let all = [
        (totals.once, "once"),
        (totals.lost, "lost"),
        (totals.duplicated, "duplicated"),
        (totals.parked, "parked"),
        (totals.pending, "pending"),
    ];
    let told = all.iter().filter(|(count, _)| *count > 0);
    let told = told.map(|(count, word)| match (*word, totals.silent) {
        ("lost", 1..) => format!("{count} lost ({} silently)", totals.silent),
        _ => format!("{count} {word}"),
    });
    told.collect::<Vec<_>>().join(", ")
}

fn ending(end: End) -> String {
    match end {
        End::Settled(at) => format!("settled after {at}"),
        End::Stuck(at) => {
            format!(
                "not settled: nothing more can happen after {at}, and a message is still unacknowledged"
            )
        }
        End::Horizon(at) => format!("not settled by the horizon at {at}"),
        End::TooLong(at) => format!("not settled within the steps a run may have, at {at}"),
    }
}

/// Right-aligns the numbers and left-aligns the last column.
pub(super) fn aligned(text: &mut String, rows: &[Vec<String>]) {
    let columns = rows.first().map_or(0, Vec::len);
    let width = |column: usize| {
        let cells = rows.iter().map(|row| row[column].chars().count());
        cells.max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    for row in rows {
        let mut out = String::new();
        for (column, cell) in row.iter().enumerate() {
            let width = widths[column];
            let written = if column + 1 == columns {
                write!(out, "  {cell}")
            } else {
                write!(out, "  {cell:>width$}")
            };
            written.expect("a string takes everything");
        }
        line(text, &out);
    }
}

pub(super) fn line(text: &mut String, words: &str) {
    text.push_str(words);
    text.push('\n');
}

/// A text of several lines, stripped of anything that would move a terminal's cursor.
pub(super) fn lines_shown(text: &str) -> String {
    let mut all = String::with_capacity(text.len());
    for words in text.lines() {
        line(&mut all, &shown(words));
    }
    all
}

/// A text from a document on one line, stripped of anything that would move a terminal's cursor.
pub(super) fn shown(text: &str) -> String {
    let visible = |c: char| if c.is_control() { ' ' } else { c };
    text.chars().map(visible).collect()
}
