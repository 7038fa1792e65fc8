//! A list that is one stop of the Tab key: inside of it the arrow keys go on.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// Takes the focus from the button of a list's item to that of another, as the key says. Which of them
/// the Tab key stops at is for the list to say.
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
    // Time does not go on meanwhile, not even at the end of the list.
    event.prevent_default();
    event.stop_propagation();
    let button = other.and_then(|item| item.query_selector("button").ok().flatten());
    if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        let _ = button.focus();
    }
}

/// The first or the last item of the list.
fn end(item: &Element, which: fn(&Element) -> Option<Element>) -> Option<Element> {
    item.parent_element().as_ref().and_then(which)
}
