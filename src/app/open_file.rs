//! The button that opens a file.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::open::hooks::reading::open_file;
use crate::open::state::Given;

#[derive(Properties, PartialEq)]
pub struct OpenFileProps {
    pub class: Classes,
    #[prop_or(AttrValue::Static("Open a file\u{2026}"))]
    pub label: AttrValue,
    pub test: AttrValue,
    pub on_open: Callback<Given>,
}

/// The browser's native file input, with our own label.
#[component]
pub fn OpenFile(props: &OpenFileProps) -> Html {
    let onchange = {
        let on_open = props.on_open.clone();
        Callback::from(move |event: Event| {
            let Some(field) = event.target_dyn_into::<HtmlInputElement>() else {
                return;
            };
            if let Some(file) = field.files().and_then(|files| files.get(0)) {
                open_file(&file, &on_open);
            }
            // Otherwise choosing the same file again would fire no event.
            field.set_value("");
        })
    };
    html! {
        <label class={classes!("open-file", props.class.clone())}>
            { &props.label }
            <input type="file" accept=".json,.txt,.properties,application/json,text/plain" data-test={props.test.clone()} {onchange} />
        </label>
    }
}
