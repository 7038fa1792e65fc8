//! Everything said in words: what happens in a run, why a message was lost, how a product configures the same.
//!
//! | module | owns |
//! |---|---|
//! | [`story`] | events, causes, proofs and measurements, in sentences |
//! | [`search`] | how well a text answers what a person typed |
//! | [`systems`] | a lane as a product's configuration, and back |
//! | [`typed`] | times and faults as people type them |
#![deny(missing_docs)]

pub mod search;
pub mod story;
pub mod systems;
pub mod typed;
