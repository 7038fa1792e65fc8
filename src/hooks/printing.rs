use gloo_events::EventListener;
use yew::prelude::*;

/// Whether to render for paper, which neither scrolls nor unfolds: components that show only part of their
/// content on screen show all of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OnPaper(pub bool);

/// Follows the browser's `beforeprint` and `afterprint` events.
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

#[hook]
pub fn use_on_paper() -> bool {
    use_context::<OnPaper>().unwrap_or_default().0
}
