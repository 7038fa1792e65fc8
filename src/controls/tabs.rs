//! Tabs: toggle buttons, or links to views.

use yew::prelude::*;

use super::{Among, Item};

#[derive(Properties, PartialEq)]
pub struct TabsProps {
    pub label: AttrValue,
    /// The class of a row. Without one, the tabs are a list of their own, for navigation in a sheet.
    #[prop_or_default]
    pub class: Option<AttrValue>,
    pub among: Among,
    /// The prefix of the test ids.
    pub test: AttrValue,
}

#[component]
pub fn Tabs(props: &TabsProps) -> Html {
    let TabsProps { label, class, among, test } = props;
    let Among { items, now, on_choose } = among;
    let tab = |(place, Item { word, says, .. }): (usize, &Item<()>)| {
        let onclick = on_choose.reform(move |_: MouseEvent| place);
        html! {
            <button type="button" key={word.to_string()} aria-pressed={(*now == Some(place)).to_string()}
                data-test={format!("{test}-{word}")} {onclick}>{ says }</button>
        }
    };
    match class {
        Some(class) => html! {
            <div {class} role="group" aria-label={label}>{ for items.iter().enumerate().map(tab) }</div>
        },
        None => html! {
            <nav aria-label={label}><ul>{ for items.iter().enumerate().map(|item| html! { <li key={item.1.word.to_string()}>{ tab(item) }</li> }) }</ul></nav>
        },
    }
}

/// A view's tab as a link, which can be opened in a new browser tab: the view's word, its address, whether it
/// is shown.
pub fn link_tab<T>(
    Item { word, says, .. }: Item<T>,
    test: &str,
    fragment: &str,
    shown: bool,
    onclick: Callback<MouseEvent>,
) -> Html {
    html! {
        <a class="view" key={word.to_string()} href={format!("#{fragment}")} data-test={format!("{test}-{word}")}
            aria-current={shown.then_some("page")} {onclick}>{ says }</a>
    }
}
