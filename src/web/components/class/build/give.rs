//! What can be done with the exercise: try it, give it away as a link or a file, print it, present it.

use std::rc::Rc;

use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use super::key::Key;
use crate::experiment::value::Bounded;
use crate::experiment::{Mistakes, Seed};
use crate::learn::exercise::Exercise;
use crate::learn::text::{ui, ui_with};
use crate::web::components::class::field::Field;
use crate::web::components::save::Save;
use crate::web::hooks::{Copied, page_link, use_clipboard};
use crate::web::state::{Action, ClassAct, ClassChoices, ClassPart};

/// The most links to variants at once.
const MOST_VARIANTS: u64 = 200;

/// What is given away.
#[derive(Properties, PartialEq)]
pub struct GiveProps {
    /// The exercise, or what is wrong with it.
    pub made: Result<Rc<Exercise>, Mistakes>,
    /// What is done on the desk.
    pub on_class: Callback<ClassAct>,
    /// What is done.
    pub on_act: Callback<Action>,
}

/// The ways to give it away; before it is whole, what is wrong with it.
#[component]
pub fn Give(props: &GiveProps) -> Html {
    let (copied, copy) = use_clipboard();
    let number = use_state_eq(|| "30".to_owned());
    let exercise = match &props.made {
        Ok(exercise) => exercise,
        Err(mistakes) => {
            return html! {
                <aside class="class-card class-give" aria-labelledby="class-give-title" data-test="class-wrong">
                    <h2 id="class-give-title">{ ui("give.not-yet") }</h2>
                    <ul>{ for mistakes.iter().map(|it| html! { <li><code>{ &it.path }</code>{ " " }{ &it.message }</li> }) }</ul>
                </aside>
            };
        }
    };
    let link = page_link(&fragment(exercise, None));
    let variants = exercise.variants.then(|| links(exercise, &number));
    let copying = |text: String| copy.reform(move |_: MouseEvent| text.clone());
    let select = Callback::from(|event: FocusEvent| {
        if let Some(field) = event.target_dyn_into::<HtmlTextAreaElement>() {
            field.select();
        }
    });
    let file = {
        let exercise = exercise.clone();
        Callback::from(move |()| exercise.to_json())
    };
    let present = {
        let (on_class, on_act) = (props.on_class.clone(), props.on_act.clone());
        Callback::from(move |_: MouseEvent| {
            on_act.emit(Action::ChooseClass(ClassChoices {
                part: ClassPart::Present,
                of: None,
            }));
            on_class.emit(ClassAct::Begin);
        })
    };
    let print = Callback::from(|_: MouseEvent| {
        if let Some(window) = web_sys::window() {
            // A frame may forbid it; there is nothing else to do then.
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
            <label class="class-field"><span>{ ui("give.link") }</span>
                <textarea readonly=true rows="3" spellcheck="false" value={link.clone()} onfocus={select.clone()} data-test="give-link" /></label>
            <div class="class-tools">
                <button type="button" class="button solid" data-test="give-copy" onclick={copying(link)}>{ ui("give.copy") }</button>
                <Save label={ui("give.save")} name={format!("{}.json", exercise.id)} kind="application/json" text={file} test="give-save" />
                <button type="button" class="button" data-test="give-print" onclick={print}>{ ui("give.print") }</button>
                <button type="button" class="button" data-test="give-present" onclick={present}>{ ui("give.present") }</button>
            </div>
            <p class={if copied == Copied::Refused { "reason" } else { "muted small" }} role="status">{ told }</p>
            if let Some(links) = variants {
                <h3>{ ui("give.variants") }</h3>
                <p class="muted small">{ ui("give.variants-lead") }</p>
                <Field label={ui("give.number")} value={(*number).clone()} on_type={{ let number = number.clone(); Callback::from(move |text| number.set(text)) }} test="give-number" />
                <label class="class-field"><span>{ ui("give.links") }</span>
                    <textarea readonly=true rows="5" spellcheck="false" wrap="off" value={links.clone()} onfocus={select} data-test="give-links" /></label>
                <div class="class-tools">
                    <button type="button" class="button" onclick={copying(links)}>{ ui("give.copy-links") }</button>
                </div>
            }
            <Key exercise={exercise.clone()} />
            <p class="muted small">{ ui_with("give.mark", &[("id", &exercise.id)]) }</p>
        </aside>
    }
}

/// The fragment with which a student opens it, or the variant with this seed.
fn fragment(exercise: &Exercise, variant: Option<Seed>) -> String {
    let mut fragment = format!("view=learn&{}", exercise.to_link());
    if let Some(seed) = variant {
        fragment.push_str(&format!("&variant={seed}"));
    }
    fragment
}

/// A link a line, with its number.
fn links(exercise: &Exercise, number: &str) -> String {
    let number: u64 = number.trim().parse().unwrap_or(0);
    let mut lines = String::new();
    for seed in 1..=number.min(MOST_VARIANTS) {
        lines.push_str(&seed.to_string());
        lines.push('\t');
        lines.push_str(&page_link(&fragment(exercise, Some(Bounded::clamp(seed)))));
        lines.push('\n');
    }
    lines
}
