//! The worker pool: schedules the parts of tasks on workers, or on the page's own thread.
//!
//! The pool is sans-I/O: it is told what happened and returns orders; it spawns no worker, sends no message
//! and has no clock. Its rules:
//!
//! - A worker is spawned only when a part needs one. The first is a probe: until it has said hello no second
//!   one is spawned, so where workers are forbidden only one attempt is made.
//! - Where workers cannot be had, or stay silent, the parts run [here](Seat::Here), one at a time. A worker
//!   that says hello late is still used.
//! - Foreground work goes before background work, and preempts it if there is no free seat; the preempted
//!   part is restarted later.
//! - A crashing worker fails only the task it was working on; the next part gets a new worker. So a job
//!   that always crashes comes to an end.

mod task;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::protocol::{JobId, Reply, Request};
use super::work::Work;
use task::{PartNo, Task};
pub use task::{Priority, RunsOn, TaskEvent, TaskId, Underway};

/// What the owner of a task is told when its worker crashed.
pub const CRASHED: &str = "This has stopped because of a mistake of Ackground's own. The browser's console has the details.";

/// A worker's number, never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct WorkerNo(u32);

/// Where a part of a task can run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Seat {
    /// In a worker.
    Worker(WorkerNo),
    /// On the page's own thread, in slices.
    Here,
}

/// What the owner of the pool has to do, in this order.
#[derive(Debug, PartialEq)]
pub enum Order<A, R> {
    /// Spawn a worker and report what becomes of it: [`Pool::hear`] for its replies, [`Pool::failed`] or
    /// [`Pool::silent`].
    Hire(WorkerNo),
    /// This worker is of no more use: terminate it, if it has not ended already.
    Dismiss(WorkerNo),
    /// Send this request to the agent at this seat.
    Send(Seat, Request<A>),
    /// Pass this event on to the owner of a task.
    Tell(TaskId, TaskEvent<R>),
}

/// The state of a spawned worker.
#[derive(Debug, PartialEq)]
enum Worker {
    /// It has not said hello yet.
    Starting {
        /// It should have by now.
        overdue: bool,
    },
    Ready(Option<Job>),
}

/// A part of a task in progress.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Job {
    id: JobId,
    task: TaskId,
    part: PartNo,
}

/// All tasks and all workers.
pub struct Pool<W: Work> {
    /// The most workers at a time: what the machine allows, or fewer where fewer can be
    /// had.
    most: usize,
    workers: BTreeMap<WorkerNo, Worker>,
    here: Option<Job>,
    /// Whether any worker has ever said hello.
    proven: bool,
    tasks: BTreeMap<TaskId, Task<W>>,
    waiting: BTreeSet<(Priority, TaskId, PartNo)>,
    next_worker: WorkerNo,
    next_task: TaskId,
    next_job: JobId,
    orders: Vec<OrderOf<W>>,
}

/// The orders of a pool for this kind of work.
pub type OrderOf<W> = Order<<W as Work>::Ask, <W as Work>::Answer>;

impl<W: Work> Pool<W> {
    /// A pool of at most this many workers, none of them spawned yet. With 0 everything runs
    /// here.
    #[must_use]
    pub fn new(most: usize) -> Pool<W> {
        Pool {
            most,
            workers: BTreeMap::new(),
            here: None,
            proven: false,
            tasks: BTreeMap::new(),
            waiting: BTreeSet::new(),
            next_worker: WorkerNo(0),
            next_task: TaskId::FIRST,
            next_job: JobId::FIRST,
            orders: Vec::new(),
        }
    }

    /// The orders given since the last call.
    #[must_use = "an order that is not carried out leaves its task waiting for ever"]
    pub fn orders(&mut self) -> Vec<OrderOf<W>> {
        std::mem::take(&mut self.orders)
    }

