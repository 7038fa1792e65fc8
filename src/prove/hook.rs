//! A proof as a hook: iterative deepening from one fault up to the bound, in the workers, with results cached
//! for as long as the page is open.

use std::cell::RefCell;
use std::rc::{Rc, Weak};
use std::time::Duration;

use gloo_timers::callback::Timeout;
use yew::prelude::*;

use crate::hooks::pool::{TaskGuard, WorkerPool};
use crate::hooks::whole::use_whole;
use crate::prove::state::{Next, Proofs, Proved, Standing};
use ackground_core::experiment::{Experiment, Lanes};
use ackground_core::prove::Bounds;
use ackground_worker::job::Prove;
use ackground_worker::{Answer, Ask, Job, Priority, TaskEvent};

/// The cache of proofs. Provided to components by a `ContextProvider<Option<ProofCache>>`; without one,
/// nothing is proven.
#[derive(Clone, Default)]
pub struct ProofCache(Rc<RefCell<Proofs>>);

impl ProofCache {
    /// What is cached for a question; starts no search.
    pub fn known(&self, asked: &Prove) -> Proved {
        let proofs = self.0.borrow();
        let standing = match proofs.next(asked, None) {
            Next::Nothing => Standing::Done,
            _ => Standing::Idle,
        };
        proofs.proved(asked, standing)
    }
}

impl PartialEq for ProofCache {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace {
    pub priority: Priority,
    /// How long the question has to be unchanged before the search begins, in milliseconds.
    pub debounce_ms: u32,
    /// The estimated time up to which the next level starts by itself; `None` for no limit.
    pub may_take: Option<Duration>,
    /// Whether someone has stopped it.
    pub stopped: bool,
}

/// Searches for the answer while mounted. What is cached is returned at once; the search is cancelled when
/// the question changes or the component unmounts. Without a pool and a cache in the context nothing begins.
#[hook]
pub fn use_proof(asked: Option<Rc<Prove>>, pace: Pace) -> Proved {
    // The prover is in the deferred part of the page.
    let whole = use_whole();
    let pool = use_context::<WorkerPool<Job>>().filter(|_| whole);
    let cache = use_context::<Option<ProofCache>>().flatten();
    // Stored with its question, so that an answer is never shown for another one.
    let known = use_state_eq(|| (asked.clone(), None::<Proved>));
    use_effect_with((pool, cache.clone(), asked.clone(), pace), {
        let known = known.setter();
        move |(pool, cache, asked, pace)| {
            let task = match (pool, cache, asked) {
                (Some(pool), Some(cache), Some(asked)) => Some(ProofTask::begin(ProofTask {
                    pool: pool.clone(),
                    cache: cache.clone(),
                    asked: asked.clone(),
                    pace: *pace,
                    tell: Box::new({
                        let question = asked.clone();
                        move |proved| known.set((Some(question.clone()), Some(proved)))
                    }),
                    guard: RefCell::default(),
                    debounce: RefCell::default(),
                })),
                _ => None,
            };
            move || drop(task)
        }
    });
    match (&asked, &cache, &*known) {
        (Some(asked), _, (Some(question), Some(proved))) if question == asked => proved.clone(),
        (Some(asked), Some(cache), _) => {
            let proofs = cache.0.borrow();
            let standing = match proofs.next(asked, None) {
                Next::Nothing => Standing::Done,
                _ => Standing::Checking(None),
            };
            proofs.proved(asked, standing)
        }
        _ => Proved::idle(),
    }
}

/// One question per possible lane; `None` where there is no lane.
pub type Questions = [Option<Rc<Prove>>; Lanes::MOST];

/// The questions for all lanes within these bounds.
#[hook]
pub fn use_questions(experiment: &Rc<Experiment>, bounds: Bounds) -> Rc<Questions> {
    use_memo((experiment.clone(), bounds), |(experiment, bounds)| {
        std::array::from_fn(|lane| Prove::of_lane(experiment, lane, *bounds).map(Rc::new))
    })
}

/// The answers for all lanes. Hooks cannot be called in a loop, so every lane that could exist gets a call of
/// its own.
#[hook]
pub fn use_proofs(asked: &Questions, pace: Pace) -> [Proved; Lanes::MOST] {
    let [one, two, three, four] = asked.clone();
    [use_proof(one, pace), use_proof(two, pace), use_proof(three, pace), use_proof(four, pace)]
}

/// A search in progress; dropping it cancels it.
struct ProofTask {
    pool: WorkerPool<Job>,
    cache: ProofCache,
    asked: Rc<Prove>,
    pace: Pace,
    tell: Box<dyn Fn(Proved)>,
    guard: RefCell<Option<TaskGuard>>,
    debounce: RefCell<Option<Timeout>>,
}

impl ProofTask {
    /// Begins the search after the debounce, if there is anything left to find.
    fn begin(task: ProofTask) -> Rc<ProofTask> {
        let task = Rc::new(task);
        if task.next() == Next::Nothing || task.pace.debounce_ms == 0 {
            task.advance();
        } else {
            let weak = Rc::downgrade(&task);
            let debounce = Timeout::new(task.pace.debounce_ms, move || {
                if let Some(task) = weak.upgrade() {
                    task.advance();
                }
            });
            task.debounce.replace(Some(debounce));
        }
        task
    }

    fn next(&self) -> Next {
        self.cache.0.borrow().next(&self.asked, self.pace.may_take)
    }

    fn say(&self, standing: Standing) {
        let proved = self.cache.0.borrow().proved(&self.asked, standing);
        (self.tell)(proved);
    }

    fn advance(self: &Rc<Self>) {
        match self.next() {
            Next::Nothing => self.say(Standing::Done),
            _ if self.pace.stopped => self.say(Standing::Stopped),
            Next::Ask(estimate) => self.say(Standing::Asking(estimate)),
            Next::Go(level) => self.look_into(*level),
        }
    }

    fn look_into(self: &Rc<Self>, level: Prove) {
        self.say(Standing::Checking(None));
        let began = now();
        let weak = Rc::downgrade(self);
        let parts = vec![Ask::Prove(level.clone())];
        let guard = self.pool.begin(parts, self.pace.priority, move |event| {
            ProofTask::heard(&weak, &level, began, event);
        });
        self.guard.replace(Some(guard));
    }

    fn heard(weak: &Weak<ProofTask>, level: &Prove, began: Duration, event: TaskEvent<Answer>) {
        let Some(task) = weak.upgrade() else {
            return;
        };
        match event {
            TaskEvent::Underway(underway) => task.say(Standing::Checking(Some(underway))),
            TaskEvent::Done(answers) => {
                let took = now().saturating_sub(began);
                for answer in answers {
                    if let Answer::Prove(finding) = answer {
                        let mut proofs = task.cache.0.borrow_mut();
                        proofs.keep(level.clone(), *finding, took);
                    }
                }
                task.advance();
            }
            TaskEvent::Refused(why) => task.say(Standing::Refused(why.into())),
        }
    }
}

/// Time since the page was opened.
fn now() -> Duration {
    let clock = web_sys::window().and_then(|window| window.performance());
    let ms = clock.map_or(0.0, |clock| clock.now());
    Duration::try_from_secs_f64(ms / 1000.0).unwrap_or_default()
}
