//! The overlay shown while something is dragged over the page: it says what a drop will do.

use web_sys::HtmlElement;
use yew::prelude::*;

use crate::context::use_dispatch;
use crate::open::hooks::dropping::{Dragged, use_dropping};

/// Makes the whole page a drop target. The overlay covers every dialog, and lets pointer events through.
#[component]
pub fn DropZone() -> Html {
    let dispatch = use_dispatch();
    let dragged = use_dropping(&dispatch);
    let layer = use_node_ref();
    use_effect_with((dragged.is_some(), layer.clone()), |(over, layer)| {
        if let Some(layer) = layer.cast::<HtmlElement>().filter(|_| *over) {
            // Without popover support it lies over the page but under dialogs.
            let _ = layer.show_popover();
        }
    });
    let Some(dragged) = dragged else {
        return html! {};
    };
    let (lead, rest) = match dragged {
        Dragged::Files(1) => (
            "Drop the file to open it",
            "An experiment or an exercise as JSON, or a Kafka configuration. Undo brings back what is here now.",
        ),
        Dragged::Files(_) => ("One file at a time", "Of several, none is opened."),
        Dragged::Text => (
            "Drop it to open it",
            "A link to an experiment or an exercise, or its JSON. Undo brings back what is here now.",
        ),
    };
    html! {
        <div class="drop-zone" popover="manual" ref={layer} aria-hidden="true" data-test="drop-zone">
            <p><strong>{ lead }</strong>{ rest }</p>
        </div>
    }
}
