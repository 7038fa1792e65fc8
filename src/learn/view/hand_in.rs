//! Handing in: a name, and a line to paste or a file to send to whoever marks it.

use std::rc::Rc;

use yew::prelude::*;

use crate::controls::save::Save;
use crate::controls::{Field, use_disclosure};
use crate::hooks::{Copied, use_clipboard};
use ackground_core::experiment::Seed;
use ackground_learn::exercise::{Attempt, Exercise};
use ackground_learn::submission::Submission;
use ackground_learn::text::ui;

#[derive(Properties, PartialEq)]
pub struct HandInProps {
    /// The exercise before a variant was applied.
    pub whole: Rc<Exercise>,
    pub variant: Option<Seed>,
    pub who: AttrValue,
    pub attempt: Rc<Attempt>,
    pub attempts: u64,
    pub solved: bool,
    pub on_who: Callback<String>,
}

/// The line and the file.
#[component]
pub fn HandIn(props: &HandInProps) -> Html {
    let (copied, copy) = use_clipboard();
    let made = |props: &HandInProps| {
        let attempt = (*props.attempt).clone();
        // Solving it without pressing the button counts as one attempt.
        let attempts = props.attempts.max(u64::from(props.solved));
        Submission::new(&props.whole, props.variant, &props.who, attempt, attempts)
    };
    let (open, ontoggle) = use_disclosure();
    // Encoded only when visible.
    let line = if open { made(props).to_line() } else { String::new() };
    let text = {
        let submission = made(props);
        Callback::from(move |()| submission.to_json())
    };
    let told = match copied {
        Copied::Idle => "",
        Copied::Done => ui("hand-in.copied"),
        Copied::Refused => ui("hand-in.refused"),
    };
    let onclick = {
        let line = line.clone();
        copy.reform(move |_: MouseEvent| line.clone())
    };
    let name = format!("answer-{}.json", props.whole.id.as_str());
    html! {
        <details class="hand-in" {ontoggle}>
            <summary data-test="hand-in">{ ui("hand-in.title") }</summary>
            <p class="muted small">{ if props.solved { ui("hand-in.lead") } else { ui("hand-in.unsolved") } }</p>
            <Field class="hand-in-who" label={ui("hand-in.who")} longest={120} prose=true autocomplete="name" value={props.who.clone()}
                on_type={props.on_who.clone()} test="who" />
            <Field class="hand-in-line" label={ui("hand-in.line")} copied=true rows={3} value={line} test="answer-line" />
            <div class="learn-tools">
                <button type="button" class="button solid" data-test="copy-answer" {onclick}>{ ui("hand-in.copy") }</button>
                <Save label={ui("hand-in.save")} {name} kind="application/json" {text} test="save-answer" />
            </div>
            <p role="status" class="small">{ told }</p>
        </details>
    }
}
