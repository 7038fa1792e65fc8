//! Light, dark, or following the system; remembered in storage if available. `index.html` sets the stored
//! theme before the application starts, to avoid a flash of the wrong colours.

use web_sys::Storage;
use yew::prelude::*;

use crate::state::Theme;

const KEY: &str = "ackground-theme";

/// The theme, and a callback that switches to the next one. The document carries it as `data-theme`.
#[hook]
pub fn use_theme() -> (Theme, Callback<()>) {
    let theme = use_state_eq(remembered);
    use_effect_with(*theme, |theme| show(*theme));
    let next = {
        let theme = theme.clone();
        Callback::from(move |()| {
            let next = theme.next(system_is_dark());
            remember(next);
            theme.set(next);
        })
    };
    (*theme, next)
}

/// The theme of a figure, as set by its author or host, regardless of the choice on the page.
#[hook]
pub fn use_figure_theme(first: Theme) -> Callback<Theme> {
    let theme = use_state_eq(|| first);
    use_effect_with(*theme, |theme| show(*theme));
    use_callback(theme.setter(), |theme, setter| setter.set(theme))
}

fn show(theme: Theme) {
    let root = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.document_element());
    let Some(root) = root else { return };
    // Setting an attribute with a valid name cannot fail.
    let _ = match theme.chosen() {
        Some(word) => root.set_attribute("data-theme", word),
        None => root.remove_attribute("data-theme"),
    };
    paint_browser(theme);
}

/// Matches the browser's own toolbar to the page.
fn paint_browser(theme: Theme) {
    let document = web_sys::window().and_then(|window| window.document());
    let Some(document) = document else { return };
    let (light, dark) = match theme {
        Theme::System => ("(prefers-color-scheme: light)", "(prefers-color-scheme: dark)"),
        Theme::Light => ("all", "not all"),
        Theme::Dark => ("not all", "all"),
    };
    for (id, media) in [("theme-light", light), ("theme-dark", dark)] {
        if let Some(meta) = document.get_element_by_id(id) {
            let _ = meta.set_attribute("media", media);
        }
    }
}

/// Whether the page is dark now, by choice or by the system's setting.
pub fn is_dark() -> bool {
    let root = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.document_element());
    let chosen = root.and_then(|root| root.get_attribute("data-theme"));
    match Theme::from_word(&chosen.unwrap_or_default()).unwrap_or_default() {
        Theme::Light => false,
        Theme::Dark => true,
        Theme::System => system_is_dark(),
    }
}

fn system_is_dark() -> bool {
    web_sys::window()
        .and_then(|window| window.match_media("(prefers-color-scheme: dark)").ok().flatten())
        .is_some_and(|query| query.matches())
}

/// `None` if storage is blocked.
pub(crate) fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

fn remembered() -> Theme {
    let word = storage().and_then(|storage| storage.get_item(KEY).ok().flatten());
    Theme::from_word(&word.unwrap_or_default()).unwrap_or_default()
}

fn remember(theme: Theme) {
    let Some(storage) = storage() else { return };
    // If storage is full or blocked, the next visit merely starts with the system's theme.
    let _ = match theme.chosen() {
        Some(word) => storage.set_item(KEY, word),
        None => storage.remove_item(KEY),
    };
}
