//! The gallery: every setup that there is, by family, with search, in a dialog.
//!
//! The dialog is the browser's own: it keeps the focus inside, closes on Escape and gives the focus
//! back. Nothing in it is loaded from elsewhere; sources are links.

mod card;

use web_sys::{HtmlDialogElement, HtmlInputElement};
use yew::prelude::*;

use self::card::Card;
use crate::experiment::{Family, Lanes, PresetId};
use crate::web::hooks::focus_soon;
use crate::web::state::{Action, Gallery as Open, gallery};

/// For whom it is open.
#[derive(Properties, PartialEq)]
pub struct GalleryProps {
    /// For whom.
    pub open: Open,
    /// The lanes that there are.
    pub lanes: Lanes,
    /// What is done.
    pub on_act: Callback<Action>,
}

/// The gallery, open as long as it is there.
#[component]
pub fn Gallery(props: &GalleryProps) -> Html {
    let GalleryProps {
        open,
        lanes,
        on_act,
    } = props;
    let dialog = use_node_ref();
    let search = use_state_eq(String::new);
    let family = use_state_eq(|| None::<Family>);
    use_effect_with(dialog.clone(), |dialog| {
        let dialog = dialog.cast::<HtmlDialogElement>();
        if let Some(dialog) = dialog.as_ref().filter(|dialog| !dialog.open()) {
            // Fails only for a dialog that is open or gone.
            let _ = dialog.show_modal();
        }
    });
    let oninput = {
        let search = search.clone();
        Callback::from(move |event: InputEvent| {
            if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
                search.set(field.value());
            }
        })
    };
    // A dialog that is closed before it is taken away leaves the page as it was.
    let close = {
        let dialog = dialog.clone();
        move || {
            if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
                dialog.close();
            }
        }
    };
    // Once a setup is picked the focus goes to its lane, not back.
    let picked = use_mut_ref(|| false);
    let onclose = {
        let picked = picked.clone();
        let menu = open.lane.map_or_else(
            || "add-lane".to_owned(),
            |lane| format!("lane-menu-{}", lane + 1),
        );
        on_act.reform(move |_: Event| {
            if !*picked.borrow() {
                focus_soon(format!("[popovertarget={menu}]"));
            }
            Action::CloseGallery
        })
    };
    let pick = |lane: usize, action: fn(usize, PresetId) -> Action| {
        let (close, on_act, picked) = (close.clone(), on_act.clone(), picked.clone());
        Callback::from(move |id: PresetId| {
            picked.replace(true);
            close();
            on_act.emit(action(lane, id));
            focus_soon(format!("#lane-{}", lane + 1));
        })
    };
    let on_add =
        (lanes.len() < Lanes::MOST).then(|| pick(lanes.len(), |_, id| Action::AddLane(id)));
    let on_use = open.lane.map(|lane| pick(lane, Action::Preset));
    let current = open.lane.and_then(|lane| lanes.get(lane)?.preset);
    let found = gallery::found(&search, *family);
    let number: usize = found.iter().map(|(_, presets)| presets.len()).sum();
    let card = |id: &PresetId| {
        html! {
            <Card key={id.word()} id={*id} current={current == Some(*id)} on_add={on_add.clone()} lane={open.lane} on_use={on_use.clone()} />
        }
    };
    let shelf = |(family, presets): &(Family, Vec<PresetId>)| {
        html! {
            <section key={family.name()} aria-label={family.name()}>
                <h3>{ family.name() }</h3>
                <ul>{ for presets.iter().map(card) }</ul>
            </section>
        }
    };
    html! {
        <dialog class="gallery" ref={dialog.clone()} aria-labelledby="gallery-title" data-test="gallery"
            {onclose}>
            <header>
                <h2 id="gallery-title">{ "Setups" }</h2>
                <input type="search" placeholder="Search: offset, dedup, FIFO" aria-label="Search the setups" autocomplete="off"
                    autofocus=true spellcheck="false" data-test="gallery-search" value={(*search).clone()} {oninput} />
                <p class="muted small" role="status" data-test="gallery-count">{ counted(number) }</p>
                <form method="dialog"><button class="button" data-test="gallery-close">{ "Close" }</button></form>
            </header>
            <div class="gallery-body">
                { families(&family) }
                <div class="shelves" tabindex="0" role="group" aria-label="Setups found">
                    { for found.iter().map(shelf) }
                    if found.is_empty() {
                        <p class="muted">{ "No setup has all of these words." }</p>
                    }
                </div>
            </div>
        </dialog>
    }
}

fn counted(number: usize) -> String {
    match number {
        1 => "1 setup".to_owned(),
        _ => format!("{number} setups"),
    }
}

/// The families, of which one or all are shown.
fn families(family: &UseStateHandle<Option<Family>>) -> Html {
    let choice = |one: Option<Family>| {
        let chosen = **family == one;
        let onclick = {
            let family = family.clone();
            Callback::from(move |_: MouseEvent| family.set(one))
        };
        let name = one.map_or("All", Family::name);
        html! {
            <li key={name}>
                <button type="button" aria-pressed={chosen.to_string()} data-test={format!("family-{name}")} {onclick}>{ name }</button>
            </li>
        }
    };
    let all = std::iter::once(None).chain(Family::all().map(Some));
    html! { <nav aria-label="Families"><ul>{ for all.map(choice) }</ul></nav> }
}
