//! Whether all of the page is here.
//!
//! The built page comes in two parts, and the first draws without the later one (`xtask/src/split`). Who
//! needs what is in the later part calls it, and waits for it if it is not there yet; who is not in a
//! hurry asks here, and does not keep the browser waiting.

use gloo_events::EventListener;
use yew::prelude::*;

/// Said on the window when the later part has come.
const WHOLE: &str = "ackground-whole";
/// On the document's root until then.
const PART: &str = "data-part";

fn is_whole() -> bool {
    let root = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.document_element());
    !root.is_some_and(|root| root.has_attribute(PART))
}

/// Whether all of the page is drawn, for all below a `ContextProvider<Whole>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Whole(pub bool);

/// What a person does first, wherever it is.
const TOUCHES: [&str; 4] = ["pointerdown", "keydown", "focusin", "dragenter"];

/// Whether what the first picture does not show is to be drawn: all of the page is here, or somebody does
/// something. Then it may be needed at once, and what has not come is waited for, or missed with a clear sentence.
#[hook]
pub fn use_rest_of_page() -> bool {
    let whole = use_whole();
    let touched = use_state_eq(|| false);
    use_effect_with((), {
        let touched = touched.setter();
        move |()| {
            let listeners = web_sys::window().map(|window| {
                TOUCHES.map(|touch| {
                    let touched = touched.clone();
                    EventListener::once(&window, touch, move |_| touched.set(true))
                })
            });
            move || drop(listeners)
        }
    });
    whole || *touched
}

/// Whether what the first picture does not show is to be drawn, as the page above says; it is where none does.
#[hook]
pub fn use_rest() -> bool {
    use_context::<Whole>().is_none_or(|whole| whole.0)
}

/// Whether all of the page is here. A page that came in one piece always is.
#[hook]
pub fn use_whole() -> bool {
    let whole = use_state_eq(is_whole);
    use_effect_with((), {
        let whole = whole.setter();
        move |()| {
            whole.set(is_whole());
            let listener = web_sys::window()
                .filter(|_| !is_whole())
                .map(|window| EventListener::once(&window, WHOLE, move |_| whole.set(true)));
            move || drop(listener)
        }
    });
    *whole
}