    /// Adds a task of independent parts, which run wherever there is room. The answers are delivered together,
    /// in the order of the parts.
    pub fn add(&mut self, parts: Vec<W::Ask>, priority: Priority, now: Duration) -> TaskId {
        let id = self.next_task;
        self.next_task = id.next();
        let task = Task::new(parts, priority);
        self.waiting.extend(task.parts().map(|part| (priority, id, part)));
        self.tasks.insert(id, task);
        self.tell(id, now);
        self.settle(now);
        id
    }

    /// Cancels a task. Nothing more is reported about it.
    pub fn cancel(&mut self, task: TaskId, now: Duration) {
        self.forget(task);
        self.settle(now);
    }

    /// Takes in a reply from a seat. Replies to cancelled jobs are ignored.
    pub fn hear(&mut self, seat: Seat, reply: Reply<W::Answer>, now: Duration) {
        match reply {
            Reply::Hello => {
                if let Seat::Worker(no) = seat
                    && let Some(worker @ Worker::Starting { .. }) = self.workers.get_mut(&no)
                {
                    *worker = Worker::Ready(None);
                    self.proven = true;
                }
            }
            Reply::Progress { id, progress } => {
                if let Some(job) = self.job(seat).filter(|job| job.id == id) {
                    if let Some(task) = self.tasks.get_mut(&job.task) {
                        task.progress(job.part, progress);
                    }
                    self.tell(job.task, now);
                }
            }
            Reply::Done { id, count, answer } => {
                if let Some(job) = self.leave(seat, id) {
                    if let Some(task) = self.tasks.get_mut(&job.task) {
                        task.done(job.part, count, answer);
                    }
                    self.tell(job.task, now);
                }
            }
            Reply::Refused { id, why } => {
                if let Some(job) = self.leave(seat, id) {
                    self.refuse(job.task, why);
                }
            }
        }
        self.settle(now);
    }

    /// A worker could not be spawned, or has crashed.
    pub fn failed(&mut self, no: WorkerNo, now: Duration) {
        let Some(worker) = self.workers.remove(&no) else {
            return;
        };
        self.orders.push(Order::Dismiss(no));
        match worker {
            // Another one would fail just the same.
            Worker::Starting { .. } => self.most = self.workers.len(),
            Worker::Ready(Some(job)) => self.refuse(job.task, CRASHED.to_owned()),
            Worker::Ready(None) => {}
        }
        self.settle(now);
    }

    /// A worker is overdue with its hello.
    pub fn silent(&mut self, no: WorkerNo, now: Duration) {
        if let Some(Worker::Starting { overdue }) = self.workers.get_mut(&no) {
            *overdue = true;
        }
        self.settle(now);
    }

    /// Whether the page's own thread has to do the work: no worker is there and none is expected.
    #[must_use]
    pub fn is_here(&self) -> bool {
        let hopeless = |worker: &Worker| matches!(worker, Worker::Starting { overdue: true });
        self.workers.values().all(hopeless) && (self.most == 0 || !self.workers.is_empty())
    }

    /// Works out everything that follows from the latest event.
    fn settle(&mut self, now: Duration) {
        while let Some(seat) = self.free_seat() {
            let Some((_, task, part)) = self.waiting.pop_first() else {
                return;
            };
            self.start(seat, task, part, now);
        }
        let starting = |worker: &&Worker| matches!(worker, Worker::Starting { .. });
        let mut expected = self.workers.values().filter(starting).count();
        while self.waiting.len() > expected
            && self.workers.len() < self.most
            && (self.proven || expected == 0)
        {
            let no = self.next_worker;
            self.next_worker = WorkerNo(no.0.wrapping_add(1));
            self.workers.insert(no, Worker::Starting { overdue: false });
            self.orders.push(Order::Hire(no));
            expected += 1;
        }
        if expected == 0 || self.is_here() {
            self.give_way(now);
        }
    }

