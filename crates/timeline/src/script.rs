//! The fault script as a list: each line, whether it is enabled, and in which lanes it fired.

use ackground_core::experiment::Experiment;
use ackground_core::sim::Trace;

/// A line of the script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its index among all lines, from 0.
    pub index: usize,
    /// The line in words.
    pub text: String,
    /// Whether it is enabled.
    pub on: bool,
    /// A note where one is needed: `never triggered in this run`, `only in lane 2`.
    pub note: Option<String>,
}

/// Every line of the script, given the runs of all lanes in their order.
pub fn rows(experiment: &Experiment, runs: &[&Trace]) -> Vec<Row> {
    let mut active = 0;
    let entries = experiment.faults.script.entries().into_iter().enumerate();
    entries
        .map(|(index, entry)| {
            let note = if entry.on {
                active += 1;
                note(active - 1, runs)
            } else {
                Some("off".to_owned())
            };
            Row { index, text: entry.line.to_string(), on: entry.on, note }
        })
        .collect()
}

/// Where the line with this index among the enabled ones fired.
fn note(active: usize, runs: &[&Trace]) -> Option<String> {
    let fired = (1_u32..).zip(runs).filter(|(_, trace)| !trace.unfired.contains(&active));
    let lanes: Vec<String> = fired.map(|(lane, _)| lane.to_string()).collect();
    match lanes.len() {
        0 => Some("never triggered in this run".to_owned()),
        all if all == runs.len() => None,
        1 => Some(format!("only in lane {}", lanes[0])),
        _ => Some(format!("only in lanes {}", lanes.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ackground_testkit::fixtures::{experiment, runs};

    #[test]
    fn a_line_says_where_it_happened() {
        let experiment = experiment(
            r#""faults":{"script":["off drop publish 1","drop publish 2","fail 9","drop publish 2#2"]},
            "lanes":[{"producer":{"retries":0}},{},{}]"#,
        );
        let traces = runs(&experiment);
        let rows = rows(&experiment, &traces.iter().collect::<Vec<_>>());
        let notes: Vec<Option<&str>> = rows.iter().map(|row| row.note.as_deref()).collect();
        let resent = "only in lanes 2, 3";
        assert_eq!(notes, [Some("off"), None, Some("never triggered in this run"), Some(resent)]);
        assert!(rows.iter().enumerate().all(|(place, row)| row.index == place));
    }
}
