//! Prove: can this setup ever lose or duplicate?
//!
//! The same world that Watch runs is taken through every schedule of faults within given
//! [`Bounds`]. Every statement about a lane is computed: a property that holds was broken by none
//! of them, and one that is broken comes with a shortest schedule that breaks it, as a script.
//!
//! | file | owns |
//! |---|---|
//! | `kind` | kinds of fault |
//! | `bounds` | how far a search goes |
//! | `spans` | how long its faults last |
//! | `model` | what the search needs of a world |
//! | `fault`, `lane` | a lane as a model |
//! | `search`, `memo` | the search, and its memo of visited worlds |
//! | `report` | the findings, in terms of the format |
//! | `table` | what each single fault does |
//!
//! ```
//! use ackground_core::experiment::Experiment;
//! use ackground_core::prove::{Bounds, Guarantee, prove};
//!
//! let experiment = Experiment::default();
//! let found: Vec<_> = (0..3).map(|lane| prove(&experiment, lane, Bounds::default())).collect();
//! let guarantees = found.iter().map(|found| found.guarantee);
//! assert!(guarantees.eq([
//!     Some(Guarantee::AtMostOnce),
//!     Some(Guarantee::AtLeastOnce),
//!     Some(Guarantee::ExactlyOnce),
//! ]));
//! ```

mod bounds;
mod fault;
mod kind;
mod lane;
mod memo;
mod model;
mod report;
mod search;
mod spans;
mod table;
#[cfg(test)]
mod toy;

pub use crate::experiment::script::Kind;
pub use bounds::Bounds;
pub use kind::{Kinds, UnknownKind};
pub use lane::bare;
pub use report::{Counterexample, Explored, Finding, Guarantee, Proof, Verdict, prove};
pub use search::Stopped;
pub use spans::Spans;
pub use table::{Cell, Row, Table, table};
