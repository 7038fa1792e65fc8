//! Draws tall pictures part by part: one frame's work is shared out over all lanes.
//!
//! What is left to draw and how much a frame has time for are pure
//! ([`unroll`](crate::web::view_model::unroll)); here are the frames.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use yew::prelude::*;

use super::animation::Frame;
use crate::web::view_model::{Diagram, Unrolled, Unrolling, View};

/// Hands out the frames to those who have something left to draw. Shared by all lanes.
#[derive(Clone, Default)]
pub struct Loom(Rc<RefCell<Waiting>>);

impl PartialEq for Loom {
    fn eq(&self, other: &Loom) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

#[derive(Default)]
struct Waiting {
    lanes: VecDeque<(Rc<()>, Callback<usize>)>,
    pace: Unrolling,
    last: Option<f64>,
    frame: Option<Frame>,
}

impl Loom {
    /// Calls back in one of the next frames with how many parts may be drawn in it. Whoever waits
    /// already keeps the place and is called once.
    fn wait(&self, who: &Rc<()>, then: Callback<usize>) {
        let mut waiting = self.0.borrow_mut();
        match waiting
            .lanes
            .iter_mut()
            .find(|(lane, _)| Rc::ptr_eq(lane, who))
        {
            Some((_, known)) => *known = then,
            None => waiting.lanes.push_back((who.clone(), then)),
        }
        if waiting.frame.is_none() {
            waiting.frame = self.next_frame();
        }
    }

    fn leave(&self, who: &Rc<()>) {
        let mut waiting = self.0.borrow_mut();
        waiting.lanes.retain(|(lane, _)| !Rc::ptr_eq(lane, who));
    }

    fn next_frame(&self) -> Option<Frame> {
        let loom = self.clone();
        Frame::ask(move |now| {
            let mut waiting = loom.0.borrow_mut();
            let since = waiting.last.map(|last| now - last);
            waiting.pace = waiting.pace.frame(since);
            let shares: Vec<usize> = waiting.pace.shares(waiting.lanes.len()).collect();
            let served: Vec<_> = waiting.lanes.drain(..shares.len()).collect();
            // Those who have more to draw ask again once they have drawn, which is before the next
            // frame; if none does, the next one to come begins anew.
            let idle = served.is_empty();
            waiting.last = (!idle).then_some(now);
            waiting.frame = if idle { None } else { loom.next_frame() };
            drop(waiting);
            for ((_, then), parts) in served.into_iter().zip(shares) {
                then.emit(parts);
            }
        })
    }
}

/// The drawn parts of a picture. What is in view of a new one is drawn at once, and so it is wherever no [`Loom`]
/// hands out frames.
#[hook]
pub fn use_unrolled(diagram: &Rc<Diagram>, view: View) -> Unrolled {
    let loom = use_context::<Loom>();
    let itself = use_memo((), |()| ());
    let redraw = use_force_update();
    let drawn = use_mut_ref(|| (diagram.clone(), Unrolled::whole(view)));
    let unrolled = {
        let mut drawn = drawn.borrow_mut();
        if loom.is_none() || drawn.0 != *diagram {
            *drawn = (diagram.clone(), Unrolled::whole(view));
        } else {
            drawn.1.follow(view);
        }
        drawn.1.clone()
    };
    let left = !unrolled.is_whole(view);
    {
        let (loom, itself) = (loom.clone(), itself.clone());
        use_effect(move || {
            if let Some(loom) = loom.filter(|_| left) {
                let then = Callback::from(move |parts| {
                    drawn.borrow_mut().1.unroll(view, parts);
                    redraw.force_update();
                });
                loom.wait(&itself, then);
            }
        });
    }
    use_effect_with((), move |()| {
        move || {
            if let Some(loom) = loom {
                loom.leave(&itself);
            }
        }
    });
    unrolled
}
