//! The search: a field with its hits below, and the button that opens it.
pub mod button;
mod hits;

use std::rc::Rc;

use yew::prelude::*;

use self::hits::{HITS, Hits, hit_id};
use crate::context::{use_dispatch, use_shown};
use crate::controls::sheet::Sheet;
use crate::hooks::reveal;
use crate::search::model::{Entry, Opens, Results, find, index};
use crate::state::Action;

pub use self::button::SearchButton;

/// The search, open while mounted: a combobox, whose list is always there.
#[component]
pub fn Search() -> Html {
    let shown = use_shown();
    let dispatch = use_dispatch();
    let typed = use_state_eq(String::new);
    // The place of the chosen hit among all that are shown.
    let at = use_state_eq(|| 0_usize);
    let all = use_memo(shown.experiment.scenario.clone(), |_| {
        index(&shown.experiment).into_iter().map(Rc::new).collect::<Vec<Rc<Entry>>>()
    });
    let within = (typed.clone(), all.clone(), shown.experiment.clone());
    let results = use_memo(within, |(typed, all, experiment)| find(all, experiment, typed));
    let hits: Vec<Rc<Entry>> = results.hits().cloned().collect();
    let now = (*at).min(hits.len().saturating_sub(1));
    let oninput = {
        let (typed, at) = (typed.setter(), at.setter());
        Callback::from(move |event: InputEvent| {
            if let Some(field) = event.target_dyn_into::<web_sys::HtmlInputElement>() {
                typed.set(field.value());
                at.set(0);
            }
        })
    };
    let on_open = use_callback(dispatch, |opens: Opens, dispatch| {
        let place = opens.place();
        dispatch.send(Action::Found(opens));
        if let Some(css) = place {
            reveal(css);
        }
    });
    let onkeydown = {
        let (at, on_open) = (at.setter(), on_open.clone());
        let (hits, many) = (hits.clone(), hits.len());
        Callback::from(move |event: KeyboardEvent| {
            if event.is_composing() {
                return;
            }
            match event.key().as_str() {
                "ArrowDown" if many > 0 => at.set((now + 1) % many),
                "ArrowUp" if many > 0 => at.set((now + many - 1) % many),
                "Enter" => {
                    if let Some(hit) = hits.get(now) {
                        on_open.emit(hit.opens.clone());
                    }
                }
                _ => return,
            }
            event.prevent_default();
        })
    };
    let active = (!hits.is_empty()).then(|| hit_id(now));
    let tools = html! {
        <>
            <input type="text" inputmode="search" enterkeyhint="go" role="combobox" aria-label="Search" aria-expanded="true"
                aria-controls={HITS} aria-autocomplete="list" aria-activedescendant={active} autofocus=true
                placeholder={HINT} autocomplete="off" autocapitalize="off" spellcheck="false" maxlength="120"
                value={(*typed).clone()} data-test="search-field" {oninput} {onkeydown} />
            <p class="muted small" role="status" data-test="search-count">{ counted(&results) }</p>
        </>
    };
    html! {
        <Sheet name="search" title="Search" {tools} back="[data-test=open-search]">
            <div class="search-body">
                if results.found == Some(0) {
                    <p class="search-none" data-test="search-nothing">{ nothing(&typed) }</p>
                }
                <Hits groups={results.groups.clone()} {now} {on_open} />
            </div>
        </Sheet>
    }
}

/// What can be typed.
pub(super) const HINT: &str =
    "enable.auto.commit, outbox, SQS, \u{201c}paid twice\u{201d} \u{2026}";

fn nothing(typed: &str) -> String {
    format!(
        "Nothing matches all of \u{201c}{}\u{201d}. These come closest; a shorter search finds more.",
        typed.trim()
    )
}

fn counted(results: &Results) -> String {
    match (results.found, results.hits().count()) {
        (None, _) => String::new(),
        (Some(1), _) => "1 result".to_owned(),
        (Some(found), shown) if 0 < found && shown < found => format!("{shown} of {found} results"),
        (Some(found), _) => format!("{found} results"),
    }
}
