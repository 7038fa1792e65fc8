//! Titles and fault summaries of embedded figures.

use std::rc::Rc;

use crate::measure::model::table::Table;
use crate::state::LaneRun;
use ackground_core::experiment::Experiment;
use ackground_core::measure::{Chance, Count, Quantile, Quantity, Share};
use ackground_timeline::Ledger;
use ackground_words::story;

/// How many script lines are listed one by one.
const TOLD: usize = 3;

/// The measured quantities a figure has room for.
const MEASURED: [Quantity; 6] = [
    Quantity::Share(Share::Lost),
    Quantity::Share(Share::Duplicated),
    Quantity::Share(Share::Parked),
    Quantity::Count(Count::Sends),
    Quantity::Latency(Quantile::P50),
    Quantity::Latency(Quantile::P99),
];

/// Reduces a table to the rows a figure has room for.
pub fn in_short(mut table: Table) -> Table {
    for section in &mut table.sections {
        section.rows.retain(|row| MEASURED.contains(&row.quantity));
    }
    table.sections.retain(|section| !section.rows.is_empty());
    table
}

/// The document title of a figure: the scenario and each lane's outcome. A page may have several figures, and
/// screen readers list them by title.
pub fn document_title(experiment: &Experiment, runs: &[Rc<LaneRun>]) -> String {
    let comes_to = |run: &Rc<LaneRun>| {
        let ledger = Ledger::at(experiment, run.lane, &run.trace, run.trace.end.at());
        format!("{} {}", experiment.lane_name(run.lane), ledger.difference)
    };
    let lanes: Vec<String> = runs.iter().map(comes_to).collect();
    format!("{}: {}", story::headline(experiment).title, lanes.join(", "))
}

/// The faults as sentences: the first script lines, how many more there are, and whether faults are random.
pub fn mishaps(experiment: &Experiment) -> Vec<String> {
    let lines = experiment.faults.script.lines();
    let told = lines.iter().take(TOLD);
    let mut said: Vec<String> =
        told.map(|line| story::capital(&story::mishap(experiment, line)) + ".").collect();
    let more = lines.len().saturating_sub(TOLD) as u64;
    if more > 0 {
        let faults = story::count_of(more, "more exact fault", "more exact faults");
        said.push(format!("And {faults}."));
    }
    if Chance::of(experiment) == Chance::Faults {
        said.push(format!(
            "Everything else that goes wrong is random, with seed {}, and is the same in all lanes.",
            experiment.seed
        ));
    }
    if said.is_empty() {
        said.push("Nothing goes wrong.".to_owned());
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::State;
    use ackground_testkit::fixtures::experiment;

    #[test]
    fn a_title_says_what_is_sent_and_what_each_lane_comes_to() {
        let state = State::open("");
        assert_eq!(
            document_title(&state.experiment, &state.runs),
            "Three people each send you 10,000: At most once −10,000 EUR, At least once +10,000 EUR, Effectively once exact"
        );
    }

    #[test]
    fn what_goes_wrong_is_told_in_sentences() {
        let first = mishaps(&Experiment::default());
        assert_eq!(
            first,
            [
                "Message 2 is lost on its way to the broker.",
                "Receiver's bank crashes before it acknowledges message 3."
            ]
        );
        let lanes = r#""lanes":[{}]"#;
        assert_eq!(mishaps(&experiment(lanes)), ["Nothing goes wrong."]);
        let many = experiment(&format!(
            r#""seed":7,"faults":{{"loss":{{"ack":0.1}},"script":["poison 1","poison 2","poison 3","fail 1","fail 2"]}},{lanes}"#
        ));
        let said = mishaps(&many);
        assert_eq!(said.len(), 5, "{said:?}");
        assert_eq!(said[3], "And two more exact faults.");
        assert!(said[4].contains("seed 7"), "{said:?}");
    }
}
