//! The result of a prediction, as decided by simulator and prover, not by the author.

use std::rc::Rc;

use yew::prelude::*;

use crate::controls::icons;
use crate::controls::prose::spans;
use crate::learn::hooks::inquiry::use_inquiry;
use ackground_core::experiment::Experiment;
use ackground_learn::claim::Answer;
use ackground_learn::lesson::Prediction;
use ackground_learn::text::ui;

#[derive(Properties, PartialEq)]
pub struct SettledProps {
    pub prediction: Rc<Prediction>,
    pub experiment: Rc<Experiment>,
    /// The indices of the chosen options.
    pub chosen: Vec<u8>,
}

/// The options with their verdicts.
#[component]
pub fn Settled(props: &SettledProps) -> Html {
    let SettledProps { prediction, experiment, chosen } = props;
    let needs = use_memo(prediction.clone(), |prediction| prediction.needs());
    let found = use_inquiry(experiment, &needs);
    let answers = prediction.judge(experiment, &found.known);
    let open = answers.contains(&Answer::Unknown);
    let right = answers
        .iter()
        .enumerate()
        .all(|(place, answer)| answer.is_yes() == is_chosen(chosen, place));
    let told = match (open, right) {
        (true, _) => ui("predict.open"),
        (_, true) => ui("predict.right"),
        _ => ui("predict.wrong"),
    };
    let row = |(place, (option, answer)): (usize, (&ackground_learn::lesson::Choice, &Answer))| {
        let mine = is_chosen(chosen, place);
        let (class, sign, word) = verdict(*answer);
        // Reasons are given for chosen options and for right ones.
        let held = option.held(experiment, &found.known);
        let reasons: Vec<String> = match mine || answer.is_yes() {
            true => held.map(|held| held.sentence).collect(),
            false => Vec::new(),
        };
        html! {
            <li key={place} class={class}>
                <span class="settled-sign">{ sign }</span>
                <div>
                    <p><strong>{ word }</strong>{ " " }{ spans(&option.line(experiment)) }
                        if mine { <span class="settled-mine">{ ui("predict.yours") }</span> }</p>
                    { for reasons.into_iter().map(|reason| html! { <p class="muted small">{ reason }</p> }) }
                </div>
            </li>
        }
    };
    html! {
        <div class={classes!("settled", (!open).then_some(if right { "right" } else { "wrong" }))} aria-busy={open.to_string()} data-test="settled">
            <p class="settled-told" role="status">{ told }</p>
            if open {
                <progress value={found.share.to_string()} aria-label={ui("predict.open")} />
                if found.end.is_some() {
                    <button type="button" class="button" onclick={found.on_again.reform(|_| ())}>{ ui("learn.again") }</button>
                } else {
                    <button type="button" class="button" onclick={found.on_stop.reform(|_| ())}>{ ui("learn.stop") }</button>
                }
            } else {
                <ul>{ for prediction.options.iter().zip(&answers).enumerate().map(row) }</ul>
            }
        </div>
    }
}

fn is_chosen(chosen: &[u8], place: usize) -> bool {
    chosen.iter().any(|chosen| usize::from(*chosen) == place)
}

/// The class, symbol and word of a verdict.
pub fn verdict(answer: Answer) -> (&'static str, Html, &'static str) {
    match answer {
        Answer::Yes => ("yes", icons::check(), ui("predict.so")),
        Answer::No => ("no", icons::cross(), ui("predict.not-so")),
        Answer::Unknown => {
            ("unknown", html! { <i aria-hidden="true">{ "?" }</i> }, ui("predict.unknown"))
        }
    }
}
