//! Long work: in workers, and on the page's own thread where there are none.
//!
//! The workers here are made for these tests, a line of JavaScript each. The built worker is tested
//! where there is one, in the end-to-end tests.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use ackground::hooks::{TaskGuard, TaskState, WorkerPool, use_task};
use ackground_worker::pool::CRASHED;
use ackground_worker::{Priority, Progress, RunsOn, TaskEvent, Work};
use serde::{Deserialize, Serialize};
use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;

use crate::page::{settle, wait};

/// Spins for so many milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct Spin {
    ms: u32,
}

struct Spinning {
    ms: u32,
    spun: f64,
}

fn now() -> f64 {
    web_sys::window().and_then(|window| window.performance()).expect("a clock").now()
}

impl Work for Spinning {
    type Ask = Spin;
    type Answer = u32;

    fn begin(ask: Spin) -> Result<Self, String> {
        match ask.ms {
            0 => Err("That is no time.".to_owned()),
            ms => Ok(Spinning { ms, spun: 0.0 }),
        }
    }

    /// A unit is a tenth of a millisecond.
    fn advance(&mut self, units: u64) -> bool {
        let end = now() + units as f64 / 10.0;
        while now() < end {}
        self.spun += units as f64 / 10.0;
        self.spun < f64::from(self.ms)
    }

    fn progress(&self) -> Progress {
        Progress::of(self.spun as u64, self.ms.into())
    }

    fn answer(self) -> u32 {
        self.ms
    }
}

type Heard = Rc<RefCell<Vec<TaskEvent<u32>>>>;

/// Begins a task and keeps what is heard of it.
fn begin(pool: &WorkerPool<Spinning>, ms: &[u32]) -> (TaskGuard, Heard) {
    let heard = Heard::default();
    let parts = ms.iter().map(|&ms| Spin { ms }).collect();
    let guard = pool.begin(parts, Priority::Foreground, {
        let heard = heard.clone();
        move |event| heard.borrow_mut().push(event)
    });
    (guard, heard)
}

/// Waits for the end of a task, for a while.
async fn end(heard: &Heard) -> TaskEvent<u32> {
    for _ in 0..80 {
        let last = heard.borrow().last().cloned();
        match last {
            None | Some(TaskEvent::Underway(_)) => wait(100).await,
            Some(end) => return end,
        }
    }
    panic!("the task has not ended: {:?}", heard.borrow());
}

/// A worker with this program.
fn worker(program: &str) -> String {
    format!("data:text/javascript,{program}")
}

#[wasm_bindgen_test]
async fn without_workers_the_page_does_it_in_slices_and_stays_alive() {
    let pool = WorkerPool::new("no-such-worker.js".to_owned(), 4);
    let (longest, turns) = (Rc::new(Cell::new(0.0)), Rc::new(Cell::new(0)));
    let (task, heard) = begin(&pool, &[250, 250]);
    // Someone else who wants a turn now and then.
    let clock = gloo_timers::callback::Interval::new(1, {
        let (longest, turns, last) = (longest.clone(), turns.clone(), Cell::new(now()));
        move || {
            longest.set(f64::max(longest.get(), now() - last.replace(now())));
            turns.set(turns.get() + 1);
        }
    });
    assert_eq!(end(&heard).await, TaskEvent::Done(vec![250, 250]));
    drop((clock, task));
    assert!(pool.is_here());
    assert!(turns.get() > 20, "{} turns", turns.get());
    // The rule is 8 ms and a browser on a busy machine is late now and then; a page that waits for
    // the whole of it would wait for 500.
    assert!(longest.get() < 100.0, "one turn took {} ms", longest.get());
    let heard = heard.borrow();
    let underway = heard.iter().filter_map(|event| match event {
        TaskEvent::Underway(underway) => Some(underway),
        _ => None,
    });
    let underway: Vec<_> = underway.collect();
    assert!(underway.len() >= 3 && underway.len() <= 12, "{underway:?}");
    assert!(underway.iter().all(|one| one.runs_on == RunsOn::Here));
    let last = underway.last().expect("the last one");
    let left = last.left.expect("an estimate").as_millis();
    assert!(left < 400, "{left} ms left at {:?}", last.progress);
}

