//! For teachers: the guide, the exercise builder, presentations, and marking.

pub mod choices;
pub mod hooks;
pub mod model;
pub mod state;
pub mod view;
