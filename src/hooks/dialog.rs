//! The browser's native modal dialog.

use web_sys::HtmlDialogElement;
use yew::prelude::*;

/// Opens a modal dialog. If the browser refuses, opens it inline, where it can still be read and closed.
pub fn open_dialog(dialog: &HtmlDialogElement) {
    if dialog.show_modal().is_err() {
        dialog.set_open(true);
    }
}

/// Keeps a dialog open while the component is mounted. It is closed before it is unmounted, so that focus and
/// inertness of the page are restored.
#[hook]
pub fn use_modal(dialog: &NodeRef) {
    use_effect_with(dialog.clone(), |dialog| {
        let dialog = dialog.cast::<HtmlDialogElement>();
        if let Some(dialog) = dialog.as_ref().filter(|dialog| !dialog.open()) {
            open_dialog(dialog);
        }
        move || {
            if let Some(dialog) = dialog {
                dialog.close();
            }
        }
    });
}

/// The callback of a close button. `<form method="dialog">` would do, but sandboxed frames block forms.
pub fn closing(dialog: &NodeRef) -> Callback<MouseEvent> {
    let dialog = dialog.clone();
    Callback::from(move |_: MouseEvent| {
        if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
            dialog.close();
        }
    })
}

/// Locks scrolling of the page while mounted, for full-page overlays. A `:has()` selector in the style sheet
/// would do, but makes the browser search the whole page on every change.
#[hook]
pub fn use_still_page() {
    use_effect_with((), |()| {
        let root = web_sys::window()
            .and_then(|window| window.document())
            .and_then(|document| document.document_element());
        if let Some(root) = &root {
            // If this fails, the page merely scrolls.
            let _ = root.set_attribute(COVERED, "");
        }
        move || {
            if let Some(root) = root {
                let _ = root.remove_attribute(COVERED);
            }
        }
    });
}

/// The attribute on the document's root while the page is covered.
const COVERED: &str = "data-covered";
