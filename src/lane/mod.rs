//! A lane: its settings form, its header, and where it diverges from the others.

pub mod hook;
pub mod state;
pub mod view;
