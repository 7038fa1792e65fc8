//! Browser hooks of embedded figures.

pub mod frame;
pub mod height;
pub mod host;
pub mod in_view;
pub mod reports;
