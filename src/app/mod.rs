//! The page frame: header, footer, overlays, notices.

pub mod announcer;
pub mod drop_zone;
pub mod first;
pub mod foot;
pub mod header;
pub mod help;
pub mod notice;
pub mod open_file;
pub mod page;
pub mod paper;
pub mod scenario;
pub mod sheets;
pub mod start;
pub mod summary;

pub use first::{First, FirstProps};
pub use page::{App, AppProps};
