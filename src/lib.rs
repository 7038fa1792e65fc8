//! Ackground: the playground for message delivery guarantees.
//!
//! The same messages, the same network, the same crashes, and up to four setups side by side, so that
//! anyone can see why one loses money, one pays twice and one does neither.
//!
//! The way of the data, and there is only one:
//! [`experiment::Experiment`] → [`sim`] with a [`sim::Fate`] → [`sim::Trace`] → [`audit`] → picture
//! and words.
//!
//! ```
//! use ackground_core::{audit, sim};
//! use ackground_core::experiment::Experiment;
//! use ackground_words::story;
//!
//! let experiment = Experiment::default();
//! let trace = sim::simulate(&experiment, 0);
//! let report = audit::judge(&experiment, &trace);
//! assert_eq!((report.ledger.expected, report.ledger.actual), (30_000, 20_000));
//!
//! let second = sim::MessageNo::from_index(1);
//! assert_eq!(story::outcome(&experiment, 0, &trace, &report, second), "lost on the wire");
//! ```
//!
//! | module | owns |
//! |---|---|
//! | [`experiment`] | the public format: types, validation, presets, scenarios, the fault script, the share link |
//! | [`sim`] | time, fate, links, producer, broker, consumer, effects, and the trace of a run |
//! | [`audit`] | what happened to each message, the ledger, the properties |
//! | [`prove`] | every schedule of a few faults: what a lane guarantees, and what breaks it |
//! | [`measure`] | many runs: rates, prices and times with their intervals |
//! | [`story`] | words for people: what an event means, why a message was lost |
//! | [`learn`] | lessons and exercises, settled by the simulator |
//! | [`systems`] | a lane as the configuration of a product, and back |
//! | [`worker`] | long work off the main thread: jobs, slices, and who does what |
//! | [`web`] | the page: its state and its picture as pure functions, and the components (feature `web`) |
//! | `cli` | the command line (native only) |
//!
//! Four rules hold everywhere:
//!
//! - Chance has one door. The world asks a [`sim::Fate`] at every choice point, and a choice is named by
//!   what is decided, so lanes share their luck and a script survives a change of setup.
//! - Time is a number of microseconds. No clock, thread, float or order of a hash map reaches a trace;
//!   the same experiment gives the same trace natively and in Wasm.
//! - The judge stands outside. The audit sees the trace and the effects, never what an actor believes.
//! - The picture is a function of experiment, trace and time. Stepping back needs no extra state.
//!
//! Without the features `web` and `worker` this is the pure core, with neither Yew nor web-sys.
#![deny(missing_docs)]

pub mod web;

pub use ackground_core::{audit, experiment, measure, prove, sim};
pub use ackground_learn as learn;
pub use ackground_words::{story, systems};
pub use ackground_worker as worker;
