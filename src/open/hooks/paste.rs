//! Pasting text or a file outside of any text field.

use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::ClipboardEvent;
use yew::prelude::*;

use super::reading::{open_transfer, text_of};
use crate::context::Dispatch;
use crate::hooks::keys::{dialog_is_open, focus_of};
use crate::state::Action;
use crate::state::keys::Focus;

/// Listens while mounted. Fields and dialogs handle their own paste events.
#[hook]
pub fn use_paste(dispatch: &Dispatch) {
    use_effect_with(dispatch.clone(), |dispatch| {
        let dispatch = dispatch.clone();
        let listener = web_sys::window().map(|window| {
            EventListener::new(&window, "paste", move |event| {
                if focus_of(event) == Focus::Text || dialog_is_open() {
                    return;
                }
                let data =
                    event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data);
                let Some(data) = data else { return };
                let files = data.files().is_some_and(|files| files.length() > 0);
                match text_of(&data) {
                    // Office programs put an image of the text on the clipboard too; the text is what counts.
                    Some(text) => dispatch.send(Action::Paste(text)),
                    None if files => open_transfer(&data, &dispatch),
                    None => {}
                }
            })
        });
        move || drop(listener)
    });
}
