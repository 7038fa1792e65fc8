//! One search for the whole page: setups, problems, configuration keys, settings, faults, terms, lessons, exercises.
//! Each hit opens something.

pub mod model;
pub mod state;
pub mod view;
