//! The lanes side by side, and a button to add one.

use yew::prelude::*;

use crate::context::{Dispatch, use_dispatch, use_shown};
use crate::controls::icons;
use crate::embed::state::Controls;
use crate::lane::view::{Lane, PresetList};
use crate::setups::state::gallery::Gallery;
use crate::state::{Action, Direction, Sheet};
use crate::watch::hooks::frame_scheduler::FrameScheduler;
use ackground_core::experiment::Lanes as Setups;

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
                if page && runs.len() < Setups::MOST {
                    <AddLane />
                }
            </div>
        </ContextProvider<FrameScheduler>>
    }
}

/// The button to add a lane, with a choice of setups.
#[component]
fn AddLane() -> Html {
    let dispatch = use_dispatch();
    html! {
        <div class="add-lane">
            <button type="button" class="button" popovertarget="add-lane" aria-label="Add a lane" title="Add a lane" data-test="add-lane">
                { icons::plus() }<span>{ "Add a lane" }</span>
            </button>
            <div class="menu" popover="auto" id="add-lane">
                <p class="eyebrow">{ "Add a lane" }</p>
                <PresetList menu="add-lane" on_pick={dispatch.on(Action::AddLane)}
                    on_more={dispatch.on(|()| Action::OpenSheet(Sheet::Gallery(Gallery { lane: None })))} />
            </div>
        </div>
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
