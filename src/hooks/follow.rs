//! Links within the page: each has an address, so that it can be opened beside this page; followed here, it loads
//! nothing.

use yew::prelude::*;

use crate::context::Dispatch;
use crate::state::Action;

/// What a link does that is followed within the page.
pub fn following(dispatch: &Dispatch, action: Action) -> Callback<MouseEvent> {
    let dispatch = dispatch.clone();
    Callback::from(move |event: MouseEvent| {
        let elsewhere = event.ctrl_key() || event.meta_key() || event.shift_key();
        if !elsewhere {
            event.prevent_default();
            dispatch.send(action.clone());
        }
    })
}
