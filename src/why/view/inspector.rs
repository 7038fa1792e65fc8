//! The inspector: what a shape of the picture means, and which faults can be injected there.
//!
//! A native popover, which closes on Escape and on a press outside. On small screens the style sheet makes it
//! a bottom sheet.

use web_sys::HtmlElement;
use yew::prelude::*;

use crate::context::{Shown, use_dispatch, use_shown};
use crate::controls::icons;
use crate::hooks::{focus_is_within, focus_soon};
use crate::state::{Action, LaneRun};
use crate::why::state::inspect::Inspected;
use ackground_core::experiment::Experiment;
use ackground_core::sim::MessageNo;
use ackground_timeline::acts::{Act, Patch, Subject, acts, here};
use ackground_timeline::diagram::lifelines;
use ackground_words::story;

#[derive(Properties, PartialEq)]
pub struct InspectorProps {
    pub inspected: Inspected,
    /// Whether to offer the explanation of a message's outcome.
    #[prop_or(true)]
    pub explains: bool,
}

#[derive(PartialEq)]
struct Seen {
    lead: String,
    rest: String,
    acts: Vec<Act>,
    here: Vec<Subject>,
}

fn look(experiment: &Experiment, run: &LaneRun, inspected: &Inspected) -> Seen {
    let (lane, trace, subject) = (run.lane, &run.trace, inspected.subject);
    let lines = lifelines(experiment, lane, trace);
    let (lead, rest) = match subject {
        Subject::Step(no) => {
            let sentence = story::narrate(experiment, lane, trace, no);
            (sentence.lead, sentence.rest)
        }
        Subject::Line(place, _) => {
            let label =
                lines.iter().find(|line| line.place == place).map(|line| line.label.clone());
            (
                format!("{} at this moment.", label.unwrap_or_default()),
                "What can go wrong here, at its next or latest step:".to_owned(),
            )
        }
    };
    let mut here = here(trace, &lines, inspected.at);
    if !here.contains(&subject) {
        here.insert(0, subject);
    }
    Seen { lead, rest, acts: acts(experiment, lane, trace, subject), here }
}

