//! A web worker: started, listened to, and terminated on drop.

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};

/// How long a worker may take for its hello, in milliseconds. Its program has to load first; a late one is
/// still welcome.
const HELLO_MS: u32 = 4000;

pub enum WorkerSignal {
    Text(String),
    /// It could not be started, or has crashed.
    Failed,
    /// The time for its hello is up.
    Late,
}

pub struct WorkerHandle {
    worker: Worker,
    _listeners: [EventListener; 3],
    _late: Timeout,
}

impl WorkerHandle {
    /// Starts a worker with this program, given by its URL relative to the page. `None` if the browser
    /// refuses at once; often it reports failure only later.
    pub fn start(
        file: &str,
        on_signal: impl Fn(WorkerSignal) + Clone + 'static,
    ) -> Option<WorkerHandle> {
        let options = WorkerOptions::new();
        // A page with an opaque origin starts its worker from a blob, and Chromium runs no module workers
        // from one.
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

    /// Posts a message; returns whether the browser accepted it.
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
