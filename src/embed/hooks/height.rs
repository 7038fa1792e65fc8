//! Reports a figure's height to its host.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, ResizeObserver};
use yew::prelude::*;

use super::host::Host;
use crate::embed::state::message::Outgoing;

/// A resize observer on an element.
struct Watch {
    observer: ResizeObserver,
    /// Keeps the closure alive that the browser calls.
    _callback: Closure<dyn FnMut()>,
}

impl Watch {
    fn start(element: &Element, on_size: impl FnMut() + 'static) -> Option<Watch> {
        let callback = Closure::<dyn FnMut()>::new(on_size);
        let observer = ResizeObserver::new(callback.as_ref().unchecked_ref()).ok()?;
        observer.observe(element);
        Some(Watch { observer, _callback: callback })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Reports the height whenever it grows or, unless it `plays`, shrinks: text around a figure must not jump up
/// and down during playback. Reported again when the host says hello.
#[hook]
pub fn use_height(node: &NodeRef, plays: bool, host: &Host, greetings: u32) {
    let told = use_memo((), |()| Cell::new(0));
    let playing = use_memo((), |()| Cell::new(false));
    playing.set(plays);
    let measure = {
        let (node, host, told) = (node.clone(), host.clone(), told.clone());
        Rc::new(move || {
            let Some(element) = node.cast::<Element>() else {
                return;
            };
            // Rounded up to whole pixels, so that a fraction never causes a scroll bar.
            let height = element.get_bounding_client_rect().height().ceil().max(0.0) as u32;
            let less = height < told.get() && playing.get();
            if height > 0 && height != told.get() && !less {
                told.set(height);
                host.tell(&Outgoing::Size { height });
            }
        })
    };
    use_effect_with(node.clone(), {
        let measure = measure.clone();
        move |node| {
            let element = node.cast::<Element>();
            let watch = element.and_then(|element| Watch::start(&element, move || measure()));
            move || drop(watch)
        }
    });
    use_effect_with(greetings, {
        let measure = measure.clone();
        move |_| {
            told.set(0);
            measure();
        }
    });
    use_effect_with(plays, move |_| measure());
}
