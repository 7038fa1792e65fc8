//! Learn: what is known of a reader's progress, and what the players of lessons and exercises show.
//!
//! | file | owns |
//! |---|---|
//! | `course` | how far a lesson may be shown, and which run settles which prediction |
//! | `session` | an exercise being worked on: what may be changed is, and nothing else |
//! | `progress` | what was read and solved, as a file that is kept |
//!
//! Pure; who shows it and where it is kept is not known here.

pub mod course;
pub mod progress;
pub mod session;
