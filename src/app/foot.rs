//! The footer: the glossary, the teachers' view, opening a file, the keys, the colours.

use yew::prelude::*;

use super::open_file::OpenFile;
use crate::context::use_dispatch;
use crate::controls::icons;
use crate::state::{Action, Sheet, Theme, View};

#[derive(Properties, PartialEq)]
pub struct FootProps {
    pub theme: Theme,
    pub on_theme: Callback<()>,
    /// Opens the list of keys.
    pub on_keys: Callback<()>,
}

#[component]
pub fn Foot(props: &FootProps) -> Html {
    let dispatch = use_dispatch();
    let theme = match props.theme {
        Theme::System => "system",
        Theme::Light => "light",
        Theme::Dark => "dark",
    };
    html! {
        <nav class="foot" aria-label="Help">
            <button type="button" class="link" data-test="foot-words" onclick={dispatch.to(Action::OpenSheet(Sheet::Words(None)))}>{ "Glossary" }</button>
            <button type="button" class="link" data-test="foot-class" onclick={dispatch.to(Action::Show(View::Class))}>{ View::Class.label() }</button>
            <OpenFile class="link" test="foot-open" on_open={dispatch.on(Action::Open)} />
            <button type="button" class="link" data-test="keys" title="?" onclick={props.on_keys.reform(|_| ())}>{ "Help and keys" }</button>
            <button type="button" class="link" data-test="theme" onclick={props.on_theme.reform(|_| ())}>{ icons::theme() }{ format!("Colours: {theme}") }</button>
        </nav>
    }
}
