//! Undo and redo keys for a part of the page with its own history.

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use yew::prelude::*;

use super::keys::{commanded, dialog_is_open};
use crate::context::Dispatch;
use crate::state::keys::command;

/// Listens while mounted. Text fields keep their native undo.
#[hook]
pub fn use_history(dispatch: &Dispatch) {
    use_effect_with(dispatch.clone(), |dispatch| {
        let dispatch = dispatch.clone();
        let listener = web_sys::window().map(|window| {
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&window, "keydown", options, move |event| {
                let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
                    return;
                };
                let commands = event.ctrl_key() || event.meta_key();
                if !commands || event.alt_key() || event.default_prevented() || dialog_is_open() {
                    return;
                }
                if let Some(action) = command(&event.key(), event.shift_key(), commanded(event)) {
                    dispatch.send(action);
                    event.prevent_default();
                }
            })
        });
        move || drop(listener)
    });
}
