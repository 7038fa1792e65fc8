//! Why: how a message came to its result, what would have prevented it, and a close look at a shape of the picture.

pub mod hook;
pub mod state;
pub mod view;
