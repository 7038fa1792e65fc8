//! A proof as a component sees it: it climbs from one fault to as many as are asked for, in the
//! workers, and what was found is remembered for as long as the page lives.

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

/// What the page remembers of proofs. Given to components by a `ContextProvider<Option<ProofCache>>`; where
/// there is none, nothing is proven.
#[derive(Clone, Default)]
pub struct ProofCache(Rc<RefCell<Proofs>>);

impl ProofCache {
    /// What is known of a question so far. Nothing is looked for.
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

/// How a proof is gone about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace {
    /// Who is served first.
    pub priority: Priority,
    /// How long the question has to stay the same before it is looked into, in milliseconds.
    pub debounce_ms: u32,
    /// How long the next step may take without being asked for; `None`: as long as it takes.
    pub may_take: Option<Duration>,
    /// Someone has stopped it.
    pub stopped: bool,
}

/// Finds out what is asked, for as long as it is asked. What is known already is there at once; when
/// something else is asked, or the component goes, what is under way is given up. Without a pool and a
/// cache above nothing begins.
#[hook]
pub fn use_proof(asked: Option<Rc<Prove>>, pace: Pace) -> Proved {
    // Whoever proves is in the page's later part.
    let whole = use_whole();
    let pool = use_context::<WorkerPool<Job>>().filter(|_| whole);
    let cache = use_context::<Option<ProofCache>>().flatten();
    // With what was asked: an answer is never shown to another question.
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

/// What can be asked of the lanes of an experiment: nothing where there is none.
pub type Questions = [Option<Rc<Prove>>; Lanes::MOST];

/// What is asked of every lane within these bounds.
#[hook]
pub fn use_questions(experiment: &Rc<Experiment>, bounds: Bounds) -> Rc<Questions> {
    use_memo((experiment.clone(), bounds), |(experiment, bounds)| {
        std::array::from_fn(|lane| Prove::of_lane(experiment, lane, *bounds).map(Rc::new))
    })
}

/// What is found out about every lane. Whoever sums the lanes up has to know all of them, and a hook cannot be called
/// in a loop: so each lane that there may be has its call.
#[hook]
pub fn use_proofs(asked: &Questions, pace: Pace) -> [Proved; Lanes::MOST] {
    let [one, two, three, four] = asked.clone();
    [use_proof(one, pace), use_proof(two, pace), use_proof(three, pace), use_proof(four, pace)]
}

/// A proof under way; given up when dropped.
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
    /// Begins when there is something to find out and the question has lasted.
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
                        proofs.keep(level.clone(), finding, took);
                    }
                }
                task.advance();
            }
            TaskEvent::Refused(why) => task.say(Standing::Refused(why.into())),
        }
    }
}

/// Since the page was opened.
fn now() -> Duration {
    let clock = web_sys::window().and_then(|window| window.performance());
    let ms = clock.map_or(0.0, |clock| clock.now());
    Duration::try_from_secs_f64(ms / 1000.0).unwrap_or_default()
}
