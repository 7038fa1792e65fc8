//! How high the figure in a frame says that it is.

use gloo_events::EventListener;
use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlIFrameElement, MessageEvent};
use yew::prelude::*;

use crate::embed::state::message::VERSION;

/// No figure is higher, in pixels; a frame that says so is no figure.
const HIGHEST: f64 = 20_000.0;

/// The height in pixels that the figure in this frame has told last, at this address; none before it has.
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

/// What a message says of the height, if it comes from the frame.
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
