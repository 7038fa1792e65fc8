//! Links within the page: real hrefs that can be opened in a new tab, while a plain click dispatches an
//! action instead of loading the page.

use yew::prelude::*;

use crate::context::Dispatch;
use crate::state::Action;

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
