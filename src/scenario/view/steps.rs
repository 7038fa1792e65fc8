//! The steps of the work, in order: what each is called, what it touches, and which one is counted.

use yew::prelude::*;

use crate::context::use_dispatch;
use crate::controls::{Choice, Typed};
use crate::scenario::model::StepsChange;
use crate::state::{Action, FieldPath, Touch};
use ackground_core::experiment::scenario::{Step, StepKind, Steps};

/// The kinds of steps, and what each is.
const KINDS: [(StepKind, &str); 3] = [
    (StepKind::Db, "a write to the database"),
    (StepKind::External, "a call that cannot be undone"),
    (StepKind::Produce, "a write to an output log"),
];

#[derive(Properties, PartialEq)]
pub struct WorkStepsProps {
    pub steps: Vec<Step>,
}

#[component]
pub fn WorkSteps(props: &WorkStepsProps) -> Html {
    let dispatch = use_dispatch();
    let alone = props.steps.len() == 1;
    let options: Vec<(AttrValue, AttrValue)> =
        KINDS.iter().map(|(kind, says)| (kind.word().into(), (*says).into())).collect();
    let line = |(index, step): (usize, &Step)| {
        let number = index + 1;
        let place = |field: &str| FieldPath::scenario(&format!("steps[{index}].{field}"));
        let count = dispatch.to(Action::Edit {
            place: place("primary"),
            text: "true".to_owned(),
            touch: Touch::Done,
        });
        let button = |sign: &'static str, says: &str, test: &str, change: StepsChange| {
            let says = format!("{says}: {}", step.name());
            html! {
                <button type="button" class="button icon" title={says.clone()} aria-label={says}
                    data-test={format!("step-{test}-{number}")} onclick={dispatch.to(Action::Steps(change))}>{ sign }</button>
            }
        };
        html! {
            <li key={index}>
                <Typed place={place("label")} label={format!("Step {number}")} value={step.label.to_string()} longest=120
                    test={place("label").to_string()} />
                <Choice place={place("kind")} label={format!("What step {number} is")} value={step.kind.word()} options={options.clone()} />
                <label class="own-counted">
                    <input type="radio" name="own-counted" checked={step.primary} data-test={format!("step-counted-{number}")} onchange={count} />
                    <span>{ "counted" }</span>
                </label>
                <span class="own-tools">
                    if index > 0 { { button("\u{2191}", "Do this step earlier", "earlier", StepsChange::Earlier(index)) } }
                    if !alone { { button("\u{d7}", "Remove this step", "remove", StepsChange::Remove(index)) } }
                </span>
            </li>
        }
    };
    html! {
        <section class="own-steps">
            <h3>{ "What the receiver does, in order" }</h3>
            <ol>{ for props.steps.iter().enumerate().map(line) }</ol>
            <p class="muted small">{ "Begin each with a verb, such as \u{201c}Print the ticket\u{201d}. The lanes count the one that is marked as counted." }</p>
            if props.steps.len() < Steps::MOST {
                <button type="button" class="button" data-test="step-add" onclick={dispatch.to(Action::Steps(StepsChange::Add))}>{ "Add a step" }</button>
            }
        </section>
    }
}
