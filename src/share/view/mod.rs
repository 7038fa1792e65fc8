//! The "Share" sheet: a link, files, and an embedded figure, in tabs.
//!
//! This file has the frame and the tabs; each tab is in a file of its own.

mod learn;
mod link;
mod save;

use yew::prelude::*;

use self::learn::LearnPart;
use self::link::LinkPart;
use self::save::SavePart;
use crate::context::{use_dispatch, use_shown};
use crate::controls::sheet::Sheet as Frame;
use crate::controls::{Among, Item, Tabs};
use crate::embed::generator::EmbedPart;
use crate::share::state::SharePart;
use crate::state::{Action, Sheet, View, Views, address};
use ackground_core::sim::Time;

#[derive(Properties, PartialEq, Clone)]
pub struct ShareProps {
    pub part: SharePart,
    /// The moment for the address; `None` at the end of the run.
    pub moment: Option<Time>,
    pub views: Views,
    /// The fragment: experiment, view and moment.
    pub link: AttrValue,
}

#[component]
pub fn Share(props: &ShareProps) -> Html {
    let shown = use_shown();
    let dispatch = use_dispatch();
    let ShareProps { part, .. } = props;
    if props.views.shown == View::Learn {
        return html! {
            <Frame name="share" title="Share" back="[data-test=open-share]">
                <div class="share-body"><LearnPart choices={props.views.learn.clone()} /></div>
            </Frame>
        };
    }
    let link = address::lasting(&shown.experiment, &props.link);
    let items = SharePart::ALL.map(|one| Item::new(one, one.word(), one.label()));
    let on_choose = dispatch.on(|part| Action::OpenSheet(Sheet::Share(part)));
    let tabs = html! {
        <Tabs class="share-parts" label="Ways to share" among={Among::new(items, *part, on_choose)} test="share" />
    };
    html! {
        <Frame name="share" title="Share" tools={tabs} back="[data-test=open-share]">
            <div class="share-body">
                { match part {
                    SharePart::Link => html! { <LinkPart {link} /> },
                    SharePart::Save => html! { <SavePart /> },
                    SharePart::Embed => html! { <EmbedPart views={props.views.clone()} moment={props.moment} /> },
                } }
            </div>
        </Frame>
    }
}
