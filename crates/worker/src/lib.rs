//! Long work off the main thread: in web workers, or in slices where there are none.
//!
//! | module | owns | needs a browser |
//! |---|---|---|
//! | [`work`] | what a long job has to offer so that it can be done in pieces | no |
//! | [`job`] | the jobs that there are | no |
//! | [`series`] | several tasks, answered one by one | no |
//! | [`protocol`] | what page and worker say to each other | no |
//! | [`agent`] | one job at a time, a slice at a time | no |
//! | [`pool`] | all tasks and all workers: who does what, and in which order | no |
//! | `scope` | the agent inside of a dedicated worker | yes |
//!
//! The page's side, which starts the workers and carries the messages, is `ackground::hooks::pool`.

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
