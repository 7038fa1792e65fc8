//! The simulator of Ackground: the same messages, the same network, the same crashes, and up to four setups.
//!
//! Data flows one way only:
//! [`experiment::Experiment`] → [`sim`] with a [`sim::Fate`] → [`sim::Trace`] → [`audit`].
//!
//! ```
//! use ackground_core::{audit, experiment::Experiment, sim};
//!
//! let experiment = Experiment::default();
//! let trace = sim::simulate(&experiment, 0);
//! let report = audit::judge(&experiment, &trace);
//! assert_eq!((report.ledger.expected, report.ledger.actual), (30_000, 20_000));
//! ```
//!
//! | module | owns |
//! |---|---|
//! | [`experiment`] | the public format: types, validation, presets, scenarios, the fault script, the share link |
//! | [`sim`] | time, fate, links, producer, broker, consumer, effects, and the trace of a run |
//! | [`audit`] | the outcome of each message, the ledger, the properties |
//! | [`prove`] | every schedule of a few faults: what a lane guarantees, and what breaks it |
//! | [`measure`] | many runs: rates, costs and times with their intervals |
//! | [`number`] | numbers formatted for people |
//! | [`words!`] | enums whose variants each have a word |
//!
//! Three rules hold everywhere:
//!
//! - Chance has one way in. The world asks a [`sim::Fate`] at every choice point, and a choice is
//!   named by what is decided, so lanes share their luck and a script survives a change of setup.
//! - Time is a number of microseconds. No clock, thread, float or hash map order reaches a trace;
//!   the same experiment gives the same trace natively and in Wasm.
//! - The judge stands outside. The audit sees the trace and the effects, never what an actor believes.
#![deny(missing_docs)]

pub mod audit;
pub mod experiment;
pub mod measure;
pub mod number;
pub mod prove;
pub mod sim;
mod words;

/// Runs the README's examples as doc tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
