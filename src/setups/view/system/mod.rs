//! "In your system": a lane as a product's configuration, ready to copy, and what that product cannot
//! express. For Kafka, one can paste one's own configuration.

mod gaps;
mod paste;

use std::rc::Rc;

use yew::prelude::*;

use self::gaps::Gaps;
use self::paste::Paste;
use super::lane_items;
use crate::context::{Dispatch, Shown, use_dispatch, use_shown};
use crate::controls::sheet::Sheet as Frame;
use crate::controls::snippet::SnippetBox;
use crate::controls::{Among, Item, Select, Tabs};
use crate::state::{Action, Sheet};
use ackground_core::experiment::{Experiment, Product};
use ackground_words::systems::{Reason, express, home};

#[derive(Properties, PartialEq)]
pub struct SystemProps {
    /// The lane's index.
    pub lane: usize,
    pub product: Option<Product>,
    /// The configuration that was pasted last.
    pub pasted: Rc<str>,
}

#[component]
pub fn System(props: &SystemProps) -> Html {
    let Shown { experiment, .. } = &use_shown();
    let dispatch = use_dispatch();
    let SystemProps { lane: index, product, pasted } = props;
    let Some(lane) = experiment.lanes.get(*index) else {
        return html! {};
    };
    let home = home(lane);
    let product = product.unwrap_or(home);
    let expressed =
        use_memo((experiment.clone(), *index, product), |(experiment, index, product)| {
            express(&experiment.lanes[*index], &experiment.scenario, *product)
        });
    let (index, scroll) = (*index, use_node_ref());
    use_effect_with(product, {
        let scroll = scroll.clone();
        move |_| {
            if let Some(page) = scroll.cast::<web_sys::Element>() {
                page.set_scroll_top(0);
            }
        }
    });
    let on_tab = dispatch.on(move |product| {
        Action::OpenSheet(Sheet::System { lane: index, product: Some(product) })
    });
    let others = Product::ALL.iter().copied().filter(|one| *one != home);
    let tabs = std::iter::once(home).chain(others);
    let tabs = tabs.map(|one| Item::new(one, one.name(), one.name()));
    let (name, lane_name) = (product.name(), experiment.lane_name(index));
    let snippet = |snippet: &ackground_words::systems::Snippet| {
        html! { <SnippetBox key={snippet.file} snippet={snippet.clone()} /> }
    };
    let gaps = |reason: Reason| {
        let gaps: Vec<_> =
            expressed.gaps.iter().filter(|gap| gap.reason == reason).cloned().collect();
        html! { <Gaps {reason} product={name} {gaps} /> }
    };
    html! {
        <Frame name="system" title="In your system" tools={lanes(experiment, index, product, &dispatch)}
            back={format!("[popovertarget=lane-menu-{}]", index + 1)}>
            <div class="gallery-body">
                <Tabs label="Systems" among={Among::new(tabs, product, on_tab)} test="system" />
                <div class="shelves system-page" tabindex="0" role="group" aria-label={format!("{lane_name} in {name}")} ref={scroll}>
                    <h3>{ format!("{lane_name}, in {name}") }</h3>
                    { gaps(Reason::Cannot) }
                    if product == Product::Kafka {
                        <Paste key={index} lane={index} text={pasted.clone()} />
                    }
                    { for expressed.snippets.iter().map(snippet) }
                    { gaps(Reason::OwnWay) }
                </div>
            </div>
        </Frame>
    }
}

/// The choice of lane.
fn lanes(experiment: &Experiment, index: usize, product: Product, dispatch: &Dispatch) -> Html {
    let on_choose =
        dispatch.on(move |lane| Action::OpenSheet(Sheet::System { lane, product: Some(product) }));
    html! {
        <Select class="sheet-choice" label="Lane" among={Among::new(lane_items(experiment), index, on_choose)} test="system-lane" />
    }
}
