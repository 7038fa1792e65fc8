//! A lane: its settings as a form, its head, and where it diverges from the others.

pub mod hook;
pub mod state;
pub mod view;
