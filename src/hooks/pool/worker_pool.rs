//! The page's web workers, with the main thread as a fallback.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

use gloo_timers::callback::Timeout;

use super::worker_handle::{WorkerHandle, WorkerSignal};
use ackground_worker::pool::{Order, OrderOf, Seat, WorkerNo};
use ackground_worker::protocol::{self, Reply, Request};
use ackground_worker::{Agent, Pool, Priority, TaskEvent, TaskId, Work};

/// The time slice on the main thread before the browser may render: half a frame.
const SLICE: Duration = Duration::from_millis(8);
/// The maximum number of workers; each has its own module instance and memory.
const MOST: f64 = 8.0;

/// A [`Pool`] with everything it needs from the browser. Clones share one pool; dropping the last one
/// terminates its workers.
pub struct WorkerPool<W: Work>(Rc<Inside<W>>);

struct Inside<W: Work> {
    file: String,
    pool: RefCell<Pool<W>>,
    workers: RefCell<BTreeMap<WorkerNo, WorkerHandle>>,
    /// Runs tasks on the main thread.
    agent: RefCell<Agent<W>>,
    /// The timer for its next slice.
    turn: RefCell<Option<Timeout>>,
    listeners: RefCell<BTreeMap<TaskId, Listener<W>>>,
    /// Whether orders are being executed. Those that result from one are executed after it.
    busy: Cell<bool>,
}

type Listener<W> = Rc<dyn Fn(TaskEvent<<W as Work>::Answer>)>;

/// Keeps a task alive; dropping it cancels the task.
#[must_use = "a task is given up when its guard is dropped"]
pub struct TaskGuard(Option<Box<dyn FnOnce()>>);

impl Drop for TaskGuard {
    fn drop(&mut self) {
        if let Some(give_up) = self.0.take() {
            give_up();
        }
    }
}

impl<W: Work> Clone for WorkerPool<W> {
    fn clone(&self) -> Self {
        WorkerPool(Rc::clone(&self.0))
    }
}

impl<W: Work> PartialEq for WorkerPool<W> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<W: Work + 'static> WorkerPool<W> {
    /// The page's pool: one worker per core, less one for the page, running the program that the document
    /// names. Without a program, the main thread does all the work.
    #[must_use]
    pub fn of_page() -> WorkerPool<W> {
        let window = web_sys::window();
        let file = window.as_ref().and_then(|window| window.document()).and_then(|document| {
            let meta = document.query_selector("meta[name=ackground-worker]");
            meta.ok()??.get_attribute("content")
        });
        let cores = window.map_or(1.0, |window| window.navigator().hardware_concurrency());
        let most = if file.is_some() {
            // At least one, even if the browser does not tell the number of cores.
            (cores - 1.0).clamp(1.0, MOST) as usize
        } else {
            0
        };
        WorkerPool::new(file.unwrap_or_default(), most)
    }

    /// A pool of at most so many workers running this program.
    #[must_use]
    pub fn new(file: String, most: usize) -> WorkerPool<W> {
        WorkerPool(Rc::new(Inside {
            file,
            pool: RefCell::new(Pool::new(most)),
            workers: RefCell::default(),
            agent: RefCell::default(),
            turn: RefCell::default(),
            listeners: RefCell::default(),
            busy: Cell::default(),
        }))
    }

    /// Queues a task. The callback never runs before this returns.
    pub fn begin(
        &self,
        parts: Vec<W::Ask>,
        priority: Priority,
        on_event: impl Fn(TaskEvent<W::Answer>) + 'static,
    ) -> TaskGuard {
        let inside = &self.0;
        let task = inside.pool.borrow_mut().add(parts, priority, now());
        inside.listeners.borrow_mut().insert(task, Rc::new(on_event));
        inside.soon();
        let inside = Rc::downgrade(inside);
        TaskGuard(Some(Box::new(move || {
            if let Some(inside) = inside.upgrade() {
                inside.listeners.borrow_mut().remove(&task);
                inside.then(|pool, now| pool.cancel(task, now));
            }
        })))
    }

    /// Whether the main thread does all the work.
    #[must_use]
    pub fn is_here(&self) -> bool {
        self.0.pool.borrow().is_here()
    }
}

