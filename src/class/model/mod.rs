//! The model of the teachers' view, without markup.
//!
//! | file | owns |
//! |---|---|
//! | [`marking_queue`] | the submissions without a mark, and the tasks needed to mark them |
//! | [`roll`] | who gets which variant |
//! | [`slides`] | a lesson or an exercise as slides |
//! | [`settings`] | what an exercise can unlock, and the current values |
//!
//! All of it is pure; running the tasks is up to the hooks.

pub mod marking_queue;
pub mod roll;
pub mod settings;
pub mod slides;
