//! What the view for teachers shows: marks as they come, slides, settings that can be freed.
//!
//! | file | owns |
//! |---|---|
//! | [`marking_queue`] | the submissions without a mark, and what marking it takes |
//! | [`roll`] | who gets which variant |
//! | [`slides`] | a lesson or an exercise as slides for a class |
//! | [`settings`] | what of an experiment can be freed, and how it stands |
//!
//! All of it is pure; who does the work is not known here.

pub mod marking_queue;
pub mod roll;
pub mod settings;
pub mod slides;
