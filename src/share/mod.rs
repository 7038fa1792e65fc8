//! Share: links, files, figures, and what is open in Learn.

pub mod files;
pub mod state;
pub mod view;
