//! The state of Learn: a reader's progress, and of lessons and exercises.
//!
//! | file | owns |
//! |---|---|
//! | `course` | how much of a lesson may be shown, and which run reveals which prediction |
//! | `session` | an exercise being solved, with a guard against forbidden changes |
//! | `progress` | what was read and solved, as a document |
//!
//! Pure: knows neither views nor storage.

pub mod course;
pub mod progress;
pub mod session;
