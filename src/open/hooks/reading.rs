//! Reads chosen, dropped or pasted files.

use js_sys::{Promise, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DataTransfer, File};
use yew::Callback;

use crate::context::Dispatch;
use crate::hooks::keys::focus_if_nowhere;
use crate::open::state::Given;
use crate::open::state::{LONGEST_FILE, Unread};
use crate::state::Action;

/// Reads a file and opens its content. A file that is too large is not read.
pub fn open_file(file: &File, on_open: &Callback<Given>) {
    let name = file.name();
    let give = {
        let on_open = on_open.clone();
        move |content| {
            on_open.emit(Given::File { name, content });
            // The button it was chosen with may be gone.
            focus_if_nowhere("[data-test=dismiss]".to_owned());
        }
    };
    // `size` is an integer in a float.
    let bytes = file.size() as u64;
    if bytes > LONGEST_FILE {
        return give(Err(Unread::TooLong(bytes)));
    }
    settle(&file.array_buffer(), move |content| {
        give(match content {
            Ok(buffer) => Ok(Uint8Array::new(&buffer).to_vec().into()),
            Err(_) => Err(Unread::Refused),
        });
    });
}

/// Opens what was dropped or pasted: a file, or else text. Returns whether there was either.
pub fn open_transfer(data: &DataTransfer, dispatch: &Dispatch) {
    let given = |given| dispatch.send(Action::Open(given));
    let files = data.files();
    let number = files.as_ref().map_or(0, |files| files.length());
    match (number, files.and_then(|files| files.get(0))) {
        (0, _) => match text_of(data) {
            Some(text) => given(Given::Text(text)),
            None => given(Given::Nothing),
        },
        (1, Some(file)) => open_file(&file, &dispatch.on(Action::Open)),
        _ => given(Given::Several(number)),
    }
}

/// The text, or the URL, that is carried.
pub fn text_of(data: &DataTransfer) -> Option<String> {
    let of = |kind| data.get_data(kind).ok().filter(|text| !text.trim().is_empty());
    of("text/plain").or_else(|| of("text/uri-list"))
}

/// Calls back when the promise settles.
pub(crate) fn settle(promise: &Promise, then: impl FnOnce(Result<JsValue, JsValue>) + 'static) {
    let then = std::rc::Rc::new(std::cell::Cell::new(Some(then)));
    let other = then.clone();
    let done = Closure::once_into_js(move |value: JsValue| {
        if let Some(then) = then.take() {
            then(Ok(value));
        }
    });
    let failed = Closure::once_into_js(move |why: JsValue| {
        if let Some(then) = other.take() {
            then(Err(why));
        }
    });
    // `then(done, failed)`: exactly one of the two runs, and frees itself.
    let settled = js_sys::Reflect::get(promise, &"then".into());
    if let Ok(settled) = settled.and_then(JsCast::dyn_into::<js_sys::Function>) {
        // A native promise's `then` does not throw.
        let _ = settled.call2(promise, &done, &failed);
    }
}
