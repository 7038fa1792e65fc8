//! Prove: what every schedule of faults comes to, lane by lane.

pub mod choices;
pub mod hook;
pub mod model;
pub mod state;
pub mod view;
