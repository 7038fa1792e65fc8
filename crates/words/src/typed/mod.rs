//! What people type: times and faults, read as they write them.
//!
//! The format's own reader stays strict; what is understood here is handed to it in its own terms.

pub mod fault;
mod synonyms;
pub mod times;
