//! The frame of the page: its head and foot, what lies over it, and what it says about itself.

pub mod announcer;
pub mod drop_zone;
pub mod foot;
pub mod header;
pub mod help;
pub mod notice;
pub mod open_file;
pub mod page;
pub mod paper;
pub mod scenario;
pub mod sheets;
pub mod summary;

pub use page::{App, AppProps};
