//! The shapes that can be cut at any height: arrows, handler calls, crashes, waits.
//!
//! The heads of arrows and the hatching are definitions, which have names of their own in each lane.

use yew::prelude::*;

use super::{MOST, of, percent, px};
use ackground_timeline::diagram::{Arrow, Mark, Span};
use ackground_timeline::pens::{self, Stroke};
use ackground_timeline::{Block, Diagram};

/// What goes from one lifeline to another in a part of a picture, with the definitions of this name.
pub fn across(id: &str, diagram: &Diagram, block: Block) -> Html {
    let arrows =
        diagram.arrows.iter().filter(|arrow| block.holds(arrow.start.y, arrow.end.y)).take(MOST);
    let links = diagram
        .marks
        .iter()
        .filter(|mark| mark.link.is_some() && block.holds(mark.at.y, mark.at.y))
        .take(MOST);
    html! {
        <g>{ for links.map(link) }{ for arrows.map(|arrow| line(id, arrow)) }</g>
    }
}

/// What lasts in a part of a picture on the lifeline at `x` percent of the width.
pub fn stretches(id: &str, diagram: &Diagram, block: Block, x: f64) -> Html {
    let spans = || {
        diagram
            .spans
            .iter()
            .filter(|span| span.at.x == x && block.holds(span.at.y, span.bottom))
            .take(MOST)
    };
    html! {
        <g>
            { for spans().filter_map(wait) }
            { for spans().filter_map(|span| stretch(id, span)) }
        </g>
    }
}

/// The arrow heads and the hatching of a lane, with names that begin so.
pub fn pens(id: &str) -> Html {
    html! {
        <>
            { for pens::HEADS.iter().map(|(name, path)| head(id, name, path)) }
            <pattern id={format!("{id}-hatch")} class="hatch" width="6" height="6"
                patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                <line y2="6" />
            </pattern>
        </>
    }
}

fn head(id: &str, name: &'static str, path: &'static str) -> Html {
    html! {
        <marker id={format!("{id}-head-{name}")} class={classes!("head", name)}
            markerWidth="12" markerHeight="8" refX={pens::TIP.0.to_string()} refY={pens::TIP.1.to_string()} orient="auto" markerUnits="userSpaceOnUse">
            <path d={path} />
        </marker>
    }
}

/// A packet.
pub fn line(id: &str, arrow: &Arrow) -> Html {
    let (kind, fall) = (pens::kind(arrow.kind), pens::fall(arrow.fall));
    let head = pens::head(arrow);
    html! {
        <line class={classes!("arrow", kind, fall, arrow.late.then_some("late"), arrow.copied.then_some("copied"), of(arrow.about.message))}
            x1={percent(arrow.start.x)} y1={px(arrow.start.y)} x2={percent(arrow.end.x)} y2={px(arrow.end.y)}
            marker-end={head.map(|head| format!("url(#{id}-head-{head})"))} />
    }
}

/// The thin line from the consumer to what it brings about in the store.
fn link(mark: &Mark) -> Html {
    let class = pens::link(mark.kind);
    let from = mark.link.unwrap_or(mark.at.x);
    let y = px(mark.at.y);
    html! {
        <line class={classes!("link", class, of(mark.about.message))} x1={percent(from)} y1={y.clone()} x2={percent(mark.at.x)} y2={y} />
    }
}

/// A wait: a thin line beside the lifeline, which is at 0 across; nothing for what is no wait.
fn wait(span: &Span) -> Option<Html> {
    let Stroke::Wait(class, aside) = pens::stroke(span.kind) else {
        return None;
    };
    let x = aside.to_string();
    Some(html! {
        <line class={classes!("wait", class, of(span.about.message))}
            x1={x.clone()} y1={px(span.at.y)} x2={x} y2={px(span.bottom)} />
    })
}

/// A box on the lifeline, which is at 0 across; nothing for what is a line beside it.
pub fn stretch(id: &str, span: &Span) -> Option<Html> {
    let Stroke::Box(class, width, hatched) = pens::stroke(span.kind) else {
        return None;
    };
    let rect = |class: &'static str, fill: Option<String>| {
        html! {
            <rect class={classes!("stretch", class, of(span.about.message))} x={px(span.shift - width / 2.0)} y={px(span.at.y)}
                width={px(width)} height={px(pens::tall(span))} rx="3" {fill} />
        }
    };
    if !hatched {
        return Some(rect(class, None));
    }
    // Hatching on an opaque ground, so that the lifeline does not show through.
    Some(html! { <>{ rect("ground", None) }{ rect(class, Some(format!("url(#{id}-hatch)"))) }</> })
}
