//! What a pointer does on a picture: point, click, drag.

use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use super::tip::Pointed;
use crate::sim::{StepNo, Time};
use crate::web::view_model::{Axis, Camera};

/// A pointer that moves less than this, in pixels, has clicked.
const STILL: f64 = 4.0;

/// A shape under the pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// That of this step.
    Step(StepNo),
    /// The lifeline with this place from the left, from 0.
    Lifeline(usize),
}

/// A shape that was clicked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Picked {
    /// Which.
    pub shape: Shape,
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
    pub pointed: Option<Pointed>,
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
    playhead: Time,
    on_seek: &Callback<Time>,
    on_pick: &Callback<Picked>,
) -> Pointer {
    let node = use_node_ref();
    let held = use_mut_ref(|| None::<Held>);
    let pointed = use_state_eq(|| None::<Pointed>);
    let camera = Camera::of(axis, playhead);
    let place = {
        let node = node.clone();
        Rc::new(move |event: &PointerEvent| {
            let top = node
                .cast::<Element>()
                .map_or(0.0, |node| node.get_bounding_client_rect().top());
            f64::from(event.client_y()) - top + camera.offset
        })
    };
    let down = {
        let held = held.clone();
        Callback::from(move |event: PointerEvent| {
            if event.button() == 0 {
                *held.borrow_mut() = Some(Held {
                    y: f64::from(event.client_y()),
                    moved: false,
                });
            }
        })
    };
    let moves = {
        let (held, place, node, pointed) =
            (held.clone(), place.clone(), node.clone(), pointed.clone());
        let (axis, on_seek) = (axis.clone(), on_seek.clone());
        Callback::from(move |event: PointerEvent| {
            if event.pointer_type() == "touch" {
                return;
            }
            let mut held = held.borrow_mut();
            let Some(hold) = held.as_mut() else {
                pointed.set(node.cast().and_then(|node| pointed_at(&event, &node)));
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
            on_seek.emit(if camera.partial(&axis) {
                axis.advance(playhead, by)
            } else {
                axis.time(place(&event))
            });
        })
    };
    let up = {
        let (held, axis, pointed) = (held.clone(), axis.clone(), pointed.clone());
        let (on_seek, on_pick) = (on_seek.clone(), on_pick.clone());
        Callback::from(move |event: PointerEvent| {
            let Some(hold) = held.borrow_mut().take() else {
                return;
            };
            if hold.moved {
                return;
            }
            let at = number_at(&event, "data-at").map(Time::from_micros);
            let at = at.unwrap_or_else(|| axis.time(place(&event)));
            pointed.set(None);
            match picked_shape(&event) {
                Some(shape) => {
                    let spot = (event.page_x(), event.page_y());
                    on_pick.emit(Picked { shape, at, spot });
                }
                None => on_seek.emit(at),
            }
        })
    };
    let leave = {
        let pointed = pointed.clone();
        Callback::from(move |_| pointed.set(None))
    };
    let cancel = Callback::from(move |_| *held.borrow_mut() = None);
    Pointer {
        node,
        pointed: *pointed,
        down,
        moves,
        up,
        cancel,
        leave,
    }
}

fn picked_shape(event: &PointerEvent) -> Option<Shape> {
    let number = |attribute| number_at(event, attribute).and_then(|n| u32::try_from(n).ok());
    let step = number("data-step").map(|no| Shape::Step(StepNo(no)));
    step.or_else(|| number("data-lifeline").map(|place| Shape::Lifeline(place as usize)))
}

/// The number in this attribute of the shape under the pointer, or of what it is a part of.
pub fn number_at(event: &MouseEvent, attribute: &str) -> Option<u64> {
    let target: Element = event.target_dyn_into()?;
    let shape = target.closest(&format!("[{attribute}]")).ok().flatten()?;
    shape.get_attribute(attribute)?.parse().ok()
}

/// The shape under the pointer, and where on the picture the pointer is.
pub fn pointed_at(event: &PointerEvent, picture: &Element) -> Option<Pointed> {
    let step = StepNo(u32::try_from(number_at(event, "data-step")?).ok()?);
    let rect = picture.get_bounding_client_rect();
    let x = (f64::from(event.client_x()) - rect.left()) / rect.width().max(1.0);
    let y = f64::from(event.client_y()) - rect.top();
    Some(Pointed {
        step,
        right: x > 0.5,
        low: y > rect.height() / 2.0,
        x: (x * 100.0) as i32,
        y: y as i32,
    })
}
