//! The simulator of Ackground: the same messages, the same network, the same crashes, and up to four setups.
//!
//! The way of the data, and there is only one:
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
//! | [`audit`] | what happened to each message, the ledger, the properties |
//! | [`prove`] | every schedule of a few faults: what a lane guarantees, and what breaks it |
//! | [`measure`] | many runs: rates, prices and times with their intervals |
//! | [`number`] | numbers as people read them |
//! | [`words!`] | enums of which every variant is known by a word |
//!
//! Three rules hold everywhere:
//!
//! - Chance has one door. The world asks a [`sim::Fate`] at every choice point, and a choice is named by
//!   what is decided, so lanes share their luck and a script survives a change of setup.
//! - Time is a number of microseconds. No clock, thread, float or order of a hash map reaches a trace;
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

/// The examples of the README are run with those of the documentation.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
