//! What is given to the person as a file.

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// How long the address of a file stays good after it was given: Safari begins to read later.
const GOOD_FOR_MS: u32 = 60_000;

/// Saves a text under a name, as the browser saves files; whether it could be begun.
pub fn save(name: &str, kind: &str, text: &str) -> bool {
    try_save(name, kind, text).is_ok()
}

/// Saves what is in a blob under a name; whether it could be begun.
pub fn save_blob(name: &str, blob: &Blob) -> bool {
    give(name, blob).is_ok()
}

fn try_save(name: &str, kind: &str, text: &str) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let parts = Array::of1(&JsValue::from_str(text));
    give(name, &Blob::new_with_str_sequence_and_options(&parts, &options)?)
}

/// Lets the browser save it, as if a link to it had been followed.
fn give(name: &str, blob: &Blob) -> Result<(), JsValue> {
    let address = Url::create_object_url_with_blob(blob)?;
    let forgotten = address.clone();
    gloo_timers::callback::Timeout::new(GOOD_FOR_MS, move || {
        // There is nothing to do about an address that is gone already.
        let _ = Url::revoke_object_url(&forgotten);
    })
    .forget();
    let document = web_sys::window().and_then(|window| window.document()).ok_or(JsValue::NULL)?;
    let link: HtmlAnchorElement = document.create_element("a")?.dyn_into()?;
    link.set_href(&address);
    link.set_download(name);
    // Firefox follows a link only from within the document.
    let body = document.body().ok_or(JsValue::NULL)?;
    body.append_child(&link)?;
    link.click();
    link.remove();
    Ok(())
}
