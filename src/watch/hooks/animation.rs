//! The playback clock: a tick per frame.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_timers::callback::Interval;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use yew::prelude::*;

use crate::context::Dispatch;
use crate::state::Action;

/// How often the time is counted under reduced motion, in milliseconds.
const BEAT_MS: u32 = 100;

/// Sends a tick per frame while `playing`. With `prefers-reduced-motion` nothing glides: the playhead jumps
/// from stop to stop, and stands at each until it is read.
#[hook]
pub fn use_animation(playing: bool, dispatch: &Dispatch) {
    use_effect_with((playing, dispatch.clone()), |(playing, dispatch)| {
        let dispatch = dispatch.clone();
        let clock: Option<Box<dyn std::any::Any>> = match (*playing, motion_is_reduced()) {
            (false, _) => None,
            (true, false) => {
                Some(Box::new(Frames::start(move |elapsed| dispatch.send(Action::Tick(elapsed)))))
            }
            (true, true) => {
                let beat = move || dispatch.send(Action::Beat(f64::from(BEAT_MS)));
                Some(Box::new(Interval::new(BEAT_MS, beat)))
            }
        };
        move || drop(clock)
    });
}

pub fn motion_is_reduced() -> bool {
    web_sys::window()
        .and_then(|window| window.match_media("(prefers-reduced-motion: reduce)").ok().flatten())
        .is_some_and(|query| query.matches())
}

/// A requested animation frame; dropping it cancels the request.
pub struct Frame {
    request: i32,
    _callback: Closure<dyn FnMut(f64)>,
}

impl Frame {
    /// Calls back with the frame's timestamp, in milliseconds. `None` where there are no animation frames.
    pub fn ask(then: impl FnOnce(f64) + 'static) -> Option<Frame> {
        let callback = Closure::once(then);
        let asked = web_sys::window()?.request_animation_frame(callback.as_ref().unchecked_ref());
        asked.ok().map(|request| Frame { request, _callback: callback })
    }
}

impl Drop for Frame {
    fn drop(&mut self) {
        if let Some(window) = web_sys::window() {
            // Fails only for a frame that is over, which is fine.
            let _ = window.cancel_animation_frame(self.request);
        }
    }
}

/// Calls back once per frame with the milliseconds since the last one, until dropped.
struct Frames {
    request: Rc<Cell<i32>>,
    /// Keeps the callback alive, which requests the next frame itself.
    _callback: FrameCallback,
}

type FrameCallback = Rc<RefCell<Option<Closure<dyn FnMut(f64)>>>>;

impl Frames {
    fn start(mut tick: impl FnMut(f64) + 'static) -> Frames {
        let request = Rc::new(Cell::new(0));
        let callback = FrameCallback::default();
        let (next, itself) = (request.clone(), Rc::downgrade(&callback));
        let mut last = None;
        let on_frame = move |now: f64| {
            // Request the next frame first: the tick may end playback, and drop this.
            if let Some(itself) = itself.upgrade() {
                next.set(ask(&itself));
            }
            let elapsed = now - last.unwrap_or(now);
            last = Some(now);
            tick(elapsed);
        };
        *callback.borrow_mut() = Some(Closure::new(on_frame));
        request.set(ask(&callback));
        Frames { request, _callback: callback }
    }
}

fn ask(callback: &FrameCallback) -> i32 {
    let callback = callback.borrow();
    let request = callback.as_ref().zip(web_sys::window()).and_then(|(callback, window)| {
        window.request_animation_frame(callback.as_ref().unchecked_ref()).ok()
    });
    request.unwrap_or_default()
}

impl Drop for Frames {
    fn drop(&mut self) {
        if let Some(window) = web_sys::window() {
            // Fails only for a frame that is over, which is fine.
            let _ = window.cancel_animation_frame(self.request.get());
        }
    }
}
