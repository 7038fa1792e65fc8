//! What a person decided here, as pure state.

pub mod gallery;
pub mod guide;
pub mod setup;
