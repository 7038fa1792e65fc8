//! Long-running work off the main thread: in web workers, or in slices where there are none.
//!
//! | module | owns | needs a browser |
//! |---|---|---|
//! | [`work`] | the interface of a job that can be done in slices | no |
//! | [`job`] | the kinds of job | no |
//! | [`series`] | several tasks, answered one by one | no |
//! | [`protocol`] | the messages between page and worker | no |
//! | [`agent`] | one job at a time, a slice at a time | no |
//! | [`pool`] | scheduling of tasks on workers | no |
//! | `scope` | the agent inside a dedicated worker | yes |
//!
//! The page's side, which spawns the workers and carries the messages, is `ackground::hooks::pool`.

pub mod agent;
pub mod job;
pub mod pool;
pub mod protocol;
pub mod scope;
pub mod series;
#[cfg(test)]
mod toy;
pub mod work;

pub use agent::Agent;
pub use job::{Answer, Ask, Job};
pub use pool::{Pool, Priority, RunsOn, TaskEvent, TaskId, Underway};
pub use protocol::{JobId, Progress, Reply, Request};
pub use work::Work;
