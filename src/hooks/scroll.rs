//! Lists that keep an entry in view.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Scrolls a list, and nothing around it, so that the entry that a selector finds is seen.
pub fn keep_in_view(list: &HtmlElement, css: &str) {
    let entry = list.query_selector(css).ok().flatten();
    let Some(entry) = entry.and_then(|entry| entry.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    let (window, place) = (list.get_bounding_client_rect(), entry.get_bounding_client_rect());
    let above = window.top() - place.top();
    let below = place.bottom() - window.bottom();
    // Whole pixels: a list scrolls by no less.
    if above > 0.0 {
        list.set_scroll_top(list.scroll_top() - above.ceil() as i32);
    } else if below > 0.0 {
        list.set_scroll_top(list.scroll_top() + below.ceil() as i32);
    }
}

/// Shows the page from its top.
pub fn scroll_to_top() {
    if let Some(window) = web_sys::window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}
