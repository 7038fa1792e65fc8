use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct CheckProps {
    #[prop_or_default]
    pub children: Html,
    /// The accessible name, if it differs from the visible label.
    #[prop_or_default]
    pub name: Option<AttrValue>,
    #[prop_or_default]
    pub class: Classes,
    /// The tooltip.
    #[prop_or_default]
    pub title: Option<AttrValue>,
    pub on: bool,
    #[prop_or_default]
    pub disabled: bool,
    pub on_check: Callback<bool>,
    pub test: AttrValue,
}

/// A native check box in its label.
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
