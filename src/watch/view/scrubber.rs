//! The scrubber: a native slider, with the run's faults and effects marked below.

use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::context::{Playhead, Shown, use_dispatch, use_playhead, use_shown};
use crate::state::{Action, Direction};
use ackground_timeline::Track;
use ackground_timeline::track::{TrackMark, TrackMarkKind};
use ackground_words::story;

/// The slider's resolution.
const POSITIONS: f64 = 10_000.0;

/// A slider over the whole run. Arrow keys step by event, with Shift by fault.
#[component]
pub fn Scrubber() -> Html {
    let Shown { experiment, runs, axis, .. } = &use_shown();
    let Playhead { at: playhead, .. } = &use_playhead();
    let dispatch = use_dispatch();
    let track =
        use_memo((experiment.clone(), runs.clone(), axis.clone()), |(experiment, runs, axis)| {
            Track::of(experiment, runs.iter().map(|run| &*run.trace), axis)
        });
    let share = track.share(*playhead, axis);
    let oninput = {
        let (track, axis, dispatch) = (track.clone(), axis.clone(), dispatch.clone());
        Callback::from(move |event: InputEvent| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else {
                return;
            };
            dispatch.send(Action::Seek(track.time(input.value_as_number() / POSITIONS, &axis)));
        })
    };
    let onkeydown = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.ctrl_key() || event.alt_key() || event.meta_key() {
                return;
            }
            if let Some(action) = key(&event.key(), event.shift_key()) {
                event.prevent_default();
                event.stop_propagation();
                dispatch.send(action);
            }
        })
    };
    html! {
        <div class="scrubber" style={format!("--share:{share:.5}")}>
            <Notches track={track.clone()} />
            <input type="range" aria-label="Time" aria-valuetext={story::clock(*playhead)} min="0"
                max={POSITIONS.to_string()} value={(share * POSITIONS).round().to_string()} {oninput} {onkeydown} />
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct NotchesProps {
    track: Rc<Track>,
}

/// The track with its marks. Progress is a CSS property, so the marks are not re-rendered.
#[component]
fn Notches(props: &NotchesProps) -> Html {
    html! {
        <div class="track" aria-hidden="true">{ for props.track.marks.iter().map(track_mark) }</div>
    }
}

fn key(key: &str, shift: bool) -> Option<Action> {
    let step = |direction| {
        if shift { Action::StepFault(direction) } else { Action::Step(direction) }
    };
    match key {
        "ArrowRight" | "ArrowUp" => Some(step(Direction::Forward)),
        "ArrowLeft" | "ArrowDown" => Some(step(Direction::Back)),
        "PageUp" => Some(Action::StepFault(Direction::Forward)),
        "PageDown" => Some(Action::StepFault(Direction::Back)),
        "Home" => Some(Action::Home),
        "End" => Some(Action::End),
        _ => None,
    }
}

fn track_mark(mark: &TrackMark) -> Html {
    let class = match mark.kind {
        TrackMarkKind::Effect => "effect",
        TrackMarkKind::Fault => "fault",
        TrackMarkKind::GivenUp => "given-up",
        TrackMarkKind::Duplicate => "duplicate",
    };
    html! { <i {class} style={format!("left:{:.3}%", mark.share * 100.0)}></i> }
}
