//! One web worker of the page: started, listened to, and ended when dropped.

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};

/// How long a worker may take to say hello. Its program has to be loaded first; one that comes later
/// is not lost.
const HELLO_MS: u32 = 4000;

/// What is heard of a worker.
pub enum WorkerSignal {
    /// A message, as a text.
    Text(String),
    /// It could not be started, or has crashed.
    Failed,
    /// It has had time to say hello.
    Late,
}

/// A worker that was asked for.
pub struct WorkerHandle {
    worker: Worker,
    _listeners: [EventListener; 3],
    _late: Timeout,
}

impl WorkerHandle {
    /// Asks for a worker with this program, by its address relative to the page. Nothing if the
    /// browser refuses outright; often it only says so later.
    pub fn start(
        file: &str,
        on_signal: impl Fn(WorkerSignal) + Clone + 'static,
    ) -> Option<WorkerHandle> {
        let options = WorkerOptions::new();
        // A page without an origin makes its worker of a blob, where Chromium runs no modules then.
        if !file.starts_with("blob:") {
            options.set_type(WorkerType::Module);
        }
        let worker = Worker::new_with_options(file, &options).ok()?;
        let (signal, failed, garbled) = (on_signal.clone(), on_signal.clone(), on_signal.clone());
        let listeners = [
            EventListener::new(&worker, "message", move |event| {
                let text =
                    event.dyn_ref::<MessageEvent>().and_then(|event| event.data().as_string());
                signal(text.map_or(WorkerSignal::Failed, WorkerSignal::Text));
            }),
            EventListener::new(&worker, "error", move |_| failed(WorkerSignal::Failed)),
            EventListener::new(&worker, "messageerror", move |_| garbled(WorkerSignal::Failed)),
        ];
        Some(WorkerHandle {
            worker,
            _listeners: listeners,
            _late: Timeout::new(HELLO_MS, move || on_signal(WorkerSignal::Late)),
        })
    }

    /// Sends it a text; whether the browser took it.
    #[must_use]
    pub fn send(&self, text: &str) -> bool {
        self.worker.post_message(&text.into()).is_ok()
    }
}

impl Drop for WorkerHandle {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}
