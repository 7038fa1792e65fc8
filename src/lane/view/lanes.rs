//! The lanes side by side.

use yew::prelude::*;

use crate::context::{Dispatch, use_dispatch, use_shown};
use crate::embed::state::Controls;
use crate::lane::view::Lane;
use crate::state::{Action, Direction};
use crate::watch::hooks::frame_scheduler::FrameScheduler;

/// All lanes. In a figure none can be added, and the arrow keys step only on a focused picture.
#[component]
pub fn Lanes() -> Html {
    let dispatch = use_dispatch();
    let shown = use_shown();
    let scheduler = use_memo((), |()| FrameScheduler::default());
    let (runs, page) = (&shown.runs, shown.density.is_page());
    let steps = !page && shown.density.controls() == Controls::All;
    html! {
        <ContextProvider<FrameScheduler> context={(*scheduler).clone()}>
            <div class="lanes" data-lanes={runs.len().to_string()} onkeydown={steps.then(|| arrows(&dispatch))}>
                { for runs.iter().map(|run| html! { <Lane key={run.lane} run={run.clone()} /> }) }
            </div>
        </ContextProvider<FrameScheduler>>
    }
}

/// On a focused picture the arrow keys step, with Shift by fault. All other keys, including up, down and
/// space, are left to the host page.
fn arrows(dispatch: &Dispatch) -> Callback<KeyboardEvent> {
    let dispatch = dispatch.clone();
    Callback::from(move |event: KeyboardEvent| {
        if event.ctrl_key() || event.alt_key() || event.meta_key() || event.default_prevented() {
            return;
        }
        let direction = match event.key().as_str() {
            "ArrowRight" => Direction::Forward,
            "ArrowLeft" => Direction::Back,
            _ => return,
        };
        event.prevent_default();
        dispatch.send(if event.shift_key() {
            Action::StepFault(direction)
        } else {
            Action::Step(direction)
        });
    })
}
