//! The store as a trace shows it: how often each step took effect for each message, what was asked for
//! again in vain, and the table of ids beside the effects.

use super::ids::Ids;
use super::known::Known;
use ackground_core::sim::{Event, Guard, MessageNo, Step, StepNo};

/// The store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Store {
    /// Per message and step, row by row.
    applied: Vec<u32>,
    steps: usize,
    /// The latest effect of each message.
    latest: Vec<Option<StepNo>>,
    /// Repeats that the guards before and in the store kept from taking effect.
    pub absorbed: u32,
    /// Ids written down in a table.
    pub table: Ids,
}

impl Store {
    pub(super) fn new(known: &Known) -> Store {
        Store {
            applied: vec![0; known.messages * known.steps],
            steps: known.steps,
            latest: vec![None; known.messages],
            absorbed: 0,
            table: Ids::keeping(known.table_most, known.table_lifetime),
        }
    }

    /// How often a step took effect for a message.
    pub fn applied(&self, message: MessageNo, step: usize) -> u32 {
        let at = message.index() * self.steps + step;
        self.applied.get(at).copied().unwrap_or(0)
    }

    /// The latest effect of a message.
    pub fn latest(&self, message: MessageNo) -> Option<StepNo> {
        self.latest.get(message.index()).copied().flatten()
    }

    pub(super) fn apply(&mut self, step: &Step) {
        let Some(message) = step.message else { return };
        match step.what {
            Event::Applied { step: number } => {
                let at = message.index() * self.steps + usize::from(number);
                if let Some(times) = self.applied.get_mut(at) {
                    *times += 1;
                }
                if let Some(latest) = self.latest.get_mut(message.index()) {
                    *latest = Some(step.no);
                }
            }
            Event::Absorbed { .. } | Event::Skipped(_) => self.absorbed += 1,
            Event::Recorded(Guard::Table | Guard::Transaction) => {
                self.table.insert(message, step.at);
            }
            _ => {}
        }
    }
}
