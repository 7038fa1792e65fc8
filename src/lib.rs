//! Ackground: the playground for message delivery guarantees.
//!
//! The way of the data, and there is only one:
//! [`experiment::Experiment`] → [`sim`] with a [`sim::Fate`] → [`sim::Trace`] → [`audit`] → picture.
//!
//! | module | owns |
//! |---|---|
//! | [`experiment`] | the public format: types, validation, presets, scenarios, the fault script, the share link |
//! | [`sim`] | time, fate, links, producer, broker, consumer, effects, and the trace of a run |
//! | [`audit`] | what happened to each message, the ledger, the properties |
//! | [`story`] | words for people: what an event means, why a message was lost |
//! | `web` | the page (feature `web`) |
//! | `cli` | the command line (native only) |
#![deny(missing_docs)]

pub mod audit;
#[cfg(not(target_arch = "wasm32"))]
pub mod cli;
pub mod experiment;
pub mod sim;
pub mod story;
pub mod web;