    /// Lets waiting foreground parts preempt background ones.
    fn give_way(&mut self, now: Duration) {
        while let Some(&(Priority::Foreground, task, part)) = self.waiting.first() {
            let background = |job: &Job| {
                let task = self.tasks.get(&job.task);
                task.is_some_and(|task| task.priority == Priority::Background)
            };
            let Some((seat, job)) = self.jobs().find(|(_, job)| background(job)) else {
                return;
            };
            self.leave(seat, job.id);
            self.orders.push(Order::Send(seat, Request::Cancel { id: job.id }));
            if let Some(task) = self.tasks.get_mut(&job.task) {
                task.again(job.part);
            }
            self.waiting.insert((Priority::Background, job.task, job.part));
            self.waiting.pop_first();
            self.start(seat, task, part, now);
        }
    }

    fn start(&mut self, seat: Seat, task: TaskId, part: PartNo, now: Duration) {
        let Some(ask) =
            self.tasks.get_mut(&task).and_then(|task| task.begin(part, RunsOn::of(seat), now))
        else {
            return;
        };
        let id = self.next_job;
        self.next_job = id.next();
        let job = Some(Job { id, task, part });
        match seat {
            Seat::Here => self.here = job,
            Seat::Worker(no) => {
                self.workers.insert(no, Worker::Ready(job));
            }
        }
        self.orders.push(Order::Send(seat, Request::Start { id, ask }));
    }

    /// An idle worker; without workers, the page's own thread.
    fn free_seat(&self) -> Option<Seat> {
        let free = |(no, worker): (&WorkerNo, &Worker)| {
            (*worker == Worker::Ready(None)).then_some(Seat::Worker(*no))
        };
        let here = || (self.is_here() && self.here.is_none()).then_some(Seat::Here);
        self.workers.iter().find_map(free).or_else(here)
    }

    /// Every job in progress, with its seat.
    fn jobs(&self) -> impl Iterator<Item = (Seat, Job)> {
        let in_worker = |(no, worker): (&WorkerNo, &Worker)| match worker {
            Worker::Ready(Some(job)) => Some((Seat::Worker(*no), *job)),
            _ => None,
        };
        let here = self.here.map(|job| (Seat::Here, job));
        self.workers.iter().filter_map(in_worker).chain(here)
    }

    fn job(&self, seat: Seat) -> Option<Job> {
        let mut jobs = self.jobs();
        jobs.find_map(|(at, job)| (at == seat).then_some(job))
    }

    /// Frees a seat if it still holds this job.
    fn leave(&mut self, seat: Seat, id: JobId) -> Option<Job> {
        let job = self.job(seat).filter(|job| job.id == id)?;
        match seat {
            Seat::Here => self.here = None,
            Seat::Worker(no) => {
                self.workers.insert(no, Worker::Ready(None));
            }
        }
        Some(job)
    }

    /// Removes a task and everything in progress for it.
    fn forget(&mut self, task: TaskId) {
        self.tasks.remove(&task);
        self.waiting.retain(|(_, of, _)| *of != task);
        let of_task = |(_, job): &(Seat, Job)| job.task == task;
        for (seat, Job { id, .. }) in self.jobs().filter(of_task).collect::<Vec<_>>() {
            self.leave(seat, id);
            self.orders.push(Order::Send(seat, Request::Cancel { id }));
        }
    }

    fn refuse(&mut self, task: TaskId, why: String) {
        self.forget(task);
        self.orders.push(Order::Tell(task, TaskEvent::Refused(why)));
    }

    /// Reports a task's progress or end to its owner, and removes it at its end.
    fn tell(&mut self, id: TaskId, now: Duration) {
        let Some(task) = self.tasks.get_mut(&id) else {
            return;
        };
        if let Some(underway) = task.underway(now) {
            self.orders.push(Order::Tell(id, TaskEvent::Underway(underway)));
        } else if task.is_done()
            && let Some(task) = self.tasks.remove(&id)
        {
            self.orders.push(Order::Tell(id, TaskEvent::Done(task.answers())));
        }
    }
}
