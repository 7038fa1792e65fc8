//! Shrinks a slide's text in steps until it fits.

use gloo_events::EventListener;
use web_sys::Element;
use yew::prelude::*;

/// The number of steps; the style sheet defines their sizes.
const STEPS: u32 = 4;

/// Shrinks an element's text until it fits without scrolling, whenever its content or the window changes. If
/// even the smallest step is too large, it scrolls.
#[hook]
pub fn use_fit<T: PartialEq + 'static>(node: &NodeRef, of: T) {
    use_effect_with((node.clone(), of), |(node, _)| {
        fit(node);
        let node = node.clone();
        let listener = web_sys::window()
            .map(|window| EventListener::new(&window, "resize", move |_| fit(&node)));
        move || drop(listener)
    });
}

fn fit(node: &NodeRef) {
    let Some(element) = node.cast::<Element>() else {
        return;
    };
    for step in 0..=STEPS {
        // Setting an attribute with a valid name cannot fail.
        let _ = element.set_attribute("data-fit", &step.to_string());
        if element.scroll_height() <= element.client_height() {
            break;
        }
    }
}
