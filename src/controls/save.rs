//! A button that saves a text as a file.

use yew::prelude::*;

use crate::hooks::save;

#[derive(Properties, PartialEq)]
pub struct SaveProps {
    pub label: AttrValue,
    pub name: AttrValue,
    /// The MIME type.
    pub kind: AttrValue,
    /// Generates the text on demand.
    pub text: Callback<(), String>,
    pub test: AttrValue,
}

/// The button; if the browser refuses, it says so.
#[component]
pub fn Save(props: &SaveProps) -> Html {
    let refused = use_state_eq(|| false);
    let onclick = {
        let (name, kind, text) = (props.name.clone(), props.kind.clone(), props.text.clone());
        let refused = refused.setter();
        Callback::from(move |_: MouseEvent| refused.set(!save(&name, &kind, &text.emit(()))))
    };
    html! {
        <>
            <button type="button" class="button" data-test={props.test.clone()} title={props.name.clone()} {onclick}>{ props.label.clone() }</button>
            <span class="reason" role="status">{ if *refused { "The browser refuses to save files from here." } else { "" } }</span>
        </>
    }
}
