//! The last line of the page: where those go on who do not know yet what they look for.

use yew::prelude::*;

use super::open_file::OpenFile;
use crate::state::{Action, Sheet, View};
use ackground_words::story::guide::Path;

/// What is done.
#[derive(Properties, PartialEq)]
pub struct FootProps {
    /// It.
    pub on_act: Callback<Action>,
}

/// The guide, the glossary, the room for teachers and a file of one's own.
#[component]
pub fn Foot(props: &FootProps) -> Html {
    let open = |sheet: Sheet| props.on_act.reform(move |_: MouseEvent| Action::OpenSheet(sheet));
    html! {
        <nav class="foot" aria-label="Help">
            <button type="button" class="link" data-test="foot-guide" onclick={open(Sheet::Guide(Path::default()))}>{ "Which do I need?" }</button>
            <button type="button" class="link" data-test="foot-words" onclick={open(Sheet::Words(None))}>{ "Words" }</button>
            <button type="button" class="link" data-test="foot-class" onclick={props.on_act.reform(|_: MouseEvent| Action::Show(View::Class))}>{ View::Class.label() }</button>
            <OpenFile class="link" test="foot-open" on_act={props.on_act.clone()} />
        </nav>
    }
}
