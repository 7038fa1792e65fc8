//! Pointer input on a picture: hover, click, drag.

use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use super::tooltip::TooltipTarget;
use crate::context::Dispatch;
use crate::state::Action;
use ackground_core::sim::Time;
use ackground_timeline::diagram::HitTarget;
use ackground_timeline::{Axis, Camera, Diagram};

/// A pointer that moved less than this, in pixels, has clicked.
const STILL: f64 = 4.0;

/// A clicked shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Picked {
    pub hit: HitTarget,
    /// The moment to seek to.
    pub at: Time,
    /// Page coordinates, in pixels.
    pub spot: (i32, i32),
}

/// The listeners of a picture, and their state.
pub struct Pointer {
    pub node: NodeRef,
    /// The shape under the pointer.
    pub pointed: Option<TooltipTarget>,
    /// What a click would hit.
    pub over: Option<HitTarget>,
    pub down: Callback<PointerEvent>,
    pub moves: Callback<PointerEvent>,
    pub up: Callback<PointerEvent>,
    /// The browser takes over the pointer, to scroll.
    pub cancel: Callback<PointerEvent>,
    pub leave: Callback<PointerEvent>,
}

/// A pressed button: the pointer's last position, and whether it has moved since.
#[derive(Clone, Copy)]
struct Held {
    y: f64,
    moved: bool,
}

/// Hover shows a shape's tooltip. A click picks the shape, or seeks to the moment under the pointer. A drag
/// (except by touch, which scrolls the page) scrubs; in a window onto a tall picture it scrubs by the
/// distance moved, since the window follows the playhead.
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
    // The shape has moved away from under the pointer.
    use_effect_with((diagram.clone(), playhead), {
        let over = over.setter();
        move |_| over.set(None)
    });
    // Hit test. The picture is measured per event, not on render: that would force a layout.
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
                    // Without pointer capture a drag would end at the edge of the picture.
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

/// The numeric value of this attribute on the event's target or its nearest ancestor that has it.
pub fn number_at(event: &Event, attribute: &str) -> Option<u64> {
    let target: Element = event.target_dyn_into()?;
    let part = target.closest(&format!("[{attribute}]")).ok().flatten()?;
    part.get_attribute(attribute)?.parse().ok()
}
