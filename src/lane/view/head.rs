//! A lane's header: its editable name, its tagline, and its menu.

use yew::prelude::*;

use super::menu::LaneMenu;
use crate::context::{Dispatch, Shown, use_dispatch, use_shown};
use crate::controls::Typed;
use crate::setups::state::gallery;
use crate::state::{Action, FieldPath};
use ackground_core::experiment::Lane;

#[derive(Properties, PartialEq)]
pub struct HeadProps {
    /// The lane's index.
    pub index: usize,
    /// What to show between name and menu.
    #[prop_or_default]
    pub children: Children,
}

#[component]
pub fn Head(props: &HeadProps) -> Html {
    let Shown { experiment, .. } = &use_shown();
    let dispatch = use_dispatch();
    let HeadProps { index, .. } = props;
    let Some(lane) = experiment.lanes.get(*index) else {
        return html! {};
    };
    html! {
        <header class="lane-head">
            <div>
                <h2>
                    <Typed class="lane-name" place={FieldPath::lane(*index, "name")} longest=120
                        label={format!("Name of lane {}", index + 1)} value={experiment.lane_name(*index)} />
                </h2>
                { tagline(lane, *index, &dispatch) }
            </div>
            { for props.children.iter() }
            <LaneMenu index={*index} lanes={experiment.lanes.len()} preset={lane.preset} />
        </header>
    }
}

/// The preset's tagline, or, once a setting differs, a note and a reset link.
fn tagline(lane: &Lane, index: usize, dispatch: &Dispatch) -> Html {
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
                onclick={dispatch.to(Action::Preset(index, id))}>{ "take back" }</button>
        </p>
    }
}
