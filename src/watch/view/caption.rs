//! The caption of the moment: one at a time in all lanes, in the picture, beside what it is about.
//!
//! What is told, and where there is room for it, is decided in [`pace`] and [`placement`]; this is its box, with a
//! line to the shape. Screen readers hear it from [`Spoken`], which is silent while it plays.

use std::rc::Rc;

use yew::prelude::*;

use crate::context::{Playhead, Shown, use_playhead, use_shown};
use crate::controls::paint::px;
use crate::hooks::use_said;
use crate::lane::hook::use_divergence_cause;
use crate::state::LaneRun;
use ackground_core::sim::Trace;
use ackground_timeline::moment::DIVERGENCE;
use ackground_timeline::pace::{self, Remark};
use ackground_timeline::{Camera, Diagram, placement};

/// How long the playhead must stand still before it is said where it stands, in milliseconds.
const DEBOUNCE_MS: u32 = 250;

/// What is told at the playhead, of whichever lane.
fn told(shown: &Shown, playhead: Playhead) -> Option<Remark> {
    if playhead.at >= shown.axis.end() {
        return None;
    }
    let traces: Vec<&Trace> = shown.runs.iter().map(|run| &*run.trace).collect();
    pace::remark(&traces, &shown.pace, &shown.axis, playhead.at, playhead.playing)
}

#[derive(Clone, Properties, PartialEq)]
pub struct CaptionProps {
    pub run: Rc<LaneRun>,
    pub diagram: Rc<Diagram>,
    /// The part of the picture in view.
    pub offset: f64,
    /// The width of the picture, in pixels.
    pub width: u32,
}

/// The caption in a lane's picture, if it is about this lane.
#[component]
pub fn Caption(props: &CaptionProps) -> Html {
    let shown = use_shown();
    let told = told(&shown, use_playhead()).filter(|told| told.lane == props.run.lane);
    match told {
        Some(told) if told.diverges => html! { <Diverging {told} props={props.clone()} /> },
        Some(told) => html! { <Placed {told} differ="" props={props.clone()} /> },
        None => Html::default(),
    }
}

#[derive(Properties, PartialEq)]
struct ToldProps {
    told: Remark,
    props: CaptionProps,
    /// That the lanes differ from here on, and why; may be empty.
    #[prop_or_default]
    differ: AttrValue,
}

/// A caption that says that the lanes differ, with the reason once that is found.
#[component]
fn Diverging(props: &ToldProps) -> Html {
    let Shown { experiment, runs, .. } = &use_shown();
    let cause = use_divergence_cause(experiment, runs);
    let differ = cause.map_or_else(|| DIVERGENCE.to_owned(), |cause| cause.told(experiment));
    html! { <Placed told={props.told} differ={differ} props={props.props.clone()} /> }
}

/// The box of a caption, where there is room for it, and a line to what it is about.
#[component]
fn Placed(props: &ToldProps) -> Html {
    let Shown { experiment, axis, .. } = &use_shown();
    let ToldProps { told, differ, props: CaptionProps { run, diagram, offset, width } } = props;
    let made_from = (experiment.clone(), run.clone(), told.step);
    let words = use_memo(made_from, |(experiment, run, step)| {
        pace::words(experiment, run.lane, &run.trace, *step)
    });
    let made_from = (words.clone(), diagram.clone(), axis.clone(), *told, *width, differ.clone());
    let place = use_memo(made_from, |(words, diagram, axis, told, width, differ)| {
        let width = f64::from(*width);
        let size = placement::size(&format!("{words} {differ}"), width);
        let camera = Camera::of(axis, told.at);
        placement::place(diagram, &run.trace, (told.step, told.at), camera, width, size)
    });
    let Some(place) = *place else {
        return Html::default();
    };
    let down = |y: f64| y - offset;
    let style = format!(
        "left:{:.0}px;top:{:.0}px;width:{:.0}px;min-height:{:.0}px",
        place.room.left,
        down(place.room.top),
        place.room.width,
        place.room.height
    );
    html! {
        <>
            <svg class="caption-line" width="100%" height="100%" aria-hidden="true">
                <line x1={px(place.from.0)} y1={px(down(place.from.1))} x2={px(place.anchor.0)} y2={px(down(place.anchor.1))} />
            </svg>
            <p class="caption" {style} aria-hidden="true" data-test="caption">
                <strong>{ words.lead.clone() }</strong>{ " " }{ words.rest.clone() }
                if !differ.is_empty() { { " " }<em>{ differ.clone() }</em> }
            </p>
        </>
    }
}

#[derive(Properties, PartialEq)]
pub struct FlowCaptionProps {
    pub run: Rc<LaneRun>,
}

/// What happens, in a few words beside the last wire of a flow picture: what is travelling shows the rest.
#[component]
pub fn FlowCaption(props: &FlowCaptionProps) -> Html {
    let shown = use_shown();
    let run = &props.run;
    let told = told(&shown, use_playhead()).filter(|told| told.lane == run.lane);
    let says =
        told.map(|told| pace::words(&shown.experiment, run.lane, &run.trace, told.step).lead);
    says.map_or_else(
        Html::default,
        |says| html! { <p class="caption" data-test="caption"><strong>{ says }</strong></p> },
    )
}

/// Says the caption where the playhead was moved to, with the name of its lane; renders nothing.
#[component]
pub fn Spoken() -> Html {
    let shown = use_shown();
    let playhead = use_playhead();
    let text = (!playhead.playing).then(|| {
        let told = told(&shown, playhead);
        let sentence = told.map(|told| {
            let (experiment, lane) = (&shown.experiment, told.lane);
            let words = pace::words(experiment, lane, &shown.runs[lane].trace, told.step);
            let differ = if told.diverges { format!(" {DIVERGENCE}") } else { String::new() };
            match shown.runs.len() {
                1 => format!("{words}{differ}"),
                _ => format!("{}: {words}{differ}", experiment.lane_name(lane)),
            }
        });
        sentence.unwrap_or_default()
    });
    use_said(text, DEBOUNCE_MS);
    Html::default()
}
