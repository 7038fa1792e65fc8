//! The components.

pub mod compare;
pub mod gallery;
pub mod guide;
pub mod system;
