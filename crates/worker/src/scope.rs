//! The agent inside a dedicated web worker: messages in, messages out, slices in between.
//!
//! Between two slices the worker returns to its event loop, so that cancellations get through. It resumes
//! by posting a message to itself: nested timers would be throttled to 4 ms.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageChannel, MessageEvent, MessagePort};

use super::protocol::{self, Garbled};
use super::{Agent, Reply, Work};

/// How long the worker runs before it checks for messages.
const SLICE: Duration = Duration::from_millis(30);

/// Whether this program is running as a dedicated worker.
#[must_use]
pub fn is_here() -> bool {
    js_sys::global().is_instance_of::<DedicatedWorkerGlobalScope>()
}

/// Says hello, then serves the page's jobs for as long as the worker lives.
///
/// # Errors
///
/// When this is not a dedicated worker, or the browser lacks what every worker should have.
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
    // The closures live as long as the worker.
    on_turn.forget();
    on_message.forget();
    post(&scope, &Reply::<W::Answer>::Hello)
}

struct Worker<W> {
    scope: DedicatedWorkerGlobalScope,
    /// A message here triggers the next turn.
    next_turn: MessagePort,
    /// Whether one is pending: never more than one, whatever is cancelled and started.
    turn_comes: Cell<bool>,
    agent: RefCell<Agent<W>>,
}

impl<W: Work> Worker<W> {
    /// An error is thrown and reaches the page as a crash: it is a bug of ours.
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

/// The time since the worker started.
fn now(scope: &DedicatedWorkerGlobalScope) -> Duration {
    let ms = scope.performance().map_or(0.0, |clock| clock.now());
    Duration::try_from_secs_f64(ms / 1000.0).unwrap_or_default()
}
