//! Learn: lessons and exercises.

pub mod batch;
pub mod choices;
pub mod hooks;
pub mod state;
pub mod view;
