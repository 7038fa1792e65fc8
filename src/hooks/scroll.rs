//! Scrolling lists and the page.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Scrolls a list, but none of its ancestors, until the entry that matches the selector is visible.
pub fn keep_in_view(list: &HtmlElement, css: &str) {
    let entry = list.query_selector(css).ok().flatten();
    let Some(entry) = entry.and_then(|entry| entry.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    let (window, place) = (list.get_bounding_client_rect(), entry.get_bounding_client_rect());
    let above = window.top() - place.top();
    let below = place.bottom() - window.bottom();
    // Lists scroll by whole pixels only.
    if above > 0.0 {
        list.set_scroll_top(list.scroll_top() - above.ceil() as i32);
    } else if below > 0.0 {
        list.set_scroll_top(list.scroll_top() + below.ceil() as i32);
    }
}

pub fn scroll_to_top() {
    if let Some(window) = web_sys::window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}
