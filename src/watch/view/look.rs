//! Opens the inspector from a click or a key on a picture.

use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use super::pointer::Picked;
use crate::context::{use_dispatch, use_shown};
use crate::embed::state::Controls;
use crate::state::{Action, LaneRun};
use crate::why::state::inspect::Inspected;
use ackground_core::sim::Time;
use ackground_timeline::Diagram;
use ackground_timeline::acts::{Subject, here};
use ackground_timeline::diagram::HitTarget;

/// What picking a shape does: open the inspector where faults can be injected by hand, else seek to the
/// shape's moment.
#[hook]
pub fn use_inspect() -> Callback<Inspected> {
    let dispatch = use_dispatch();
    let by_hand = use_shown().density.controls() == Controls::All;
    use_callback((dispatch, by_hand), |inspected: Inspected, (dispatch, by_hand)| {
        dispatch.send(match by_hand {
            true => Action::Inspect(Some(inspected)),
            false => Action::Seek(inspected.at),
        });
    })
}

/// Picking a shape opens the inspector on it.
#[hook]
pub fn use_pick(
    lane: usize,
    diagram: &Rc<Diagram>,
    on_inspect: &Callback<Inspected>,
) -> Callback<Picked> {
    use_callback(
        (diagram.clone(), on_inspect.clone()),
        move |picked: Picked, (diagram, on_inspect)| {
            let Picked { hit, at, spot } = picked;
            let subject = match hit {
                HitTarget::Lifeline(place) => {
                    let line = diagram.lifelines.get(place);
                    line.map(|line| Subject::Line(line.place, at))
                }
                shape => diagram.leads(shape).map(|(step, _)| Subject::Step(step)),
            };
            if let Some(subject) = subject {
                on_inspect.emit(Inspected { lane, subject, at, spot });
            }
        },
    )
}

/// Enter opens the inspector on the most telling shape at the playhead, which is `below` pixels under the
/// upper edge of the picture.
pub fn on_enter(
    picture: &NodeRef,
    run: &Rc<LaneRun>,
    diagram: &Rc<Diagram>,
    (at, below): (Time, f64),
    on_inspect: &Callback<Inspected>,
) -> Callback<KeyboardEvent> {
    let (picture, run, diagram) = (picture.clone(), run.clone(), diagram.clone());
    let on_inspect = on_inspect.clone();
    Callback::from(move |event: KeyboardEvent| {
        let subjects = here(&run.trace, &diagram.lifelines, at);
        let Some(&subject) = subjects.first().filter(|_| event.key() == "Enter") else {
            return;
        };
        event.prevent_default();
        on_inspect.emit(Inspected { lane: run.lane, subject, at, spot: spot_in(&picture, below) });
    })
}

/// The horizontal middle of a picture at this distance below its upper edge, in page coordinates.
pub fn spot_in(picture: &NodeRef, below: f64) -> (i32, i32) {
    let rect = picture.cast::<Element>().map(|picture| picture.get_bounding_client_rect());
    let (x, y) =
        rect.map_or((0.0, 0.0), |rect| (rect.left() + rect.width() / 2.0, rect.top() + below));
    let window = web_sys::window();
    let scrolled =
        window.and_then(|window| Some((window.scroll_x().ok()?, window.scroll_y().ok()?)));
    let (left, top) = scrolled.unwrap_or_default();
    ((x + left) as i32, (y + top) as i32)
}
