//! Announcements for screen readers, through one polite live region.

use gloo_timers::callback::Timeout;
use web_sys::Element;
use yew::prelude::*;

/// The id of the live region.
pub const HEARD: &str = "heard";
/// How many of the last announcements stay in it.
const KEPT: u32 = 3;

/// Announces a text. It gets an element of its own, so that the previous one is not cut off.
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
    // Fails only if the region is gone.
    let _ = region.append_child(&said);
    while region.child_element_count() > KEPT {
        match region.first_element_child() {
            Some(oldest) => oldest.remove(),
            None => break,
        }
    }
}

/// Announces a text whenever it has changed and then stayed the same for `debounce_ms`; never the first one, which is
/// read as part of the page. `None` is silent, and leaves the last text remembered.
#[hook]
pub fn use_said(text: Option<String>, debounce_ms: u32) {
    let last = use_mut_ref(|| None::<String>);
    use_effect_with(text, move |text| {
        let first = last.borrow().is_none();
        if first {
            last.borrow_mut().clone_from(text);
        }
        let waiting = text.clone().filter(|_| !first).map(|text| {
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

/// The width in pixels up to which an explanation is a sheet at the bottom, as in the style sheet.
const NARROW: f64 = 1099.0;

/// Scrolls to a numbered cause in a lane's picture where the explanation is a sheet at the bottom, which would hide
/// it. Elsewhere it stands beside the picture.
pub fn show_cause(lane: usize, number: usize) {
    let window = web_sys::window();
    let document = window.as_ref().and_then(web_sys::Window::document);
    let find =
        |css: &str| -> Option<Element> { document.as_ref()?.query_selector(css).ok().flatten() };
    let lane = lane + 1;
    let width = window.as_ref().and_then(|window| window.inner_width().ok()?.as_f64());
    if width.is_some_and(|width| width <= NARROW)
        && let Some(mark) = find(&format!("#lane-{lane} .step-number[data-number=\"{number}\"]"))
    {
        mark.scroll_into_view();
    }
}
