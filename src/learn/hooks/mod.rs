//! What touches the browser here.

pub mod hint;
pub mod inquiry;
pub mod progress;
