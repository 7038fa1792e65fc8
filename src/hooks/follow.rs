//! Links within the page: each has an address, so that it can be opened beside this page; followed here, it loads
//! nothing.

use yew::prelude::*;

use crate::state::Action;

/// What a link does that is followed within the page.
pub fn following(on_act: &Callback<Action>, action: Action) -> Callback<MouseEvent> {
    let on_act = on_act.clone();
    Callback::from(move |event: MouseEvent| {
        let elsewhere = event.ctrl_key() || event.meta_key() || event.shift_key();
        if !elsewhere {
            event.prevent_default();
            on_act.emit(action.clone());
        }
    })
}
