//! The time axis behind a picture: round moments, and the lifelines with their idle stretches.

use std::rc::Rc;

use yew::prelude::*;

use super::{percent, px};
use crate::web::view_model::{Axis, Block, Diagram};

/// Which axis.
#[derive(Properties, PartialEq)]
pub struct RulerProps {
    /// The axis.
    pub axis: Rc<Axis>,
    /// The picture whose lifelines stand on it.
    pub diagram: Rc<Diagram>,
    /// Which part of it.
    pub block: Block,
}

/// Lines across at round times, lines downward for the participants. Where idle time is shortened
/// the lifelines are dotted.
#[component]
pub fn TimeRuler(props: &RulerProps) -> Html {
    let RulerProps {
        axis,
        diagram,
        block,
    } = props;
    let ticks = axis
        .ticks()
        .iter()
        .filter(|tick| block.holds(tick.y, tick.y))
        .map(|tick| {
            let y = px(tick.y);
            html! {
                <g class="tick">
                    <line x1="0" y1={y.clone()} x2="100%" y2={y} />
                    <text x="0" y={px(tick.y - 3.0)}>{ tick.label.clone() }</text>
                </g>
            }
        });
    let (top, bottom) = (block.top(), block.bottom().min(axis.height()));
    let lines = diagram.lifelines.iter().map(|line| {
        let x = percent(line.x);
        html! { <line class="lifeline" x1={x.clone()} y1={px(top)} x2={x} y2={px(bottom)} /> }
    });
    let shortened = axis.breaks().filter(|gap| block.holds(gap.from, gap.to)).flat_map(|gap| {
        diagram.lifelines.iter().map(move |line| {
            let x = percent(line.x);
            html! {
                <line class="shortened" x1={x.clone()} y1={px(gap.from + 8.0)} x2={x} y2={px(gap.to - 8.0)} />
            }
        })
    });
    html! {
        <g class="ruler">{ for ticks }{ for lines }{ for shortened }</g>
    }
}
