//! The strip beside a long picture: the whole run, and the part of it in view. A press or a drag on it seeks.
//!
//! For pointers alone: the scrubber does the same with the keyboard.

use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use crate::context::{Shown, use_dispatch, use_shown};
use crate::state::{Action, LaneRun};
use ackground_timeline::Camera;
use ackground_timeline::minimap::{self, MinimapMark};

#[derive(Properties, PartialEq)]
pub struct MinimapProps {
    pub run: Rc<LaneRun>,
    pub camera: Camera,
}

#[component]
pub fn Minimap(props: &MinimapProps) -> Html {
    let Shown { experiment, axis, .. } = &use_shown();
    let MinimapProps { run, camera } = props;
    let (dispatch, strip, held) = (use_dispatch(), use_node_ref(), use_mut_ref(|| false));
    let made_from = (experiment.clone(), run.clone(), axis.clone());
    let marks = use_memo(made_from, |(experiment, run, axis)| {
        minimap::Minimap::of(experiment, &run.trace, &run.report, axis)
    });
    let seek = {
        let (axis, strip) = (axis.clone(), strip.clone());
        move |event: &PointerEvent| {
            let Some(rect) = strip.cast::<Element>().map(|strip| strip.get_bounding_client_rect())
            else {
                return;
            };
            let share = (f64::from(event.client_y()) - rect.top()) / rect.height().max(1.0);
            dispatch.send(Action::Seek(minimap::moment(&axis, share)));
        }
    };
    let down = {
        let (held, seek, strip) = (held.clone(), seek.clone(), strip.clone());
        Callback::from(move |event: PointerEvent| {
            // The picture below would take it for a press on itself.
            event.stop_propagation();
            event.prevent_default();
            *held.borrow_mut() = true;
            if let Some(strip) = strip.cast::<Element>() {
                // Without pointer capture a drag would end at the edge of the strip.
                let _ = strip.set_pointer_capture(event.pointer_id());
            }
            seek(&event);
        })
    };
    let moves = {
        let held = held.clone();
        Callback::from(move |event: PointerEvent| {
            event.stop_propagation();
            if *held.borrow() {
                seek(&event);
            }
        })
    };
    let up = Callback::from(move |event: PointerEvent| {
        event.stop_propagation();
        *held.borrow_mut() = false;
    });
    let (top, height) = minimap::window(axis, *camera);
    let percent = |share: f64| format!("{:.2}%", 100.0 * share);
    let mark = |(share, kind): &(f64, MinimapMark)| {
        let class = match kind {
            MinimapMark::Fault => "fault",
            MinimapMark::Duplicate => "duplicate",
            MinimapMark::Loss => "loss",
        };
        html! { <i {class} style={format!("top:{}", percent(*share))} /> }
    };
    html! {
        <>
            if top > 0.001 { <span class="more above" aria-hidden="true">{ "▲ more above" }</span> }
            if top + height < 0.999 { <span class="more below" aria-hidden="true">{ "▼ more below" }</span> }
            <div class="minimap" ref={strip} aria-hidden="true" data-test={format!("minimap-{}", run.lane + 1)}
                onpointerdown={down} onpointermove={moves} onpointerup={up.clone()} onpointercancel={up}>
                { for marks.marks.iter().map(mark) }
                <b style={format!("top:{};height:{}", percent(top), percent(height))} />
            </div>
        </>
    }
}
