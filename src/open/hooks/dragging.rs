//! Drag events of the window.

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::DragEvent;

/// Listens until the result is dropped. A handler that accepts the drag must prevent the default, or else the
/// browser navigates to a dropped file.
pub fn hear_drags(
    kinds: &[&'static str],
    heard: impl Fn(&'static str, &DragEvent) + Clone + 'static,
) -> Vec<EventListener> {
    let Some(window) = web_sys::window() else {
        return Vec::new();
    };
    let listener = |kind: &&'static str| {
        let (kind, heard) = (*kind, heard.clone());
        let options = EventListenerOptions::enable_prevent_default();
        EventListener::new_with_options(&window, kind, options, move |event| {
            if let Some(event) = event.dyn_ref::<DragEvent>() {
                heard(kind, event);
            }
        })
    };
    kinds.iter().map(listener).collect()
}
