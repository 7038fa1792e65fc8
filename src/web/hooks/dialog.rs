//! The browser's own modal dialog.

use web_sys::HtmlDialogElement;

/// Opens a dialog over the page; among it where the browser refuses that, so that it can be read and
/// closed all the same.
pub fn open_dialog(dialog: &HtmlDialogElement) {
    if dialog.show_modal().is_err() {
        dialog.set_open(true);
    }
}
