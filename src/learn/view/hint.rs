//! A hint, revealed step by step: what is wrong, the schedule, its causes, the settings.

use std::rc::Rc;

use yew::prelude::*;

use super::replay::Replay;
use crate::learn::hooks::hint::use_hint;
use ackground_learn::claim::Known;
use ackground_learn::exercise::{Attempt, Exercise, Hint};
use ackground_learn::lesson::Moment;
use ackground_learn::text::{ui, ui_with};

#[derive(Properties, PartialEq)]
pub struct HintBoxProps {
    pub exercise: Rc<Exercise>,
    pub attempt: Rc<Attempt>,
    pub known: Rc<Known>,
}

/// A step of a hint, and the label of the button for the next one.
type Part = (Html, &'static str);

/// The button that asks, and the steps revealed so far.
#[component]
pub fn HintBox(props: &HintBoxProps) -> Html {
    // A hint belongs to one attempt, and disappears with the next.
    let asked = use_state(|| None::<Rc<Attempt>>);
    let depth = use_state_eq(|| 1usize);
    let wanted = (*asked).clone().filter(|asked| *asked == props.attempt);
    let hint = use_hint(&props.exercise, wanted.clone(), &props.known);
    use_effect_with(wanted.clone(), {
        let depth = depth.setter();
        move |_| depth.set(1)
    });
    let onclick = {
        let (asked, attempt) = (asked.setter(), props.attempt.clone());
        Callback::from(move |_: MouseEvent| asked.set(Some(attempt.clone())))
    };
    if wanted.is_none() {
        return html! { <button type="button" class="button hint-ask" data-test="hint" {onclick}>{ ui("hint.ask") }</button> };
    }
    let body = match &hint {
        None => html! { <p>{ ui("hint.looking") }</p> },
        Some(None) => html! { <p>{ ui("hint.none") }</p> },
        Some(Some(hint)) => {
            let parts = parts(props, hint);
            let shown = (*depth).min(parts.len());
            let more = parts.get(shown).map(|(_, leads)| *leads);
            let deeper = {
                let depth = depth.clone();
                Callback::from(move |_: MouseEvent| depth.set(*depth + 1))
            };
            html! {
                <>
                    { for parts.into_iter().take(shown).map(|(part, _)| part) }
                    if let Some(leads) = more {
                        <button type="button" class="button" data-test="hint-more" onclick={deeper}>{ leads }</button>
                    }
                </>
            }
        }
    };
    html! {
        <section class="hint" aria-labelledby="hint-title" aria-live="polite" data-test="hint-box">
            <h2 id="hint-title">{ ui("hint.title") }</h2>
            { body }
        </section>
    }
}

/// The available steps.
fn parts(props: &HintBoxProps, hint: &Hint) -> Vec<Part> {
    let mut parts: Vec<Part> = vec![(html! { <p>{ hint.sentence.clone() }</p> }, "")];
    if let Some(evidence) = &hint.evidence {
        let experiment = Rc::new(evidence.alone(&props.attempt.experiment));
        let lines =
            evidence.lines.iter().map(|line| html! { <li><code>{ line.to_string() }</code></li> });
        let at = Moment::Breaks(0);
        parts.push((
            html! {
                <>
                    if !evidence.lines.is_empty() { <ul class="hint-lines">{ for lines }</ul> }
                    <Replay {experiment} {at} scope="hint-" />
                </>
            },
            ui("hint.schedule"),
        ));
    }
    if !hint.causes.is_empty() {
        let causes = hint.causes.iter().map(|cause| {
            html! { <li><strong>{ cause.lead.clone() }</strong>{ " " }{ cause.rest.clone() }</li> }
        });
        parts.push((html! { <ol class="learn-causes">{ for causes }</ol> }, ui("hint.causes")));
    }
    let names = hint.setting_names();
    if !names.is_empty() {
        let said = ui_with("hint.settings", &[("names", &names.join(", "))]);
        parts.push((html! { <p>{ said }</p> }, ui("hint.which")));
    }
    parts
}
