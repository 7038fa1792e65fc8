//! Keeps the address and the page in sync, in both directions.
//!
//! One action is one history entry. During a drag the entry is updated in place, within the rate limits of
//! browsers; the moment is written once the playhead rests. A state that was read from the address is never
//! written back, so the two cannot loop, and a broken link stays in the address bar to be corrected.

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsValue;
use web_sys::Window;
use yew::prelude::*;

use crate::context::Dispatch;
use crate::state::{Action, Entry, address};
use ackground_core::sim::Time;

/// Debounce for drags and the playhead, in milliseconds. Safari allows 100 history changes in 10 seconds.
const DEBOUNCE_MS: u32 = 250;

pub fn current_fragment() -> String {
    let hash = web_sys::window().and_then(|window| window.location().hash().ok());
    hash.unwrap_or_default().trim_start_matches('#').to_owned()
}

/// The page's address, query included, with another fragment; without the `#` if that is empty.
pub fn link_to(fragment: &str) -> String {
    let href = web_sys::window().and_then(|window| window.location().href().ok());
    let href = href.unwrap_or_default();
    let page = href.split('#').next().unwrap_or_default();
    if fragment.is_empty() { page.to_owned() } else { format!("{page}#{fragment}") }
}

/// The address of the page with this fragment, and without the query, which only figures have.
pub fn page_link(fragment: &str) -> String {
    let href = web_sys::window().and_then(|window| window.location().href().ok());
    let href = href.unwrap_or_default();
    let page = href.split(['?', '#']).next().unwrap_or_default();
    if fragment.is_empty() { page.to_owned() } else { format!("{page}#{fragment}") }
}

/// Syncs the address with what is shown, unless `held`.
#[hook]
pub fn use_address(
    held: bool,
    fragment: &AttrValue,
    moment: Option<Time>,
    entry: Entry,
    editing: bool,
    dispatch: &Dispatch,
) {
    use_effect_with((held, dispatch.clone()), |(held, dispatch)| {
        let listeners = web_sys::window().filter(|_| !held).map(|window| {
            // Most browsers fire both for a typed fragment; the second one changes nothing.
            ["popstate", "hashchange"].map(|kind| {
                let dispatch = dispatch.clone();
                EventListener::new(&window, kind, move |_| {
                    dispatch.send(Action::Load(current_fragment()));
                })
            })
        });
        move || drop(listeners)
    });

    // What was written last: the number of the history entry, and the fragment without the moment.
    let written = use_mut_ref(|| (0u64, AttrValue::default()));
    use_effect_with(
        (fragment.clone(), moment, entry, editing),
        move |(fragment, moment, entry, editing)| {
            let (shown, entry) = ((entry.number, fragment.clone()), *entry);
            let text = address::with_moment(fragment.to_string(), *moment);
            let pending = if held || entry.from_address {
                *written.borrow_mut() = shown;
                None
            } else {
                let waits = *editing || *written.borrow() == shown;
                let write = move || {
                    let before = written.replace(shown);
                    write(&text, before.0 != entry.number);
                };
                if waits {
                    Some(Timeout::new(DEBOUNCE_MS, write))
                } else {
                    write();
                    None
                }
            };
            move || drop(pending)
        },
    );
}

fn write(fragment: &str, is_new: bool) {
    let Some(window) = web_sys::window() else {
        return;
    };
    if fragment == current_fragment() {
        return;
    }
    // Fails on a page opened from a file, or when the rate limit is hit; the page works without.
    let _ = try_write(&window, &link_to(fragment), is_new);
}

fn try_write(window: &Window, link: &str, is_new: bool) -> Result<(), JsValue> {
    let history = window.history()?;
    if is_new {
        history.push_state_with_url(&JsValue::NULL, "", Some(link))
    } else {
        history.replace_state_with_url(&JsValue::NULL, "", Some(link))
    }
}
