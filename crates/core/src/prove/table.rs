//! What each single fault does, lane by lane: the truth table of the setups.
//!
//! One message is sent and one thing goes wrong. A row is a fault that can strike in at least one
//! lane, a cell what becomes of the message there.

use super::fault::Fault;
use super::kind::Kinds;
use super::lane::{self, LaneModel};
use super::model::{Chooser, Model, Plan};
use crate::audit::{MessageRecord, Property, judge};
use crate::experiment::Experiment;
use crate::experiment::script::{Line, Script};
use crate::sim::{Trace, simulate};

/// Faults by lanes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What becomes of the message when nothing goes wrong, one cell per lane.
    pub calm: Vec<Cell>,
    /// One row per fault, ordered along the path of a message.
    pub rows: Vec<Row>,
}

/// What one fault does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The fault.
    pub line: Line,
    /// One cell per lane; `None` where it cannot strike.
    pub cells: Vec<Option<Cell>>,
}

/// What becomes of the message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Its record.
    pub record: MessageRecord,
    /// The properties that the run breaks.
    pub broken: Vec<Property>,
}

/// Injects each fault of these kinds into the run of one message, in every lane: one run per cell.
///
/// ```
/// use ackground_core::audit::Outcome;
/// use ackground_core::experiment::Experiment;
/// use ackground_core::prove::{Kinds, table};
///
/// let table = table(&Experiment::default(), Kinds::default());
/// let lost_ack = table.rows.iter().find(|row| row.line.to_string() == "drop publish-ack 1").unwrap();
/// let ends: Vec<_> = lost_ack.cells.iter().map(|cell| Some(cell.as_ref()?.record.end)).collect();
/// // Fire and forget waits for no acknowledgment that could be lost.
/// assert_eq!(ends, [None, Some(Outcome::Duplicated), Some(Outcome::Once)]);
/// ```
pub fn table(experiment: &Experiment, kinds: Kinds) -> Table {
    let mut bare = lane::bare(experiment, 1);
    let lanes = 0..bare.lanes.len();
    let mut lines: Vec<(u32, Line)> = Vec::new();
    for lane in lanes.clone() {
        for fault in single_faults(&bare, lane, kinds) {
            let row = (fault.stage(), fault.line(&bare.scenario));
            if !lines.contains(&row) {
                lines.push(row);
            }
        }
    }
    lines.sort();
    let calm = lanes.clone().map(|lane| cell(&bare, lane).0).collect();
    let rows = lines.into_iter().map(|(_, line)| {
        bare.faults.script = Script::new(vec![line.clone()]).expect("a script may have one line");
        let cells = lanes.clone().map(|lane| {
            let (cell, trace) = cell(&bare, lane);
            trace.unfired.is_empty().then_some(cell)
        });
        let cells = cells.collect();
        Row { line, cells }
    });
    Table { calm, rows: rows.collect() }
}

/// Every fault that can strike in an otherwise fault-free run.
fn single_faults(bare: &Experiment, lane: usize, kinds: Kinds) -> Vec<Fault> {
    let windows = lane::windows(bare, lane, kinds);
    let model = LaneModel::new(bare, lane, kinds, &windows);
    let mut world = model.first();
    let mut faults = Vec::new();
    loop {
        let before = world.clone();
        let mut calm = Chooser::new(Plan::default());
        let end = model.step(&mut world, &mut calm);
        for point in 0..calm.asked() {
            let mut chooser = Chooser::new(Plan::default().with(point));
            model.step(&mut before.clone(), &mut chooser);
            faults.extend_from_slice(chooser.struck());
        }
        if end.is_some() {
            return faults;
        }
    }
}

fn cell(experiment: &Experiment, lane: usize) -> (Cell, Trace) {
    let trace = simulate(experiment, lane);
    let mut report = judge(experiment, &trace);
    let broken = Property::ALL.into_iter().filter(|&property| !report.properties.holds(property));
    let broken = broken.collect();
    let record = report.messages.swap_remove(0);
    (Cell { record, broken }, trace)
}