#[wasm_bindgen_test]
async fn workers_do_it_where_there_are_some() {
    // It answers everything at once, by what was asked.
    let program = "postMessage('\"hello\"');onmessage=e=>{const s=JSON.parse(e.data).start;\
                   postMessage(JSON.stringify({done:{id:s.id,count:1,answer:s.ask.ms+1}}))}";
    let pool = WorkerPool::new(worker(program), 2);
    let (_task, heard) = begin(&pool, &[1000, 2000, 3000]);
    assert_eq!(end(&heard).await, TaskEvent::Done(vec![1001, 2001, 3001]));
    assert!(!pool.is_here());
}

#[wasm_bindgen_test]
async fn a_worker_that_crashes_ends_its_task_and_the_next_one_has_another() {
    let program = "postMessage('\"hello\"');onmessage=e=>{const s=JSON.parse(e.data).start;\
                   if(s.ask.ms>10)close(),postMessage('what');\
                   else postMessage(JSON.stringify({done:{id:s.id,count:1,answer:1}}))}";
    let pool = WorkerPool::new(worker(program), 1);
    let (_bad, bad) = begin(&pool, &[1000]);
    let (_good, good) = begin(&pool, &[10]);
    assert_eq!(end(&bad).await, TaskEvent::Refused(CRASHED.to_owned()));
    assert_eq!(end(&good).await, TaskEvent::Done(vec![1]));
}

#[wasm_bindgen_test]
async fn a_worker_that_keeps_silent_is_not_waited_for() {
    let pool = WorkerPool::new(worker(""), 1);
    let (_task, heard) = begin(&pool, &[50]);
    assert_eq!(end(&heard).await, TaskEvent::Done(vec![50]));
    assert!(pool.is_here());
}

#[wasm_bindgen_test]
async fn what_is_not_wanted_any_more_is_not_done() {
    let pool = WorkerPool::<Spinning>::new(String::new(), 0);
    let (task, heard) = begin(&pool, &[1_000_000]);
    settle().await;
    drop(task);
    let told = heard.borrow().len();
    let (_next, next) = begin(&pool, &[20]);
    assert_eq!(end(&next).await, TaskEvent::Done(vec![20]));
    assert_eq!(heard.borrow().len(), told, "nothing more is said of it");
}

#[derive(Properties, PartialEq)]
struct AskProps {
    pool: WorkerPool<Spinning>,
    ms: u32,
}

/// Shows what is known of a task.
#[component]
fn Ask(props: &AskProps) -> Html {
    html! {
        <ContextProvider<WorkerPool<Spinning>> context={props.pool.clone()}>
            <Shown ms={props.ms} />
        </ContextProvider<WorkerPool<Spinning>>>
    }
}

#[derive(Properties, PartialEq)]
struct ShownProps {
    ms: u32,
}

#[component]
fn Shown(props: &ShownProps) -> Html {
    let asked = (props.ms != 1).then(|| Rc::new(vec![Spin { ms: props.ms }]));
    let words = match use_task::<Spinning>(asked, Priority::Foreground) {
        TaskState::Idle => "nothing asked".to_owned(),
        TaskState::Waiting => "waiting".to_owned(),
        TaskState::Underway(_) => "under way".to_owned(),
        TaskState::Done(answers) => format!("{answers:?}"),
        TaskState::Refused(why) => why.to_string(),
    };
    html! { <p>{ words }</p> }
}

#[wasm_bindgen_test]
async fn a_component_sees_the_answer_to_what_it_asks_now() {
    let document = web_sys::window().and_then(|window| window.document()).expect("a browser");
    let root = document.create_element("div").expect("a div");
    let pool = WorkerPool::new(String::new(), 0);
    let props = |ms| AskProps { pool: pool.clone(), ms };
    let mut app = yew::Renderer::<Ask>::with_root_and_props(root.clone(), props(20)).render();
    let says = || root.text_content().unwrap_or_default();
    wait(300).await;
    assert_eq!(says(), "[20]");
    app.update(props(1_000_000));
    wait(300).await;
    assert_eq!(says(), "under way", "and not the answer to another question");
    app.update(props(30));
    wait(300).await;
    assert_eq!(says(), "[30]", "what went on before is given up");
    app.update(props(0));
    wait(100).await;
    assert_eq!(says(), "That is no time.");
    app.update(props(1));
    wait(100).await;
    assert_eq!(says(), "nothing asked");
    app.destroy();
}
