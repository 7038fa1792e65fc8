//! A lane's header: its name, which opens its menu, and its setup in one line, which opens its settings.

use gloo_timers::callback::Timeout;
use yew::prelude::*;

use super::balance::Balance;
use super::menu::LaneMenu;
use crate::context::{Shown, use_dispatch, use_shown};
use crate::controls::{Typed, icons};
use crate::state::{Action, FieldPath, Sheet};
use ackground_words::story;

#[derive(Properties, PartialEq)]
pub struct HeadProps {
    /// The lane's index.
    pub index: usize,
}

#[component]
pub fn Head(props: &HeadProps) -> Html {
    let Shown { experiment, .. } = &use_shown();
    let dispatch = use_dispatch();
    let index = props.index;
    let renaming = use_state_eq(|| false);
    let on_rename = {
        let renaming = renaming.setter();
        // The field reports what was typed before it goes away.
        Callback::from(move |on: bool| {
            let renaming = renaming.clone();
            Timeout::new(0, move || renaming.set(on)).forget();
        })
    };
    let Some(lane) = experiment.lanes.get(index) else {
        return html! {};
    };
    let name = AttrValue::from(experiment.lane_name(index));
    html! {
        <header class="lane-head">
            <div>
                <h2>
                    if *renaming {
                        <span onfocusout={on_rename.reform(|_: FocusEvent| false)}>
                            <Typed class="lane-name" place={FieldPath::lane(index, "name")} longest=120
                                label={format!("Name of lane {}", index + 1)} value={name} />
                        </span>
                    } else {
                        <LaneMenu {index} {name} lanes={experiment.lanes.len()} preset={lane.preset} on_rename={on_rename.reform(|()| true)} />
                    }
                </h2>
                <button type="button" class="tagline" aria-haspopup="dialog" title={format!("{}. Settings", story::capital(&story::in_short(lane)))}
                    data-test={format!("settings-{}", index + 1)} onclick={dispatch.to(Action::OpenSheet(Sheet::Settings { lane: index }))}>
                    <span>{ story::in_short(lane) }</span>{ icons::sliders() }<span class="quiet">{ ": settings" }</span>
                </button>
            </div>
            <Balance lane={index} />
        </header>
    }
}
