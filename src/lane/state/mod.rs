//! What a person decided here, as pure state.

pub mod apart;
pub mod form;
pub mod idle;
