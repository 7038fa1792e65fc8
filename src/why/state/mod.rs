//! What a person decided here, as pure state.

pub mod explained_message;
pub mod inspect;
