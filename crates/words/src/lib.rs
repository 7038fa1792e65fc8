//! Words for people: what happens in a run, why a message was lost, and how a product says the same.
//!
//! | module | owns |
//! |---|---|
//! | [`story`] | what an event means, why a message was lost, what was proved and measured, in sentences |
//! | [`systems`] | a lane as the configuration of a product, and back |
#![deny(missing_docs)]

pub mod story;
pub mod systems;
