//! What is handed in: a name, and a line to paste or a file to send. It is marked by whoever receives it.

use std::rc::Rc;

use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::controls::save::Save;
use crate::hooks::{Copied, use_clipboard};
use ackground_core::experiment::Seed;
use ackground_learn::exercise::{Attempt, Exercise};
use ackground_learn::submission::Submission;
use ackground_learn::text::ui;

#[derive(Properties, PartialEq)]
pub struct HandInProps {
    /// The exercise before a variant was made of it.
    pub whole: Rc<Exercise>,
    /// The seed of the variant.
    pub variant: Option<Seed>,
    /// The student's name.
    pub who: AttrValue,
    pub attempt: Rc<Attempt>,
    /// How often it was checked.
    pub attempts: u64,
    /// Whether it is solved.
    pub solved: bool,
    /// The name was written.
    pub on_who: Callback<String>,
}

/// The line and the file.
#[component]
pub fn HandIn(props: &HandInProps) -> Html {
    let (copied, copy) = use_clipboard();
    let made = |props: &HandInProps| {
        let attempt = (*props.attempt).clone();
        // Who solved it without asking has tried once.
        let attempts = props.attempts.max(u64::from(props.solved));
        Submission::new(&props.whole, props.variant, &props.who, attempt, attempts)
    };
    let open = use_state_eq(|| false);
    let ontoggle = {
        let open = open.setter();
        Callback::from(move |event: Event| {
            let details = event.target_dyn_into::<web_sys::Element>();
            open.set(details.is_some_and(|details| details.has_attribute("open")));
        })
    };
    // Packed only where it is looked at.
    let line = if *open { made(props).to_line() } else { String::new() };
    let text = {
        let submission = made(props);
        Callback::from(move |()| submission.to_json())
    };
    let oninput = props.on_who.reform(|event: InputEvent| {
        event.target_dyn_into::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default()
    });
    let select = Callback::from(|event: FocusEvent| {
        if let Some(field) = event.target_dyn_into::<HtmlTextAreaElement>() {
            field.select();
        }
    });
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
            <label class="hand-in-who"><span>{ ui("hand-in.who") }</span>
                <input type="text" maxlength="120" autocomplete="name" data-test="who" value={props.who.clone()} {oninput} /></label>
            <label class="hand-in-line"><span>{ ui("hand-in.line") }</span>
                <textarea readonly=true rows="3" spellcheck="false" data-test="answer-line" onfocus={select} value={line} /></label>
            <div class="learn-tools">
                <button type="button" class="button solid" data-test="copy-answer" {onclick}>{ ui("hand-in.copy") }</button>
                <Save label={ui("hand-in.save")} {name} kind="application/json" {text} test="save-answer" />
            </div>
            <p role="status" class="small">{ told }</p>
        </details>
    }
}
