//! The width of an element, for content drawn to fit.

use gloo_events::EventListener;
use web_sys::Element;
use yew::prelude::*;

/// The width of an element's content box, in whole pixels; a guess before it is mounted.
#[hook]
pub fn use_width(node: &NodeRef, guess: u32) -> u32 {
    let width = use_state_eq(|| guess);
    let measure = {
        let (node, setter) = (node.clone(), width.setter());
        move || {
            let element = node.cast::<Element>();
            let found = element.map_or(0, |element| element.client_width());
            if let Ok(found @ 1..) = u32::try_from(found) {
                setter.set(found);
            }
        }
    };
    use_effect_with((), move |()| {
        measure();
        let listener = web_sys::window()
            .map(|window| EventListener::new(&window, "resize", move |_| measure()));
        move || drop(listener)
    });
    *width
}
