//! The lanes of a run at a moment, and what moves it.

use std::rc::Rc;

use yew::prelude::*;

use super::lane::FigureLane;
use crate::app::summary::Summary;
use crate::embed::state::Controls;
use crate::state::{Action, Direction, LaneRun, Speed};
use crate::watch::choices::Picture;
use crate::watch::hooks::ledgers::use_ledgers;
use crate::watch::hooks::unroll::Loom;
use crate::watch::view::{Narration, PlayBar};
use ackground_core::experiment::Experiment;
use ackground_core::sim::Time;
use ackground_timeline::{Axis, Ledger};

/// Which lanes, and when.
#[derive(Properties, PartialEq)]
pub struct StageProps {
    /// The experiment.
    pub experiment: Rc<Experiment>,
    /// The run of every lane.
    pub runs: Rc<[Rc<LaneRun>]>,
    /// The axis of all lanes.
    pub axis: Rc<Axis>,
    /// The moment.
    pub playhead: Time,
    /// Whether it plays.
    pub playing: bool,
    /// How fast.
    pub speed: Speed,
    /// How the runs are drawn.
    pub picture: Picture,
    /// How much can be touched.
    pub controls: Controls,
    /// What is done.
    pub on_act: Callback<Action>,
}

/// The lanes with their balances, and the bar that plays them; a still one has the sentence of its moment alone.
#[component]
pub fn Stage(props: &StageProps) -> Html {
    let StageProps { experiment, runs, axis, playhead, playing, speed, picture, controls, on_act } =
        props;
    let ledgers = use_ledgers(experiment, runs, *playhead);
    let loom = use_memo((), |()| Loom::default());
    let onkeydown = arrows(on_act);
    let lane = |(run, ledger): (&Rc<LaneRun>, &Rc<Ledger>)| {
        html! {
            <FigureLane key={run.lane} experiment={experiment.clone()} run={run.clone()} ledger={ledger.clone()} axis={axis.clone()}
                playhead={*playhead} picture={*picture} controls={*controls} on_act={on_act.clone()} />
        }
    };
    html! {
        <ContextProvider<Loom> context={(*loom).clone()}>
            if runs.len() > 1 {
                <Summary experiment={experiment.clone()} ledgers={ledgers.clone()} still={*controls == Controls::None} />
            }
            <div class="lanes" data-lanes={runs.len().to_string()} onkeydown={(*controls == Controls::All).then_some(onkeydown)}>
                { for runs.iter().zip(&*ledgers).map(lane) }
            </div>
            if *controls == Controls::None {
                // As while it plays: nothing in it explains itself, and nothing is announced.
                <div class="embed-moment">
                    <Narration experiment={experiment.clone()} runs={runs.clone()} axis={axis.clone()} playhead={*playhead} playing=true still=true />
                </div>
            } else {
                <PlayBar experiment={experiment.clone()} runs={runs.clone()} axis={axis.clone()} playhead={*playhead}
                    playing={*playing} speed={*speed} on_act={on_act.clone()} />
            }
        </ContextProvider<Loom>>
    }
}

/// On a picture that has the focus the arrow keys step, with Shift by fault. Up and down, space and all others
/// are the host's.
fn arrows(on_act: &Callback<Action>) -> Callback<KeyboardEvent> {
    let on_act = on_act.clone();
    Callback::from(move |event: KeyboardEvent| {
        if event.ctrl_key() || event.alt_key() || event.meta_key() || event.default_prevented() {
            return;
        }
        let direction = match event.key().as_str() {
            "ArrowRight" => Direction::Forward,
            "ArrowLeft" => Direction::Back,
            _ => return,
        };
        event.prevent_default();
        on_act.emit(if event.shift_key() {
            Action::StepFault(direction)
        } else {
            Action::Step(direction)
        });
    })
}
