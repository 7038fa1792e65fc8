//! The parts of the page. Each renders its properties; effects live in [`hooks`](super::hooks),
//! decisions in [`state`](super::state).

pub mod watch;
