//! What touches the browser here.

pub mod animation;
pub mod ledgers;
pub mod unroll;
