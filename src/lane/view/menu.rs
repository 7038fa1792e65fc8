//! A lane's menu, and the list of setups.
//!
//! Menus are native popovers: the browser opens and closes them and restores the focus.

use yew::prelude::*;

use crate::context::use_dispatch;
use crate::controls::icons;
use crate::hooks::{focus_soon, use_rest};
use crate::setups::state::gallery::Gallery;
use crate::state::{Action, Sheet};
use ackground_core::experiment::{Family, Lanes, PresetId};

#[derive(Properties, PartialEq)]
pub struct LaneMenuProps {
    /// The lane's index.
    pub index: usize,
    /// Its name, which is what opens the menu.
    pub name: AttrValue,
    pub lanes: usize,
    /// The preset it is based on.
    pub preset: Option<PresetId>,
    pub on_rename: Callback<()>,
}

#[component]
pub fn LaneMenu(props: &LaneMenuProps) -> Html {
    let dispatch = use_dispatch();
    let LaneMenuProps { index, name, lanes, preset, on_rename } = props;
    let (index, id) = (*index, format!("lane-menu-{}", props.index + 1));
    // Focus the lane that takes its index, or else the previous one.
    let neighbour = index.min(lanes.saturating_sub(2)) + 1;
    let remove = dispatch.on(move |_: MouseEvent| {
        focus_soon(format!("[data-test=lane-menu-{neighbour}]"));
        Action::RemoveLane(index)
    });
    let pick = dispatch.on(move |preset| Action::Preset(index, preset));
    let (system, compare) = (Sheet::system(index), Sheet::compare(index));
    let gallery = Sheet::Gallery(Gallery { lane: Some(index), family: None });
    let more = dispatch.on(move |()| Action::OpenSheet(gallery));
    let rest = use_rest();
    let rename = on_rename
        .reform(move |_: MouseEvent| focus_soon(format!("#lane-{} input.lane-name", index + 1)));
    html! {
        <span class="lane-menu">
            <button type="button" class="lane-name" popovertarget={id.clone()} data-test={format!("lane-menu-{}", index + 1)}
                title="Rename, duplicate, remove, other setup">{ name.clone() }{ icons::chevron() }</button>
            <div class="menu" popover="auto" id={id.clone()}>
                if rest {
                    <button type="button" popovertarget={id.clone()} popovertargetaction="hide" data-test={format!("rename-{}", index + 1)}
                        onclick={rename}>{ "Rename\u{2026}" }</button>
                    <button type="button" popovertarget={id.clone()} popovertargetaction="hide" aria-disabled={(*lanes >= Lanes::MOST).then_some("true")}
                        data-test={format!("duplicate-{}", index + 1)} onclick={dispatch.to(Action::DuplicateLane(index))}>{ "Duplicate" }</button>
                    <button type="button" popovertarget={id.clone()} popovertargetaction="hide" aria-disabled={(*lanes <= 1).then_some("true")}
                        data-test={format!("remove-{}", index + 1)} onclick={remove}>{ "Remove" }</button>
                    <button type="button" popovertarget={id.clone()} popovertargetaction="hide" aria-haspopup="dialog"
                        data-test={format!("system-{}", index + 1)} onclick={dispatch.to(Action::OpenSheet(system))}>{ "In your system…" }</button>
                    <button type="button" popovertarget={id.clone()} popovertargetaction="hide" aria-haspopup="dialog" aria-disabled={(*lanes <= 1).then_some("true")}
                        data-test={format!("compare-{}", index + 1)} onclick={dispatch.to(Action::OpenSheet(compare))}>{ "Compare settings…" }</button>
                    <p class="eyebrow">{ "Set up as" }</p>
                    <PresetList menu={id} current={*preset} on_pick={pick} on_more={more} />
                }
            </div>
        </span>
    }
}

#[derive(Properties, PartialEq)]
pub struct PresetListProps {
    /// The id of the menu, which is closed by a choice.
    pub menu: AttrValue,
    /// The current preset.
    #[prop_or_default]
    pub current: Option<PresetId>,
    pub on_pick: Callback<PresetId>,
    /// Opens the gallery.
    pub on_more: Callback<()>,
}

/// The three guarantees, one click away, and the gallery.
#[component]
pub fn PresetList(props: &PresetListProps) -> Html {
    let item = |id: PresetId| {
        let preset = id.preset();
        let onclick = props.on_pick.reform(move |_: MouseEvent| id);
        html! {
            <button type="button" popovertarget={props.menu.clone()} popovertargetaction="hide" key={id.word()} {onclick}
                aria-current={(props.current == Some(id)).then_some("true")} data-test={format!("{}-{id}", props.menu)}>
                <strong>{ preset.name }</strong><small>{ preset.tagline }</small>
            </button>
        }
    };
    let current = props.current.filter(|id| id.family() != Family::Guarantee);
    html! {
        <>
            { for current.into_iter().chain(Family::Guarantee.presets()).map(item) }
            <button type="button" class="more-setups" popovertarget={props.menu.clone()} popovertargetaction="hide"
                aria-haspopup="dialog" data-test={format!("{}-more", props.menu)} onclick={props.on_more.reform(|_| ())}>
                <strong>{ "More setups…" }</strong><small>{ "Common mistakes, Kafka, RabbitMQ, SQS and others" }</small>
            </button>
        </>
    }
}
