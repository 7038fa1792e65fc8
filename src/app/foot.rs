//! The footer: entry points for visitors who do not know yet what they are looking for.

use yew::prelude::*;

use super::open_file::OpenFile;
use crate::context::use_dispatch;
use crate::state::{Action, Sheet, View};
use ackground_words::story::guide::Path;

/// The guide, the glossary, the teachers' view, and opening a file.
#[component]
pub fn Foot() -> Html {
    let dispatch = use_dispatch();
    let open = |sheet: Sheet| dispatch.to(Action::OpenSheet(sheet));
    html! {
        <nav class="foot" aria-label="Help">
            <button type="button" class="link" data-test="foot-guide" onclick={open(Sheet::Guide(Path::default()))}>{ "Which do I need?" }</button>
            <button type="button" class="link" data-test="foot-words" onclick={open(Sheet::Words(None))}>{ "Words" }</button>
            <button type="button" class="link" data-test="foot-class" onclick={dispatch.to(Action::Show(View::Class))}>{ View::Class.label() }</button>
            <OpenFile class="link" test="foot-open" on_open={dispatch.on(Action::Open)} />
        </nav>
    }
}
