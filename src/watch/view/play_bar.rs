//! Playback controls for all lanes, and the narration.
//!
//! The text is above the controls, like subtitles, so that the buttons stay put however many lines it takes.

use yew::prelude::*;

use super::narration::Narration;
use super::scope::use_scope;
use super::scrubber::Scrubber;
use crate::context::{Playhead, Shown, use_dispatch, use_playhead, use_shown};
use crate::controls::{Among, Item, Select};
use crate::lane::hook::use_divergence_cause;
use crate::lane::state::divergence_cause::DivergenceCause;
use crate::state::{Action, Direction, Speed};
use ackground_core::sim::Time;
use ackground_words::story;

/// First, back, play, forward, last; time, speed, scrubber, narration.
#[component]
pub fn PlayBar() -> Html {
    let Shown { experiment, runs, axis, .. } = &use_shown();
    let Playhead { at: playhead, playing, speed } = &use_playhead();
    let dispatch = use_dispatch();
    let divergence_cause = use_divergence_cause(experiment, runs);
    let (at_start, at_end) = (*playhead == Time::ZERO, *playhead >= axis.end());
    let scope = use_scope();
    let play = if *playing { ("Pause", PAUSE) } else { ("Play", PLAY) };
    let speeds = Speed::ALL.map(|speed| Item::new(speed, speed.label(), speed.label()));
    html! {
        <section class="playbar" role={scope.role()} aria-label="Playing">
            <Narration divergence_cause={divergence_cause.clone()} />
            <div class="controls">
                <div class="transport" role="group" aria-label="Step through time">
                    { button("To the start", FIRST, at_start, "end", dispatch.to(Action::Home)) }
                    { button("To the event before", BACK, at_start, "step", dispatch.to(Action::Step(Direction::Back))) }
                    { button(play.0, play.1, false, "play", dispatch.to(Action::TogglePlay)) }
                    { button("To the next event", FORWARD, at_end, "step", dispatch.to(Action::Step(Direction::Forward))) }
                    { button("To the end", LAST, at_end, "end", dispatch.to(Action::End)) }
                </div>
                if let Some(at) = axis.divergence() {
                    <button type="button" class="parting-button" aria-label="To where the lanes first differ" data-test="to-parting"
                        title={divergence_title(divergence_cause.as_deref())} onclick={dispatch.to(Action::Seek(at))}>
                        <svg width="18" height="18" viewBox="0 0 20 20" aria-hidden="true"><path d={DIVERGENCE} /></svg>
                    </button>
                }
                <output class="clock" aria-label="Time of the run" aria-live="off">{ story::clock(*playhead) }</output>
                <Select class="speed" heard=true label="Speed" among={Among::new(speeds, *speed, dispatch.on(Action::Speed))} />
                <Scrubber />
            </div>
        </section>
    }
}

const FIRST: &str = "M5 4 V16 M16 4 L7.5 10 L16 16 Z";
const BACK: &str = "M14.5 4 L5.5 10 L14.5 16 Z";
const PLAY: &str = "M6 3.5 L16 10 L6 16.5 Z";
const PAUSE: &str = "M6.5 4 V16 M13.5 4 V16";
const FORWARD: &str = "M5.5 4 L14.5 10 L5.5 16 Z";
const DIVERGENCE: &str = "M10 18 V12 L4 5 M10 12 L16 5 M4 10 V5 H9 M11 5 H16 V10";
const LAST: &str = "M15 4 V16 M4 4 L12.5 10 L4 16 Z";

/// Where the button leads, and why the lanes diverge there.
fn divergence_title(divergence_cause: Option<&DivergenceCause>) -> String {
    let where_to = "To where the lanes first differ";
    divergence_cause.map_or_else(
        || where_to.to_owned(),
        |divergence_cause| format!("{where_to}. {}", divergence_cause.sentence()),
    )
}

fn button(
    label: &'static str,
    path: &'static str,
    off: bool,
    class: &'static str,
    onclick: Callback<MouseEvent>,
) -> Html {
    // `aria-disabled` instead of `disabled`, so that the button does not lose the focus.
    html! {
        <button type="button" {class} aria-label={label} title={label} aria-disabled={off.then_some("true")} {onclick}>
            <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true"><path d={path} /></svg>
        </button>
    }
}
