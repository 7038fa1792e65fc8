//! Browser hooks for opening things.

pub mod dragging;
pub mod dropping;
pub mod paste;
pub mod reading;
