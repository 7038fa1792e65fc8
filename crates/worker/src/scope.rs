//! The agent inside of a dedicated web worker: messages in, messages out, and slices in between.
//!
//! Between two slices the worker returns to its event loop, so that a cancellation arrives. It comes
//! back by a message to itself: a timer would be slowed down to 4 ms a turn.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageChannel, MessageEvent, MessagePort};

use super::protocol::{self, Garbled};
use super::{Agent, Reply, Work};

/// How long the worker works before it looks for messages.
const SLICE: Duration = Duration::from_millis(30);

/// Whether this program runs as a dedicated worker.
#[must_use]
pub fn is_here() -> bool {
    js_sys::global().is_instance_of::<DedicatedWorkerGlobalScope>()
}

/// Says hello and does the page's jobs from now on, for as long as the worker lives.
///
/// # Errors
///
/// When this is not a dedicated worker, or one without what every browser's worker has.
pub fn serve<W: Work + 'static>() -> Result<(), JsValue> {
    console_error_panic_hook::set_once();
    let scope: DedicatedWorkerGlobalScope = js_sys::global().dyn_into()?;
    let turns = MessageChannel::new()?;
    let worker = Rc::new(Worker {
        scope: scope.clone(),
        next_turn: turns.port2(),
        turn_comes: Cell::new(false),
        agent: RefCell::new(Agent::<W>::default()),
    });

    let on_turn = {
        let worker = Rc::clone(&worker);
        Closure::<dyn Fn() -> Result<(), JsValue>>::new(move || worker.turn())
    };
    turns.port1().set_onmessage(Some(on_turn.as_ref().unchecked_ref()));
    let on_message =
        Closure::<dyn Fn(MessageEvent) -> Result<(), JsValue>>::new(move |event: MessageEvent| {
            worker.hear(&event.data().as_string().unwrap_or_default())
        });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // They live as long as the worker.
    on_turn.forget();
    on_message.forget();
    post(&scope, &Reply::<W::Answer>::Hello)
}

struct Worker<W> {
    scope: DedicatedWorkerGlobalScope,
    /// A message here is the next turn.
    next_turn: MessagePort,
    /// Whether one is on its way: there is one at a time, whatever is cancelled and begun.
    turn_comes: Cell<bool>,
    agent: RefCell<Agent<W>>,
}

impl<W: Work> Worker<W> {
    /// An error is thrown, and the page hears of it as of a crash: this is our own mistake.
    fn hear(&self, text: &str) -> Result<(), JsValue> {
        let request = protocol::read(text).map_err(error)?;
        let mut agent = self.agent.borrow_mut();
        if let Some(reply) = agent.hear(request) {
            post(&self.scope, &reply)?;
        }
        self.come_back(&agent)
    }

    fn turn(&self) -> Result<(), JsValue> {
        self.turn_comes.set(false);
        let mut agent = self.agent.borrow_mut();
        if let Some(reply) = agent.advance(SLICE, || now(&self.scope)) {
            post(&self.scope, &reply)?;
        }
        self.come_back(&agent)
    }

    fn come_back(&self, agent: &Agent<W>) -> Result<(), JsValue> {
        if agent.is_busy() && !self.turn_comes.replace(true) {
            self.next_turn.post_message(&JsValue::NULL)?;
        }
        Ok(())
    }
}

fn post<R: serde::Serialize>(
    scope: &DedicatedWorkerGlobalScope,
    reply: &Reply<R>,
) -> Result<(), JsValue> {
    scope.post_message(&protocol::write(reply).map_err(error)?.into())
}

fn error(garbled: Garbled) -> JsValue {
    js_sys::Error::new(&garbled.to_string()).into()
}

/// Since the worker began.
fn now(scope: &DedicatedWorkerGlobalScope) -> Duration {
    let ms = scope.performance().map_or(0.0, |clock| clock.now());
    Duration::try_from_secs_f64(ms / 1000.0).unwrap_or_default()
}
