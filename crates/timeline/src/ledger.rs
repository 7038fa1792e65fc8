//! The ledger below a diagram: the outcome of each message so far, and the balance.
//!
//! The [audit](ackground_core::audit) judges and the [`story`] finds the words; this module only puts them
//! side by side.

use std::cmp::Ordering;

use ackground_core::audit::{MessageRecord, Outcome, Report, judge_until};
use ackground_core::experiment::Experiment;
use ackground_core::sim::{MessageNo, Time, Trace};
use ackground_words::story;

/// A row of the ledger: one message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The message.
    pub message: MessageNo,
    /// Its outcome so far.
    pub outcome: Outcome,
    /// How often its primary effect happened.
    pub effects: u32,
    /// Whether its business event has happened yet.
    pub begun: bool,
    /// The outcome in a few words.
    pub text: String,
}

/// Said of a balance that is right although messages were lost and others counted twice.
pub(super) const BY_ACCIDENT: &str = "even by accident";

/// The balance: what the store holds against what it should hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The run goes on, and nothing is too much so far.
    Open,
    /// The store holds too little.
    Short,
    /// The store holds exactly what it should, each message once.
    Exact,
    /// The right amount, but not from the right messages.
    Accident,
    /// The store holds too much.
    Over,
}

/// Up to this many messages all have a row; beyond that only those that went wrong, up to this many.
const ROWS: usize = 60;

/// A lane's ledger at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ledger {
    /// How many messages there are.
    pub messages: usize,
    /// One row per message, in order; of many messages only those that went wrong.
    pub rows: Vec<Row>,
    /// How many more messages went wrong than are listed.
    pub more: usize,
    /// The name of the store, in the scenario's words.
    pub title: String,
    /// The unit of the amounts.
    pub unit: String,
    /// What the store holds: `20,000`.
    pub actual: String,
    /// What it should hold: `30,000`.
    pub expected: String,
    /// The difference: `−10,000`, `exact`.
    pub difference: String,
    /// The kind of difference.
    pub standing: Standing,
    /// The count of each outcome that occurs, worst first.
    pub totals: Vec<(Outcome, u32)>,
}

impl Ledger {
    /// The ledger of a run at a moment. Linear in the steps up to there.
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
            difference: difference(standing, experiment, &report),
            standing,
            totals: totals(&report),
        }
    }

    /// The balance in one sentence: `20,000 of 30,000 EUR, −10,000`.
    pub fn sentence(&self) -> String {
        format!("{} of {} {}, {}", self.actual, self.expected, self.unit, self.difference)
    }
}

/// The difference in words. While the run goes on nothing is called exact, and what is on its way is neither lost nor
/// missing: message by message, for one that is credited twice does not make up for one that is not.
fn difference(standing: Standing, experiment: &Experiment, report: &Report) -> String {
    let (expected, actual) = (report.ledger.expected, report.ledger.actual);
    match standing {
        Standing::Accident => BY_ACCIDENT.to_owned(),
        Standing::Short | Standing::Exact | Standing::Over if report.over => {
            story::difference(expected, actual)
        }
        _ => so_far(experiment, report),
    }
}

fn so_far(experiment: &Experiment, report: &Report) -> String {
    let amount = experiment.scenario.amount.get();
    let primary = experiment.scenario.primary();
    let of = |record: &MessageRecord| record.applied.get(primary).copied().unwrap_or(0);
    let (mut lost, mut coming, mut twice) = (0, 0, 0);
    for record in &report.messages {
        match (record.end, u64::from(of(record))) {
            (Outcome::Lost | Outcome::Parked, 0) => lost += amount,
            (_, 0) => coming += amount,
            (_, times) => twice += (times - 1) * amount,
        }
    }
    let mut said = Vec::new();
    if lost > 0 {
        said.push(format!("−{}", story::money(lost)));
    }
    if twice > 0 {
        said.push(format!("+{}", story::money(twice)));
    }
    if coming > 0 {
        said.push(format!("{} on its way", story::money(coming)));
    }
    if said.is_empty() { "so far, so good".to_owned() } else { said.join(", ") }
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
