//! The gallery of all setups, by family, with search.
//!
//! Nothing is loaded from elsewhere; sources are links.

mod card;

use yew::prelude::*;

use self::card::Card;
use crate::context::{Shown, use_dispatch, use_shown};
use crate::controls::sheet::Sheet;
use crate::controls::{Among, Field, Item, Tabs};
use crate::hooks::focus_soon;
use crate::setups::state::gallery;
use crate::setups::state::gallery::Gallery as Open;
use crate::state::{Action, Sheet as Overlay};
use ackground_core::experiment::{Family, Lanes, PresetId};

#[derive(Properties, PartialEq)]
pub struct GalleryProps {
    pub open: Open,
}

/// The gallery, open while mounted.
#[component]
pub fn Gallery(props: &GalleryProps) -> Html {
    let Shown { experiment, .. } = &use_shown();
    let dispatch = use_dispatch();
    let GalleryProps { open } = props;
    let lanes = &experiment.lanes;
    let search = use_state_eq(String::new);
    let family = use_state_eq(|| open.family);
    let on_type = use_callback(search.setter(), |text, search| search.set(text));
    let back = open.lane.map_or_else(
        || "[popovertarget=add-lane]".to_owned(),
        |lane| format!("[popovertarget=lane-menu-{}]", lane + 1),
    );
    // After a choice, the focus goes to the lane.
    let pick = |lane: usize, action: fn(usize, PresetId) -> Action| {
        let dispatch = dispatch.clone();
        Callback::from(move |id: PresetId| {
            dispatch.send(action(lane, id));
            focus_soon(format!("#lane-{}", lane + 1));
        })
    };
    let on_add =
        (lanes.len() < Lanes::MOST).then(|| pick(lanes.len(), |_, id| Action::AddLane(id)));
    let on_use = open.lane.map(|lane| pick(lane, Action::Preset));
    let start = {
        let dispatch = dispatch.clone();
        Callback::from(move |setups: Vec<PresetId>| {
            dispatch.send(Action::StartWith(setups));
            focus_soon("#lane-1".to_owned());
        })
    };
    let on_start = open.lane.is_none().then(|| start.reform(|id: PresetId| vec![id]));
    // The comparison replaces the gallery.
    let on_compare = open.lane.filter(|_| lanes.len() < Lanes::MOST).map(|left| {
        let (dispatch, right) = (dispatch.clone(), lanes.len());
        Callback::from(move |id: PresetId| {
            dispatch.send(Action::AddLane(id));
            dispatch.send(Action::OpenSheet(Overlay::Compare { left, right }));
        })
    });
    let current = open.lane.and_then(|lane| lanes.get(lane)?.preset);
    let reset = {
        let (search, family) = (search.clone(), family.clone());
        Callback::from(move |_: MouseEvent| {
            search.set(String::new());
            family.set(None);
            focus_soon("[data-test=gallery-search]".to_owned());
        })
    };
    let found = gallery::found(&search, *family);
    let number: usize = found.iter().map(|(_, presets)| presets.len()).sum();
    let card = |id: &PresetId| {
        html! {
            <Card key={id.word()} id={*id} current={current == Some(*id)} on_add={on_add.clone()}
                on_compare={on_compare.clone()} lane={open.lane} on_use={on_use.clone()} on_start={on_start.clone()} />
        }
    };
    let shelf = |(family, presets): &(Family, Vec<PresetId>)| {
        html! {
            <section key={family.name()} aria-label={family.name()}>
                <div class="shelf-head">
                    <h3>{ family.name() }</h3>
                    if open.lane.is_none() && presets.len() > 1 {
                        <button type="button" class="button" aria-label={format!("{}: {}", family.name(), all_of(presets.len()))} data-test="start-with" onclick={start.reform({
                            let presets = presets.clone();
                            move |_: MouseEvent| presets.clone()
                        })}>{ all_of(presets.len()) }</button>
                    }
                </div>
                <ul>{ for presets.iter().map(card) }</ul>
            </section>
        }
    };
    let tools = html! {
        <>
            <Field kind="search" heard=true label="Search the setups" hint="Search: offset, dedup, FIFO" autofocus=true
                value={(*search).clone()} {on_type} test="gallery-search" />
            <p class="muted small" role="status" data-test="gallery-count">{ counted(number) }</p>
        </>
    };
    html! {
        <Sheet name="gallery" title="Setups" {tools} {back}>
            <div class="gallery-body">
                { families(&family) }
                <div class="shelves" tabindex="0" role="group" aria-label="Setups found">
                    { for found.iter().map(shelf) }
                    if found.is_empty() {
                        <div class="nothing-found" data-test="gallery-nothing">
                            <p>{ nothing(&search, *family) }</p>
                            <button type="button" class="button" onclick={reset}>{ "Show all setups" }</button>
                        </div>
                    }
                </div>
            </div>
        </Sheet>
    }
}

/// What starting with a whole shelf is called.
fn all_of(number: usize) -> String {
    match number {
        ..=Lanes::MOST => format!("Start with these {number}"),
        _ => format!("Start with the first {}", Lanes::MOST),
    }
}

/// Why nothing was found.
fn nothing(search: &str, family: Option<Family>) -> String {
    let search = search.trim();
    match family {
        Some(family) => format!(
            "No setup under \u{201c}{}\u{201d} matches \u{201c}{search}\u{201d}.",
            family.name()
        ),
        None => format!("No setup matches \u{201c}{search}\u{201d}."),
    }
}

fn counted(number: usize) -> String {
    match number {
        1 => "1 setup".to_owned(),
        _ => format!("{number} setups"),
    }
}

/// The filter by family.
fn families(family: &UseStateHandle<Option<Family>>) -> Html {
    let item = |one: Option<Family>| {
        let name = one.map_or("All", Family::name);
        Item::new(one, name, name)
    };
    let items = std::iter::once(None).chain(Family::all().map(Some)).map(item);
    let setter = family.setter();
    let on_choose = Callback::from(move |one| setter.set(one));
    html! { <Tabs label="Families" among={Among::new(items, **family, on_choose)} test="family" /> }
}
