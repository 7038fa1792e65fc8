//! Opening what a person gives the page: a file, a link, a text that was dropped or pasted.

pub mod hooks;
pub mod state;
