//! Browser hooks of Learn.

pub mod hint;
pub mod inquiry;
pub mod progress;
