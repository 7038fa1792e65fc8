//! Long work for the page: a task begins with what is asked and ends with what it came to, and the
//! page goes on meanwhile.
//!
//! Who does what is decided by [`ackground_worker::Pool`]; here the page's workers are started, the
//! messages carried and the times kept (`worker_pool`), and a component is told of a task (`task`) or of
//! several, one by one (`series`).

mod series;
mod task;
mod worker_handle;
mod worker_pool;

pub use series::{Tasks, use_series};
pub use task::{TaskState, use_task, use_worker_pool};
pub use worker_pool::{TaskGuard, WorkerPool};
