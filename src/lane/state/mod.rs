//! The pure state of the lane forms.

pub mod arranged;
pub mod divergence_cause;
pub mod form;
pub mod idle;
