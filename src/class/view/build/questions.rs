//! Questions to answer before anything is shown. Whether an option is right is a claim, decided by the
//! simulator.

use yew::prelude::*;

use super::wrong_at;
use crate::class::state::DraftAct;
use crate::class::state::draft::Question;
use crate::controls::Field;
use ackground_learn::exercise::{Exercise, Prediction};
use ackground_learn::text::{ui, ui_with};

/// One example of each kind of claim, with its meaning.
fn claims() -> [(&'static str, &'static str); 6] {
    [
        ("lane 1: message 2 ends lost", ui("claim.ends")),
        ("lane 1: message 2 is sent 2 times", ui("claim.sent")),
        ("lane 1: ledger is short", ui("claim.ledger")),
        ("lane 1: no_duplicates breaks within 1 fault, 2 messages", ui("claim.breaks")),
        ("lane 1: guarantee is at-least-once within 2 faults, 2 messages", ui("claim.guarantee")),
        ("lane 1: sends_per_message at most 1.5", ui("claim.figure")),
    ]
}

#[derive(Properties, PartialEq)]
pub struct QuestionsProps {
    pub questions: Vec<Question>,
    pub wrong: Vec<(usize, AttrValue)>,
    pub on_draft: Callback<DraftAct>,
}

/// The questions, with their options and claims.
#[component]
pub fn Questions(props: &QuestionsProps) -> Html {
    let QuestionsProps { questions, on_draft, .. } = props;
    html! {
        <fieldset class="class-card">
            <legend>{ ui("build.questions") }</legend>
            <p class="muted small">{ ui("build.questions-lead") }</p>
            { for questions.iter().enumerate().map(|(place, asked)| question(props, place, asked)) }
            <button type="button" class="button" data-test="add-question" disabled={questions.len() >= Exercise::MOST_PREDICTIONS}
                onclick={on_draft.reform(|_: MouseEvent| DraftAct::AddQuestion)}>{ ui("build.add-question") }</button>
        </fieldset>
    }
}

fn question(props: &QuestionsProps, place: usize, asked: &Question) -> Html {
    let QuestionsProps { wrong, on_draft, .. } = props;
    let wrong = wrong_at(wrong, place);
    let number = (place + 1).to_string();
    let few = asked.options.len() <= 2;
    let option = |(at, (says, claim)): (usize, &(String, String))| {
        let letter = (at + 1).to_string();
        html! {
            <div class="class-row class-option" key={at}>
                <Field class="class-field" label={ui_with("build.option", &[("n", &letter)])} value={says.clone()}
                    on_type={on_draft.reform(move |text| DraftAct::Says(place, at, text))} test={format!("option-{number}-{letter}")} />
                <Field class="class-field" label={ui("build.claim")} value={claim.clone()} hint="lane 1: message 2 ends lost"
                    on_type={on_draft.reform(move |text| DraftAct::Claims(place, at, text))} test={format!("claim-{number}-{letter}")} />
                <button type="button" class="button" disabled={few} aria-label={ui_with("build.remove-option", &[("n", &letter)])}
                    onclick={on_draft.reform(move |_: MouseEvent| DraftAct::RemoveOption(place, at))}>{ ui("build.remove") }</button>
            </div>
        }
    };
    html! {
        <div class="class-question" key={place}>
            <Field class="class-field" label={ui_with("build.question", &[("n", &number)])} value={asked.asks.clone()} {wrong}
                on_type={on_draft.reform(move |text| DraftAct::Asks(place, text))} test={format!("question-{number}")} />
            { for asked.options.iter().enumerate().map(option) }
            <details class="class-claims">
                <summary>{ ui("build.claims") }</summary>
                <dl>{ for claims().map(|(claim, means)| html! { <><dt><code>{ claim }</code></dt><dd>{ means }</dd></> }) }</dl>
            </details>
            <p class="class-tools">
                <button type="button" class="button" disabled={asked.options.len() >= Prediction::MOST_OPTIONS}
                    onclick={on_draft.reform(move |_: MouseEvent| DraftAct::AddOption(place))}>{ ui("build.add-option") }</button>
                <button type="button" class="button" aria-label={ui_with("build.remove-question", &[("n", &number)])}
                    onclick={on_draft.reform(move |_: MouseEvent| DraftAct::RemoveQuestion(place))}>{ ui("build.remove") }</button>
            </p>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::claims;
    use ackground_learn::claim::Claim;

    #[test]
    fn every_claim_that_is_shown_is_one() {
        for (claim, _) in claims() {
            assert!(claim.parse::<Claim>().is_ok(), "{claim}");
        }
    }
}
