//! Prove: exhaustive search over the fault schedules of each lane.

pub mod choices;
pub mod hook;
pub mod model;
pub mod state;
pub mod view;
