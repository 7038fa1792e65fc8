//! The pure state of explanations and the inspector.

pub mod explained_message;
pub mod inspect;