#[component]
pub fn Inspector(props: &InspectorProps) -> Html {
    let Shown { experiment, runs, .. } = &use_shown();
    let dispatch = use_dispatch();
    let InspectorProps { inspected, .. } = props;
    let node = use_node_ref();
    use_effect_with((), {
        let node = node.clone();
        move |()| {
            if let Some(popover) = node.cast::<HtmlElement>() {
                // Fails only in browsers without popovers, where it is part of the page.
                let _ = popover.show_popover();
                let _ = popover.focus();
            }
        }
    });
    let Some(run) = runs.get(inspected.lane).cloned() else {
        return Html::default();
    };
    let picture = format!("#lane-{} .picture", run.lane + 1);
    let seen = look(experiment, &run, inspected);
    let at = seen.here.iter().position(|subject| *subject == inspected.subject).unwrap_or_default();
    let many = seen.here.len();
    let beside = {
        let (dispatch, here, inspected) = (dispatch.clone(), seen.here.clone(), *inspected);
        Callback::from(move |by: usize| {
            let subject = here[(at + by) % here.len()];
            dispatch.send(Action::Inspect(Some(Inspected { subject, ..inspected })));
        })
    };
    let message = match inspected.subject {
        Subject::Step(no) => run.trace.step(no).message,
        Subject::Line(..) => None,
    };
    let why = {
        let (dispatch, lane) = (dispatch.clone(), run.lane);
        Callback::from(move |message: MessageNo| {
            dispatch.send(Action::Inspect(None));
            dispatch.send(Action::AskWhy { lane, message });
        })
    };
    let onkeydown = {
        let beside = beside.clone();
        Callback::from(move |event: KeyboardEvent| {
            let by = match event.key().as_str() {
                "ArrowDown" | "ArrowRight" => 1,
                "ArrowUp" | "ArrowLeft" => many - 1,
                _ => return,
            };
            event.prevent_default();
            if many > 1 {
                beside.emit(by);
            }
        })
    };
    let ontoggle = {
        let (dispatch, node, picture) = (dispatch.clone(), node.clone(), picture.clone());
        Callback::from(move |_: Event| {
            let Some(popover) = node.cast::<HtmlElement>() else {
                return;
            };
            if matches!(popover.matches(":popover-open"), Ok(false)) {
                if focus_is_within(&popover) {
                    focus_soon(picture.clone());
                }
                dispatch.send(Action::Inspect(None));
            }
        })
    };
    let on_do = {
        let picture = picture.clone();
        dispatch.on(move |act: Act| {
            focus_soon(picture.clone());
            Action::ByHand(act.patch, act.at)
        })
    };
    let close = dispatch.on(move |_: MouseEvent| {
        focus_soon(picture.clone());
        Action::Inspect(None)
    });
    html! {
        <div class="inspector" popover="auto" role="dialog" aria-labelledby="inspector-says" tabindex="-1" ref={node}
            style={position_style(inspected.spot)} data-test="inspector" {ontoggle} {onkeydown}>
            // A popover is no sectioning element, so `header` would be taken for the page's banner.
            <header role="none">
                <p class="eyebrow">{ format!("{} · {}", story::clock(inspected.at), experiment.lane_name(run.lane)) }</p>
                if many > 1 {
                    <button type="button" class="button icon bare" aria-label="Previous one here" title="Before (↑)"
                        onclick={beside.reform(move |_| many - 1)}>{ icons::chevron() }</button>
                    <span class="small">{ format!("{} of {many}", at + 1) }</span>
                    <button type="button" class="button icon bare" aria-label="Next one here" title="Next (↓)" data-test="next-here"
                        onclick={beside.reform(|_| 1)}>{ icons::chevron() }</button>
                }
                <button type="button" class="button icon bare" aria-label="Close" onclick={close}>{ icons::cross() }</button>
            </header>
            <p id="inspector-says"><strong>{ seen.lead.clone() }</strong>{ " " }{ seen.rest.clone() }</p>
            if seen.acts.is_empty() {
                <p class="quiet-note">{ "Nothing can be broken here." }</p>
            } else {
                <ul class="acts">{ for seen.acts.iter().map(|act| offer(experiment, act, &on_do)) }</ul>
            }
            if let Some(message) = message.filter(|_| props.explains) {
                <footer role="none">
                    <button type="button" class="link" data-test="inspector-why" onclick={why.reform(move |_| message)}>
                        { format!("Why? How message {message} came to its result") }
                    </button>
                </footer>
            }
        </div>
    }
}

/// An edit as a button, with the script line that it adds or removes.
fn offer(experiment: &Experiment, act: &Act, on_do: &Callback<Act>) -> Html {
    let onclick = {
        let act = act.clone();
        on_do.reform(move |_: MouseEvent| act.clone())
    };
    let back = matches!(act.patch, Patch::TakeBack(..));
    let line = act.patch.line();
    html! {
        <li key={line.to_string()}>
            <button type="button" class={back.then_some("back")} title={story::mishap(experiment, line)} data-test="act" {onclick}>
                <span>{ act.words.clone() }</span><code>{ line.to_string() }</code>
            </button>
        </li>
    }
}

/// The maximum width and height in pixels; keep in sync with the style sheet.
const SIZE: (f64, f64) = (400.0, 440.0);
/// The distance to the shape, in pixels.
const BESIDE: f64 = 26.0;

/// Positions it next to a spot of the page, without covering the shape, and within the viewport if that is
/// large enough.
fn position_style((x, y): (i32, i32)) -> String {
    let window = web_sys::window();
    let number = |read: fn(&web_sys::Window) -> Option<f64>| {
        window.as_ref().and_then(read).unwrap_or_default()
    };
    let scrolled = number(|window| window.scroll_y().ok());
    let height = number(|window| window.inner_height().ok()?.as_f64());
    let width = number(|window| window.inner_width().ok()?.as_f64());
    let (x, y) = (f64::from(x), f64::from(y));
    let right = x + BESIDE;
    let left = if right + SIZE.0 < width { right } else { (x - BESIDE - SIZE.0).max(8.0) };
    let lowest = (scrolled + height - SIZE.1 - 8.0).max(scrolled + 8.0);
    let top = (y - SIZE.1 / 3.0).clamp(scrolled + 8.0, lowest);
    format!("left:{left:.0}px;top:{top:.0}px")
}
