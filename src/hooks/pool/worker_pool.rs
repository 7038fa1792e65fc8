//! The page's workers, and its own hands where there are none.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

use gloo_timers::callback::Timeout;

use super::worker_handle::{WorkerHandle, WorkerSignal};
use ackground_worker::pool::{Order, OrderOf, Seat, WorkerNo};
use ackground_worker::protocol::{self, Reply, Request};
use ackground_worker::{Agent, Pool, Priority, TaskEvent, TaskId, Work};

/// How long the page works by itself before it lets the browser draw: half a frame, at most.
const SLICE: Duration = Duration::from_millis(8);
/// The most workers: each has a program and a memory of its own.
const MOST: f64 = 8.0;

/// The worker pool: a [`Pool`] with everything it needs of the browser. Clones are the same pool; with the last one its
/// workers end.
pub struct WorkerPool<W: Work>(Rc<Inside<W>>);

struct Inside<W: Work> {
    file: String,
    pool: RefCell<Pool<W>>,
    workers: RefCell<BTreeMap<WorkerNo, WorkerHandle>>,
    /// Who works on the page's own thread.
    agent: RefCell<Agent<W>>,
    /// The next slice of that.
    turn: RefCell<Option<Timeout>>,
    listeners: RefCell<BTreeMap<TaskId, Listener<W>>>,
    /// Whether orders are being carried out: what comes of one is carried out after it.
    busy: Cell<bool>,
}

type Listener<W> = Rc<dyn Fn(TaskEvent<<W as Work>::Answer>)>;

/// A task that someone waits for. When this is dropped, the task is given up.
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
    /// The pool of this page: as many workers as the machine has cores for besides the page, with
    /// the program that the document names. Where it names none, the page works by itself.
    #[must_use]
    pub fn of_page() -> WorkerPool<W> {
        let window = web_sys::window();
        let file = window.as_ref().and_then(|window| window.document()).and_then(|document| {
            let meta = document.query_selector("meta[name=ackground-worker]");
            meta.ok()??.get_attribute("content")
        });
        let cores = window.map_or(1.0, |window| window.navigator().hardware_concurrency());
        let most = if file.is_some() {
            // At least one, also where the browser does not say how many cores there are.
            (cores - 1.0).clamp(1.0, MOST) as usize
        } else {
            0
        };
        WorkerPool::new(file.unwrap_or_default(), most)
    }

    /// A pool of at most so many workers with this program.
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

    /// Begins a task, as soon as there is room. What becomes of it is told later, never before this
    /// returns.
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

    /// Whether the page has to do everything by itself.
    #[must_use]
    pub fn is_here(&self) -> bool {
        self.0.pool.borrow().is_here()
    }
}

impl<W: Work + 'static> Inside<W> {
    /// Tells the pool what happened and does what it orders.
    fn then(self: &Rc<Self>, event: impl FnOnce(&mut Pool<W>, Duration)) {
        event(&mut self.pool.borrow_mut(), now());
        self.carry_out();
    }

    fn carry_out(self: &Rc<Self>) {
        if self.busy.replace(true) {
            return;
        }
        loop {
            // Not borrowed while an order is carried out: whoever is told may ask for more.
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
                // From another build; nothing it says can be relied on.
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

    /// Goes on after the browser has had its turn. There is one such turn at a time.
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
        // Taken out first, so that there can be a next one; it is over and has nothing to cancel.
        self.turn.borrow_mut().take();
        self.carry_out();
        let reply = self.agent.borrow_mut().advance(SLICE, now);
        self.told_here(reply);
        if self.agent.borrow().is_busy() {
            self.soon();
        }
    }
}

/// Since the page was opened.
pub(crate) fn now() -> Duration {
    let clock = web_sys::window().and_then(|window| window.performance());
    let ms = clock.map_or(0.0, |clock| clock.now());
    Duration::try_from_secs_f64(ms / 1000.0).unwrap_or_default()
}
