//! Page-wide keyboard shortcuts, and moving the focus.

use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::context::Dispatch;
use crate::state::View;
use crate::state::keys::{Focus, Shortcut, anywhere, command, shortcut};

/// Listens while mounted.
#[hook]
pub fn use_keys(view: View, dispatch: &Dispatch, list_keys: &Callback<()>) {
    use_effect_with((view, dispatch.clone(), list_keys.clone()), |(view, dispatch, list_keys)| {
        let view = *view;
        let (dispatch, list_keys) = (dispatch.clone(), list_keys.clone());
        let listener = web_sys::window().map(|window| {
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&window, "keydown", options, move |event| {
                let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
                    return;
                };
                if event.alt_key() || event.default_prevented() || dialog_is_open() {
                    return;
                }
                if event.ctrl_key() || event.meta_key() {
                    let (key, shift) = (event.key(), event.shift_key());
                    // Learn keeps its own undo history, so the page's must not react there.
                    let own =
                        || command(&key, shift, commanded(event)).filter(|_| view != View::Learn);
                    if let Some(action) = anywhere(&key, shift).or_else(own) {
                        dispatch.send(action);
                        event.prevent_default();
                    }
                    return;
                }
                match shortcut(view, &event.key(), event.shift_key(), focus_of(event)) {
                    Some(Shortcut::Act(action)) => dispatch.send(action),
                    Some(Shortcut::FocusLane(lane)) => focus_lane(lane),
                    Some(Shortcut::ListKeys) => list_keys.emit(()),
                    None => return,
                }
                event.prevent_default();
            })
        });
        move || drop(listener)
    });
}

/// Focuses the lane at this index, and scrolls to it.
pub fn focus_lane(lane: usize) {
    let element = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id(&format!("lane-{}", lane + 1)))
        .and_then(|element| element.dyn_into::<HtmlElement>().ok());
    if let Some(element) = element {
        focus(&element);
    }
}

/// Focuses an element. A lane that lies beside others in a strip is brought to its left edge, where the strip snaps.
fn focus(element: &HtmlElement) {
    // An embedding page may block focus; nothing can be done about that.
    let _ = element.focus();
    let strip = element
        .closest(".lanes")
        .ok()
        .flatten()
        .filter(|_| element.matches(".lane").unwrap_or_default());
    if let Some(strip) = strip.filter(|strip| strip.scroll_width() > strip.client_width()) {
        let from = strip
            .first_element_child()
            .map_or(0.0, |first| first.get_bounding_client_rect().left());
        strip.set_scroll_left((element.get_bounding_client_rect().left() - from).round() as i32);
    }
}

/// Focuses the first element that matches the selector, as soon as it is mounted. A closing dialog restores
/// the focus by itself, but not to a button whose menu was open, nor to elements that mount only then.
pub fn focus_soon(css: String) {
    focus_within(css, FRAMES, false);
}

/// The same, but only if nothing has the focus by then: the browser may have restored it itself, and takes it
/// away from hidden elements only a frame later.
pub fn focus_if_nowhere(css: String) {
    Timeout::new(50, move || {
        if focus_is_nowhere() {
            focus_soon(css);
        }
    })
    .forget();
}

pub fn focus_is_nowhere() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    let focus = document.and_then(|document| document.active_element());
    focus.is_none_or(|element| element.tag_name().eq_ignore_ascii_case("body"))
}

/// Focuses the first element that matches the selector, as soon as it is mounted, after opening whatever it is
/// folded in.
pub fn reveal(css: String) {
    focus_within(css, FRAMES, true);
}

/// How many frames to wait for the element to mount.
const FRAMES: u32 = 30;

fn focus_within(css: String, frames: u32, unfold: bool) {
    Timeout::new(16, move || {
        let document = web_sys::window().and_then(|window| window.document());
        let found = document.and_then(|document| document.query_selector(&css).ok().flatten());
        match found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            Some(element) => {
                if unfold {
                    self::unfold(&element);
                }
                focus(&element);
            }
            None if frames > 0 => focus_within(css, frames - 1, unfold),
            None => {}
        }
    })
    .forget();
}

/// Opens every disclosure around an element.
fn unfold(element: &Element) {
    let mut around = element.closest("details").ok().flatten();
    while let Some(details) = around {
        let _ = details.set_attribute("open", "");
        around = details.parent_element().and_then(|above| above.closest("details").ok().flatten());
    }
}

/// Whether the focus is in this element, or nowhere.
pub fn focus_is_within(element: &Element) -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    let focus = document.and_then(|document| document.active_element());
    focus_is_nowhere() || element.contains(focus.as_deref())
}

pub(crate) fn dialog_is_open() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    document.is_some_and(|document| matches!(document.query_selector("dialog[open]"), Ok(Some(_))))
}

/// The focus for Ctrl or Cmd shortcuts: a select has no native undo, so it does not count as text.
pub(crate) fn commanded(event: &Event) -> Focus {
    let target = event.target();
    let select = target.is_some_and(|target| target.has_type::<HtmlSelectElement>());
    if select { Focus::Choice } else { focus_of(event) }
}

/// The kind of element that has the focus.
pub(crate) fn focus_of(event: &Event) -> Focus {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let Some(target) = target else {
        return Focus::Page;
    };
    if let Some(input) = target.dyn_ref::<HtmlInputElement>() {
        return match input.type_().as_str() {
            "range" => Focus::Slider,
            "checkbox" | "radio" => Focus::Choice,
            "button" | "submit" => Focus::Button,
            _ => Focus::Text,
        };
    }
    match target.tag_name().to_ascii_lowercase().as_str() {
        "textarea" | "select" => Focus::Text,
        "button" | "a" | "summary" => Focus::Button,
        _ if target.get_attribute("role").as_deref() == Some("slider") => Focus::Slider,
        _ if matches!(target.closest("[contenteditable]"), Ok(Some(_))) => Focus::Text,
        _ => Focus::Page,
    }
}
