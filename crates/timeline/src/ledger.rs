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

/// The balance: what the store holds against what it should hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The run goes on, and nothing is wrong so far.
    Open,
    /// The store holds too little, or will.
    Short,
    /// The store holds exactly what it should, each message once.
    Exact,
    /// The right amount, but not from the right messages, or with another step that is not right.
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
    /// The difference: `−10,000 EUR`, `1 order never entered`, `exact`.
    pub difference: String,
    /// The kind of difference.
    pub standing: Standing,
    /// The count of each outcome that occurs, worst first.
    pub totals: Vec<(Outcome, u32)>,
}

impl Ledger {
    /// The ledger of a run at a moment. Linear in the steps up to there.
    pub fn at(experiment: &Experiment, lane: usize, trace: &Trace, at: Time) -> Ledger {
        let mut report = judge_until(experiment, trace, at);
        find_lost(experiment, lane, trace, at, &mut report);
        let report = report;
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
        let balance = story::balance(experiment, &report);
        let standing = match actual.cmp(&expected) {
            Ordering::Greater => Standing::Over,
            Ordering::Less if report.over || report.totals.lost + report.totals.parked > 0 => {
                Standing::Short
            }
            Ordering::Less => Standing::Open,
            Ordering::Equal if !balance.right => Standing::Accident,
            Ordering::Equal if report.over => Standing::Exact,
            Ordering::Equal => Standing::Open,
        };
        Ledger {
            messages: report.messages.len(),
            rows,
            more,
            title: experiment.scenario.store.to_string(),
            unit: experiment.scenario.unit.to_string(),
            actual: story::money(actual),
            expected: story::money(expected),
            difference: balance.words,
            standing,
            totals: totals(&report),
        }
    }

    /// What the store should hold, as it follows what it holds: `of 30,000 EUR`.
    pub fn of_expected(&self) -> String {
        format!("of {} {}", self.expected, self.unit).trim_end().to_owned()
    }

    /// The balance in one sentence: `20,000 of 30,000 EUR, −10,000 EUR`.
    pub fn sentence(&self) -> String {
        format!("{} {}, {}", self.actual, self.of_expected(), self.difference)
    }
}

/// Marks the messages that are lost by now, which the audit says only at the end of a run: nothing happens to them
/// any more.
fn find_lost(experiment: &Experiment, lane: usize, trace: &Trace, at: Time, report: &mut Report) {
    if report.over || !trace.end.settled() || report.totals.pending == 0 {
        return;
    }
    let mut open: Vec<bool> = report
        .messages
        .iter()
        .map(|record| record.created && record.end == Outcome::Pending)
        .collect();
    for step in trace.steps.iter().rev().take_while(|step| step.at > at) {
        if let Some(message) = step.message {
            open[message.index()] = false;
        }
    }
    // The moment of a loss takes a look at the whole run, which is too much for a crowd.
    let crowd = report.messages.len() > ROWS;
    for index in (0..open.len()).filter(|index| open[*index]) {
        let message = MessageNo::from_index(index);
        if crowd || story::lost_by(experiment, lane, trace, message, at) {
            let record = &mut report.messages[index];
            record.end = Outcome::Lost;
            report.totals.pending -= 1;
            report.totals.lost += 1;
            report.totals.silent += u32::from(record.silent());
        }
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
        fn only_a_finished_run_is_called_exact(experiment in experiments(), at in 0u64..20_000) {
            for (lane, trace) in runs(&experiment).iter().enumerate() {
                let at = Time::from_millis(at);
                let ledger = Ledger::at(&experiment, lane, trace, at);
                prop_assert!(ledger.standing != Standing::Exact || at >= trace.end.at());
                let exact = ledger.rows.iter().all(|row| row.outcome == Outcome::Once);
                prop_assert!(ledger.standing != Standing::Exact || exact);
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn what_is_called_lost_in_a_run_is_lost_at_its_end(experiment in experiments(), at in 0u64..20_000) {
            for (lane, trace) in runs(&experiment).iter().enumerate() {
                let now = Ledger::at(&experiment, lane, trace, Time::from_millis(at));
                let end = Ledger::at(&experiment, lane, trace, trace.end.at());
                for (now, end) in now.rows.iter().zip(&end.rows) {
                    prop_assert!(now.outcome != Outcome::Lost || end.outcome == Outcome::Lost);
                }
            }
        }
    }

    /// The differences of a lane of the first screen, as they come, each once.
    fn differences(lane: usize) -> Vec<String> {
        let experiment = Experiment::default();
        let trace = &runs(&experiment)[lane];
        let mut said: Vec<String> = Vec::new();
        for step in &trace.steps {
            let words = Ledger::at(&experiment, lane, trace, step.at).difference;
            if said.last() != Some(&words) {
                said.push(words);
            }
        }
        said
    }

    #[test]
    fn money_is_missing_from_when_it_is_lost_and_no_sooner() {
        assert_eq!(
            differences(0),
            [
                "10,000 EUR on its way",
                "correct so far",
                "10,000 EUR on its way",
                "−10,000 EUR so far, 10,000 on its way",
                "−10,000 EUR so far",
                "−10,000 EUR",
            ]
        );
    }

    #[test]
    fn a_doubled_payment_does_not_make_up_for_one_on_its_way() {
        let said = differences(1);
        assert!(said.contains(&"+10,000 EUR so far, 10,000 on its way".to_owned()), "{said:?}");
        assert!(differences(2).iter().all(|words| !words.contains('−')));
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
            "20,000 of 30,000 EUR, −10,000 EUR",
            "40,000 of 30,000 EUR, +10,000 EUR",
            "30,000 of 30,000 EUR, exact",
        ];
        assert_eq!(sentences, expected);
    }
}
