//! What a pointer does on a picture: point, click, drag.

use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use super::tooltip::TooltipTarget;
use crate::context::Dispatch;
use crate::state::Action;
use ackground_core::sim::Time;
use ackground_timeline::diagram::HitTarget;
use ackground_timeline::{Axis, Camera, Diagram};

/// A pointer that moves less than this, in pixels, has clicked.
const STILL: f64 = 4.0;

/// A shape that was clicked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Picked {
    pub hit: HitTarget,
    /// The moment to which it leads.
    pub at: Time,
    /// Where on the page, in pixels.
    pub spot: (i32, i32),
}

/// The listeners of a picture, and what they found.
pub struct Pointer {
    /// The picture.
    pub node: NodeRef,
    /// The shape that is pointed at.
    pub pointed: Option<TooltipTarget>,
    /// What a click would pick.
    pub over: Option<HitTarget>,
    /// A button goes down.
    pub down: Callback<PointerEvent>,
    /// The pointer moves.
    pub moves: Callback<PointerEvent>,
    /// The button comes up.
    pub up: Callback<PointerEvent>,
    /// The browser takes the pointer, to scroll.
    pub cancel: Callback<PointerEvent>,
    /// The pointer leaves the picture.
    pub leave: Callback<PointerEvent>,
}

/// A button that is held: where it was last, and whether it has moved since it went down.
#[derive(Clone, Copy)]
struct Held {
    y: f64,
    moved: bool,
}

/// Point: say what the shape tells. Click: pick the shape, or go to the moment of the place. Drag (not by
/// touch, which scrolls the page): take the playhead along; on a window onto a tall picture by as
/// much as the pointer moves, because the window follows.
#[hook]
pub fn use_pointer(
    axis: &Rc<Axis>,
    diagram: &Rc<Diagram>,
    playhead: Time,
    dispatch: &Dispatch,
    on_pick: &Callback<Picked>,
) -> Pointer {
    let node = use_node_ref();
    let held = use_mut_ref(|| None::<Held>);
    let pointed = use_state_eq(|| None::<TooltipTarget>);
    let over = use_state_eq(|| None::<HitTarget>);
    let camera = Camera::of(axis, playhead);
    // What was there has moved away.
    use_effect_with((diagram.clone(), playhead), {
        let over = over.setter();
        move |_| over.set(None)
    });
    // The picture's place and width on the screen: what is asked for once a pointer is over it.
    let find = {
        let (node, diagram) = (node.clone(), diagram.clone());
        Rc::new(move |event: &PointerEvent| {
            let rect = node.cast::<Element>()?.get_bounding_client_rect();
            let x = f64::from(event.client_x()) - rect.left();
            let y = f64::from(event.client_y()) - rect.top() + camera.offset;
            Some((y, diagram.hit_test(x, y, rect.width())))
        })
    };
    let down = {
        let held = held.clone();
        Callback::from(move |event: PointerEvent| {
            if event.button() == 0 {
                *held.borrow_mut() = Some(Held { y: f64::from(event.client_y()), moved: false });
            }
        })
    };
    let moves = {
        let (held, find, node, diagram) =
            (held.clone(), find.clone(), node.clone(), diagram.clone());
        let (pointed, over) = (pointed.clone(), over.clone());
        let (axis, dispatch) = (axis.clone(), dispatch.clone());
        Callback::from(move |event: PointerEvent| {
            if event.pointer_type() == "touch" {
                return;
            }
            let mut held = held.borrow_mut();
            let Some(hold) = held.as_mut() else {
                let hit = find(&event).and_then(|(_, hit)| hit);
                over.set(hit);
                let told = hit.and_then(|hit| diagram.leads(hit));
                let told = told.zip(node.cast());
                pointed.set(told.map(|((step, _), node)| TooltipTarget::at(step, &event, &node)));
                return;
            };
            let y = f64::from(event.client_y());
            let by = y - hold.y;
            if !hold.moved && by.abs() < STILL {
                return;
            }
            if !hold.moved {
                hold.moved = true;
                pointed.set(None);
                if let Some(node) = node.cast::<Element>() {
                    // Without the capture a drag would end at the edge of the picture.
                    let _ = node.set_pointer_capture(event.pointer_id());
                }
            }
            hold.y = y;
            dispatch.send(Action::Seek(if camera.partial(&axis) {
                axis.advance(playhead, by)
            } else {
                find(&event).map_or(playhead, |(y, _)| axis.time(y))
            }));
        })
    };
    let up = {
        let (held, axis, pointed) = (held.clone(), axis.clone(), pointed.clone());
        let diagram = diagram.clone();
        let (dispatch, on_pick) = (dispatch.clone(), on_pick.clone());
        Callback::from(move |event: PointerEvent| {
            let Some(hold) = held.borrow_mut().take() else {
                return;
            };
            if hold.moved {
                return;
            }
            pointed.set(None);
            let Some((y, hit)) = find(&event) else {
                return;
            };
            let led = hit.and_then(|hit| diagram.leads(hit));
            let at = led.map_or_else(|| axis.time(y), |(_, at)| at);
            match hit {
                Some(hit) => {
                    let spot = (event.page_x(), event.page_y());
                    on_pick.emit(Picked { hit, at, spot });
                }
                None => dispatch.send(Action::Seek(at)),
            }
        })
    };
    let leave = {
        let (pointed, over) = (pointed.clone(), over.clone());
        Callback::from(move |_| {
            pointed.set(None);
            over.set(None);
        })
    };
    let cancel = Callback::from(move |_| *held.borrow_mut() = None);
    Pointer { node, pointed: *pointed, over: *over, down, moves, up, cancel, leave }
}

/// The number in this attribute of where something happened, or of what that is a part of.
pub fn number_at(event: &Event, attribute: &str) -> Option<u64> {
    let target: Element = event.target_dyn_into()?;
    let part = target.closest(&format!("[{attribute}]")).ok().flatten()?;
    part.get_attribute(attribute)?.parse().ok()
}
