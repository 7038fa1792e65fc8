//! Handing out the exercise: try it, share it as a link or file, print it, present it.

use std::rc::Rc;

use yew::prelude::*;

use super::key::Key;
use super::variants::Variants;
use crate::class::choices::{ClassChoices, ClassPart};
use crate::class::model::settings::place;
use crate::class::state::ClassAct;
use crate::context::use_dispatch;
use crate::controls::Field;
use crate::controls::save::Save;
use crate::hooks::{Copied, page_link, use_clipboard};
use crate::state::Action;
use ackground_core::experiment::{Mistakes, Seed};
use ackground_learn::exercise::Exercise;
use ackground_learn::text::{ui, ui_with};

#[derive(Properties, PartialEq)]
pub struct GiveProps {
    /// The exercise, or its mistakes.
    pub made: Result<Rc<Exercise>, Mistakes>,
    pub on_class: Callback<ClassAct>,
}

/// The ways to hand it out, or its mistakes while it is incomplete.
#[component]
pub fn Give(props: &GiveProps) -> Html {
    let dispatch = use_dispatch();
    let (copied, copy) = use_clipboard();
    let exercise = match &props.made {
        Ok(exercise) => exercise,
        Err(mistakes) => {
            return html! {
                <aside class="class-card class-give" aria-labelledby="class-give-title" data-test="class-wrong">
                    <h2 id="class-give-title">{ ui("give.not-yet") }</h2>
                    <ul>{ for mistakes.iter().map(|it| html! { <li><strong>{ place(&it.path) }</strong>{ ": " }{ if it.path == "goals" { ui("build.no-goal") } else { &it.message } }</li> }) }</ul>
                </aside>
            };
        }
    };
    let link = page_link(&fragment(exercise, None));
    let copying = |text: String| copy.reform(move |_: MouseEvent| text.clone());
    let file = {
        let exercise = exercise.clone();
        Callback::from(move |()| exercise.to_json())
    };
    let present = {
        let (on_class, dispatch) = (props.on_class.clone(), dispatch.clone());
        Callback::from(move |_: MouseEvent| {
            dispatch.send(Action::ChooseClass(ClassChoices { part: ClassPart::Present, of: None }));
            on_class.emit(ClassAct::Begin);
        })
    };
    let print = Callback::from(|_: MouseEvent| {
        if let Some(window) = web_sys::window() {
            // A sandboxed frame may forbid it; nothing can be done about that.
            let _ = window.print();
        }
    });
    let told = match copied {
        Copied::Idle => "",
        Copied::Done => ui("give.copied"),
        Copied::Refused => ui("give.not-copied"),
    };
    html! {
        <aside class="class-card class-give" aria-labelledby="class-give-title" data-test="class-give">
            <h2 id="class-give-title">{ ui("give.title") }</h2>
            <p><a href={format!("#{}", fragment(exercise, None))} data-test="give-try">{ ui("give.try") }</a></p>
            <Field class="class-field" label={ui("give.link")} copied=true rows={3} value={link.clone()} test="give-link" />
            <div class="class-tools">
                <button type="button" class="button solid" data-test="give-copy" onclick={copying(link)}>{ ui("give.copy") }</button>
                <Save label={ui("give.save")} name={format!("{}.json", exercise.id)} kind="application/json" text={file} test="give-save" />
                <button type="button" class="button" data-test="give-print" onclick={print}>{ ui("give.print") }</button>
                <button type="button" class="button" data-test="give-present" onclick={present}>{ ui("give.present") }</button>
            </div>
            <p class={if copied == Copied::Refused { "reason" } else { "muted small" }} role="status">{ told }</p>
            if exercise.variants { <Variants exercise={exercise.clone()} /> }
            <Key exercise={exercise.clone()} />
            <p class="muted small">{ ui_with("give.mark", &[("id", &exercise.id)]) }</p>
        </aside>
    }
}

/// The fragment with which a student opens it, or its variant with this seed.
pub(crate) fn fragment(exercise: &Exercise, variant: Option<Seed>) -> String {
    let mut fragment = format!("view=learn&{}", exercise.to_link());
    if let Some(seed) = variant {
        fragment.push_str(&format!("&variant={seed}"));
    }
    fragment
}
