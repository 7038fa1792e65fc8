//! What is dragged over the page, as the window hears of it.

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::DragEvent;

/// Hears of these kinds of events for as long as what is given back is kept. Who takes what is dragged prevents the
/// default: without that the browser leaves the page for a file.
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
