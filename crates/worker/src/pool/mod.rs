//! Who does what: tasks of several parts, their order, and the places where parts are done.
//!
//! The pool is told what happened and gives orders; it starts no worker, sends no message and has no
//! clock itself. Its rules:
//!
//! - A worker is asked for when a part has none to do it, never before. One goes ahead: until it has
//!   said hello no second one is asked for, so that where workers are forbidden one attempt is made.
//! - Where workers cannot be had, or keep silent, the parts are done [here](Seat::Here), one at a
//!   time. A worker that says hello later is welcome.
//! - What is done in the foreground goes before what is done in the background, and takes its place
//!   where there is no other; the part that had it is done again later.
//! - A worker that crashes costs the task it was working for, which is told so, and nothing else:
//!   whoever has the next part gets a new worker. So a job that always crashes ends.

mod task;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::protocol::{JobId, Reply, Request};
use super::work::Work;
use task::{PartNo, Task};
pub use task::{Priority, RunsOn, TaskEvent, TaskId, Underway};

/// What the owner of a task is told when the worker that did it has crashed.
pub const CRASHED: &str = "This has stopped because of a mistake of Ackground's own. The browser's console has the details.";

/// A worker, by its number. A number is never given again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct WorkerNo(u32);

/// Where a part of a task can be done.
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
    /// Start a worker, and say what became of it: [`Pool::hear`] its replies, [`Pool::failed`] or
    /// [`Pool::silent`].
    Hire(WorkerNo),
    /// This worker is of no use any more: end it, if it has not ended itself.
    Dismiss(WorkerNo),
    /// Send this to the agent there.
    Send(Seat, Request<A>),
    /// Tell the owner of a task.
    Tell(TaskId, TaskEvent<R>),
}

/// What a worker that has been asked for does.
#[derive(Debug, PartialEq)]
enum Worker {
    /// It has not said hello yet.
    Starting {
        /// It should have.
        overdue: bool,
    },
    Ready(Option<Job>),
}

/// A part of a task that is being done.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Job {
    id: JobId,
    task: TaskId,
    part: PartNo,
}

/// All tasks and all workers.
pub struct Pool<W: Work> {
    /// How many workers there may be at a time: what the machine allows, and less where fewer can be
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

/// The orders of a pool for this work.
pub type OrderOf<W> = Order<<W as Work>::Ask, <W as Work>::Answer>;

impl<W: Work> Pool<W> {
    /// A pool of at most so many workers, none of which is there yet. With 0 everything is done
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

    /// The orders since the last time.
    #[must_use = "an order that is not carried out leaves its task waiting for ever"]
    pub fn orders(&mut self) -> Vec<OrderOf<W>> {
        std::mem::take(&mut self.orders)
    }

    /// One more task: its parts, each done by itself, wherever there is room. The answers come
    /// together, in the order of the parts.
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

    /// Gives a task up. Nothing more is said about it.
    pub fn cancel(&mut self, task: TaskId, now: Duration) {
        self.forget(task);
        self.settle(now);
    }

    /// A reply has come from there. One to a job that was given up says nothing any more.
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

    /// A worker could not be started, or has crashed.
    pub fn failed(&mut self, no: WorkerNo, now: Duration) {
        let Some(worker) = self.workers.remove(&no) else {
            return;
        };
        self.orders.push(Order::Dismiss(no));
        match worker {
            // The next one would not either.
            Worker::Starting { .. } => self.most = self.workers.len(),
            Worker::Ready(Some(job)) => self.refuse(job.task, CRASHED.to_owned()),
            Worker::Ready(None) => {}
        }
        self.settle(now);
    }

    /// A worker should have said hello by now.
    pub fn silent(&mut self, no: WorkerNo, now: Duration) {
        if let Some(Worker::Starting { overdue }) = self.workers.get_mut(&no) {
            *overdue = true;
        }
        self.settle(now);
    }

    /// Whether the page's own thread has to do it: there is no worker and none is expected.
    #[must_use]
    pub fn is_here(&self) -> bool {
        let hopeless = |worker: &Worker| matches!(worker, Worker::Starting { overdue: true });
        self.workers.values().all(hopeless) && (self.most == 0 || !self.workers.is_empty())
    }

    /// Everything that follows from what has happened.
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

    /// What waits in the foreground takes the place of what is done in the background.
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

    /// A worker with nothing to do; without workers, here.
    fn free_seat(&self) -> Option<Seat> {
        let free = |(no, worker): (&WorkerNo, &Worker)| {
            (*worker == Worker::Ready(None)).then_some(Seat::Worker(*no))
        };
        let here = || (self.is_here() && self.here.is_none()).then_some(Seat::Here);
        self.workers.iter().find_map(free).or_else(here)
    }

    /// Everything that is being done.
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

    /// Frees a seat, if this is still the job there.
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

    /// Takes a task out, with everything that is done for it.
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

    /// Tells what there is to tell of a task, and takes it out when that is the last of it.
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
