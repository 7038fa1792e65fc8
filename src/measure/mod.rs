//! Measure: what many runs come to, and at what price.

pub mod choices;
pub mod hook;
pub mod model;
pub mod view;
