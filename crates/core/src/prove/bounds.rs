//! How far a search goes.

use serde::{Deserialize, Serialize};

use super::kind::Kinds;

/// The bounds of a search: how many faults of which kinds a schedule has, over how many messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Bounds {
    /// The most faults of a schedule, at most [`Bounds::MOST_FAULTS`].
    pub faults: u8,
    /// Messages in a run, from 1 to [`Bounds::MOST_MESSAGES`].
    pub messages: u16,
    /// Kinds of fault.
    pub kinds: Kinds,
    /// Runs simulated before the search stops by itself and says so.
    pub most_runs: u64,
    /// Events simulated before the search stops by itself and says so; this bounds the time where
    /// single runs are long. One core simulates some ten million a second.
    pub most_events: u64,
}

impl Bounds {
    /// The most faults a schedule can have.
    pub const MOST_FAULTS: u8 = 8;
    /// The most messages a run can have.
    pub const MOST_MESSAGES: u16 = 20;

    /// These bounds, clamped to what is possible.
    pub fn clamped(self) -> Bounds {
        Bounds {
            faults: self.faults.min(Bounds::MOST_FAULTS),
            messages: self.messages.clamp(1, Bounds::MOST_MESSAGES),
            ..self
        }
    }
}

/// Two faults over two messages, of the default kinds; five million runs and a billion events.
impl Default for Bounds {
    fn default() -> Bounds {
        Bounds {
            faults: 2,
            messages: 2,
            kinds: Kinds::default(),
            most_runs: 5_000_000,
            most_events: 1_000_000_000,
        }
    }
}
