//! Whether an element is in the viewport, through all nested frames.

use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};
use yew::prelude::*;

use crate::watch::hooks::animation::motion_is_reduced;

/// Calls back once, when this share of the element is visible, if `wanted`. Never under reduced motion.
#[hook]
pub fn use_in_view(node: &NodeRef, share: f64, wanted: bool, on_view: &Callback<()>) {
    use_effect_with((node.clone(), wanted), {
        let on_view = on_view.clone();
        move |(node, wanted)| {
            let element = node.cast::<Element>();
            let watch = element
                .filter(|_| *wanted && !motion_is_reduced())
                .and_then(|element| Watch::start(&element, share, on_view));
            move || drop(watch)
        }
    });
}

struct Watch {
    observer: IntersectionObserver,
    /// Keeps the closure alive that the browser calls.
    _callback: Closure<dyn FnMut(Array, IntersectionObserver)>,
}

impl Watch {
    fn start(element: &Element, share: f64, on_view: Callback<()>) -> Option<Watch> {
        let on_change = move |entries: Array, observer: IntersectionObserver| {
            let seen = entries.iter().any(|entry| {
                entry
                    .dyn_into::<IntersectionObserverEntry>()
                    .is_ok_and(|entry| entry.is_intersecting())
            });
            if seen {
                observer.disconnect();
                on_view.emit(());
            }
        };
        let callback = Closure::<dyn FnMut(Array, IntersectionObserver)>::new(on_change);
        let options = IntersectionObserverInit::new();
        options.set_threshold(&share.into());
        let function = callback.as_ref().unchecked_ref();
        let observer = IntersectionObserver::new_with_options(function, &options).ok()?;
        observer.observe(element);
        Some(Watch { observer, _callback: callback })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
