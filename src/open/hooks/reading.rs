//! Reading what a person gives the page: a file that was chosen, whatever was dropped or pasted.

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

/// Reads a file and gives what is in it to be opened. One that is too long is not read.
pub fn open_file(file: &File, on_open: &Callback<Given>) {
    let name = file.name();
    let give = {
        let on_open = on_open.clone();
        move |content| {
            on_open.emit(Given::File { name, content });
            // Where it was chosen may be gone by now.
            focus_if_nowhere("[data-test=dismiss]".to_owned());
        }
    };
    // A file's size is a whole number, given as a float.
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

/// Opens what was dropped or pasted: a file, or else a text. Whether there was anything of the kind.
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

/// The text that is carried, or the address of what is.
pub fn text_of(data: &DataTransfer) -> Option<String> {
    let of = |kind| data.get_data(kind).ok().filter(|text| !text.trim().is_empty());
    of("text/plain").or_else(|| of("text/uri-list"))
}

/// Calls back with what a promise comes to.
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
        // A promise's own `then` throws nothing.
        let _ = settled.call2(promise, &done, &failed);
    }
}
