//! Incremental rendering of tall pictures, and of the tokens of many messages: the time of one frame is
//! shared by all lanes.
//!
//! What is left to draw, and how much fits into a frame, is decided by pure functions
//! ([`incremental`](ackground_timeline::incremental)); this module requests the frames.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use yew::prelude::*;

use super::animation::Frame;
use crate::hooks::use_on_paper;
use ackground_timeline::{Diagram, DrawnBlocks, FrameBudget, Viewport};

/// Assigns frames to components with something left to draw. Shared by all lanes.
#[derive(Clone, Default)]
pub struct FrameScheduler(Rc<RefCell<Waiting>>);

impl PartialEq for FrameScheduler {
    fn eq(&self, other: &FrameScheduler) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

#[derive(Default)]
struct Waiting {
    /// Components waiting to draw parts of a picture; a frame has room for several parts.
    parts: Queue,
    /// Components waiting for a turn; a frame serves one of them.
    turns: Queue,
    pace: FrameBudget,
    last: Option<f64>,
    frame: Option<Frame>,
}

/// A FIFO queue of waiting components.
#[derive(Default)]
struct Queue(VecDeque<(Rc<()>, Callback<usize>)>);

impl Queue {
    /// A component that is queued already keeps its place and is called once.
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

/// What a component waits for.
#[derive(Clone, Copy)]
enum For {
    Parts,
    Turn,
}

impl FrameScheduler {
    /// Calls back in one of the next frames with the number of parts that may be drawn in it.
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
            // Components with more to draw ask again as they render, which is before the next frame. If none
            // does, the next one to ask starts over.
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

/// The parts of a picture drawn so far. A picture that fits the viewport is drawn at once; a taller one
/// starts empty if there was none before. When a picture changes, the parts in view are drawn at once; so is
/// everything on paper, and where there is no [`FrameScheduler`].
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

/// A deferred value: the previous one until there is a frame for the new one. Not deferred on paper, where
/// there is no [`FrameScheduler`], or if `waits` is false.
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

/// Requests frames as long as there is something to do.
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
