//! A chain of causes over the picture: its shapes once more, outlined, with their numbers.
//!
//! Everything below is dimmed by the style of the picture, so no shape is touched for it.

use std::rc::Rc;

use yew::prelude::*;

use super::glyph::piece;
use super::shapes::{line, stretch};
use super::{percent, px};
use ackground_core::sim::Trace;
use ackground_timeline::diagram::Fall;
use ackground_timeline::glyph::{drawing, lost};
use ackground_timeline::trail::{Shape, Spot, trail};
use ackground_timeline::{Axis, Diagram};
use ackground_words::story::Chain;

/// Which chain, in which picture.
#[derive(Properties, PartialEq)]
pub struct TrailProps {
    /// The name of the lane's definitions.
    pub id: AttrValue,
    /// The picture.
    pub diagram: Rc<Diagram>,
    /// The run.
    pub trace: Rc<Trace>,
    /// The axis.
    pub axis: Rc<Axis>,
    /// The chain.
    pub chain: Rc<Chain>,
}

/// The chain in the picture.
#[component]
pub fn Trail(props: &TrailProps) -> Html {
    let TrailProps { id, diagram, trace, axis, chain } = props;
    let spots = trail(diagram, trace, |step| axis.y(step.at), &chain.links);
    html! {
        <g class="trail" aria-hidden="true">
            { for spots.iter().map(|spot| outline(id, diagram, spot)) }
            { for spots.iter().map(number) }
        </g>
    }
}

/// The shape, with a halo behind it.
fn outline(id: &str, diagram: &Diagram, spot: &Spot) -> Html {
    match spot.shape {
        Some(Shape::Arrow(index)) => {
            let arrow = &diagram.arrows[index];
            let fallen = (arrow.fall == Fall::Lost).then(|| html! {
                <svg x={percent(arrow.end.x)} y={px(arrow.end.y)} width="1" height="1">{ piece(&lost(), (0.0, 0.0)) }</svg>
            });
            html! {
                <>
                    <line class="halo" x1={percent(arrow.start.x)} y1={px(arrow.start.y)} x2={percent(arrow.end.x)} y2={px(arrow.end.y)} />
                    { line(id, arrow) }
                    { fallen }
                </>
            }
        }
        Some(Shape::Span(index)) => {
            let span = &diagram.spans[index];
            let x = span.shift.to_string();
            html! {
                <svg x={percent(span.at.x)} width="1" height="1">
                    <line class="halo" x1={x.clone()} y1={px(span.at.y)} x2={x} y2={px(span.bottom.max(span.at.y + 3.0))} />
                    { stretch(id, span) }
                </svg>
            }
        }
        Some(Shape::Mark(index)) => {
            let mark = &diagram.marks[index];
            html! {
                <svg x={percent(mark.at.x)} y={px(mark.at.y)} width="1" height="1">
                    <circle class="halo" cx={mark.shift.to_string()} r={if mark.kind.is_round() { "14" } else { "11" }} />
                    { piece(&drawing(mark), (mark.shift, 0.0)) }
                </svg>
            }
        }
        None => Html::default(),
    }
}

/// The number of a link.
fn number(spot: &Spot) -> Html {
    let (x, y) = spot.aside;
    html! {
        <svg key={spot.number} x={percent(spot.at.x)} y={px(spot.at.y)} width="1" height="1">
            <g class="step-number" data-number={spot.number.to_string()} transform={format!("translate({x:.1} {y:.1})")}><circle r="8.5" /><text y="4">{ spot.number }</text></g>
        </svg>
    }
}
