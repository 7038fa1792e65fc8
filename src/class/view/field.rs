//! What one types into: a label, a field, and what is wrong with it.

use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

/// A field.
#[derive(Properties, PartialEq)]
pub struct FieldProps {
    /// What it is for.
    pub label: AttrValue,
    /// What is in it.
    pub value: AttrValue,
    /// Lines that are seen at once; one line without a break where there is one.
    #[prop_or(1)]
    pub rows: u32,
    /// What could be in it.
    #[prop_or_default]
    pub hint: AttrValue,
    /// What is wrong with it, a sentence each.
    #[prop_or_default]
    pub wrong: Vec<AttrValue>,
    /// This was typed.
    pub on_type: Callback<String>,
    /// What a test looks for.
    pub test: AttrValue,
}

/// What is wrong with what stands at this place of a list.
pub fn wrong_at(wrong: &[(usize, AttrValue)], place: usize) -> Vec<AttrValue> {
    let here = wrong.iter().filter(|(at, _)| *at == place);
    here.map(|(_, wrong)| wrong.clone()).collect()
}

/// A field with its label above it.
#[component]
pub fn Field(props: &FieldProps) -> Html {
    let FieldProps { label, value, rows, hint, wrong, on_type, test } = props;
    let oninput = {
        let on_type = on_type.clone();
        Callback::from(move |event: InputEvent| {
            let line = event.target_dyn_into::<HtmlInputElement>();
            let lines = event.target_dyn_into::<HtmlTextAreaElement>();
            let typed = line.map(|field| field.value());
            if let Some(text) = typed.or_else(|| lines.map(|field| field.value())) {
                on_type.emit(text);
            }
        })
    };
    let invalid = (!wrong.is_empty()).then_some("true");
    html! {
        <label class="class-field">
            <span>{ label }</span>
            if *rows > 1 {
                <textarea rows={rows.to_string()} value={value.clone()} placeholder={hint.clone()} aria-invalid={invalid} data-test={test.clone()} {oninput} />
            } else {
                <input type="text" value={value.clone()} placeholder={hint.clone()} spellcheck="false" autocomplete="off" aria-invalid={invalid} data-test={test.clone()} {oninput} />
            }
            { for wrong.iter().map(|wrong| html! { <span class="reason" data-test={format!("{test}-wrong")}>{ wrong }</span> }) }
        </label>
    }
}

/// A box to be ticked.
#[derive(Properties, PartialEq)]
pub struct TickProps {
    /// What for.
    pub label: AttrValue,
    /// Whether it is.
    pub on: bool,
    /// Whether it cannot be.
    #[prop_or_default]
    pub disabled: bool,
    /// It is, or it is not.
    pub on_tick: Callback<bool>,
    /// What a test looks for.
    pub test: AttrValue,
}

/// The browser's own box with its label.
#[component]
pub fn Tick(props: &TickProps) -> Html {
    let onchange = {
        let on_tick = props.on_tick.clone();
        Callback::from(move |event: Event| {
            if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
                on_tick.emit(field.checked());
            }
        })
    };
    html! {
        <label class="class-tick">
            <input type="checkbox" checked={props.on} disabled={props.disabled} data-test={props.test.clone()} {onchange} />
            <span>{ props.label.clone() }</span>
        </label>
    }
}
