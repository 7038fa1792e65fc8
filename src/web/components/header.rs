//! The bar at the top: who we are, which view, the link, the theme.

use yew::prelude::*;

use super::icons;
use super::share::Share;
use crate::web::hooks::Theme;

/// What the header shows.
#[derive(Properties, PartialEq)]
pub struct HeaderProps {
    /// The fragment that names the experiment.
    pub fragment: AttrValue,
    /// How the page is coloured.
    pub theme: Theme,
    /// The next theme, please.
    pub on_theme: Callback<()>,
    /// What do the keys do?
    pub on_keys: Callback<()>,
}

/// The header of the page.
#[component]
pub fn Header(props: &HeaderProps) -> Html {
    let theme = match props.theme {
        Theme::System => "as the system has it",
        Theme::Light => "light",
        Theme::Dark => "dark",
    };
    let label = format!("Colours: {theme}. Change");
    html! {
        <header class="top">
            <a class="brand" href="./" data-test="brand">
                { icons::logo() }
                <span>{ "Ackground" }</span>
            </a>
            <nav class="views" aria-label="Views">
                <span class="view" aria-current="page">{ "Watch" }</span>
            </nav>
            <div class="top-tools">
                <button type="button" class="button bare icon keys-button" aria-label="Keys" title="Keys (?)" data-test="keys"
                    onclick={props.on_keys.reform(|_| ())}>{ "?" }</button>
                <Share fragment={props.fragment.clone()} />
                <button type="button" class="button bare icon" aria-label={label.clone()} title={label} data-test="theme"
                    onclick={props.on_theme.reform(|_| ())}>{ icons::theme() }</button>
            </div>
        </header>
    }
}
