//! When the picture changes: at every step, when a packet is lost on its way, and when an id that was
//! kept for a while is too old.

use super::known::Known;
use crate::diagram::{Fall, PacketFate};
use ackground_core::sim::{Event, Guard, PacketNo, StepNo, Time, Trace};

/// What changes the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum What {
    /// Ids that were kept for a while are too old now. First of what comes at one moment: a message that
    /// arrives then is not known any more.
    Expiry,
    /// A step of the trace.
    Step(StepNo),
    /// A packet is lost.
    Lost(PacketNo),
}

/// A change of the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Turn {
    pub at: Time,
    pub what: What,
}

/// Every turn of a run, in order.
pub(super) fn turns(known: &Known, trace: &Trace, fates: &[PacketFate]) -> Vec<Turn> {
    let steps = trace.steps.iter().map(|step| Turn { at: step.at, what: What::Step(step.no) });
    let lost = fates.iter().filter(|fate| fate.fall == Fall::Lost);
    let lost = lost.map(|fate| Turn { at: fate.to, what: What::Lost(fate.no) });
    let end = trace.end.at();
    let expiries = trace.steps.iter().filter_map(|step| {
        let lifetime = match step.what {
            Event::Stored { .. } => known.window,
            Event::Recorded(Guard::Memory | Guard::Table | Guard::Transaction) => {
                known.table_lifetime
            }
            _ => None,
        };
        let at = step.at + lifetime?;
        (at <= end).then_some(Turn { at, what: What::Expiry })
    });
    let mut turns: Vec<Turn> = steps.chain(lost).chain(expiries).collect();
    turns.sort_unstable();
    turns.dedup();
    turns
}
