//! Whether the page is being put on paper, and lists that keep an entry in view.

use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// Whether the browser is about to print: then what is folded is shown.
#[hook]
pub fn use_printing() -> bool {
    let printing = use_state_eq(|| false);
    use_effect_with((), {
        let setter = printing.setter();
        move |()| {
            let listeners = web_sys::window().map(|window| {
                let listen = |event: &'static str, now: bool| {
                    let setter = setter.clone();
                    EventListener::new(&window, event, move |_| setter.set(now))
                };
                [listen("beforeprint", true), listen("afterprint", false)]
            });
            move || drop(listeners)
        }
    });
    *printing
}

/// Scrolls a list, and nothing around it, so that the entry that a selector finds is seen.
pub fn keep_in_view(list: &HtmlElement, css: &str) {
    let entry = list.query_selector(css).ok().flatten();
    let Some(entry) = entry.and_then(|entry| entry.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    let (window, place) = (
        list.get_bounding_client_rect(),
        entry.get_bounding_client_rect(),
    );
    let above = window.top() - place.top();
    let below = place.bottom() - window.bottom();
    // Whole pixels: a list scrolls by no less.
    if above > 0.0 {
        list.set_scroll_top(list.scroll_top() - above.ceil() as i32);
    } else if below > 0.0 {
        list.set_scroll_top(list.scroll_top() + below.ceil() as i32);
    }
}
