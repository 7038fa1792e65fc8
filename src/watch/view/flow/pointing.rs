//! What a pointer or the Enter key does on the flow picture: point at something to hear what it tells, pick
//! it to look at it closely, at its moment.

use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use crate::state::LaneRun;
use crate::watch::view::look::spot_in;
use crate::watch::view::pointer::number_at;
use crate::watch::view::tooltip::TooltipTarget;
use crate::why::state::inspect::Inspected;
use ackground_core::sim::{StepNo, Time};
use ackground_timeline::acts::{Subject, here};

/// The listeners of a flow picture, and what they found.
pub struct Pointing {
    /// The picture.
    pub node: NodeRef,
    /// What is pointed at.
    pub pointed: Option<TooltipTarget>,
    /// The pointer moves.
    pub moves: Callback<PointerEvent>,
    /// The pointer leaves the picture.
    pub leave: Callback<PointerEvent>,
    /// A click.
    pub click: Callback<MouseEvent>,
    /// A key.
    pub key: Callback<KeyboardEvent>,
}

/// Listens to the pointer and to Enter, which looks at what tells most at the playhead.
#[hook]
pub fn use_pointing(
    run: &Rc<LaneRun>,
    playhead: Time,
    on_inspect: &Callback<Inspected>,
) -> Pointing {
    let node = use_node_ref();
    let pointed = use_state_eq(|| None::<TooltipTarget>);
    let moves = {
        let (node, pointed) = (node.clone(), pointed.setter());
        Callback::from(move |event: PointerEvent| {
            if event.pointer_type() == "touch" {
                return;
            }
            let found = node.cast::<Element>().zip(step_at(&event));
            pointed.set(found.map(|(node, step)| TooltipTarget::at(step, &event, &node)));
        })
    };
    let leave = {
        let pointed = pointed.setter();
        Callback::from(move |_| pointed.set(None))
    };
    let lane = run.lane;
    let click = {
        let (on_inspect, pointed) = (on_inspect.clone(), pointed.setter());
        Callback::from(move |event: MouseEvent| {
            let (Some(step), Some(at)) = (step_at(&event), number_at(&event, "data-at")) else {
                return;
            };
            pointed.set(None);
            on_inspect.emit(Inspected {
                lane,
                subject: Subject::Step(step),
                at: Time::from_micros(at),
                spot: (event.page_x(), event.page_y()),
            });
        })
    };
    let key = {
        let (on_inspect, run, node) = (on_inspect.clone(), run.clone(), node.clone());
        Callback::from(move |event: KeyboardEvent| {
            if event.key() != "Enter" {
                return;
            }
            let subjects = here(&run.trace, &[], playhead);
            let Some(&subject) = subjects.first() else {
                return;
            };
            event.prevent_default();
            on_inspect.emit(Inspected { lane, subject, at: playhead, spot: spot_in(&node, 40.0) });
        })
    };
    Pointing { node, pointed: *pointed, moves, leave, click, key }
}

/// The step that what is under the pointer tells about.
fn step_at(event: &MouseEvent) -> Option<StepNo> {
    let no = number_at(event, "data-step")?;
    u32::try_from(no).ok().map(StepNo)
}
