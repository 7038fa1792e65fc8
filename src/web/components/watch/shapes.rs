//! The shapes that can be cut at any height: arrows, handler calls, crashes, waits.
//!
//! They are defined once and drawn twice, pale and in colour, so they have no opacity of their own.
//! What is used elsewhere is styled without its surroundings, so each shape has its lane as a class.

use std::rc::Rc;

use yew::prelude::*;

use super::{MOST, of, percent, px};
use crate::web::view_model::diagram::{Arrow, Mark, Span};
use crate::web::view_model::pens::{self, Stroke};
use crate::web::view_model::{Block, Diagram};

/// Which shapes, and under which name they can be used.
#[derive(Properties, PartialEq)]
pub struct ShapesProps {
    /// The name of the lane's definitions.
    pub id: AttrValue,
    /// The picture.
    pub diagram: Rc<Diagram>,
    /// Which part of it.
    pub block: Block,
}

/// The name of the shapes of a part.
pub fn name(id: &str, block: Block) -> String {
    format!("{id}-{}", block.0)
}

/// The shapes of a part of a picture, defined for use.
#[component]
pub fn Shapes(props: &ShapesProps) -> Html {
    let ShapesProps { id, diagram, block } = props;
    let arrows = diagram
        .arrows
        .iter()
        .filter(|arrow| block.holds(arrow.start.y, arrow.end.y))
        .take(MOST);
    let spans = || {
        diagram
            .spans
            .iter()
            .filter(|span| block.holds(span.at.y, span.bottom))
            .take(MOST)
    };
    let links = diagram
        .marks
        .iter()
        .filter(|mark| mark.link.is_some() && block.holds(mark.at.y, mark.at.y))
        .take(MOST);
    html! {
        <g id={name(id, *block)}>
            { for spans().filter_map(|span| wait(id, span)) }
            { for links.map(|mark| link(id, mark)) }
            { for arrows.map(|arrow| line(id, arrow)) }
            { for spans().filter_map(|span| stretch(id, span)) }
        </g>
    }
}

/// What the shapes of a lane are drawn with.
#[derive(Properties, PartialEq)]
pub struct PensProps {
    /// The name of the lane's definitions.
    pub id: AttrValue,
}

/// The arrow heads and the hatching of a lane.
#[component]
pub fn Pens(props: &PensProps) -> Html {
    let id = &props.id;
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
        <line class={classes!("arrow", kind, fall, arrow.late.then_some("late"), arrow.copied.then_some("copied"), of(arrow.about.message), id.to_owned())}
            x1={percent(arrow.start.x)} y1={px(arrow.start.y)} x2={percent(arrow.end.x)} y2={px(arrow.end.y)}
            marker-end={head.map(|head| format!("url(#{id}-head-{head})"))} />
    }
}

/// The thin line from the consumer to what it brings about in the store.
fn link(id: &str, mark: &Mark) -> Html {
    let class = pens::link(mark.kind);
    let from = mark.link.unwrap_or(mark.at.x);
    let y = px(mark.at.y);
    html! {
        <line class={classes!("link", class, of(mark.about.message), id.to_owned())} x1={percent(from)} y1={y.clone()} x2={percent(mark.at.x)} y2={y} />
    }
}

/// A wait: a thin line beside the lifeline; nothing for what is no wait.
fn wait(id: &str, span: &Span) -> Option<Html> {
    let Stroke::Wait(class, aside) = pens::stroke(span.kind) else {
        return None;
    };
    let x = percent(span.at.x);
    Some(html! {
        <line class={classes!("wait", class, of(span.about.message), id.to_owned())} transform={format!("translate({aside} 0)")}
            x1={x.clone()} y1={px(span.at.y)} x2={x} y2={px(span.bottom)} />
    })
}

/// A box on the lifeline; nothing for what is a line beside it.
pub fn stretch(id: &str, span: &Span) -> Option<Html> {
    let Stroke::Box(class, width, hatched) = pens::stroke(span.kind) else {
        return None;
    };
    let rect = |class: &'static str, fill: Option<String>| {
        html! {
            <rect class={classes!("stretch", class, of(span.about.message), id.to_owned())} x={percent(span.at.x)} y={px(span.at.y)}
                width={px(width)} height={px(pens::tall(span))} rx="3"
                transform={format!("translate({} 0)", span.shift - width / 2.0)} {fill} />
        }
    };
    if !hatched {
        return Some(rect(class, None));
    }
    // Hatching on an opaque ground, so that the lifeline does not show through.
    Some(html! { <>{ rect("ground", None) }{ rect(class, Some(format!("url(#{id}-hatch)"))) }</> })
}
