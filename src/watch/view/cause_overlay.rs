//! The overlay for a chain of causes: its shapes again, outlined and numbered.
//!
//! The style sheet dims everything below, so no shape is re-rendered.

use std::rc::Rc;

use yew::prelude::*;

use crate::controls::paint::{Frame, paint, percent, px};
use ackground_core::sim::Trace;
use ackground_timeline::cause_overlay::{NumberedLink, cause_overlay, outline};
use ackground_timeline::{Axis, Diagram};
use ackground_words::story::Chain;

#[derive(Properties, PartialEq)]
pub struct CauseOverlayProps {
    /// The prefix of the lane's SVG ids.
    pub id: AttrValue,
    pub diagram: Rc<Diagram>,
    pub trace: Rc<Trace>,
    pub axis: Rc<Axis>,
    pub chain: Rc<Chain>,
}

#[component]
pub fn CauseOverlay(props: &CauseOverlayProps) -> Html {
    let CauseOverlayProps { id, diagram, trace, axis, chain } = props;
    let numbers = cause_overlay(diagram, trace, |step| axis.y(step.at), &chain.links);
    html! {
        <g class="trail" aria-hidden="true">
            { paint(id, Frame::PICTURE, numbers.iter().flat_map(|spot| outline(diagram, spot))) }
            { for numbers.iter().map(number) }
        </g>
    }
}

/// The number of a link.
fn number(spot: &NumberedLink) -> Html {
    let (x, y) = spot.aside;
    html! {
        <svg key={spot.number} x={percent(spot.at.x)} y={px(spot.at.y)} width="1" height="1">
            <g class="step-number" data-number={spot.number.to_string()} transform={format!("translate({x:.1} {y:.1})")}><circle r="8.5" /><text y="4">{ spot.number }</text></g>
        </svg>
    }
}
