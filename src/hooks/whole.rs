//! Whether the deferred part of the module has loaded.
//!
//! The built page comes in two parts, and the first picture needs only the first (`xtask/src/split`). A call
//! into the deferred part blocks until it has loaded; components that can wait check here instead.

use gloo_events::EventListener;
use yew::prelude::*;

/// The event on the window when the deferred part has loaded.
const WHOLE: &str = "ackground-whole";
/// The attribute on the document's root until then.
const PART: &str = "data-part";

fn is_whole() -> bool {
    // Without a browser only the first picture is rendered.
    if cfg!(not(target_arch = "wasm32")) {
        return false;
    }
    let root = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.document_element());
    !root.is_some_and(|root| root.has_attribute(PART))
}

/// Whether to render the whole page, for everything below a `ContextProvider<Whole>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Whole(pub bool);

/// The events that count as first interaction, wherever they happen.
const TOUCHES: [&str; 4] = ["pointerdown", "keydown", "focusin", "dragenter"];

/// Whether to render what the first picture leaves out: once the deferred part has loaded, or the person
/// interacts. From then on it may be needed at once, so a call may block, or fail with a clear message.
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

/// The same as the page decided; true where no page is above.
#[hook]
pub fn use_rest() -> bool {
    use_context::<Whole>().is_none_or(|whole| whole.0)
}

/// Whether the deferred part has loaded. Always true for a page built in one piece.
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
