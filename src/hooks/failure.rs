//! What is shown when the application fails to start or panics: never a blank page. The messages are in
//! `index.html`.

use std::sync::Once;

use web_sys::{Document, Element};

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

fn element(id: &str) -> Option<Element> {
    document()?.get_element_by_id(id)
}

/// Removes what the document shows until the application has started.
pub fn remove_fallback() {
    for id in ["app-first", "app-fallback"] {
        if let Some(part) = element(id) {
            part.remove();
        }
    }
}

/// The height in pixels of the pictures that the document shows until then, if it shows some.
pub fn first_room() -> Option<f64> {
    element("app-first")?.get_attribute("data-room")?.parse().ok()
}

/// Installs a panic hook that logs the details and shows a message with a way to continue.
pub fn report_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // Not `std::panic::set_hook`: Yew would replace that with its own.
        yew::set_custom_panic_hook(Box::new(|info| {
            console_error_panic_hook::hook(info);
            remove_fallback();
            if let Some(failed) = element("app-failed") {
                let _ = failed.remove_attribute("hidden");
            }
        }));
    });
}
