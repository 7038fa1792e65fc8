//! What is dragged over the page and dropped on it.

use web_sys::{DataTransfer, DragEvent};
use yew::prelude::*;

use super::dragging::hear_drags;
use super::reading::open_transfer;
use crate::context::Dispatch;
use crate::hooks::keys::focus_of;
use crate::state::keys::Focus;

/// What is dragged over the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dragged {
    /// So many files; browsers that do not tell say 1.
    Files(u32),
    /// A text or a link.
    Text,
}

/// Listens for as long as the page is there; what is over it at present, if anything is. What is dragged
/// from the page itself is no concern of this, and a field keeps a text that is dropped on it.
#[hook]
pub fn use_dropping(dispatch: &Dispatch) -> Option<Dragged> {
    let over = use_state_eq(|| None::<Dragged>);
    let own = use_mut_ref(|| false);
    use_effect_with(dispatch.clone(), {
        let over = over.setter();
        move |dispatch| {
            let dispatch = dispatch.clone();
            let kinds = ["dragstart", "dragend", "dragenter", "dragover", "dragleave", "drop"];
            let listeners = hear_drags(&kinds, move |kind, event| match kind {
                "dragstart" => *own.borrow_mut() = true,
                "dragend" => *own.borrow_mut() = false,
                _ if *own.borrow() => {}
                _ => over.set(heard(kind, event, &dispatch)),
            });
            move || drop(listeners)
        }
    });
    *over
}

/// What is over the page after an event.
fn heard(kind: &str, event: &DragEvent, dispatch: &Dispatch) -> Option<Dragged> {
    let data = event.data_transfer()?;
    let dragged = dragged(&data)
        .filter(|dragged| *dragged != Dragged::Text || focus_of(event) != Focus::Text)?;
    // Without this the browser leaves the page for the file.
    event.prevent_default();
    match kind {
        "drop" => {
            open_transfer(&data, dispatch);
            None
        }
        // It has left the window, not only one of its elements for another.
        "dragleave" if event.related_target().is_none() => None,
        _ => {
            data.set_drop_effect("copy");
            Some(dragged)
        }
    }
}

/// What is carried, as far as a browser tells before it is dropped.
fn dragged(data: &DataTransfer) -> Option<Dragged> {
    let types = data.types();
    let carries = |kind: &str| types.includes(&kind.into(), 0);
    if carries("Files") {
        return Some(Dragged::Files(data.items().length().max(1)));
    }
    (carries("text/plain") || carries("text/uri-list")).then_some(Dragged::Text)
}
