//! One exact fault: a chip with a cross to take it away; its text, pressed, becomes a field.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::web::components::icons;
use crate::web::components::typed::Reason;
use crate::web::state::{Action, Place, Refusal};

/// Which line.
#[derive(Properties, PartialEq)]
pub struct ScriptLineProps {
    /// Its place in the script, from 0.
    pub index: usize,
    /// The line.
    pub text: AttrValue,
    /// Whether it happened in any lane.
    pub fired: bool,
    /// What was typed over it and could not be taken.
    pub refusal: Option<Refusal>,
    /// What is done.
    pub on_act: Callback<Action>,
}

/// A line of the script.
#[component]
pub fn ScriptLine(props: &ScriptLineProps) -> Html {
    let ScriptLineProps {
        index,
        text,
        fired,
        refusal,
        on_act,
    } = props;
    let index = *index;
    let editing = use_state_eq(|| false);
    let field = use_node_ref();
    use_effect_with(*editing, {
        let field = field.clone();
        move |editing: &bool| {
            if let Some(input) = field.cast::<HtmlInputElement>().filter(|_| *editing) {
                input.select();
            }
        }
    });
    let edit = {
        let editing = editing.setter();
        Callback::from(move |_: MouseEvent| editing.set(true))
    };
    let done = {
        let (editing, on_act, text) = (editing.setter(), on_act.clone(), text.clone());
        Callback::from(move |typed: String| {
            editing.set(false);
            on_act.emit(if *text == *typed {
                Action::Forget(Place::script_line(index))
            } else {
                Action::EditLine(index, typed)
            });
        })
    };
    let onblur = {
        let done = done.clone();
        Callback::from(move |event: FocusEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                done.emit(input.value());
            }
        })
    };
    let onkeydown = {
        let text = text.clone();
        Callback::from(move |event: KeyboardEvent| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else {
                return;
            };
            match event.key().as_str() {
                "Enter" => done.emit(input.value()),
                "Escape" => done.emit(text.to_string()),
                _ => {}
            }
        })
    };
    let reason = format!("script-{index}-reason");
    let class = classes!("line", (!fired).then_some("unfired"));
    html! {
        <li {class} data-test="script-line">
            if *editing || refusal.is_some() {
                <input ref={field} type="text" aria-label="Exact fault" maxlength="120" autocomplete="off"
                    autocapitalize="off" spellcheck="false" {onblur} {onkeydown}
                    value={refusal.as_ref().map_or_else(|| text.clone(), |refusal| refusal.text.clone().into())}
                    aria-invalid={refusal.is_some().then_some("true")}
                    aria-describedby={refusal.is_some().then(|| reason.clone())} />
            } else {
                <button type="button" class="line-text" aria-label={format!("Change: {text}")} onclick={edit}>
                    <code>{ text.clone() }</code>
                </button>
            }
            if !fired { <span class="small">{ "did not happen" }</span> }
            <button type="button" class="away" aria-label={format!("Remove: {text}")}
                onclick={on_act.reform(move |_| Action::RemoveLine(index))}>{ icons::cross() }</button>
            <Reason id={reason} refusal={refusal.clone()} />
        </li>
    }
}