impl<W: Work + 'static> Inside<W> {
    /// Feeds an event to the pool and executes the resulting orders.
    fn then(self: &Rc<Self>, event: impl FnOnce(&mut Pool<W>, Duration)) {
        event(&mut self.pool.borrow_mut(), now());
        self.carry_out();
    }

    fn carry_out(self: &Rc<Self>) {
        if self.busy.replace(true) {
            return;
        }
        loop {
            // Do not hold the borrow: a callback may queue more tasks.
            let orders = self.pool.borrow_mut().orders();
            if orders.is_empty() {
                break;
            }
            for order in orders {
                self.obey(order);
            }
        }
        self.busy.set(false);
    }

    fn obey(self: &Rc<Self>, order: OrderOf<W>) {
        match order {
            Order::Hire(no) => self.hire(no),
            Order::Dismiss(no) => drop(self.workers.borrow_mut().remove(&no)),
            Order::Send(Seat::Worker(no), request) => {
                let sent = match (protocol::write(&request), self.workers.borrow().get(&no)) {
                    (Ok(text), Some(worker)) => worker.send(&text),
                    _ => false,
                };
                if !sent {
                    self.then(|pool, now| pool.failed(no, now));
                }
            }
            Order::Send(Seat::Here, request) => self.hear_here(request),
            Order::Tell(task, event) => {
                let ends = !matches!(event, TaskEvent::Underway(_));
                let listener = if ends {
                    self.listeners.borrow_mut().remove(&task)
                } else {
                    self.listeners.borrow().get(&task).cloned()
                };
                if let Some(listener) = listener {
                    listener(event);
                }
            }
        }
    }

    fn hire(self: &Rc<Self>, no: WorkerNo) {
        let inside = Rc::downgrade(self);
        let worker = WorkerHandle::start(&self.file, move |signal| {
            if let Some(inside) = inside.upgrade() {
                inside.noticed(no, signal);
            }
        });
        match worker {
            Some(worker) => drop(self.workers.borrow_mut().insert(no, worker)),
            None => self.then(|pool, now| pool.failed(no, now)),
        }
    }

    fn noticed(self: &Rc<Self>, no: WorkerNo, signal: WorkerSignal) {
        self.then(|pool, now| match signal {
            WorkerSignal::Late => pool.silent(no, now),
            WorkerSignal::Failed => pool.failed(no, now),
            WorkerSignal::Text(text) => match protocol::read(&text) {
                Ok(reply) => pool.hear(Seat::Worker(no), reply, now),
                // A worker of another build, which cannot be trusted.
                Err(_) => pool.failed(no, now),
            },
        });
    }

    fn hear_here(self: &Rc<Self>, request: Request<W::Ask>) {
        let reply = self.agent.borrow_mut().hear(request);
        self.told_here(reply);
        self.soon();
    }

    fn told_here(self: &Rc<Self>, reply: Option<Reply<W::Answer>>) {
        if let Some(reply) = reply {
            self.then(|pool, now| pool.hear(Seat::Here, reply, now));
        }
    }

    /// Schedules the next slice after the browser had its turn. Only one is scheduled at a time.
    fn soon(self: &Rc<Self>) {
        let mut turn = self.turn.borrow_mut();
        if turn.is_none() {
            let inside = Rc::downgrade(self);
            *turn = Some(Timeout::new(0, move || {
                if let Some(inside) = inside.upgrade() {
                    inside.turn();
                }
            }));
        }
    }

    fn turn(self: &Rc<Self>) {
        // Taken first, so that the slice can schedule the next one.
        self.turn.borrow_mut().take();
        self.carry_out();
        let reply = self.agent.borrow_mut().advance(SLICE, now);
        self.told_here(reply);
        if self.agent.borrow().is_busy() {
            self.soon();
        }
    }
}

/// Time since the page was opened.
pub(crate) fn now() -> Duration {
    let clock = web_sys::window().and_then(|window| window.performance());
    let ms = clock.map_or(0.0, |clock| clock.now());
    Duration::try_from_secs_f64(ms / 1000.0).unwrap_or_default()
}
