//! The player of all lanes, in one line.

use yew::prelude::*;

use super::caption::Spoken;
use super::legend::Legend;
use super::scope::use_scope;
use super::scrubber::Scrubber;
use crate::context::{Playhead, Shown, use_dispatch, use_playhead, use_shown};
use crate::controls::{Among, Item, Select};
use crate::embed::state::Controls;
use crate::hooks::use_rest;
use crate::state::{Action, Direction};
use crate::watch::choices::Picture;
use ackground_core::sim::Time;
use ackground_words::story;

/// Back, play, forward; scrubber and time; which picture, and the legend.
#[component]
pub fn PlayBar() -> Html {
    let Shown { axis, picture, density, .. } = &use_shown();
    let Playhead { at: playhead, playing, .. } = &use_playhead();
    let dispatch = use_dispatch();
    let rest = use_rest();
    let (at_start, at_end) = (*playhead == Time::ZERO, *playhead >= axis.end());
    let scope = use_scope();
    let play = if *playing { ("Pause", PAUSE) } else { ("Play", PLAY) };
    let pictures = Picture::ALL.map(|picture| Item::new(picture, picture.word(), picture.label()));
    html! {
        <section class="playbar" role={scope.role()} aria-label="Playing">
            if rest { <Spoken /> }
            <div class="controls">
                <div class="transport" role="group" aria-label="Step through time">
                    { button("Previous event", BACK, at_start, "step", dispatch.to(Action::Step(Direction::Back))) }
                    { button(play.0, play.1, false, "play", dispatch.to(Action::TogglePlay)) }
                    { button("Next event", FORWARD, at_end, "step", dispatch.to(Action::Step(Direction::Forward))) }
                </div>
                <Scrubber />
                <output class="clock" aria-label="Time of the run" aria-live="off">{ story::clock(*playhead) }<small>{ format!(" of {}", story::clock(axis.end())) }</small></output>
                if density.controls() == Controls::All {
                    <Select class="pictures" heard=true label="Picture" test="picture" among={Among::new(pictures, *picture, dispatch.on(Action::Draw))} />
                }
                <LegendButton />
            </div>
        </section>
    }
}

/// The button with its popover, whose content is rendered once it opens.
#[component]
fn LegendButton() -> Html {
    let scope = use_scope();
    let open = use_state_eq(|| false);
    let ontoggle = {
        let open = open.setter();
        Callback::from(move |event: Event| {
            let menu = event.target_dyn_into::<web_sys::Element>();
            open.set(menu.is_some_and(|menu| menu.matches(":popover-open").unwrap_or_default()));
        })
    };
    let id = AttrValue::from(format!("{}legend", scope.before));
    html! {
        <>
            <button type="button" class="legend-button" popovertarget={id.clone()} data-test="legend">{ "Legend" }</button>
            <div class="menu legend-menu" popover="auto" {id} {ontoggle}>if *open { <Legend /> }</div>
        </>
    }
}

const BACK: &str = "M14.5 4 L5.5 10 L14.5 16 Z";
const PLAY: &str = "M6 3.5 L16 10 L6 16.5 Z";
const PAUSE: &str = "M6.5 4 V16 M13.5 4 V16";
const FORWARD: &str = "M5.5 4 L14.5 10 L5.5 16 Z";

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
            if class == "play" { <span aria-hidden="true">{ label }</span> }
        </button>
    }
}
