//! The height that a figure reports to its host, seen from the host.

use gloo_events::EventListener;
use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlIFrameElement, MessageEvent};
use yew::prelude::*;

use crate::embed::state::message::VERSION;

/// An upper bound, in pixels, to reject messages that are not from a figure.
const HIGHEST: f64 = 20_000.0;

/// The height in pixels last reported by the figure in this frame at this address; `None` before the first
/// report.
#[hook]
pub fn use_frame_height(frame: &NodeRef, src: &AttrValue) -> Option<u32> {
    let height = use_state_eq(|| None);
    use_effect_with(src.clone(), {
        let (height, frame) = (height.setter(), frame.clone());
        move |_| {
            height.set(None);
            let listener = web_sys::window().map(|window| {
                EventListener::new(&window, "message", move |event| {
                    if let Some(reported) =
                        event.dyn_ref().and_then(|event| reported_height(event, &frame))
                    {
                        height.set(Some(reported));
                    }
                })
            });
            move || drop(listener)
        }
    });
    *height
}

/// The height in a message, if it comes from the frame.
fn reported_height(event: &MessageEvent, frame: &NodeRef) -> Option<u32> {
    let window = frame.cast::<HtmlIFrameElement>()?.content_window()?;
    if !Object::is(event.source()?.as_ref(), window.as_ref()) {
        return None;
    }
    let data = event.data();
    let field = |name: &str| Reflect::get(&data, &JsValue::from_str(name)).ok();
    let is_size = field("ackground")?.as_f64() == Some(VERSION as f64)
        && field("type")?.as_string().as_deref() == Some("size");
    let height = field("height")?.as_f64().filter(|_| is_size)?;
    (height > 0.0 && height <= HIGHEST).then_some(height.ceil() as u32)
}
