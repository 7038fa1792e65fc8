//! A native select, optionally with groups.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::{Among, Item};

#[derive(Properties, PartialEq)]
pub struct SelectProps {
    pub label: AttrValue,
    /// Whether the label is for screen readers only; otherwise it is shown before the select.
    #[prop_or_default]
    pub heard: bool,
    /// The class of the label, or of the select if the label is not shown.
    #[prop_or_default]
    pub class: Classes,
    pub among: Among,
    #[prop_or_default]
    pub test: Option<AttrValue>,
}

#[component]
pub fn Select(props: &SelectProps) -> Html {
    let SelectProps { label, heard, class, among, test } = props;
    let Among { items, now, on_choose } = among;
    let (now, node) = (*now, use_node_ref());
    // Once a person has chosen, the browser ignores the options' `selected` attributes.
    use_effect({
        let node = node.clone();
        move || {
            if let Some(select) = node.cast::<HtmlSelectElement>() {
                show(&select, now);
            }
        }
    });
    let onchange = {
        let on_choose = on_choose.clone();
        Callback::from(move |event: Event| {
            let Some(select) = event.target_dyn_into::<HtmlSelectElement>() else {
                return;
            };
            let chosen = usize::try_from(select.selected_index());
            // Show the old value until it is re-rendered: the change may be refused.
            show(&select, now);
            if let Ok(chosen) = chosen {
                on_choose.emit(chosen);
            }
        })
    };
    let option = |(place, Item { word, says, .. }): (usize, &Item<()>)| {
        html! { <option key={word.to_string()} value={word.clone()} selected={now == Some(place)}>{ says.clone() }</option> }
    };
    let mut options = items.iter().enumerate();
    let groups = items.chunk_by(|one, next| one.group == next.group).map(|group| {
        let options: Html = options.by_ref().take(group.len()).map(option).collect();
        match group[0].group {
            Some(title) => html! { <optgroup key={title} label={title}>{ options }</optgroup> },
            None => options,
        }
    });
    let select = html! {
        <select ref={node} class={heard.then(|| class.clone())} aria-label={heard.then(|| label.clone())} data-test={test.clone()} {onchange}>
            { for groups }
        </select>
    };
    if *heard {
        return select;
    }
    html! { <label class={class.clone()}><span>{ label }</span>{ select }</label> }
}

fn show(select: &HtmlSelectElement, place: Option<usize>) {
    select.set_selected_index(place.and_then(|place| i32::try_from(place).ok()).unwrap_or(-1));
}
