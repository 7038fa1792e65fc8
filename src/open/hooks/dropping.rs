//! Drag and drop onto the page.

use web_sys::{DataTransfer, DragEvent};
use yew::prelude::*;

use super::dragging::hear_drags;
use super::reading::open_transfer;
use crate::context::Dispatch;
use crate::hooks::keys::focus_of;
use crate::state::keys::Focus;

/// What is being dragged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dragged {
    /// The number of files; 1 if the browser does not tell.
    Files(u32),
    /// Text or a link.
    Text,
}

/// Listens while mounted; returns what is being dragged over the page. Ignores drags that start in the page,
/// and leaves text to the field that it is dropped on.
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
    // Otherwise the browser navigates to the file.
    event.prevent_default();
    match kind {
        "drop" => {
            open_transfer(&data, dispatch);
            None
        }
        // It has left the window, rather than moved between elements.
        "dragleave" if event.related_target().is_none() => None,
        _ => {
            data.set_drop_effect("copy");
            Some(dragged)
        }
    }
}

/// What is carried, as far as browsers tell before the drop.
fn dragged(data: &DataTransfer) -> Option<Dragged> {
    let types = data.types();
    let carries = |kind: &str| types.includes(&kind.into(), 0);
    if carries("Files") {
        return Some(Dragged::Files(data.items().length().max(1)));
    }
    (carries("text/plain") || carries("text/uri-list")).then_some(Dragged::Text)
}
