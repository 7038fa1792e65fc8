//! What touches the browser here.

pub mod dragging;
pub mod dropping;
pub mod paste;
pub mod reading;
