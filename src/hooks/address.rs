//! The address and the page: what the fragment names is shown, what is shown is in it.
//!
//! One act is one history entry. A drag writes its entry a few times while it lasts, never more
//! often than browsers let a page write; the moment is written into it once it stands still. The address is never written from what was read from it,
//! so the two cannot chase each other, and a broken link stays there to be mended.

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsValue;
use web_sys::Window;
use yew::prelude::*;

use crate::context::Dispatch;
use crate::state::{Action, Entry, address};
use ackground_core::sim::Time;

/// How long a drag may go on, and the playhead has to stand, before the address follows. Safari allows 100 changes in 10 seconds.
const DEBOUNCE_MS: u32 = 250;

/// The fragment of the address, without the `#`.
pub fn current_fragment() -> String {
    let hash = web_sys::window().and_then(|window| window.location().hash().ok());
    hash.unwrap_or_default().trim_start_matches('#').to_owned()
}

/// The whole address of this page with another fragment; without the `#` if that is empty.
pub fn link_to(fragment: &str) -> String {
    let href = web_sys::window().and_then(|window| window.location().href().ok());
    let href = href.unwrap_or_default();
    let page = href.split('#').next().unwrap_or_default();
    if fragment.is_empty() { page.to_owned() } else { format!("{page}#{fragment}") }
}

/// The whole address of the page itself with this fragment: without the query, which only a figure has.
pub fn page_link(fragment: &str) -> String {
    let href = web_sys::window().and_then(|window| window.location().href().ok());
    let href = href.unwrap_or_default();
    let page = href.split(['?', '#']).next().unwrap_or_default();
    if fragment.is_empty() { page.to_owned() } else { format!("{page}#{fragment}") }
}

/// Keeps the address and what is shown, which has this fragment and moment, together, unless `held`.
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
            // Most browsers tell both for a fragment that was typed; the second changes nothing.
            ["popstate", "hashchange"].map(|kind| {
                let dispatch = dispatch.clone();
                EventListener::new(&window, kind, move |_| {
                    dispatch.send(Action::Load(current_fragment()));
                })
            })
        });
        move || drop(listeners)
    });

    // What the address shows: the number of the history entry, and the fragment but for the moment.
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
    // A page opened from a file, or too many changes at once: the page works on without.
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
