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

/// Removes the placeholder that the document shows until the application has started.
pub fn remove_fallback() {
    if let Some(fallback) = element("app-fallback") {
        fallback.remove();
    }
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
