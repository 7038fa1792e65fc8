//! Draws tall pictures part by part, and the signs of many messages after them: one frame's work is shared out
//! over all lanes.
//!
//! What is left to draw and how much a frame has time for are pure
//! ([`incremental`](ackground_timeline::incremental)); here are the frames.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use yew::prelude::*;

use super::animation::Frame;
use crate::hooks::use_on_paper;
use ackground_timeline::{Diagram, DrawnBlocks, FrameBudget, Viewport};

/// Hands out the frames to those who have something left to draw. Shared by all lanes.
#[derive(Clone, Default)]
pub struct FrameScheduler(Rc<RefCell<Waiting>>);

impl PartialEq for FrameScheduler {
    fn eq(&self, other: &FrameScheduler) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

#[derive(Default)]
struct Waiting {
    /// For parts of a picture, of which a frame has time for some.
    parts: Queue,
    /// For a turn, which one of them has in a frame.
    turns: Queue,
    pace: FrameBudget,
    last: Option<f64>,
    frame: Option<Frame>,
}

/// Those who wait, in their order.
#[derive(Default)]
struct Queue(VecDeque<(Rc<()>, Callback<usize>)>);

impl Queue {
    /// Whoever waits already keeps the place and is called once.
    fn wait(&mut self, who: &Rc<()>, then: Callback<usize>) {
        match self.0.iter_mut().find(|(one, _)| Rc::ptr_eq(one, who)) {
            Some((_, known)) => *known = then,
            None => self.0.push_back((who.clone(), then)),
        }
    }

    fn leave(&mut self, who: &Rc<()>) {
        self.0.retain(|(one, _)| !Rc::ptr_eq(one, who));
    }
}

/// What one waits for.
#[derive(Clone, Copy)]
enum For {
    Parts,
    Turn,
}

impl FrameScheduler {
    /// Calls back in one of the next frames with how many parts may be drawn in it.
    fn wait(&self, who: &Rc<()>, what: For, then: Callback<usize>) {
        let mut waiting = self.0.borrow_mut();
        match what {
            For::Parts => waiting.parts.wait(who, then),
            For::Turn => waiting.turns.wait(who, then),
        }
        if waiting.frame.is_none() {
            waiting.frame = self.next_frame();
        }
    }

    fn leave(&self, who: &Rc<()>) {
        let mut waiting = self.0.borrow_mut();
        waiting.parts.leave(who);
        waiting.turns.leave(who);
    }

    fn next_frame(&self) -> Option<Frame> {
        let scheduler = self.clone();
        Frame::ask(move |now| {
            let mut waiting = scheduler.0.borrow_mut();
            let since = waiting.last.map(|last| now - last);
            waiting.pace = waiting.pace.frame(since);
            let shares: Vec<usize> = waiting.pace.shares(waiting.parts.0.len()).collect();
            let served: Vec<_> = waiting.parts.0.drain(..shares.len()).collect();
            let turn = waiting.turns.0.pop_front();
            // Those who have more to draw ask again once they have drawn, which is before the next
            // frame; if none does, the next one to come begins anew.
            let idle = served.is_empty() && turn.is_none();
            waiting.last = (!idle).then_some(now);
            waiting.frame = if idle { None } else { scheduler.next_frame() };
            drop(waiting);
            for ((_, then), parts) in
                served.into_iter().zip(shares).chain(turn.map(|turn| (turn, 1)))
            {
                then.emit(parts);
            }
        })
    }
}

/// The drawn parts of a picture. One that fits is drawn at once; a taller one where there was none before begins
/// empty. What is in view of one that has changed is drawn at once, and so it is on paper, and wherever no
/// [`FrameScheduler`] hands out frames.
#[hook]
pub fn use_drawn_blocks(diagram: &Rc<Diagram>, view: Viewport) -> DrawnBlocks {
    let scheduler = use_context::<FrameScheduler>();
    let on_paper = use_on_paper();
    let redraw = use_force_update();
    let drawn = use_mut_ref(|| {
        let begun =
            if view.is_partial() { DrawnBlocks::default() } else { DrawnBlocks::whole(view) };
        (diagram.clone(), begun)
    });
    let blocks = {
        let mut drawn = drawn.borrow_mut();
        if scheduler.is_none() || on_paper || drawn.0 != *diagram {
            *drawn = (diagram.clone(), DrawnBlocks::whole(view));
        } else {
            drawn.1.follow(view);
        }
        drawn.1.clone()
    };
    let left = !blocks.is_whole(view);
    use_frames(
        scheduler,
        For::Parts,
        left.then(|| {
            Callback::from(move |parts| {
                drawn.borrow_mut().1.draw_more(view, parts);
                redraw.force_update();
            })
        }),
    );
    blocks
}

/// What is drawn of a value that changes with time: it as it is once there is a frame for it, until then as it was,
/// if it was. At once if it does not wait, on paper, and wherever no [`FrameScheduler`] hands out frames.
#[hook]
pub fn use_deferred<T: PartialEq + 'static>(now: &Rc<T>, waits: bool) -> Option<Rc<T>> {
    let scheduler = use_context::<FrameScheduler>();
    let on_paper = use_on_paper();
    let redraw = use_force_update();
    let drawn = use_mut_ref(|| None::<Rc<T>>);
    if scheduler.is_none() || on_paper || !waits {
        *drawn.borrow_mut() = Some(now.clone());
    }
    let shown = drawn.borrow().clone();
    use_frames(
        scheduler,
        For::Turn,
        (shown.as_ref() != Some(now)).then(|| {
            let now = now.clone();
            Callback::from(move |_| {
                *drawn.borrow_mut() = Some(now.clone());
                redraw.force_update();
            })
        }),
    );
    shown
}

/// Asks for a frame as long as there is something to do in it.
#[hook]
fn use_frames(scheduler: Option<FrameScheduler>, what: For, then: Option<Callback<usize>>) {
    let itself = use_memo((), |()| ());
    {
        let (scheduler, itself) = (scheduler.clone(), itself.clone());
        use_effect(move || {
            if let (Some(scheduler), Some(then)) = (scheduler, then) {
                scheduler.wait(&itself, what, then);
            }
        });
    }
    use_effect_with((), move |()| {
        move || {
            if let Some(scheduler) = scheduler {
                scheduler.leave(&itself);
            }
        }
    });
}
