//! Watch: one run per lane, drawn on a common time axis, played back and narrated.

pub mod choices;
pub mod hooks;
pub mod view;
