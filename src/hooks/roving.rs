//! Roving tabindex: a list is a single tab stop, with arrow keys moving inside it.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// Moves the focus from the button of one list item to another, by key. Which item is the tab stop is up to
/// the list.
pub fn rove(event: &KeyboardEvent) {
    if event.ctrl_key() || event.alt_key() || event.meta_key() {
        return;
    }
    let item =
        event.target_dyn_into::<Element>().and_then(|button| button.closest("li").ok().flatten());
    let Some(item) = item else { return };
    let other = match event.key().as_str() {
        "ArrowRight" | "ArrowDown" => item.next_element_sibling(),
        "ArrowLeft" | "ArrowUp" => item.previous_element_sibling(),
        "Home" => end(&item, Element::first_element_child),
        "End" => end(&item, Element::last_element_child),
        _ => return,
    };
    // The arrow keys must not reach playback, not even at the end of the list.
    event.prevent_default();
    event.stop_propagation();
    let button = other.and_then(|item| item.query_selector("button").ok().flatten());
    if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        let _ = button.focus();
    }
}

fn end(item: &Element, which: fn(&Element) -> Option<Element>) -> Option<Element> {
    item.parent_element().as_ref().and_then(which)
}
