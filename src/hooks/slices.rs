//! Time-sliced work on the main thread, to keep the page responsive.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use gloo_timers::callback::Timeout;

/// Work in progress; dropping this cancels it.
pub(crate) struct Slices(Rc<Next>);

type Next = RefCell<Option<Timeout>>;

impl Slices {
    /// Begins after `after_ms`. A slice returns whether there is more to do.
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
    // Cancelled.
    let Some(here) = next.upgrade() else { return };
    here.replace(Some(Timeout::new(after_ms, move || {
        if slice() {
            schedule(0, slice, next);
        }
    })));
}
