//! A value that is one of some words.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::context::use_dispatch;
use crate::state::{Action, Place, Touch};

/// Which value, and among which.
#[derive(Properties, PartialEq)]
pub struct ChoiceProps {
    /// Where it is written.
    pub place: Place,
    /// What it is called.
    pub label: AttrValue,
    /// What it is now, as the format writes it.
    pub value: AttrValue,
    /// What it may be: as the format writes it, and in words.
    pub options: Vec<(AttrValue, AttrValue)>,
    /// What a test looks for, if not the place.
    #[prop_or_default]
    pub test: Option<AttrValue>,
}

/// A native select.
#[component]
pub fn Choice(props: &ChoiceProps) -> Html {
    let dispatch = use_dispatch();
    let ChoiceProps { place, label, value, options, test } = props;
    let node = use_node_ref();
    let shown = node.clone();
    let now = value.clone();
    // What a person has chosen in a select outlives what the page writes into its options.
    use_effect(move || show(&shown, &now));
    let onchange = {
        let (place, dispatch) = (place.clone(), dispatch.clone());
        let (node, value) = (node.clone(), value.clone());
        Callback::from(move |event: Event| {
            let Some(select) = event.target_dyn_into::<HtmlSelectElement>() else {
                return;
            };
            let (place, text) = (place.clone(), select.value());
            dispatch.send(Action::Edit { place, text, touch: Touch::Done });
            // Whatever is refused never was; what is taken comes with the next rendering.
            show(&node, &value);
        })
    };
    let test = test.clone().unwrap_or_else(|| place.to_string().into());
    html! {
        <select ref={node} aria-label={label.clone()} data-test={test} {onchange}>
            { for options.iter().map(|(word, words)| html! {
                <option key={word.to_string()} value={word.clone()} selected={word == value}>{ words.clone() }</option>
            }) }
        </select>
    }
}

fn show(select: &NodeRef, value: &str) {
    if let Some(select) = select.cast::<HtmlSelectElement>() {
        select.set_value(value);
    }
}
