//! The experiment: the one public format.

pub mod faults;
pub mod json;
mod lane;
pub mod mistake;
pub mod part;
mod preset;
mod record;
pub mod scenario;
pub mod script;
pub mod settings;
pub mod value;

pub use lane::{Lane, Lanes};
pub use mistake::{Mistake, Mistakes};
pub use preset::{Preset, PresetId};

use faults::Faults;
use scenario::{Label, Scenario};
use value::Bounded;

/// The greatest seed: the greatest whole number that every JSON reader keeps exact.
pub const GREATEST_SEED: u64 = (1 << 53) - 1;

/// Everything that decides what happens.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Experiment {
    /// Shown above the lanes.
    pub title: Label,
    /// The business story.
    pub scenario: Scenario,
    /// Business messages in one run.
    pub messages: Bounded<1, 1000>,
    /// Gap between them, in milliseconds.
    pub interval_ms: Bounded<0, 600_000>,
    /// Decides every random choice.
    pub seed: Bounded<0, GREATEST_SEED>,
    /// What goes wrong, the same for all lanes.
    pub faults: Faults,
    /// The setups compared side by side.
    pub lanes: Lanes,
}
