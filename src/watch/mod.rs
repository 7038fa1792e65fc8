//! Watch: one run of every lane, drawn on a common time axis, played, and told.

pub mod choices;
pub mod hooks;
pub mod view;
