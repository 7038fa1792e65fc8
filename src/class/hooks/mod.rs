//! What touches the browser here.

pub mod collecting;
pub mod fit;
pub mod marking;
