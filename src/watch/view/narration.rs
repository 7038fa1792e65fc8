//! The sentence for the current moment.

use std::rc::Rc;

use yew::prelude::*;

use super::scope::use_scope;
use crate::context::{Playhead, Shown, use_playhead, use_shown};
use crate::glossary::term::Marked;
use crate::lane::state::divergence_cause::DivergenceCause;
use ackground_core::experiment::Experiment;
use ackground_core::sim::Trace;
use ackground_timeline::Present;
use ackground_timeline::moment::{DIVERGENCE, HOLD_PX, Voice};

#[derive(Properties, PartialEq)]
pub struct NarrationProps {
    /// Where and why the lanes first diverge, once known.
    #[prop_or_default]
    pub divergence_cause: Option<Rc<DivergenceCause>>,
    /// Whether it is a static caption.
    #[prop_or_default]
    pub still: bool,
}

/// What happens now, in words; announced to screen readers unless playing.
#[component]
pub fn Narration(props: &NarrationProps) -> Html {
    let Shown { experiment, runs, axis, .. } = &use_shown();
    let Playhead { at: playhead, playing, .. } = use_playhead();
    let NarrationProps { divergence_cause, still } = props;
    // A caption behaves as during playback: no term has a tooltip, and nothing is announced.
    let playing = playing || *still;
    let scope = use_scope();
    let traces: Vec<&Trace> = runs.iter().map(|run| &*run.trace).collect();
    let present = Present::at(&traces, playhead, axis);
    let voices =
        use_memo((experiment.clone(), runs.clone(), present), |(experiment, runs, present)| {
            let traces: Vec<&Trace> = runs.iter().map(|run| &*run.trace).collect();
            present.voices(experiment, &traces)
        });
    let parts = axis
        .diverges_at(playhead, HOLD_PX)
        .then(|| divergence(experiment, divergence_cause.as_deref()));
    html! {
        <div class="narration" tabindex={(!still).then_some("0")} role={scope.role()} aria-label="What happens now"
            aria-live={if playing { "off" } else { "polite" }}>
            { for voices.iter().enumerate().map(|(index, one)| voice(one, parts.as_deref().filter(|_| index == 0), !playing)) }
        </div>
    }
}

/// Says that the lanes diverge: which ones if there are others, and why.
fn divergence(experiment: &Experiment, divergence_cause: Option<&DivergenceCause>) -> String {
    let Some(divergence_cause) = divergence_cause else {
        return DIVERGENCE.to_owned();
    };
    let (one, two) = divergence_cause.lanes;
    let which = match experiment.lanes.len() {
        2 => DIVERGENCE.to_owned(),
        _ => format!(
            "From here on {} and {} differ.",
            experiment.lane_name(one),
            experiment.lane_name(two)
        ),
    };
    format!("{which} {}", divergence_cause.sentence())
}

/// A group of lanes with the same sentence; the first one also says that the lanes diverge. Terms get
/// tooltips only while paused, when there is time to read them.
fn voice(voice: &Voice, parts: Option<&str>, marked: bool) -> Html {
    html! {
        <p class={voice.loudest.then_some("loudest")}>
            if let Some(parts) = parts { <span class="who">{ parts.to_owned() }</span>{ " " } }
            if !voice.who.is_empty() { <span class="who">{ voice.who.clone() }</span>{ " " } }
            <strong>{ voice.lead.clone() }</strong>
            if !voice.rest.is_empty() {
                { " " }
                if marked { <Marked text={voice.rest.clone()} /> } else { { voice.rest.clone() } }
            }
        </p>
    }
}
