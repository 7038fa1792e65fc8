//! Figures: an experiment on someone else's page, what its author asks for, and the code that puts it there.

pub mod generator;
pub mod hooks;
pub mod model;
pub mod state;
pub mod view;
