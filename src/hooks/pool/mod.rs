//! Long-running tasks in web workers, so that the page stays responsive.
//!
//! [`ackground_worker::Pool`] schedules; this module starts the workers, carries the messages and keeps the
//! time (`worker_pool`), and offers hooks for a single task (`task`) and for a series (`series`).

mod series;
mod task;
mod worker_handle;
mod worker_pool;

pub use series::{Tasks, use_series};
pub use task::{TaskState, use_task, use_worker_pool};
pub use worker_pool::{TaskGuard, WorkerPool};
