//! A text or a file pasted onto the page, where nothing takes text.

use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::ClipboardEvent;
use yew::prelude::*;

use super::reading::{open_transfer, text_of};
use crate::hooks::keys::{dialog_is_open, focus_of};
use crate::state::Action;
use crate::state::keys::Focus;

/// Listens for as long as the page is there. A field and a dialog keep what is pasted into them.
#[hook]
pub fn use_paste(on_act: &Callback<Action>) {
    use_effect_with(on_act.clone(), |on_act| {
        let on_act = on_act.clone();
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
                    // A picture beside the text is what an office program adds to it.
                    Some(text) => on_act.emit(Action::Paste(text)),
                    None if files => open_transfer(&data, &on_act),
                    None => {}
                }
            })
        });
        move || drop(listener)
    });
}
