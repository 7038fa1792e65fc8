//! Saying something to a screen reader: one live region, politely, one thing after another.

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// Which element is heard.
pub const HEARD: &str = "heard";
/// So many of the last things said stay in it.
const KEPT: u32 = 3;

/// Says a text: as an element of its own, so that what was said just before is heard out.
pub fn say(text: &str) {
    let document = web_sys::window().and_then(|window| window.document());
    let Some((document, region)) =
        document.and_then(|document| Some((document.clone(), document.get_element_by_id(HEARD)?)))
    else {
        return;
    };
    let Ok(said) = document.create_element("p") else {
        return;
    };
    said.set_text_content(Some(text));
    // Only a region that is no longer there refuses.
    let _ = region.append_child(&said);
    while region.child_element_count() > KEPT {
        match region.first_element_child() {
            Some(oldest) => oldest.remove(),
            None => break,
        }
    }
}

/// Says a text each time it has become another and stayed so for as many milliseconds; never the first
/// one, which is read as part of the page. `None` says nothing and forgets nothing.
#[hook]
pub fn use_said(text: Option<String>, debounce_ms: u32) {
    let last = use_mut_ref(|| None::<String>);
    use_effect_with(text, move |text| {
        let waiting = text.clone().map(|text| {
            Timeout::new(debounce_ms, move || {
                let before = last.borrow_mut().replace(text.clone());
                if before.is_some_and(|before| before != text) && !text.is_empty() {
                    say(&text);
                }
            })
        });
        move || drop(waiting)
    });
}

/// Scrolls the number of a cause in a lane's picture into view, where the answer lies over the page: on a
/// small screen it hides the picture otherwise.
pub fn show_cause(lane: usize, number: usize) {
    let window = web_sys::window();
    let document = window.as_ref().and_then(web_sys::Window::document);
    let find =
        |css: &str| -> Option<Element> { document.as_ref()?.query_selector(css).ok().flatten() };
    let lane = lane + 1;
    let lies_over = find(&format!("#lane-{lane} .why"))
        .and_then(|panel| panel.dyn_into::<HtmlElement>().ok())
        .is_some_and(|panel| panel.offset_parent().is_none());
    if lies_over
        && let Some(mark) = find(&format!("#lane-{lane} .step-number[data-number=\"{number}\"]"))
    {
        mark.scroll_into_view();
    }
}
