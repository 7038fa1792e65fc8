//! A field for text, its label, and what is wrong with what stands in it.

use web_sys::{HtmlElement, HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::state::Refusal;

/// For what.
#[derive(Properties, PartialEq)]
pub struct FieldProps {
    pub label: AttrValue,
    /// Whether the label is only heard; otherwise it stands before the field.
    #[prop_or_default]
    pub heard: bool,
    /// The class of the label; of the field where the label is only heard.
    #[prop_or_default]
    pub class: Classes,
    pub value: AttrValue,
    /// `text`, or `search`.
    #[prop_or("text")]
    pub kind: &'static str,
    /// Lines that are seen at once; one line without a break where there is one.
    #[prop_or(1)]
    pub rows: u32,
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// Whether the browser may help as with any text: check its spelling, recall what was typed before.
    #[prop_or_default]
    pub prose: bool,
    /// As what the browser may fill it in.
    #[prop_or_default]
    pub autocomplete: Option<&'static str>,
    /// The keyboard that a phone shows.
    #[prop_or_default]
    pub inputmode: Option<AttrValue>,
    #[prop_or_default]
    pub longest: Option<usize>,
    /// Whether it has the focus when its sheet opens.
    #[prop_or_default]
    pub autofocus: bool,
    /// Whether it only holds a text to be copied by hand, which is selected as soon as it has the focus.
    #[prop_or_default]
    pub copied: bool,
    /// Whether a line of it stays one, however long.
    #[prop_or_default]
    pub unwrapped: bool,
    /// What is wrong with it, a sentence each.
    #[prop_or_default]
    pub wrong: Vec<AttrValue>,
    /// The id of the place that says why a text was refused, where one can be.
    #[prop_or_default]
    pub reason: Option<AttrValue>,
    /// What was typed and could not be taken.
    #[prop_or_default]
    pub refusal: Option<Refusal>,
    #[prop_or_default]
    pub on_type: Callback<String>,
    /// The field was left, if somebody wants to know: then Enter leaves it too.
    #[prop_or_default]
    pub on_leave: Option<Callback<()>>,
    pub test: AttrValue,
}

/// The field, and what is wrong with it.
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

/// Enter is done: leaving the field puts the value into its usual form.
fn leave_on_enter(event: KeyboardEvent) {
    if event.key() == "Enter"
        && let Some(field) = event.target_dyn_into::<HtmlElement>()
    {
        let _ = field.blur();
    }
}

/// Which reason, and what it is called.
#[derive(Properties, PartialEq)]
pub struct ReasonProps {
    /// The id by which the field points to it.
    pub id: AttrValue,
    /// Why a text was refused, if it was.
    pub refusal: Option<Refusal>,
}

/// Why a text was refused: always there, so that it is read out when it comes.
#[component]
pub fn Reason(props: &ReasonProps) -> Html {
    let message = props.refusal.as_ref().map(|refusal| refusal.message.clone());
    html! {
        <span class="reason" id={props.id.clone()} role="status">{ message.unwrap_or_default() }</span>
    }
}
