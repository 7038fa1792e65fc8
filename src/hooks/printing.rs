//! Whether the page is being printed.

use gloo_events::EventListener;
use yew::prelude::*;

/// Whether what is drawn is for paper, which neither scrolls nor unfolds: known to every part of the
/// page that shows less than all of it on a screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OnPaper(pub bool);

/// Follows the browser's word that it is about to print, and that it has.
#[hook]
pub fn use_printing() -> OnPaper {
    let printing = use_state_eq(OnPaper::default);
    use_effect_with((), {
        let setter = printing.setter();
        move |()| {
            let listeners = web_sys::window().map(|window| {
                [("beforeprint", true), ("afterprint", false)].map(|(kind, paper)| {
                    let setter = setter.clone();
                    EventListener::new(&window, kind, move |_| setter.set(OnPaper(paper)))
                })
            });
            move || drop(listeners)
        }
    });
    *printing
}

/// Whether the part is drawn for paper.
#[hook]
pub fn use_on_paper() -> bool {
    use_context::<OnPaper>().unwrap_or_default().0
}
