//! What a pointer does on the flow picture: point at something to hear what it tells, click to go there.

use web_sys::Element;
use yew::prelude::*;

use crate::sim::Time;
use crate::web::components::watch::pointer::{number_at, pointed_at};
use crate::web::components::watch::tip::Pointed;

/// The listeners of a flow picture, and what they found.
pub struct Pointing {
    /// The picture.
    pub node: NodeRef,
    /// What is pointed at.
    pub pointed: Option<Pointed>,
    /// The pointer moves.
    pub moves: Callback<PointerEvent>,
    /// The pointer leaves the picture.
    pub leave: Callback<PointerEvent>,
    /// A click.
    pub click: Callback<MouseEvent>,
}

/// Listens to the pointer.
#[hook]
pub fn use_pointing(on_seek: &Callback<Time>) -> Pointing {
    let node = use_node_ref();
    let pointed = use_state_eq(|| None::<Pointed>);
    let moves = {
        let (node, pointed) = (node.clone(), pointed.setter());
        Callback::from(move |event: PointerEvent| {
            if event.pointer_type() == "touch" {
                return;
            }
            let found = node.cast::<Element>();
            pointed.set(found.and_then(|node| pointed_at(&event, &node)));
        })
    };
    let leave = {
        let pointed = pointed.setter();
        Callback::from(move |_| pointed.set(None))
    };
    let click = {
        let on_seek = on_seek.clone();
        Callback::from(move |event: MouseEvent| {
            if let Some(at) = number_at(&event, "data-at") {
                on_seek.emit(Time::from_micros(at));
            }
        })
    };
    Pointing {
        node,
        pointed: *pointed,
        moves,
        leave,
        click,
    }
}
