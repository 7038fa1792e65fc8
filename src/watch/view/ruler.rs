//! The time axis behind a picture: round moments, and the lifelines with their idle stretches.

use yew::prelude::*;

use super::{percent, px};
use ackground_timeline::axis::Tick;
use ackground_timeline::pens;
use ackground_timeline::{Axis, Block, Diagram};

/// The labels of round times in a part of a picture, which are as clear before their time as after it.
pub fn scale(axis: &Axis, block: Block) -> Html {
    let labels = ticks(axis, block).map(|tick| {
        html! { <text x="0" y={px(tick.y - 3.0)}>{ tick.label.clone() }</text> }
    });
    html! { <g class="tick">{ for labels }</g> }
}

fn ticks(axis: &Axis, block: Block) -> impl Iterator<Item = &Tick> {
    let ticks = axis.ticks().iter();
    ticks.filter(move |tick| block.holds(tick.y, tick.y))
}

/// Lines across at round times, lines downward for the participants, in a part of a picture. Where idle time is
/// shortened the lifelines are dotted.
pub fn ruler(axis: &Axis, diagram: &Diagram, block: Block) -> Html {
    let ticks = ticks(axis, block).map(|tick| {
        let y = px(tick.y);
        html! { <line x1="0" y1={y.clone()} x2="100%" y2={y} /> }
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
    let parting = pens::parting(axis, diagram).filter(|parting| block.holds(parting.y, parting.y));
    let parting = parting.map(|parting| {
        let y = px(parting.y);
        html! {
            <g class="parting">
                <line x1="0" y1={y.clone()} x2="100%" y2={y} />
                <text x={percent(parting.x)} dx={parting.aside.to_string()} y={px(parting.words)}>
                    { "lanes differ" }
                    // In a narrow picture the style leaves this out.
                    if parting.room { <tspan class="from">{ " from here" }</tspan> }
                </text>
            </g>
        }
    });
    let bands = diagram.bands.iter().filter(|band| block.holds(band.top, band.bottom)).map(|band| {
        // A part draws only its own share of a band: two of them over one another would be darker.
        let (from, to) = (band.top.max(top), band.bottom.min(bottom));
        let (x, width) = (percent(band.left), percent(band.right - band.left));
        html! {
            <g class="band">
                <rect {x} y={px(from)} {width} height={px(to - from)} />
                if band.top >= top {
                    <text x={percent((band.left + band.right) / 2.0)} y={px(band.top + 12.0)}>{ band.label }</text>
                }
            </g>
        }
    });
    html! {
        <g class="ruler"><g class="tick">{ for ticks }</g>{ for bands }{ for lines }{ for shortened }{ for parting }</g>
    }
}
