//! The legend: the signs and lines of the pictures with their meaning; and how the player plays.

use yew::prelude::*;

use crate::context::{Playhead, Shown, use_dispatch, use_playhead, use_shown};
use crate::controls::paint::{Frame, definitions, paint, sign};
use crate::controls::{Among, Item, Select};
use crate::lane::hook::use_divergence_cause;
use crate::state::{Action, Speed};
use ackground_core::audit::Outcome;
use ackground_timeline::glyph;
use ackground_timeline::shape::{Form, Shape, at};

/// The lines: class, arrow head, and what each is.
const LINES: [(&str, Option<&str>, &str); 6] = [
    ("arrow message", Some("message"), "A message on its way"),
    ("arrow ack", Some("ack"), "An acknowledgment or a reply"),
    ("arrow again", Some("again"), "A resend or a redelivery"),
    ("arrow lost", None, "A packet that is lost"),
    ("arrow nack", Some("nack"), "A refusal or a returned message"),
    ("wait backoff", None, "Waiting before a resend"),
];

/// The outcomes, with the number of effects that their sign shows.
const SIGNS: [(Outcome, u32, &str); 5] = [
    (Outcome::Once, 1, "It took effect exactly once"),
    (Outcome::Duplicated, 2, "It took effect twice"),
    (Outcome::Lost, 0, "It is lost"),
    (Outcome::Parked, 0, "It is parked in a dead letter queue"),
    (Outcome::Pending, 0, "It is still in progress"),
];

/// The content of the popover behind the player's last button.
#[component]
pub fn Legend() -> Html {
    let Shown { experiment, runs, axis, .. } = &use_shown();
    let Playhead { speed, .. } = use_playhead();
    let dispatch = use_dispatch();
    let cause = use_divergence_cause(experiment, runs);
    let speeds = Speed::ALL.map(|speed| Item::new(speed, speed.label(), speed.label()));
    let line = |(class, head, says): (&'static str, Option<&'static str>, &'static str)| {
        let drawn = Shape::new(class, at(2.0, 8.0), Form::Line(at(42.0, 8.0), head));
        html! {
            <li key={says}><svg width="46" height="16" aria-hidden="true">{ paint("legend", Frame::LIFELINE, [drawn]) }</svg>{ says }</li>
        }
    };
    let outcome = |(outcome, effects, says): (Outcome, u32, &'static str)| {
        html! {
            <li key={says}>
                <svg class="sign" width="46" height="26" viewBox="-23 -13 46 26" aria-hidden="true">{ sign(&glyph::sign(outcome, "1", effects)) }</svg>
                { says }
            </li>
        }
    };
    html! {
        <div class="legend">
            <svg class="quiet" width="0" height="0" aria-hidden="true"><defs>{ definitions("legend") }</defs></svg>
            <ul class="picture">{ for LINES.into_iter().map(line) }</ul>
            <ul>
                { for SIGNS.into_iter().map(outcome) }
                <li><svg width="46" height="26" aria-hidden="true"><circle class="absorbed-ring" cx="23" cy="13" r="10" /><text x="23" y="17">{ "=" }</text></svg>{ "A repeat that changed nothing" }</li>
                <li><i class="legend-work" />{ "Working on a message" }</li>
                <li><i class="legend-crash" />{ "Down after a crash" }</li>
            </ul>
            <div class="legend-tools">
                <Select class="speed" label="Speed" test="speed" among={Among::new(speeds, speed, dispatch.on(Action::Speed))} />
                if let Some(at) = axis.divergence() {
                    <button type="button" class="button" data-test="to-parting" title={cause.as_deref().map(|cause| cause.sentence())}
                        onclick={dispatch.to(Action::Seek(at))}>{ "To where the lanes first differ" }</button>
                }
            </div>
        </div>
    }
}
