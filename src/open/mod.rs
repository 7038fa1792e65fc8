//! Opening a file, a link, or text that was dropped or pasted.

pub mod hooks;
pub mod state;
