//! Our icons. All are decorative, beside a name, and hidden from screen readers.

use yew::prelude::*;

fn icon(path: &'static str) -> Html {
    html! {
        <svg width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.6"
            stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d={path} /></svg>
    }
}

/// A check mark in a ring: the message arrived.
pub fn logo() -> Html {
    html! {
        <svg class="logo" width="28" height="28" viewBox="0 0 32 32" fill="none" stroke-linecap="round"
            stroke-linejoin="round" aria-hidden="true">
            <path class="ring" stroke-width="2.6" d="M25.5 7.2A13 13 0 1 1 18.5 3.2" />
            <path class="check" stroke-width="3.6" d="M9.5 16.5l5 5L24 10.5" />
        </svg>
    }
}

/// A half-filled disc: light and dark.
pub fn theme() -> Html {
    html! {
        <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
            <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.6" />
            <path d="M8 1.8a6.2 6.2 0 0 1 0 12.4z" fill="currentColor" />
        </svg>
    }
}

/// Two circular arrows.
pub fn reroll() -> Html {
    icon("M13.5 8a5.5 5.5 0 0 1-9.8 3.4M2.5 8a5.5 5.5 0 0 1 9.8-3.4M12.6 1.8v3h-3M3.4 14.2v-3h3")
}

/// Three dots.
pub fn more() -> Html {
    html! {
        <svg width="16" height="16" viewBox="0 0 16 16" fill="currentColor" aria-hidden="true">
            <circle cx="3" cy="8" r="1.4" /><circle cx="8" cy="8" r="1.4" /><circle cx="13" cy="8" r="1.4" />
        </svg>
    }
}

pub fn cross() -> Html {
    icon("M4 4l8 8M12 4l-8 8")
}

pub fn check() -> Html {
    icon("M3 8.5l3.5 3.5L13 4.5")
}

/// A box: moved to the dead letter queue.
pub fn parked() -> Html {
    icon("M3 3h10v10H3zM6.5 11V5.5h2a1.7 1.7 0 0 1 0 3.4h-2")
}

/// A triangle: plays something.
pub fn play() -> Html {
    html! { <svg class="plays" width="10" height="10" viewBox="0 0 10 10" fill="currentColor" aria-hidden="true"><path d="M2 1l7 4-7 4z" /></svg> }
}

pub fn undo() -> Html {
    icon("M6 2.5L2.5 6L6 9.5M2.5 6H9.5a4 4 0 0 1 0 8H6.5")
}

pub fn redo() -> Html {
    icon("M10 2.5L13.5 6L10 9.5M13.5 6H6.5a4 4 0 0 0 0 8H9.5")
}

pub fn plus() -> Html {
    icon("M8 2.5v11M2.5 8h11")
}

/// Points down.
pub fn chevron() -> Html {
    icon("M4 6l4 4 4-4")
}

/// Three sliders: settings.
pub fn sliders() -> Html {
    icon(
        "M2 4h7M13 4h1M2 8h1M7 8h7M2 12h5M11 12h3M9 4a2 2 0 1 0 4 0a2 2 0 1 0-4 0M3 8a2 2 0 1 0 4 0a2 2 0 1 0-4 0M7 12a2 2 0 1 0 4 0a2 2 0 1 0-4 0",
    )
}
