//! For teachers: the guide, an exercise in the making, a presentation, and marking.

pub mod choices;
pub mod hooks;
pub mod model;
pub mod state;
pub mod view;
