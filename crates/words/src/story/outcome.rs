//! A message's outcome in a few words.
//!
//! The audit decides the outcome; this module says how it came about.

use ackground_core::audit::{MessageRecord, Outcome, Report};
use ackground_core::experiment::Experiment;
use ackground_core::sim::{MessageNo, Trace};

use super::telling::Telling;

/// The outcome of a message so far, in a few words for the ledger: `waiting`, `once`,
/// `once · 1 duplicate skipped`, `credited twice`, `lost on the wire`, `parked`.
pub fn outcome(
    experiment: &Experiment,
    lane: usize,
    trace: &Trace,
    report: &Report,
    message: MessageNo,
) -> String {
    let Some(record) = report.messages.get(message.index()) else {
        return String::new();
    };
    let telling = Telling::new(experiment, lane, trace);
    match record.end {
        Outcome::Pending if report.over => "not settled".to_owned(),
        Outcome::Pending if record.created => "in progress".to_owned(),
        Outcome::Pending => "waiting".to_owned(),
        Outcome::Once => telling.once(record, report.settled.is_some()),
        Outcome::Lost => telling.loss(message).0.words().to_owned(),
        Outcome::Duplicated => {
            let primary = telling.primary();
            telling.verb(primary).so_often(record.applied[primary as usize])
        }
        Outcome::Parked => "parked".to_owned(),
    }
}

impl Telling<'_> {
    fn once(&self, record: &MessageRecord, settled: bool) -> String {
        let mut parts = vec!["once".to_owned()];
        if record.recognised > 0 {
            let what = if record.recognised == 1 { "duplicate" } else { "duplicates" };
            parts.push(format!("{} {what} skipped", record.recognised));
        }
        for (step, &times) in record.applied.iter().enumerate() {
            let verb = self.verb(step as u8);
            match times {
                0 if settled => parts.push(verb.not_done()),
                0 | 1 => {}
                times => parts.push(verb.so_often(times)),
            }
        }
        parts.join(" · ")
    }
}
