//! Measure: statistics over many runs, and what each guarantee costs.

pub mod choices;
pub mod hook;
pub mod model;
pub mod state;
pub mod view;
