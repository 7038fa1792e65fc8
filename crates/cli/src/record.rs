//! The result of a run as a JSON object.
//!
//! The names are those of the format and stable; fields may be added. Times are in whole milliseconds of
//! simulated time, rounded down.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::Run;
use ackground_core::audit::{Ledger, MessageRecord, Totals};
use ackground_core::experiment::Experiment;
use ackground_core::experiment::scenario::Scenario;

/// Writes the lanes in order.
pub(super) fn write(experiment: &Experiment, runs: &[Run]) -> String {
    let lanes = runs.iter().enumerate().map(|(index, run)| Lane {
        name: experiment.lane_name(index),
        messages: run
            .report
            .messages
            .iter()
            .map(|message| Message::new(&experiment.scenario, message))
            .collect(),
        totals: run.report.totals.into(),
        ledger: run.report.ledger.into(),
        settled_ms: run.report.settled.map(|at| at.millis()),
        unfired: run
            .unfired
            .iter()
            .filter_map(|&line| experiment.faults.script.lines().get(line))
            .map(ToString::to_string)
            .collect(),
    });
    let lanes = Lanes { lanes: lanes.collect() };
    serde_json::to_string_pretty(&lanes).expect("plain values print") + "\n"
}

#[derive(serde::Serialize)]
struct Lanes<'a> {
    lanes: Vec<Lane<'a>>,
}

#[derive(serde::Serialize)]
struct Lane<'a> {
    name: String,
    messages: Vec<Message<'a>>,
    totals: TotalsRecord,
    ledger: LedgerRecord,
    /// Null if something was still in flight at the end.
    settled_ms: Option<u64>,
    /// The script lines that did not fire.
    unfired: Vec<String>,
}

#[derive(serde::Serialize)]
struct Message<'a> {
    sent: u32,
    delivered: u32,
    applied: Applied<'a>,
    told: &'static str,
    end: &'static str,
}

impl<'a> Message<'a> {
    fn new(scenario: &'a Scenario, record: &'a MessageRecord) -> Message<'a> {
        Message {
            sent: record.sent,
            delivered: record.delivered,
            applied: Applied { scenario, times: &record.applied },
            told: record.told.word(),
            end: record.end.word(),
        }
    }
}

/// How many times each step took effect, keyed by the step's id, in step order.
struct Applied<'a> {
    scenario: &'a Scenario,
    times: &'a [u32],
}

impl Serialize for Applied<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut map = s.serialize_map(Some(self.times.len()))?;
        for (step, times) in self.scenario.steps.iter().zip(self.times) {
            map.serialize_entry(step.id.as_str(), times)?;
        }
        map.end()
    }
}

#[derive(serde::Serialize)]
struct TotalsRecord {
    once: u32,
    lost: u32,
    silent: u32,
    duplicated: u32,
    parked: u32,
    pending: u32,
}

impl From<Totals> for TotalsRecord {
    fn from(totals: Totals) -> Self {
        TotalsRecord {
            once: totals.once,
            lost: totals.lost,
            silent: totals.silent,
            duplicated: totals.duplicated,
            parked: totals.parked,
            pending: totals.pending,
        }
    }
}

#[derive(serde::Serialize)]
struct LedgerRecord {
    expected: u64,
    actual: u64,
}

impl From<Ledger> for LedgerRecord {
    fn from(ledger: Ledger) -> Self {
        LedgerRecord { expected: ledger.expected, actual: ledger.actual }
    }
}
