//! A labelled choice of one word among several, some of them in groups.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// A word and what it means.
pub type Item = (String, String);

/// Among what.
#[derive(Properties, PartialEq)]
pub struct SelectProps {
    /// What is chosen.
    pub label: AttrValue,
    /// What is chosen now.
    pub value: AttrValue,
    /// The words that are in no group.
    #[prop_or_default]
    pub items: Vec<Item>,
    /// The titles of groups, with their words.
    #[prop_or_default]
    pub groups: Vec<(&'static str, Vec<Item>)>,
    /// This word, please.
    pub on_choose: Callback<String>,
    /// What a test looks for.
    pub test: AttrValue,
}

/// A native select with its label.
#[component]
pub fn Select(props: &SelectProps) -> Html {
    let node = use_node_ref();
    let (shown, now) = (node.clone(), props.value.clone());
    // What a person has chosen in a select outlives what the page writes into its options.
    use_effect(move || {
        if let Some(select) = shown.cast::<HtmlSelectElement>() {
            select.set_value(&now);
        }
    });
    let onchange = {
        let on_choose = props.on_choose.clone();
        Callback::from(move |event: Event| {
            if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
                on_choose.emit(select.value());
            }
        })
    };
    let options = |items: &[Item]| {
        let option = |(value, words): &Item| {
            let selected = props.value == *value;
            html! { <option key={value.clone()} value={value.clone()} {selected}>{ words.clone() }</option> }
        };
        items.iter().map(option).collect::<Html>()
    };
    html! {
        <label class="field">
            <span>{ props.label.clone() }</span>
            <select ref={node} data-test={props.test.clone()} {onchange}>
                { options(&props.items) }
                { for props.groups.iter().map(|(title, items)| html! {
                    <optgroup key={*title} label={*title}>{ options(items) }</optgroup>
                }) }
            </select>
        </label>
    }
}
