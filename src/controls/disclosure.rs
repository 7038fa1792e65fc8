//! Disclosures: native `<details>` whose content is rendered once it is first opened.

use web_sys::Element;
use yew::prelude::*;

/// Whether a `<details>` is open, and its `ontoggle`.
#[hook]
pub fn use_disclosure() -> (bool, Callback<Event>) {
    let open = use_state_eq(|| false);
    let ontoggle = use_callback(open.setter(), |event: Event, open| {
        let details = event.target_dyn_into::<Element>();
        open.set(details.is_some_and(|details| details.has_attribute("open")));
    });
    (*open, ontoggle)
}
