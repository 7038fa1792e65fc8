//! A number and its interval as a mark on a line.

use yew::prelude::*;

use crate::measure::model::table::Bar;

/// How long the line is, in units of its drawing.
const LENGTH: f64 = 100.0;

/// The line of a row, with its interval as a thicker stretch and the number as a mark. Decoration: the
/// numbers stand beside it.
pub fn bar(bar: Bar) -> Html {
    let along = |share: f64| format!("{:.1}", share * LENGTH);
    let width = format!("{:.1}", ((bar.high - bar.low) * LENGTH).max(0.6));
    html! {
        <svg class="interval" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
            <path class="rail" d="M0 4H100" />
            <rect class="reach" x={along(bar.low)} y="1.5" {width} height="5" />
            <path class="number" d={format!("M{} 0V8", along(bar.value))} />
        </svg>
    }
}
