//! The guide: one question at a time next to the answers so far, and a setup at the end.
//!
//! The answers belong to the sheet, while the current question is this component's state, so that one can go
//! back and change an answer without losing later ones.

mod ending;
mod question;

use std::rc::Rc;

use yew::prelude::*;

use self::ending::EndingView;
use self::question::QuestionView;
use crate::context::use_dispatch;
use crate::controls::sheet::Sheet;
use crate::hooks::focus_soon;
use crate::state::{Action, Sheet as Open};
use ackground_words::story::guide::{Answer, Path};

#[derive(Properties, PartialEq)]
pub struct GuideProps {
    pub path: Path,
}

/// What gets the focus after a step: the heading of the question or recommendation.
const HEAD: &str = "#guide-head";

#[component]
pub fn Guide(props: &GuideProps) -> Html {
    let dispatch = use_dispatch();
    let GuideProps { path } = props;
    let given: Vec<Answer> = path.answers().collect();
    // The index of the current question.
    let place = use_state_eq(|| given.len());
    let at = (*place).min(given.len());
    let go = {
        let place = place.clone();
        Callback::from(move |to: usize| {
            place.set(to);
            focus_soon(HEAD.to_owned());
        })
    };
    let on_answer = {
        let (path, go, dispatch) = (*path, go.clone(), dispatch.clone());
        Callback::from(move |answer: Answer| {
            let next = path.changed(at, answer);
            dispatch.send(Action::OpenSheet(Open::Guide(next)));
            go.emit(next.answers().count());
        })
    };
    let on_again = {
        let (go, dispatch) = (go.clone(), dispatch.clone());
        Callback::from(move |()| {
            dispatch.send(Action::OpenSheet(Open::Guide(Path::default())));
            go.emit(0);
        })
    };
    let before = path.upto(at);
    let chosen = given.get(at).copied();
    let end = path.ending().filter(|_| at == given.len());
    html! {
        <Sheet name="guide" title="Which do I need?" back="[data-test=open-guide]">
            <div class="guide-body">
                { so_far(&given, at, &go) }
                <div class="guide-step">
                    if let Some(end) = end {
                        <EndingView ending={Rc::new(end)} {on_again} />
                    } else {
                        <QuestionView key={before.to_string()} path={before} {chosen} {on_answer}
                            on_back={(at > 0).then(|| go.reform(move |()| at - 1))} />
                    }
                </div>
            </div>
        </Sheet>
    }
}

/// The answers so far, each of which can be changed.
fn so_far(given: &[Answer], at: usize, go: &Callback<usize>) -> Html {
    let answer = |(place, answer): (usize, &Answer)| {
        let question = answer.question().words().short;
        let words = answer.words().short;
        let current = (place == at).then_some("step");
        html! {
            <li key={place}>
                <button type="button" aria-current={current}
                    data-test={format!("guide-change-{}", place + 1)} onclick={go.reform(move |_: MouseEvent| place)}>
                    <small><span class="quiet">{ "Change " }</span>{ question }<span class="quiet">{ ":" }</span></small>
                    { " " }
                    <span>{ words }</span>
                </button>
            </li>
        }
    };
    html! {
        <nav class="guide-path" aria-label="Your answers">
            <h3>{ "Your answers" }</h3>
            if given.is_empty() {
                <p class="muted small">{ "None yet. You can change each one later." }</p>
            }
            <ol>{ for given.iter().enumerate().map(answer) }</ol>
        </nav>
    }
}
