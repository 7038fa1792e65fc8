//! Browser hooks for playback and rendering.

pub mod animation;
pub mod frame_scheduler;
pub mod ledgers;
pub mod room;
