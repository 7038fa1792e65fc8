//! What is seen when the application stops: never a blank page. The sentences, and what is said when
//! it does not even start, are in `index.html`.

use std::sync::Once;

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
    });
}
