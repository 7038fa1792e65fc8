//! Learn: lessons and exercises, for one who learns.

pub mod batch;
pub mod choices;
pub mod hooks;
pub mod state;
pub mod view;
