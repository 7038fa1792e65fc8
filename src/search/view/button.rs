//! The button that opens the search. It looks like the field that opens.

use yew::prelude::*;

use super::HINT;
use crate::context::use_dispatch;
use crate::state::{Action, Sheet};

#[component]
pub fn SearchButton() -> Html {
    let dispatch = use_dispatch();
    html! {
        <button type="button" class="search-open" aria-label="Search" aria-haspopup="dialog" aria-keyshortcuts="/ Control+K"
            title="Search (/)" data-test="open-search" onclick={dispatch.to(Action::OpenSheet(Sheet::Search))}>
            <span>{ "Search" }</span>
            <span aria-hidden="true" class="search-open-hint" data-hint={HINT} />
            <kbd aria-hidden="true">{ "/" }</kbd>
        </button>
    }
}
