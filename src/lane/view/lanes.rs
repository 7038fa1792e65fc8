//! The lanes side by side, and room for one more.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use yew::prelude::*;

use crate::controls::icons;
use crate::lane::view::{Lane, PresetList};
use crate::setups::state::gallery::Gallery;
use crate::state::{Action, LaneRun, Place, Refusal, Sheet};
use crate::watch::choices::Picture;
use crate::watch::hooks::unroll::Loom;
use crate::why::state::asked::Asked;
use ackground_core::experiment::{Experiment, Lanes as Setups};
use ackground_core::sim::Time;
use ackground_timeline::{Axis, Ledger};

/// Which lanes, and when.
#[derive(Properties, PartialEq)]
pub struct LanesProps {
    /// The experiment.
    pub experiment: Rc<Experiment>,
    /// The run of every lane.
    pub runs: Rc<[Rc<LaneRun>]>,
    /// The ledger of every lane at the moment.
    pub ledgers: Rc<[Rc<Ledger>]>,
    /// The axis of all lanes.
    pub axis: Rc<Axis>,
    /// The moment.
    pub playhead: Time,
    /// What was typed and could not be taken.
    pub refused: Rc<BTreeMap<Place, Refusal>>,
    /// How the runs are drawn.
    pub picture: Picture,
    /// Whether all settings are shown.
    pub settings_open: bool,
    /// The folds of settings that are open.
    pub unfolded: Rc<BTreeSet<&'static str>>,
    /// What is asked about.
    pub asked: Option<Asked>,
    /// What is done.
    pub on_act: Callback<Action>,
}

/// All lanes.
#[component]
pub fn Lanes(props: &LanesProps) -> Html {
    let LanesProps {
        experiment,
        runs,
        ledgers,
        axis,
        playhead,
        refused,
        picture,
        settings_open,
        unfolded,
        asked,
        on_act,
    } = props;
    let lane = |(run, ledger): (&Rc<LaneRun>, &Rc<Ledger>)| {
        html! {
            <Lane key={run.lane} experiment={experiment.clone()} run={run.clone()} ledger={ledger.clone()} axis={axis.clone()} playhead={*playhead}
                refused={refused.clone()} picture={*picture} settings_open={*settings_open} unfolded={unfolded.clone()}
                asked={asked.filter(|asked| asked.lane == run.lane)} on_act={on_act.clone()} />
        }
    };
    let loom = use_memo((), |()| Loom::default());
    html! {
        <ContextProvider<Loom> context={(*loom).clone()}>
            <div class="lanes" data-lanes={runs.len().to_string()}>
                { for runs.iter().zip(&**ledgers).map(lane) }
                if runs.len() < Setups::MOST {
                    <AddLane on_act={on_act.clone()} />
                }
            </div>
        </ContextProvider<Loom>>
    }
}

/// Where a new lane goes.
#[derive(Properties, PartialEq)]
struct AddLaneProps {
    /// What is done.
    on_act: Callback<Action>,
}

/// One more lane, with the choice of its setup.
#[component]
fn AddLane(props: &AddLaneProps) -> Html {
    html! {
        <div class="add-lane">
            <button type="button" class="button" popovertarget="add-lane" aria-label="Add a lane" title="Add a lane" data-test="add-lane">
                { icons::plus() }<span>{ "Add a lane" }</span>
            </button>
            <div class="menu" popover="auto" id="add-lane">
                <p class="eyebrow">{ "Add a lane" }</p>
                <PresetList menu="add-lane" on_pick={props.on_act.reform(Action::AddLane)}
                    on_more={props.on_act.reform(|()| Action::OpenSheet(Sheet::Gallery(Gallery { lane: None })))} />
            </div>
        </div>
    }
}
