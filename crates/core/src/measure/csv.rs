//! A measurement or a sweep as a spreadsheet file: one row per lane (and point), every number with
//! the bounds of its interval.
//!
//! The format is RFC 4180: lines end with CR and LF, and fields with a comma, a quote or a line
//! break are quoted. Shares are from 0 to 1, times in milliseconds; unknown values are empty, and so is the
//! interval of a number that is the same in every run. `left_to_chance` says what can vary. Names
//! come with links from anyone, so one that a spreadsheet would take for a formula gets an
//! apostrophe before it.

use super::figures::{Figures, LaneFigures};
use super::interval::Estimate;
use super::quantity::Quantity;
use super::sweep::{Axis, Point};
use crate::experiment::Experiment;

/// One row per lane.
pub fn measurement(experiment: &Experiment, figures: &Figures) -> String {
    let mut rows = vec![head(&[])];
    push_lanes(&mut rows, &[], experiment, figures);
    text(&rows)
}

/// One row per point and lane. The first column is headed by the axis's path and holds the points
/// as plain numbers.
pub fn sweep(experiment: &Experiment, axis: &Axis, points: &[(Point, Figures)]) -> String {
    let mut rows = vec![head(&[axis.path()])];
    for (point, figures) in points {
        let number = axis.number(*point).to_string();
        push_lanes(&mut rows, &[number], experiment, figures);
    }
    text(&rows)
}

fn head(before: &[String]) -> Vec<String> {
    let mut row = before.to_vec();
    row.extend(["lane", "name", "messages", "runs", "left_to_chance"].map(str::to_owned));
    for quantity in Quantity::ALL {
        let id = quantity.id();
        row.push(id.to_owned());
        if has_interval(quantity) {
            row.extend([format!("{id}_low"), format!("{id}_high")]);
        }
    }
    row
}

fn push_lanes(
    rows: &mut Vec<Vec<String>>,
    before: &[String],
    experiment: &Experiment,
    figures: &Figures,
) {
    for (index, lane) in figures.lanes.iter().enumerate() {
        let mut row = before.to_vec();
        row.extend([
            (index + 1).to_string(),
            harmless(experiment.lane_name(index)),
            figures.messages.to_string(),
            figures.runs.to_string(),
            figures.chance.words().to_owned(),
        ]);
        push_numbers(&mut row, lane);
        rows.push(row);
    }
}

fn push_numbers(row: &mut Vec<String>, lane: &LaneFigures) {
    let number = |number: Option<f64>| number.map_or_else(String::new, |x| x.to_string());
    for quantity in Quantity::ALL {
        let estimate = quantity.of(lane);
        row.push(number(estimate.map(|estimate| estimate.value)));
        if has_interval(quantity) {
            let interval = estimate.and_then(Estimate::spread);
            row.push(number(interval.map(|interval| interval.low)));
            row.push(number(interval.map(|interval| interval.high)));
        }
    }
}

fn has_interval(quantity: Quantity) -> bool {
    !matches!(quantity, Quantity::Latency(_))
}

/// The rows as the text of a file.
pub fn text(rows: &[Vec<String>]) -> String {
    let mut text = String::new();
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| quoted(cell)).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    text
}

/// A user-written text, made safe so that no spreadsheet takes it for a formula: not after leading
/// spaces either, nor with the full-width signs that East Asian spreadsheets read as plain ones.
pub fn harmless(name: String) -> String {
    const SIGNS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    if name.starts_with(['\t', '\r', '\n']) || name.trim_start().starts_with(SIGNS) {
        format!("'{name}")
    } else {
        name
    }
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\r', '\n']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::scenario::Label;
    use crate::experiment::value::Rate;
    use crate::measure::count;

    fn lines(text: &str) -> Vec<&str> {
        assert!(text.ends_with("\r\n"));
        text.trim_end().split("\r\n").collect()
    }

    #[test]
    fn a_measurement_has_a_row_per_lane_and_a_number_or_nothing_in_every_column() {
        let mut experiment = Experiment::default();
        experiment.faults.loss.ack = Rate::percent(50);
        experiment.lanes[0].name = Label::cut("One, \"two\"");
        experiment.lanes[1].name = Label::cut("=1+1");
        let told = measurement(&experiment, &count(&experiment, 0..2).figures());
        let lines = lines(&told);
        assert_eq!(lines.len(), 4);
        assert!(
            lines[0].starts_with(
                "lane,name,messages,runs,left_to_chance,once,once_low,once_high,lost,"
            )
        );
        let first = "1,\"One, \"\"two\"\"\",6,2,faults,";
        assert!(lines[1].starts_with(first), "{}", lines[1]);
        assert!(lines[2].starts_with("2,'=1+1,6,2,faults,"), "{}", lines[2]);
        let columns = lines[0].split(',').count();
        let cells: Vec<&str> = lines[2].split(',').collect();
        assert_eq!(cells.len(), columns);
        for (name, cell) in lines[0].split(',').zip(&cells).skip(5) {
            assert!(cell.is_empty() || cell.parse::<f64>().is_ok(), "{name}: {cell}");
        }
    }

    #[test]
    fn what_is_the_same_in_every_run_has_no_interval() {
        let experiment = Experiment::default();
        let told = measurement(&experiment, &count(&experiment, 0..20).figures());
        let lines = lines(&told);
        let cells: Vec<&str> = lines[1].split(',').collect();
        let of = |name: &str| {
            let column = lines[0].split(',').position(|head| head == name).expect("a column");
            cells[column]
        };
        assert_eq!(of("left_to_chance"), "travel times");
        assert!(of("lost").starts_with("0.333"), "{}", of("lost"));
        assert_eq!((of("lost_low"), of("lost_high")), ("", ""));
        assert!(!of("throughput_per_s_low").is_empty(), "travel times do vary");
    }

    #[test]
    fn a_sweep_has_its_points_in_the_first_column() {
        let experiment = Experiment::default();
        let axis = Axis::of("faults.loss.ack").expect("a rate is an axis");
        let points = [Point(0), Point(50_000_000)].map(|point| {
            let there = axis.at(&experiment, point).expect("a rate");
            (point, count(&there, 0..1).figures())
        });
        let told = sweep(&experiment, &axis, &points);
        let lines = lines(&told);
        assert_eq!(lines.len(), 1 + 2 * 3);
        assert!(lines[0].starts_with("faults.loss.ack,lane,name,"));
        assert!(lines[1].starts_with("0,1,At most once,3,1,travel times,"), "{}", lines[1]);
        assert!(lines[4].starts_with("0.05,1,At most once,3,1,faults,"), "{}", lines[4]);
        assert!(lines[1].contains(",,"), "a single run has no interval of a mean");
    }
}
