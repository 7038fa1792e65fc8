//! One web worker of the page: started, listened to, and ended when dropped.

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};

/// How long a worker may take to say hello. Its program has to be loaded first; one that comes later
/// is not lost.
const HELLO_MS: u32 = 4000;

/// What is heard of a worker.
pub enum Sign {
    /// A message, as a text.
    Text(String),
    /// It could not be started, or has crashed.
    Failed,
    /// It has had time to say hello.
    Late,
}

/// A worker that was asked for.
pub struct Hired {
    worker: Worker,
    _listeners: [EventListener; 3],
    _late: Timeout,
}

impl Hired {
    /// Asks for a worker with this program, by its address relative to the page. Nothing if the
    /// browser refuses outright; often it only says so later.
    pub fn start(file: &str, on_sign: impl Fn(Sign) + Clone + 'static) -> Option<Hired> {
        let options = WorkerOptions::new();
        // A page without an origin makes its worker of a blob, where Chromium runs no modules then.
        if !file.starts_with("blob:") {
            options.set_type(WorkerType::Module);
        }
        let worker = Worker::new_with_options(file, &options).ok()?;
        let (sign, failed, garbled) = (on_sign.clone(), on_sign.clone(), on_sign.clone());
        let listeners = [
            EventListener::new(&worker, "message", move |event| {
                let text =
                    event.dyn_ref::<MessageEvent>().and_then(|event| event.data().as_string());
                sign(text.map_or(Sign::Failed, Sign::Text));
            }),
            EventListener::new(&worker, "error", move |_| failed(Sign::Failed)),
            EventListener::new(&worker, "messageerror", move |_| garbled(Sign::Failed)),
        ];
        Some(Hired {
            worker,
            _listeners: listeners,
            _late: Timeout::new(HELLO_MS, move || on_sign(Sign::Late)),
        })
    }

    /// Sends it a text; whether the browser took it.
    #[must_use]
    pub fn send(&self, text: &str) -> bool {
        self.worker.post_message(&text.into()).is_ok()
    }
}

impl Drop for Hired {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}
