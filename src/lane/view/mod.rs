//! A lane: header, outcome, picture; and the sheet with the settings of all lanes.

pub mod balance;
mod head;
pub mod lanes;
mod menu;
mod proven;
mod setting;
pub mod settings;

use std::rc::Rc;

use yew::prelude::*;

use self::head::Head;
use self::proven::Proven;
use crate::context::use_shown;
use crate::embed::view::Results;
use crate::hooks::use_on_paper;
use crate::lane::view::balance::Balance;
use crate::state::LaneRun;
use crate::watch::choices::Picture;
use crate::watch::view::{FlowPicture, LaneDiagram, use_scope};
use crate::why::view::{Why, use_chain};

pub use self::menu::PresetList;
pub use self::proven::{bounds, use_lane_proof};
pub use self::setting::SettingRow;

#[derive(Properties, PartialEq)]
pub struct LaneProps {
    pub run: Rc<LaneRun>,
}

/// A lane. On the page its parts are subgrid rows, which aligns them across lanes. A figure has name,
/// balance, picture, and the outcome of each message.
#[component]
pub fn Lane(props: &LaneProps) -> Html {
    let run = &props.run;
    let shown = use_shown();
    let scope = use_scope();
    // Paper cannot play: print the picture that shows all of time at once.
    let on_paper = use_on_paper();
    let (index, page) = (run.lane, shown.density.is_page());
    let name = shown.experiment.lane_name(index);
    let asked = shown.asked.filter(|asked| page && asked.lane == index);
    let chain = use_chain(&shown.experiment, run, asked);
    html! {
        <section class="lane" id={scope.id("lane", index)} role={(!page).then(|| scope.role())} tabindex="-1" aria-label={name.clone()} data-test="lane">
            if page {
                <Head {index} />
                <Proven {index} />
            } else {
                <header class="lane-head"><h2>{ name }</h2><Balance lane={index} /></header>
            }
            if shown.picture == Picture::Flow && !on_paper {
                <FlowPicture run={run.clone()} />
            } else {
                <LaneDiagram run={run.clone()} chain={chain.clone()} />
            }
            if page {
                if let Some((asked, chain)) = asked.zip(chain) {
                    <Why run={run.clone()} {asked} {chain} />
                }
            } else {
                <Results lane={index} />
            }
        </section>
    }
}
