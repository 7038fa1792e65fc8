//! A text field with its label and errors.

use web_sys::{HtmlElement, HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::state::Refusal;

#[derive(Properties, PartialEq)]
pub struct FieldProps {
    pub label: AttrValue,
    /// Whether the label is for screen readers only; otherwise it is shown before the field.
    #[prop_or_default]
    pub heard: bool,
    /// The class of the label, or of the field if the label is not shown.
    #[prop_or_default]
    pub class: Classes,
    pub value: AttrValue,
    /// `text` or `search`.
    #[prop_or("text")]
    pub kind: &'static str,
    /// Visible lines; 1 makes it a single-line field.
    #[prop_or(1)]
    pub rows: u32,
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// Whether to allow spell checking and autocompletion.
    #[prop_or_default]
    pub prose: bool,
    /// The `autocomplete` purpose.
    #[prop_or_default]
    pub autocomplete: Option<&'static str>,
    /// The `inputmode`.
    #[prop_or_default]
    pub inputmode: Option<AttrValue>,
    #[prop_or_default]
    pub longest: Option<usize>,
    /// Whether it has the focus when its sheet opens.
    #[prop_or_default]
    pub autofocus: bool,
    /// Whether it is read-only, for a text to be copied by hand, which is selected on focus.
    #[prop_or_default]
    pub copied: bool,
    /// Whether long lines scroll instead of wrapping.
    #[prop_or_default]
    pub unwrapped: bool,
    /// The errors, one sentence each.
    #[prop_or_default]
    pub wrong: Vec<AttrValue>,
    /// The id of the element that explains a refusal.
    #[prop_or_default]
    pub reason: Option<AttrValue>,
    /// The rejected text.
    #[prop_or_default]
    pub refusal: Option<Refusal>,
    #[prop_or_default]
    pub on_type: Callback<String>,
    /// Called when the field loses focus. If set, Enter blurs the field too.
    #[prop_or_default]
    pub on_leave: Option<Callback<()>>,
    pub test: AttrValue,
}

#[component]
pub fn Field(props: &FieldProps) -> Html {
    let FieldProps { label, heard, class, value, wrong, reason, refusal, test, .. } = props;
    let oninput = {
        let on_type = props.on_type.clone();
        Callback::from(move |event: InputEvent| {
            let line = event.target_dyn_into::<HtmlInputElement>().map(|field| field.value());
            let lines = || Some(event.target_dyn_into::<HtmlTextAreaElement>()?.value());
            if let Some(text) = line.or_else(lines) {
                on_type.emit(text);
            }
        })
    };
    let onblur = props.on_leave.as_ref().map(|on_leave| on_leave.reform(|_: FocusEvent| ()));
    let onkeydown = onblur.is_some().then(|| Callback::from(leave_on_enter));
    let onfocus = props.copied.then(|| Callback::from(select_all));
    let invalid = (refusal.is_some() || !wrong.is_empty()).then_some("true");
    let told = reason.clone().filter(|_| refusal.is_some());
    let (class_of_field, name) = (heard.then(|| class.clone()), heard.then(|| label.clone()));
    let spellcheck = (!props.prose).then_some("false");
    let autocomplete = props.autocomplete.or((!props.prose).then_some("off"));
    let hint = props.hint.clone();
    let field = if props.rows > 1 {
        html! {
            <textarea rows={props.rows.to_string()} wrap={props.unwrapped.then_some("off")} readonly={props.copied}
                class={class_of_field} aria-label={name} value={value.clone()} placeholder={hint} {autocomplete} {spellcheck}
                data-test={test} aria-invalid={invalid} aria-describedby={told} {oninput} {onfocus} />
        }
    } else {
        html! {
            <input type={props.kind} inputmode={props.inputmode.clone()} maxlength={props.longest.map(|most| most.to_string())}
                autofocus={props.autofocus} class={class_of_field} aria-label={name} value={value.clone()} placeholder={hint}
                {autocomplete} {spellcheck} data-test={test} aria-invalid={invalid} aria-describedby={told}
                {oninput} {onblur} {onkeydown} />
        }
    };
    let wrong = html! {
        <>
            { for wrong.iter().map(|wrong| html! { <span class="reason" data-test={format!("{test}-wrong")}>{ wrong }</span> }) }
            if let Some(id) = reason { <Reason {id} refusal={refusal.clone()} /> }
        </>
    };
    if *heard {
        return html! { <>{ field }{ wrong }</> };
    }
    html! { <label class={class.clone()}><span>{ label }</span>{ field }{ wrong }</label> }
}

fn select_all(event: FocusEvent) {
    if let Some(field) = event.target_dyn_into::<HtmlTextAreaElement>() {
        field.select();
    }
}

/// Enter commits: on blur the value is normalized.
fn leave_on_enter(event: KeyboardEvent) {
    if event.key() == "Enter"
        && let Some(field) = event.target_dyn_into::<HtmlElement>()
    {
        let _ = field.blur();
    }
}

#[derive(Properties, PartialEq)]
pub struct ReasonProps {
    /// The id by which the field refers to it.
    pub id: AttrValue,
    pub refusal: Option<Refusal>,
}

/// Why a text was rejected. Always in the DOM, so that screen readers announce it when it appears.
#[component]
pub fn Reason(props: &ReasonProps) -> Html {
    let message = props.refusal.as_ref().map(|refusal| refusal.message.clone());
    html! {
        <span class="reason" id={props.id.clone()} role="status">{ message.unwrap_or_default() }</span>
    }
}
