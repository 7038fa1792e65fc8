//! The pure state of the setups.

pub mod gallery;
pub mod guide;
pub mod setup;
