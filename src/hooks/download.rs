//! Saving files.

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// How long an object URL stays valid after the download began, in milliseconds: Safari reads it late.
const GOOD_FOR_MS: u32 = 60_000;

/// Starts a download of this text; returns whether it could be started.
pub fn save(name: &str, kind: &str, text: &str) -> bool {
    try_save(name, kind, text).is_ok()
}

/// Starts a download of this blob; returns whether it could be started.
pub fn save_blob(name: &str, blob: &Blob) -> bool {
    give(name, blob).is_ok()
}

fn try_save(name: &str, kind: &str, text: &str) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let parts = Array::of1(&JsValue::from_str(text));
    give(name, &Blob::new_with_str_sequence_and_options(&parts, &options)?)
}

/// Starts the download by clicking a temporary link.
fn give(name: &str, blob: &Blob) -> Result<(), JsValue> {
    let address = Url::create_object_url_with_blob(blob)?;
    let forgotten = address.clone();
    gloo_timers::callback::Timeout::new(GOOD_FOR_MS, move || {
        // A URL that is gone already needs no revoking.
        let _ = Url::revoke_object_url(&forgotten);
    })
    .forget();
    let document = web_sys::window().and_then(|window| window.document()).ok_or(JsValue::NULL)?;
    let link: HtmlAnchorElement = document.create_element("a")?.dyn_into()?;
    link.set_href(&address);
    link.set_download(name);
    // Firefox follows only links that are in the document.
    let body = document.body().ok_or(JsValue::NULL)?;
    body.append_child(&link)?;
    link.click();
    link.remove();
    Ok(())
}
