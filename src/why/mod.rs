//! Why: how a message got its outcome, what would have prevented it, and an inspector for shapes of the
//! picture.

pub mod hook;
pub mod state;
pub mod view;
