//! A question of the guide, with its options.

use yew::prelude::*;

use crate::glossary::term::Marked;
use ackground_words::story::guide::{Answer, Path, why_not};

#[derive(Properties, PartialEq)]
pub struct QuestionProps {
    pub path: Path,
    /// The earlier answer, if it is being changed.
    pub chosen: Option<Answer>,
    pub on_answer: Callback<Answer>,
    /// Goes back to the previous question, if there is one.
    pub on_back: Option<Callback<()>>,
}

/// Radio buttons with a Next button: the arrow keys change the selection, so that must not advance.
#[component]
pub fn QuestionView(props: &QuestionProps) -> Html {
    let QuestionProps { path, chosen, on_answer, on_back } = props;
    let offered = path.offered();
    let picked = use_state_eq(|| chosen.filter(|answer| offered.contains(answer)));
    let Some(question) = path.next() else {
        return html! {};
    };
    let words = question.words();
    // Enter clicks the button. The form is never submitted, which sandboxed frames would block.
    let onclick = {
        let (picked, on_answer) = (*picked, on_answer.clone());
        Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            if let Some(answer) = picked {
                on_answer.emit(answer);
            }
        })
    };
    let option = |answer: &Answer| {
        let answer = *answer;
        let words = answer.words();
        let place = question.answers().iter().position(|one| *one == answer);
        let onchange = {
            let picked = picked.clone();
            Callback::from(move |_: Event| picked.set(Some(answer)))
        };
        html! {
            <label class="guide-answer" key={words.says}>
                <input type="radio" name="guide-answer" checked={*picked == Some(answer)} {onchange}
                    data-test={format!("guide-answer-{}", place.unwrap_or_default() + 1)} />
                <span><strong>{ words.says }</strong><small>{ words.such_as }</small></span>
            </label>
        }
    };
    html! {
        <form class="guide-question">
            { progress(path) }
            <fieldset aria-describedby="guide-why">
                <legend><h3 id="guide-head" tabindex="-1" autofocus=true>{ words.asks }</h3></legend>
                <p id="guide-why" class="muted"><Marked text={words.why} /></p>
                <div class="guide-answers">{ for offered.iter().map(option) }</div>
            </fieldset>
            { for not_offered(path).into_iter().map(|why| html! { <p class="small muted" key={why}>{ why }</p> }) }
            <div class="guide-tools">
                if let Some(on_back) = on_back {
                    <button type="button" class="button" data-test="guide-back" onclick={on_back.reform(|_: MouseEvent| ())}>{ "Back" }</button>
                }
                <button class="button solid" disabled={picked.is_none()} data-test="guide-next" {onclick}>{ "Next" }</button>
            </div>
        </form>
    }
}

/// The progress as a sentence and a bar.
fn progress(path: &Path) -> Html {
    let done = path.answers().count();
    let (fewest, most) = path.left();
    let of = if fewest == most {
        (done + most).to_string()
    } else {
        format!("{} to {}", done + fewest, done + most)
    };
    html! {
        <p class="guide-progress">
            <span class="small muted" data-test="guide-progress">{ format!("Question {} of {of}", done + 1) }</span>
            <progress value={done.to_string()} max={(done + most).to_string()} aria-hidden="true" />
        </p>
    }
}

/// Why options are missing here, each reason once.
fn not_offered(path: &Path) -> Vec<&'static str> {
    let all = path.next().map_or(&[][..], |question| question.answers());
    let barred = all.iter().filter_map(|answer| Some((*answer, path.barred(*answer)?)));
    let mut reasons: Vec<&'static str> = barred.map(|(one, by)| why_not(one, by)).collect();
    reasons.dedup();
    reasons
}
