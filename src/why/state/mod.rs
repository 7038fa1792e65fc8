//! What a person decided here, as pure state.

pub mod asked;
pub mod inspect;
