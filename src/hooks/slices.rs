//! Work on the page's own thread, a little at a time, so that the page stays quick.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use gloo_timers::callback::Timeout;

/// Work that goes on until it is over or this is dropped.
pub(crate) struct Slices(Rc<Next>);

/// The timer of the next slice.
type Next = RefCell<Option<Timeout>>;

impl Slices {
    /// Begins after so many milliseconds. A slice tells whether there is more to do.
    pub(crate) fn begin(after_ms: u32, slice: impl FnMut() -> bool + 'static) -> Slices {
        let next = Rc::default();
        schedule(after_ms, slice, Rc::downgrade(&next));
        Slices(next)
    }
}

impl Drop for Slices {
    fn drop(&mut self) {
        drop(self.0.take());
    }
}

fn schedule(after_ms: u32, mut slice: impl FnMut() -> bool + 'static, next: Weak<Next>) {
    // Nobody wants it any more.
    let Some(here) = next.upgrade() else { return };
    here.replace(Some(Timeout::new(after_ms, move || {
        if slice() {
            schedule(0, slice, next);
        }
    })));
}
