//! What can be pointed at: an invisible, generous target over every shape.

use yew::prelude::*;

use super::{MOST, percent, px};
use crate::sim::Time;
use crate::web::view_model::diagram::{About, Place};
use crate::web::view_model::{Block, Diagram};

/// The targets of a part of a picture. `data-at` holds the microsecond to which a click leads,
/// `data-step` the step that the shape tells about. Under them all are the lifelines, with `data-lifeline`:
/// their moment is that of the place.
pub fn hits(diagram: &Diagram, block: Block) -> Html {
    let lifelines = diagram.lifelines.iter().enumerate();
    let lifelines = lifelines.filter(|(_, line)| line.place != Place::Store).map(|(place, line)| {
        let x = percent(line.x);
        html! {
            <line class="hit" data-lifeline={place.to_string()} x1={x.clone()} y1={px(block.top())} x2={x} y2={px(block.bottom())} />
        }
    });
    let spans = diagram.spans.iter().filter(|span| block.holds(span.at.y, span.bottom)).take(MOST).map(|span| {
        let x = percent(span.at.x);
        let (at, step) = target(&span.about, span.about.from);
        let transform = (span.shift != 0.0).then(|| format!("translate({} 0)", span.shift));
        html! {
            <line class="hit" {transform} data-at={at} data-step={step} x1={x.clone()} y1={px(span.at.y)} x2={x} y2={px(span.bottom)} />
        }
    });
    let arrows = diagram.arrows.iter().filter(|arrow| block.holds(arrow.start.y, arrow.end.y)).take(MOST).map(|arrow| {
        // A click on an arrow leads to where it ends: there its consequences begin.
        let (at, step) = target(&arrow.about, arrow.about.to);
        html! {
            <line class="hit" data-at={at} data-step={step} x1={percent(arrow.start.x)} y1={px(arrow.start.y)}
                x2={percent(arrow.end.x)} y2={px(arrow.end.y)} />
        }
    });
    let marks = diagram.marks.iter().filter(|mark| block.holds(mark.at.y, mark.at.y)).take(MOST).map(|mark| {
        let (at, step) = target(&mark.about, mark.about.from);
        let r = if mark.kind.is_round() { "12" } else { "8" };
        let transform = (mark.shift != 0.0).then(|| format!("translate({} 0)", mark.shift));
        html! {
            <circle class="hit" data-at={at} data-step={step} {r} cx={percent(mark.at.x)} cy={px(mark.at.y)} {transform} />
        }
    });
    html! { <g>{ for lifelines }{ for spans }{ for arrows }{ for marks }</g> }
}

fn target(about: &About, at: Time) -> (AttrValue, AttrValue) {
    (
        at.micros().to_string().into(),
        about.step.0.to_string().into(),
    )
}
