//! The ledger under a diagram: what became of each message by a moment, and the books.
//!
//! The judge is the [audit](ackground_core::audit), the words are the [`story`]'s; this file only
//! puts them beside one another.

use std::cmp::Ordering;

use ackground_core::audit::{MessageRecord, Outcome, Report, judge_until};
use ackground_core::experiment::Experiment;
use ackground_core::sim::{MessageNo, Time, Trace};
use ackground_words::story;

/// One message in the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The message that it is about.
    pub message: MessageNo,
    /// What became of it so far.
    pub outcome: Outcome,
    /// How often its primary effect took place.
    pub effects: u32,
    /// Whether its business event has taken place yet.
    pub begun: bool,
    /// The outcome in a few words.
    pub text: String,
}

/// Said of books that are even though messages were lost and others counted twice.
pub(super) const BY_ACCIDENT: &str = "even by accident";

/// How the books stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The run goes on, and so far nothing is too much.
    Open,
    /// Less in the store than should be there.
    Short,
    /// Exactly what should be there, each message once.
    Exact,
    /// As much as should be there, but not of the right messages.
    Accident,
    /// More than should be there.
    Over,
}

/// Up to so many messages all have a row; of more only those do that went wrong, and only so many.
const ROWS: usize = 60;

/// A lane's ledger at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ledger {
    /// How many messages there are.
    pub messages: usize,
    /// A row per message, in order; of many messages only those that went wrong.
    pub rows: Vec<Row>,
    /// How many more messages went wrong than there are rows for.
    pub more: usize,
    /// Where effects are kept, in the scenario's words.
    pub title: String,
    /// The unit of the books.
    pub unit: String,
    /// What the store holds: `20,000`.
    pub actual: String,
    /// What it should hold: `30,000`.
    pub expected: String,
    /// By how much it is off: `−10,000`, `exact`.
    pub difference: String,
    /// The same as a kind.
    pub standing: Standing,
    /// How many messages have each outcome, those that occur, the worst first.
    pub totals: Vec<(Outcome, u32)>,
}

impl Ledger {
    /// The ledger of a run up to a moment. Takes time in proportion to the steps up to there.
    pub fn at(experiment: &Experiment, lane: usize, trace: &Trace, at: Time) -> Ledger {
        let report = judge_until(experiment, trace, at);
        let over = report.over;
        let primary = experiment.scenario.primary();
        let row = |(index, record): (usize, &MessageRecord)| {
            let message = MessageNo::from_index(index);
            Row {
                message,
                outcome: record.end,
                effects: record.applied.get(primary).copied().unwrap_or(0),
                begun: record.created,
                text: story::outcome(experiment, lane, trace, &report, message),
            }
        };
        let records = || report.messages.iter().enumerate();
        let wrong = |record: &MessageRecord| {
            matches!(record.end, Outcome::Lost | Outcome::Duplicated | Outcome::Parked)
        };
        let (rows, more): (Vec<Row>, usize) = if report.messages.len() <= ROWS {
            (records().map(row).collect(), 0)
        } else {
            let worth = || records().filter(|(_, record)| wrong(record));
            (worth().take(ROWS).map(row).collect(), worth().count().saturating_sub(ROWS))
        };
        let (expected, actual) = (report.ledger.expected, report.ledger.actual);
        let wrong = report.totals.lost + report.totals.duplicated + report.totals.parked > 0;
        let standing = match actual.cmp(&expected) {
            Ordering::Less if over => Standing::Short,
            Ordering::Equal if over && wrong => Standing::Accident,
            Ordering::Equal if over => Standing::Exact,
            Ordering::Less | Ordering::Equal => Standing::Open,
            Ordering::Greater => Standing::Over,
        };
        Ledger {
            messages: report.messages.len(),
            rows,
            more,
            title: experiment.scenario.store.to_string(),
            unit: experiment.scenario.unit.to_string(),
            actual: story::money(actual),
            expected: story::money(expected),
            difference: difference(standing, expected, actual),
            standing,
            totals: totals(&report),
        }
    }

    /// The books in one sentence: `20,000 of 30,000 EUR, −10,000`.
    pub fn sentence(&self) -> String {
        format!("{} of {} {}, {}", self.actual, self.expected, self.unit, self.difference)
    }
}

/// By how much the books are off. While the run goes on nothing is called exact.
fn difference(standing: Standing, expected: u64, actual: u64) -> String {
    match standing {
        Standing::Accident => BY_ACCIDENT.to_owned(),
        Standing::Open if actual == expected => "even so far".to_owned(),
        Standing::Open => format!("{} so far", story::difference(expected, actual)),
        Standing::Short | Standing::Exact | Standing::Over => story::difference(expected, actual),
    }
}

fn totals(report: &Report) -> Vec<(Outcome, u32)> {
    let totals = report.totals;
    [
        (Outcome::Lost, totals.lost),
        (Outcome::Duplicated, totals.duplicated),
        (Outcome::Parked, totals.parked),
        (Outcome::Pending, totals.pending),
        (Outcome::Once, totals.once),
    ]
    .into_iter()
    .filter(|(_, number)| *number > 0)
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ackground_testkit::fixtures::{experiments, runs};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn every_message_has_a_row_and_the_rows_add_up(experiment in experiments(), at in 0u64..20_000) {
            for (lane, trace) in runs(&experiment).iter().enumerate() {
                let ledger = Ledger::at(&experiment, lane, trace, Time::from_millis(at));
                let messages = experiment.messages.get();
                prop_assert_eq!(ledger.rows.len() as u64, messages);
                let summed: u32 = ledger.totals.iter().map(|(_, number)| number).sum();
                prop_assert_eq!(u64::from(summed), messages);
                let effects: u64 = ledger.rows.iter().map(|row| u64::from(row.effects)).sum();
                prop_assert_eq!(story::money(effects * experiment.scenario.amount.get()), ledger.actual);
            }
        }

        #[test]
        fn only_a_finished_run_is_called_short_or_exact(experiment in experiments(), at in 0u64..20_000) {
            for (lane, trace) in runs(&experiment).iter().enumerate() {
                let at = Time::from_millis(at);
                let ledger = Ledger::at(&experiment, lane, trace, at);
                let verdict = matches!(ledger.standing, Standing::Short | Standing::Exact | Standing::Accident);
                prop_assert!(!verdict || at >= trace.end.at());
                let exact = ledger.rows.iter().all(|row| row.outcome == Outcome::Once);
                prop_assert!(ledger.standing != Standing::Exact || exact);
            }
        }
    }

    #[test]
    fn the_first_screen_ends_with_three_balances() {
        let experiment = Experiment::default();
        let sentences: Vec<String> = runs(&experiment)
            .iter()
            .enumerate()
            .map(|(lane, trace)| Ledger::at(&experiment, lane, trace, trace.end.at()).sentence())
            .collect();
        let expected = [
            "20,000 of 30,000 EUR, −10,000",
            "40,000 of 30,000 EUR, +10,000",
            "30,000 of 30,000 EUR, exact",
        ];
        assert_eq!(sentences, expected);
    }
}
