//! What a person decided here, as pure state.

pub mod divergence_cause;
pub mod form;
pub mod idle;
