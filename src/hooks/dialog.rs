//! The browser's own modal dialog.

use web_sys::HtmlDialogElement;
use yew::prelude::*;

/// Opens a dialog over the page; among it where the browser refuses that, so that it can be read and
/// closed all the same.
pub fn open_dialog(dialog: &HtmlDialogElement) {
    if dialog.show_modal().is_err() {
        dialog.set_open(true);
    }
}

/// Opens the dialog for as long as the component is there. One that is closed before it is taken away leaves the
/// page as it was.
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

/// What a button does that closes a dialog. A form of the dialog's own would do, but sandboxed frames send
/// none.
pub fn closing(dialog: &NodeRef) -> Callback<MouseEvent> {
    let dialog = dialog.clone();
    Callback::from(move |_: MouseEvent| {
        if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
            dialog.close();
        }
    })
}

/// While it is there the page behind does not scroll: for what covers all of it. A style sheet could ask whether
/// a dialog is open, but would make the browser look through the whole page at every change.
#[hook]
pub fn use_still_page() {
    use_effect_with((), |()| {
        let root = web_sys::window()
            .and_then(|window| window.document())
            .and_then(|document| document.document_element());
        if let Some(root) = &root {
            // Where it fails, the page scrolls.
            let _ = root.set_attribute(COVERED, "");
        }
        move || {
            if let Some(root) = root {
                let _ = root.remove_attribute(COVERED);
            }
        }
    });
}

/// On the document's root while the page is covered.
const COVERED: &str = "data-covered";
