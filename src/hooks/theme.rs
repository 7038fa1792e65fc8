//! Light, dark, or as the system has it; remembered where the browser permits. What was chosen is on the
//! document before the application is (`index.html`), so that no other colours flash up.

use web_sys::Storage;
use yew::prelude::*;

use crate::state::Theme;

const KEY: &str = "ackground-theme";

/// The theme, and what switches to the next one. The document carries it as `data-theme`.
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

/// The colours of a figure: as its author or its host has them, whatever was chosen on the page.
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
    // Setting an attribute of this name cannot fail.
    let _ = match theme.chosen() {
        Some(word) => root.set_attribute("data-theme", word),
        None => root.remove_attribute("data-theme"),
    };
    paint_browser(theme);
}

/// The browser's own bars take the colour of the page.
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

/// Whether the page is dark just now, by choice or because the system is.
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

/// Storage, unless it is forbidden.
pub(crate) fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

fn remembered() -> Theme {
    let word = storage().and_then(|storage| storage.get_item(KEY).ok().flatten());
    Theme::from_word(&word.unwrap_or_default()).unwrap_or_default()
}

fn remember(theme: Theme) {
    let Some(storage) = storage() else { return };
    // A full or forbidden store only means that the next visit starts as the system has it.
    let _ = match theme.chosen() {
        Some(word) => storage.set_item(KEY, word),
        None => storage.remove_item(KEY),
    };
}
