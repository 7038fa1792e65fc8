//! Copying text to the clipboard, with feedback.

use gloo_timers::callback::Timeout;
use js_sys::Reflect;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Clipboard;
use yew::prelude::*;

/// How long the success message is shown, in milliseconds.
const SAID_MS: u32 = 2500;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Copied {
    /// Nothing was copied recently.
    #[default]
    Idle,
    Done,
    /// The browser refused; the text is shown for manual copying.
    Refused,
}

/// The state, and the callback that copies a text; an empty text dismisses the refusal.
#[hook]
pub fn use_clipboard() -> (Copied, Callback<String>) {
    let copied = use_state_eq(Copied::default);
    use_effect_with(*copied, {
        let copied = copied.setter();
        move |now| {
            let timer = (*now == Copied::Done)
                .then(|| Timeout::new(SAID_MS, move || copied.set(Copied::Idle)));
            move || drop(timer)
        }
    });
    let setter = copied.setter();
    let copy = use_callback((), move |text: String, ()| {
        if text.is_empty() {
            return setter.set(Copied::Idle);
        }
        let Some(clipboard) = clipboard() else {
            return setter.set(Copied::Refused);
        };
        let (done, refused) = (setter.clone(), setter.clone());
        let done = Closure::once_into_js(move |_: JsValue| done.set(Copied::Done));
        let refused = Closure::once_into_js(move |_: JsValue| refused.set(Copied::Refused));
        let promise: JsValue = clipboard.write_text(&text).into();
        // `then(done, refused)`: exactly one of the two runs, and frees itself.
        let then =
            Reflect::get(&promise, &"then".into()).and_then(JsCast::dyn_into::<js_sys::Function>);
        if let Ok(then) = then {
            let _ = then.call2(&promise, &done, &refused);
        }
    });
    (*copied, copy)
}

/// `None` in an insecure context.
fn clipboard() -> Option<Clipboard> {
    let navigator = web_sys::window()?.navigator();
    Reflect::get(&navigator, &"clipboard".into()).ok()?.dyn_into().ok()
}
