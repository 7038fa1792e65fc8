//! The head of a lane: its name, which can be typed over, the idea behind it, and its menu.

use std::rc::Rc;

use yew::prelude::*;

use super::menu::LaneMenu;
use crate::controls::Typed;
use crate::setups::state::gallery;
use crate::state::{Action, Place};
use ackground_core::experiment::{Experiment, Lane};

/// Which lane.
#[derive(Properties, PartialEq)]
pub struct HeadProps {
    /// The experiment.
    pub experiment: Rc<Experiment>,
    /// The place of the lane, from 0.
    pub index: usize,
    /// What is done.
    pub on_act: Callback<Action>,
    /// What stands between the name and the menu.
    #[prop_or_default]
    pub children: Children,
}

/// The head of a lane.
#[component]
pub fn Head(props: &HeadProps) -> Html {
    let HeadProps { experiment, index, on_act, .. } = props;
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
                { tagline(lane, *index, on_act) }
            </div>
            { for props.children.iter() }
            <LaneMenu index={*index} lanes={experiment.lanes.len()} preset={lane.preset} on_act={on_act.clone()} />
        </header>
    }
}

/// The idea of the preset; once a setting differs from it, that it does, and the way back.
fn tagline(lane: &Lane, index: usize, on_act: &Callback<Action>) -> Html {
    let Some((id, preset, changed)) = gallery::origin(lane) else {
        return html! { <p class="tagline">{ "A setup of its own" }</p> };
    };
    if !changed {
        return html! { <p class="tagline" title={preset.description}>{ preset.tagline }</p> };
    }
    let back = format!("Back to {}", preset.name);
    html! {
        <p class="tagline" title={preset.description}>
            <span>{ format!("{}, ", preset.name) }</span>
            <strong data-test={format!("changed-{}", index + 1)}>{ "changed" }</strong>
            <button type="button" class="link" aria-label={back.clone()} title={back} data-test={format!("reset-{}", index + 1)}
                onclick={on_act.reform(move |_| Action::Preset(index, id))}>{ "take back" }</button>
        </p>
    }
}
