//! The whole run of a lane in words: what a screen reader gets, and a place to seek from.

use std::rc::Rc;

use web_sys::HtmlElement;
use yew::prelude::*;

use crate::experiment::Experiment;
use crate::sim::Time;
use crate::story;
use crate::web::hooks::use_on_paper;
use crate::web::state::LaneRun;
use crate::web::view_model;

/// So many entries at a time.
const PAGE: usize = 100;

/// Which lane.
#[derive(Properties, PartialEq)]
pub struct TranscriptProps {
    /// The experiment.
    pub experiment: Rc<Experiment>,
    /// The lane's run.
    pub run: Rc<LaneRun>,
    /// The moment.
    pub playhead: Time,
    /// Put the playhead there.
    pub on_seek: Callback<Time>,
}

/// The transcript of a lane, folded until asked for.
#[component]
pub fn Transcript(props: &TranscriptProps) -> Html {
    let on_paper = use_on_paper();
    let open = use_state(|| false);
    let shown = use_state(|| PAGE);
    let ontoggle = {
        let open = open.clone();
        Callback::from(move |event: Event| {
            // Paper unfolds it for a moment, which is nobody's wish.
            if on_paper {
                return;
            }
            let details = event.target_dyn_into::<HtmlElement>();
            open.set(details.is_some_and(|details| details.has_attribute("open")));
        })
    };
    html! {
        <details class="transcript" open={*open || on_paper} {ontoggle}>
            <summary>{ "In words" }</summary>
            if on_paper {
                { entries(props, &shown, usize::MAX) }
            } else if *open {
                { entries(props, &shown, *shown) }
            }
        </details>
    }
}

fn entries(props: &TranscriptProps, shown: &UseStateHandle<usize>, most: usize) -> Html {
    let TranscriptProps {
        experiment,
        run,
        playhead,
        on_seek,
    } = props;
    let telling = view_model::telling::telling(&run.trace);
    let happened = view_model::happened(&run.trace, *playhead);
    let left = telling.len().saturating_sub(most);
    let entry = |no: &crate::sim::StepNo| {
        let step = run.trace.step(*no);
        let sentence = story::narrate(experiment, run.lane, &run.trace, *no);
        let (at, past) = (step.at, (no.0 as usize) < happened);
        html! {
            <li key={no.0} class={past.then_some("past")}>
                <button type="button" onclick={on_seek.reform(move |_| at)}>
                    <span class="when">{ story::clock(at) }</span>
                    <span><strong>{ sentence.lead }</strong>{ " " }{ sentence.rest }</span>
                </button>
            </li>
        }
    };
    let more = {
        let shown = shown.clone();
        Callback::from(move |_: MouseEvent| shown.set(*shown + PAGE))
    };
    html! {
        <>
            <ol>{ for telling.iter().take(most).map(entry) }</ol>
            if left > 0 {
                <button type="button" class="button more" onclick={more}>{ format!("{left} more") }</button>
            }
        </>
    }
}
