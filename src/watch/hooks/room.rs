//! The height that the window leaves for a picture: what is above the first one, and what stands under the lanes,
//! is measured, and the rest is its.

use gloo_events::EventListener;
use web_sys::{Element, window};
use yew::prelude::*;

use crate::context::Dispatch;
use crate::state::Action;

/// The least height of a picture, in pixels: below it the page scrolls instead.
const LEAST: f64 = 240.0;
/// The share of the window for a picture where lanes are swiped, and most else scrolls away.
const SWIPED: f64 = 0.62;
/// The width in pixels up to which lanes are swiped, as in the style sheet.
const NARROW: f64 = 899.0;

/// Measures again when the window is resized, and when one of `parts` changes: what can make the parts around the
/// pictures higher. Opening something on the page changes none of it, so that no picture moves by itself. Nothing
/// is measured before the page is `whole`: until then the first picture stands.
#[hook]
pub fn use_room<T: PartialEq + 'static>(dispatch: &Dispatch, whole: bool, parts: T) {
    let measure = {
        let dispatch = dispatch.clone();
        move || {
            if let Some(room) = room() {
                dispatch.send(Action::Fit(room.round()));
            }
        }
    };
    use_effect_with((whole, parts), {
        let measure = measure.clone();
        move |(whole, _)| {
            if *whole {
                measure();
            }
        }
    });
    use_effect_with(whole, move |whole| {
        let window = window().filter(|_| *whole);
        let listener =
            window.map(|window| EventListener::new(&window, "resize", move |_| measure()));
        move || drop(listener)
    });
}

/// The room in pixels, or `None` while no picture is shown.
fn room() -> Option<f64> {
    let window = window()?;
    let (width, height) =
        (window.inner_width().ok()?.as_f64()?, window.inner_height().ok()?.as_f64()?);
    let find = |selector| window.document()?.query_selector(selector).ok()?;
    let of = |selector| {
        find(selector).map_or(0.0, |part: Element| part.get_bounding_client_rect().height())
    };
    let picture = find(".lanes .picture")?.get_bounding_client_rect();
    if width <= NARROW {
        return Some((SWIPED * height).max(LEAST));
    }
    let top = picture.top() + window.scroll_y().ok()? - of(".faults");
    // The lanes end a little below their pictures; the player and the row under it follow.
    let lanes = find(".lanes")?.get_bounding_client_rect().bottom() - picture.bottom();
    let below = lanes + of(".playbar") + of(".start") + GAPS;
    Some((height - top - below).max(LEAST))
}

/// The distances between lanes, player, row and the end of the window, in pixels.
const GAPS: f64 = 14.0;
