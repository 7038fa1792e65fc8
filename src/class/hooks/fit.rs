//! A slide that fits: its letters become smaller, in few steps, until all of it is seen.

use gloo_events::EventListener;
use web_sys::Element;
use yew::prelude::*;

/// The steps in which a slide becomes smaller; how small each is belongs to its sheet of styles.
const STEPS: u32 = 4;

/// Makes what is in an element small enough to be seen without scrolling, whenever something of it
/// changed or the window did. What is too long even for the smallest step scrolls.
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
        // An element takes any attribute of this form.
        let _ = element.set_attribute("data-fit", &step.to_string());
        if element.scroll_height() <= element.client_height() {
            break;
        }
    }
}
