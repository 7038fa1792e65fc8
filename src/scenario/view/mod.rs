//! The form of a scenario.

mod form;
mod steps;

pub use form::ScenarioForm;
