//! Embedded figures: an experiment on someone else's page, its options, and the embed code.

pub mod generator;
pub mod hooks;
pub mod model;
pub mod state;
pub mod view;
