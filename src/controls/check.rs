//! A box to be ticked.

use web_sys::HtmlInputElement;
use yew::prelude::*;

/// For what.
#[derive(Properties, PartialEq)]
pub struct CheckProps {
    #[prop_or_default]
    pub children: Html,
    /// What it is called, where that is not what stands beside it.
    #[prop_or_default]
    pub name: Option<AttrValue>,
    #[prop_or_default]
    pub class: Classes,
    /// What a pointer that rests on it is told.
    #[prop_or_default]
    pub title: Option<AttrValue>,
    pub on: bool,
    /// Whether it stays as it is.
    #[prop_or_default]
    pub disabled: bool,
    /// It is ticked, or no longer.
    pub on_check: Callback<bool>,
    pub test: AttrValue,
}

/// The browser's own box in its label.
#[component]
pub fn Check(props: &CheckProps) -> Html {
    let CheckProps { children, name, class, title, on, disabled, on_check, test } = props;
    let onchange = {
        let on_check = on_check.clone();
        Callback::from(move |event: Event| {
            if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
                on_check.emit(field.checked());
            }
        })
    };
    html! {
        <label class={class.clone()} title={title.clone()}>
            <input type="checkbox" checked={*on} disabled={*disabled} aria-label={name.clone()} data-test={test.clone()} {onchange} />
            { children.clone() }
        </label>
    }
}
