//! Rasterizes an SVG on a canvas and saves it as a PNG.

use js_sys::{Array, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement, Url,
};
use yew::Callback;

use super::download::save_blob;

/// Image pixels per SVG pixel: sharp on high-density screens and in print.
const SCALE: f64 = 2.0;

/// Saves an SVG as a PNG; calls back whether it could be started. The SVG must have a width and a height.
pub fn save_png(name: String, svg: &str, told: Callback<bool>) {
    let refused = told.clone();
    if begin(name, svg, told).is_err() {
        refused.emit(false);
    }
}

fn begin(name: String, svg: &str, told: Callback<bool>) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type("image/svg+xml");
    let parts = Array::of1(&JsValue::from_str(svg));
    let drawn = Blob::new_with_str_sequence_and_options(&parts, &options)?;
    let address = Url::create_object_url_with_blob(&drawn)?;
    let image = HtmlImageElement::new()?;
    let failed = {
        let (told, address) = (told.clone(), address.clone());
        Closure::once_into_js(move || {
            forget(&address);
            told.emit(false);
        })
    };
    let loaded = {
        let (image, address) = (image.clone(), address.clone());
        Closure::once_into_js(move || {
            let begun = paint(&image, name, told.clone());
            forget(&address);
            if begun.is_err() {
                told.emit(false);
            }
        })
    };
    image.set_onload(loaded.dyn_ref());
    image.set_onerror(failed.dyn_ref());
    image.set_src(&address);
    Ok(())
}

/// Draws the image and saves the result.
fn paint(image: &HtmlImageElement, name: String, told: Callback<bool>) -> Result<(), JsValue> {
    let document = web_sys::window().and_then(|window| window.document());
    let canvas = document.ok_or(JsValue::NULL)?.create_element("canvas")?;
    let canvas: HtmlCanvasElement = canvas.dyn_into()?;
    let (width, height) = (f64::from(image.natural_width()), f64::from(image.natural_height()));
    canvas.set_width((width * SCALE) as u32);
    canvas.set_height((height * SCALE) as u32);
    let context = canvas.get_context("2d")?.ok_or(JsValue::NULL)?;
    let context: CanvasRenderingContext2d = context.dyn_into()?;
    context.scale(SCALE, SCALE)?;
    context.draw_image_with_html_image_element_and_dw_and_dh(image, 0.0, 0.0, width, height)?;
    let saved = Closure::once_into_js(move |blob: JsValue| {
        // A canvas that is too large or tainted yields null.
        let blob = blob.dyn_into::<Blob>();
        told.emit(blob.is_ok_and(|blob| save_blob(&name, &blob)));
    });
    // Older browsers lack it.
    let to_blob = Reflect::get(&canvas, &"toBlob".into())?;
    let to_blob: js_sys::Function = to_blob.dyn_into()?;
    to_blob.call2(&canvas, &saved, &"image/png".into()).map(drop)
}

fn forget(address: &str) {
    // A URL that is gone already needs no revoking.
    let _ = Url::revoke_object_url(address);
}
