//! What is seen when the application cannot start or stops: never a blank page.

use std::sync::Once;

use gloo_events::EventListener;
use web_sys::{Document, Element};

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

fn element(id: &str) -> Option<Element> {
    document()?.get_element_by_id(id)
}

/// Takes away what the document shows until the application is there.
pub fn remove_fallback() {
    if let Some(fallback) = element("app-fallback") {
        fallback.remove();
    }
}

/// From here on a panic puts its details on the console and a sentence on the page, with a way to
/// go on.
pub fn report_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // Not the standard library's own way: Yew would put its hook in that place again.
        yew::set_custom_panic_hook(Box::new(|info| {
            console_error_panic_hook::hook(info);
            remove_fallback();
            if let Some(failed) = element("app-failed") {
                let _ = failed.remove_attribute("hidden");
            }
        }));
        // A link to this page with its fragment would not load it anew, so this one reloads. It is
        // made now because after a panic nothing new should be.
        if let Some(reload) = element("app-reload") {
            let options = gloo_events::EventListenerOptions::enable_prevent_default();
            let listener = EventListener::new_with_options(&reload, "click", options, |event| {
                let location = web_sys::window().map(|window| window.location());
                if location.is_some_and(|location| location.reload().is_ok()) {
                    event.prevent_default();
                }
            });
            listener.forget();
        }
    });
}
