//! The hits, by kind: the list of the combobox.

use std::rc::Rc;

use web_sys::HtmlElement;
use yew::prelude::*;

use crate::hooks::keep_in_view;
use crate::search::model::{Entry, Group, Opens};

/// The id of the list.
pub(super) const HITS: &str = "search-hits";

/// The id of the hit at this place.
pub(super) fn hit_id(place: usize) -> String {
    format!("search-hit-{place}")
}

#[derive(Properties, PartialEq)]
pub(super) struct HitsProps {
    pub groups: Vec<Group>,
    /// The place of the chosen hit among all.
    pub now: usize,
    pub on_open: Callback<Opens>,
}

#[component]
pub(super) fn Hits(props: &HitsProps) -> Html {
    let HitsProps { groups, now, on_open } = props;
    let list = use_node_ref();
    use_effect_with((groups.clone(), *now), {
        let list = list.clone();
        move |(_, now)| {
            if let Some(list) = list.cast::<HtmlElement>() {
                match now {
                    // With its heading.
                    0 => list.set_scroll_top(0),
                    now => keep_in_view(&list, &format!("#{}", hit_id(*now))),
                }
            }
        }
    });
    let mut place = 0;
    let groups = groups.iter().map(|group| {
        let first = place;
        place += group.hits.len();
        let heading = format!("search-group-{first}");
        html! {
            <div role="group" aria-labelledby={heading.clone()} key={group.title}>
                <div role="presentation" class="search-kind" id={heading}>{ group.title }</div>
                { for group.hits.iter().zip(first..).map(|(hit, place)| option(hit, place, place == *now, on_open)) }
            </div>
        }
    });
    html! {
        <div role="listbox" id={HITS} class="search-hits" aria-label="Results" tabindex="-1" ref={list}>{ for groups }</div>
    }
}

fn option(hit: &Rc<Entry>, place: usize, chosen: bool, on_open: &Callback<Opens>) -> Html {
    let opens = hit.opens.clone();
    let onclick = on_open.reform(move |_: MouseEvent| opens.clone());
    html! {
        <div role="option" id={hit_id(place)} class="search-hit" aria-selected={chosen.to_string()} {onclick} data-test="search-hit">
            <span class="search-is">{ &hit.is }</span>
            <span class="search-title">{ &hit.title }</span>
            <span class="search-says">{ &hit.says }</span>
            <span class="search-act">{ hit.opens.act() }</span>
        </div>
    }
}
