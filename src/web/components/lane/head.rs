//! The head of a lane: its name, which can be typed over, the idea behind it, and its menu.

use std::rc::Rc;

use yew::prelude::*;

use super::menu::LaneMenu;
use crate::experiment::{Experiment, Lane};
use crate::web::components::typed::Typed;
use crate::web::state::{Action, Place};

/// Which lane.
#[derive(Properties, PartialEq)]
pub struct HeadProps {
    /// The experiment.
    pub experiment: Rc<Experiment>,
    /// The place of the lane, from 0.
    pub index: usize,
    /// What is done.
    pub on_act: Callback<Action>,
}

/// The head of a lane.
#[component]
pub fn Head(props: &HeadProps) -> Html {
    let HeadProps {
        experiment,
        index,
        on_act,
    } = props;
    let Some(lane) = experiment.lanes.get(*index) else {
        return html! {};
    };
    html! {
        <header class="lane-head">
            <div>
                <h2>
                    <Typed class="lane-name" place={Place::lane(*index, "name")} longest=120
                        label={format!("Name of lane {}", index + 1)} value={experiment.lane_name(*index)}
                        on_act={on_act.clone()} />
                </h2>
                <p class="tagline">{ tagline(lane) }</p>
            </div>
            <LaneMenu index={*index} lanes={experiment.lanes.len()} preset={lane.preset} on_act={on_act.clone()} />
        </header>
    }
}

/// The idea of the preset, as long as the lane still is that preset.
fn tagline(lane: &Lane) -> String {
    let Some(preset) = lane.preset.map(|id| id.preset()) else {
        return "A setup of its own".to_owned();
    };
    let unchanged = lane.producer == preset.producer
        && lane.broker == preset.broker
        && lane.consumer == preset.consumer;
    if unchanged {
        preset.tagline.to_owned()
    } else {
        format!("{}, changed", preset.name)
    }
}
