//! Tabs: buttons of which one is pressed, or links to views of which one is shown.

use yew::prelude::*;

use super::{Among, Item};

/// Among what.
#[derive(Properties, PartialEq)]
pub struct TabsProps {
    pub label: AttrValue,
    /// The class of a row; without one they are a list of their own, by which one finds one's way in a sheet.
    #[prop_or_default]
    pub class: Option<AttrValue>,
    pub among: Among,
    /// What a test looks for, before the word of the tab.
    pub test: AttrValue,
}

/// The tabs.
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

/// A view as a link, so that it can be opened beside this one: the word of the view, its address, whether it is shown.
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
