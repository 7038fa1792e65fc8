//! One lane: what it is called, what its run came to, its settings, its picture.

pub mod balance;
mod found;
mod head;
pub mod lanes;
mod menu;
mod proven;
mod setting;
mod settings;
mod tiles;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use yew::prelude::*;

use self::found::Found;
use self::head::Head;
use self::proven::Proven;
use self::settings::{Settings, SettingsSwitch};
use self::tiles::Tiles;
use crate::hooks::use_on_paper;
use crate::lane::view::balance::Balance;
use crate::state::{Action, LaneRun, Place, Refusal};
use crate::watch::choices::Picture;
use crate::watch::view::{FlowPicture, LaneDiagram, Ledger, Transcript};
use crate::why::state::asked::Asked;
use crate::why::view::{Why, use_chain};
use ackground_core::experiment::Experiment;
use ackground_core::sim::Time;
use ackground_timeline::Axis;

pub use self::menu::PresetList;
pub use self::proven::{bounds, use_lane_proof};
pub use self::setting::SettingRow;

/// Which lane, and when.
#[derive(Properties, PartialEq)]
pub struct LaneProps {
    /// The experiment.
    pub experiment: Rc<Experiment>,
    /// The lane's run.
    pub run: Rc<LaneRun>,
    /// Its ledger at the moment.
    pub ledger: Rc<ackground_timeline::Ledger>,
    /// The axis of all lanes.
    pub axis: Rc<Axis>,
    /// The moment.
    pub playhead: Time,
    /// What was typed and could not be taken.
    pub refused: Rc<BTreeMap<Place, Refusal>>,
    /// How the run is drawn.
    pub picture: Picture,
    /// Whether all settings are shown.
    pub settings_open: bool,
    /// The folds of settings that are open.
    pub unfolded: Rc<BTreeSet<&'static str>>,
    /// What is asked about in this lane.
    pub asked: Option<Asked>,
    /// What is done.
    pub on_act: Callback<Action>,
}

/// A lane. Its parts are rows of one grid, so that they stand level in all lanes.
#[component]
pub fn Lane(props: &LaneProps) -> Html {
    let LaneProps {
        experiment,
        run,
        ledger,
        axis,
        playhead,
        refused,
        picture,
        settings_open,
        unfolded,
        asked,
        on_act,
    } = props;
    let index = run.lane;
    let name = experiment.lane_name(index);
    let proved = use_lane_proof(experiment, index);
    // Paper does not move: it gets the picture that shows all of time at once.
    let on_paper = use_on_paper();
    let on_inspect = use_callback(on_act.clone(), |inspected, on_act| {
        on_act.emit(Action::Inspect(Some(inspected)))
    });
    let chain = use_chain(experiment, run, *asked);
    let on_seek = use_callback(on_act.clone(), |at: Time, on_act| on_act.emit(Action::Seek(at)));
    html! {
        <section class="lane" id={format!("lane-{}", index + 1)} tabindex="-1" aria-label={name} data-test="lane">
            <Head experiment={experiment.clone()} {index} on_act={on_act.clone()}>
                <Balance ledger={ledger.clone()} />
            </Head>
            <Proven experiment={experiment.clone()} {index} {proved} on_act={on_act.clone()} />
            <div class="lane-bar">
                <Found experiment={experiment.clone()} run={run.clone()} on_act={on_act.clone()} />
                <SettingsSwitch {index} open={*settings_open} on_act={on_act.clone()} />
            </div>
            <Tiles experiment={experiment.clone()} {index} on_act={on_act.clone()} />
            <Settings experiment={experiment.clone()} {index} refused={refused.clone()} open={*settings_open}
                unfolded={unfolded.clone()} on_act={on_act.clone()} />
            if *picture == Picture::Flow && !on_paper {
                <FlowPicture experiment={experiment.clone()} run={run.clone()} playhead={*playhead} {on_inspect} />
            } else {
                <LaneDiagram experiment={experiment.clone()} run={run.clone()} axis={axis.clone()} playhead={*playhead}
                    chain={chain.clone()} on_seek={on_seek.clone()} {on_inspect} />
            }
            <div class="results">
                <Ledger lane={index} ledger={ledger.clone()}
                    asked={asked.map(|asked| asked.message)} on_act={on_act.clone()} />
                if let (Some(asked), Some(chain)) = (*asked, chain) {
                    <Why experiment={experiment.clone()} run={run.clone()} {asked} {chain} playhead={*playhead} on_act={on_act.clone()} />
                }
            </div>
            <Transcript experiment={experiment.clone()} run={run.clone()} playhead={*playhead} {on_seek} />
        </section>
    }
}
