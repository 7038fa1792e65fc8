//! A debounced value.

use gloo_timers::callback::Timeout;
use yew::prelude::*;

/// The value once it has been stable for so many milliseconds; the first one at once.
#[hook]
pub fn use_settled<T: Clone + PartialEq + 'static>(value: &T, ms: u32) -> T {
    let settled = use_state_eq(|| value.clone());
    use_effect_with(value.clone(), {
        let setter = settled.setter();
        move |value| {
            let value = value.clone();
            let waiting = Timeout::new(ms, move || setter.set(value));
            move || drop(waiting)
        }
    });
    (*settled).clone()
}
