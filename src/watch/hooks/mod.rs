//! What touches the browser here.

pub mod animation;
pub mod frame_scheduler;
pub mod ledgers;
