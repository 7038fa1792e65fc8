//! The sheet "Share": an address, files, and a figure for another page, one part at a time.
//!
//! This file owns the frame and the choice of the part. What each part offers is in a file of its own.

mod learn;
mod link;
mod save;

use std::rc::Rc;

use yew::prelude::*;

use self::learn::LearnPart;
use self::link::LinkPart;
use self::save::SavePart;
use crate::controls::sheet::Sheet as Frame;
use crate::controls::{Among, Item, Tabs};
use crate::embed::generator::EmbedPart;
use crate::share::state::SharePart;
use crate::state::{Action, LaneRun, Sheet, View, Views, address};
use ackground_core::experiment::Experiment;
use ackground_core::sim::Time;

/// What is shared.
#[derive(Properties, PartialEq, Clone)]
pub struct ShareProps {
    /// The part that is open.
    pub part: SharePart,
    /// The experiment.
    pub experiment: Rc<Experiment>,
    /// What happens in each lane.
    pub runs: Rc<[Rc<LaneRun>]>,
    /// The moment that is shown.
    pub playhead: Time,
    /// The moment that an address names: none at the end of the run.
    pub moment: Option<Time>,
    /// The view that is shown, and what is chosen there.
    pub views: Views,
    /// The fragment of the address: experiment, view and moment.
    pub link: AttrValue,
    /// How many texts stand on the page that could not be taken.
    pub refused: usize,
    /// What is done.
    pub on_act: Callback<Action>,
}

/// The sheet.
#[component]
pub fn Share(props: &ShareProps) -> Html {
    let ShareProps { part, on_act, .. } = props;
    if props.views.shown == View::Learn {
        return html! {
            <Frame name="share" title="Share" back="[data-test=open-share]" on_close={on_act.reform(|()| Action::CloseSheet)}>
                <div class="share-body"><LearnPart choices={props.views.learn.clone()} /></div>
            </Frame>
        };
    }
    let link = address::lasting(&props.experiment, &props.link);
    let items = SharePart::ALL.map(|one| Item::new(one, one.word(), one.label()));
    let on_choose = on_act.reform(|part| Action::OpenSheet(Sheet::Share(part)));
    let tabs = html! {
        <Tabs class="share-parts" label="Ways to share" among={Among::new(items, *part, on_choose)} test="share" />
    };
    html! {
        <Frame name="share" title="Share" tools={tabs} back="[data-test=open-share]" on_close={on_act.reform(|()| Action::CloseSheet)}>
            <div class="share-body">
                { match part {
                    SharePart::Link => html! { <LinkPart {link} refused={props.refused} on_act={on_act.clone()} /> },
                    SharePart::Save => html! { <SavePart ..props.clone() /> },
                    SharePart::Embed => html! { <EmbedPart ..props.clone() /> },
                } }
            </div>
        </Frame>
    }
}
