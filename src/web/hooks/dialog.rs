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
