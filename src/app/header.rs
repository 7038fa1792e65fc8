//! The bar at the top: title, views, undo, sharing.

use yew::prelude::*;

use crate::context::{Dispatch, use_dispatch};
use crate::controls::{Item, icons, link_tab};
use crate::hooks::following;
use crate::search::view::SearchButton;
use crate::share::state::SharePart;
use crate::state::{Action, Sheet, View, Views, address};

#[derive(Properties, PartialEq)]
pub struct HeaderProps {
    /// The experiment's fragment, without its view.
    pub fragment: AttrValue,
    pub views: Views,
    /// What undo and redo would do, in a few words; `None` if there is nothing.
    pub history: [Option<AttrValue>; 2],
}

#[component]
pub fn Header(props: &HeaderProps) -> Html {
    let dispatch = use_dispatch();
    html! {
        <header class="top">
            <a class="brand" href="./" data-test="brand">
                { icons::logo() }
                <span>{ "Ackground" }</span>
            </a>
            <nav class="views" aria-label="Views">
                { for View::ALL.into_iter().filter(|view| view.has_tab()).map(|view| tab(props, view, &dispatch)) }
            </nav>
            <SearchButton />
            <div class="top-tools">
                if props.views.shown != View::Learn && props.history.iter().any(Option::is_some) {
                    { history(props, &dispatch) }
                }
                <button type="button" class="button bare" data-test="open-share"
                    onclick={dispatch.to(Action::OpenSheet(Sheet::Share(SharePart::default())))}>{ "Share" }</button>
            </div>
        </header>
    }
}

/// Undo and redo. They stay focusable when there is nothing to do.
fn history(props: &HeaderProps, dispatch: &Dispatch) -> Html {
    let button = |index: usize,
                  word: &'static str,
                  act: &'static str,
                  keys: &'static str,
                  icon: Html,
                  action: Action| {
        let said = &props.history[index];
        let label = said
            .as_ref()
            .map_or_else(|| format!("Nothing to {act}"), |said| format!("{word}: {said}"));
        html! {
            <button type="button" class="button bare icon" aria-label={label.clone()} title={format!("{label} ({keys})")}
                data-test={act} aria-disabled={said.is_none().then_some("true")}
                onclick={dispatch.to(action)}>{ icon }</button>
        }
    };
    html! {
        <span class="history" role="group" aria-label="History">
            { button(0, "Undo", "undo", "Ctrl+Z", icons::undo(), Action::Undo) }
            { button(1, "Redo", "redo", "Ctrl+Shift+Z", icons::redo(), Action::Redo) }
        </span>
    }
}

/// A view's tab. It is a real link, so it can be opened in a new browser tab; a plain click does not reload
/// the page.
fn tab(props: &HeaderProps, view: View, dispatch: &Dispatch) -> Html {
    let fragment = address::with_view(&props.fragment, &props.views.showing(view));
    let onclick = following(dispatch, Action::Show(view));
    let item = Item::new((), view.word(), view.label());
    link_tab(item, "view", &fragment, props.views.shown == view, onclick)
}
