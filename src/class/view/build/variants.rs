//! A variant for each student: names or a number in, links out.

use std::rc::Rc;

use yew::prelude::*;

use super::give::fragment;
use crate::class::model::roll;
use crate::controls::Field;
use crate::controls::save::Save;
use crate::hooks::{Copied, page_link, use_clipboard};
use ackground_learn::exercise::Exercise;
use ackground_learn::text::{ui, ui_with};

#[derive(Properties, PartialEq)]
pub struct VariantsProps {
    pub exercise: Rc<Exercise>,
}

/// The class list, and the links.
#[component]
pub fn Variants(props: &VariantsProps) -> Html {
    let exercise = &props.exercise;
    let (copied, copy) = use_clipboard();
    let typed = use_state_eq(|| "30".to_owned());
    let students = roll::roll(&typed);
    let link = {
        let exercise = exercise.clone();
        move |seed| page_link(&fragment(&exercise, Some(seed)))
    };
    let lines = roll::lines(&students, &link);
    let on_type = {
        let typed = typed.clone();
        Callback::from(move |text| typed.set(text))
    };
    let onclick = {
        let lines = lines.clone();
        copy.reform(move |_: MouseEvent| lines.clone())
    };
    let number = students.len().to_string();
    let list = Callback::from(move |()| format!("\u{feff}{}", roll::csv(&students, &link)));
    let most = roll::MOST.to_string();
    html! {
        <>
            <h3>{ ui("give.variants") }</h3>
            <p class="muted small">{ ui_with("give.variants-lead", &[("most", &most)]) }</p>
            <Field class="class-field" label={ui("give.number")} value={(*typed).clone()} rows={3} prose=true {on_type} test="give-number" />
            <Field class="class-field" label={ui_with("give.links", &[("n", &number)])} copied=true rows={5} unwrapped=true value={lines} test="give-links" />
            <div class="class-tools">
                <button type="button" class="button" {onclick}>{ ui("give.copy-links") }</button>
                <Save label={ui("give.save-links")} name={format!("{}-links.csv", exercise.id)} kind="text/csv;charset=utf-8" text={list} test="give-save-links" />
            </div>
            <p class={if copied == Copied::Refused { "reason" } else { "muted small" }} role="status">{ match copied {
                Copied::Idle => "",
                Copied::Done => ui("give.copied"),
                Copied::Refused => ui("give.not-copied"),
            } }</p>
        </>
    }
}
