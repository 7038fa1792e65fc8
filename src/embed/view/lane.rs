//! One lane of a figure: its name and balance, its picture, what became of each message.

use std::rc::Rc;

use yew::prelude::*;

use super::results::Results;
use crate::embed::state::Controls;
use crate::hooks::use_on_paper;
use crate::lane::view::balance::Balance;
use crate::state::{Action, LaneRun};
use crate::watch::choices::Picture;
use crate::watch::view::{FlowPicture, LaneDiagram, use_scope};
use crate::why::state::inspect::Inspected;
use ackground_core::experiment::Experiment;
use ackground_core::sim::Time;
use ackground_timeline::{Axis, Ledger};

/// Which lane, and when.
#[derive(Properties, PartialEq)]
pub struct FigureLaneProps {
    /// The experiment.
    pub experiment: Rc<Experiment>,
    /// The lane's run.
    pub run: Rc<LaneRun>,
    /// Its ledger at the moment.
    pub ledger: Rc<Ledger>,
    /// The axis of all lanes.
    pub axis: Rc<Axis>,
    /// The moment.
    pub playhead: Time,
    /// How the run is drawn.
    pub picture: Picture,
    /// How much can be touched.
    pub controls: Controls,
    /// What is done.
    pub on_act: Callback<Action>,
}

/// A lane. Where nothing is broken by hand, picking a shape leads to its moment.
#[component]
pub fn FigureLane(props: &FigureLaneProps) -> Html {
    let FigureLaneProps { experiment, run, ledger, axis, playhead, picture, controls, on_act } =
        props;
    let controls = *controls;
    let name = experiment.lane_name(run.lane);
    let alone = experiment.lanes.len() == 1;
    let on_paper = use_on_paper();
    let scope = use_scope();
    let on_seek = use_callback(on_act.clone(), |at: Time, on_act| on_act.emit(Action::Seek(at)));
    let on_inspect =
        use_callback((on_act.clone(), controls), |inspected: Inspected, (on_act, controls)| {
            on_act.emit(match controls {
                Controls::All => Action::Inspect(Some(inspected)),
                Controls::Play | Controls::None => Action::Seek(inspected.at),
            });
        });
    html! {
        <section class="lane" id={scope.id("lane", run.lane)} role={scope.role()} tabindex="-1" aria-label={name.clone()} data-test="lane">
            <header class="lane-head">
                <h2>{ name }</h2>
                <Balance ledger={ledger.clone()} />
            </header>
            if *picture == Picture::Flow && !on_paper {
                <FlowPicture experiment={experiment.clone()} run={run.clone()} playhead={*playhead} {on_inspect} {alone} {controls} />
            } else {
                <LaneDiagram experiment={experiment.clone()} run={run.clone()} axis={axis.clone()} playhead={*playhead}
                    {on_seek} {on_inspect} {controls} />
            }
            <Results ledger={ledger.clone()} />
        </section>
    }
}
