//! The shapes that can be cut at any height: arrows, handler calls, crashes, waits.
//!
//! They are defined once and drawn twice, pale and in colour, so they have no opacity of their own.
//! What is used elsewhere is styled without its surroundings, so each shape has its lane as a class.

use std::rc::Rc;

use yew::prelude::*;

use super::{MOST, of, percent, px};
use crate::web::view_model::diagram::{Arrow, ArrowKind, Fall, Mark, MarkKind, Span, SpanKind};
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
    let waits = |span: &&Span| {
        matches!(
            span.kind,
            SpanKind::Waiting | SpanKind::Backoff | SpanKind::Unavailable | SpanKind::Transaction
        )
    };
    let links = diagram
        .marks
        .iter()
        .filter(|mark| mark.link.is_some() && block.holds(mark.at.y, mark.at.y))
        .take(MOST);
    html! {
        <g id={name(id, *block)}>
            { for spans().filter(waits).map(|span| wait(id, span)) }
            { for links.map(|mark| link(id, mark)) }
            { for arrows.map(|arrow| line(id, arrow)) }
            { for spans().filter(|span| !waits(span)).map(|span| stretch(id, span)) }
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
            { for HEADS.iter().map(|(name, path)| head(id, name, path)) }
            <pattern id={format!("{id}-hatch")} class="hatch" width="6" height="6"
                patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                <line y2="6" />
            </pattern>
        </>
    }
}

/// Arrow heads, one for each colour: the tip of a line ends a little before its target.
const HEADS: [(&str, &str); 5] = [
    ("message", "M0 0 L9 4 L0 8 Z"),
    ("again", "M0 0 L9 4 L0 8 Z"),
    ("ack", "M0 0 L8 4 L0 8 Z"),
    ("nack", "M0 0 L8 4 L0 8 Z"),
    ("ignored", "M1 1 L7 7 M7 1 L1 7"),
];

fn head(id: &str, name: &'static str, path: &'static str) -> Html {
    html! {
        <marker id={format!("{id}-head-{name}")} class={classes!("head", name)}
            markerWidth="12" markerHeight="8" refX="11" refY="4" orient="auto" markerUnits="userSpaceOnUse">
            <path d={path} />
        </marker>
    }
}

/// The class of what a packet carries.
pub fn kind_class(kind: ArrowKind) -> &'static str {
    match kind {
        ArrowKind::Message => "message",
        ArrowKind::Again => "again",
        ArrowKind::Ack => "ack",
        ArrowKind::Nack => "nack",
        ArrowKind::Confirm => "confirm",
    }
}

/// A packet.
pub fn line(id: &str, arrow: &Arrow) -> Html {
    let kind = kind_class(arrow.kind);
    let fall = match arrow.fall {
        Fall::Arrives => "arrives",
        Fall::Ignored => "ignored",
        Fall::Lost => "lost",
        Fall::UnderWay => "under-way",
    };
    let head = match (arrow.fall, arrow.kind) {
        (Fall::Lost | Fall::UnderWay, _) => None,
        (Fall::Ignored, _) => Some("ignored"),
        (Fall::Arrives, ArrowKind::Confirm) => Some("ack"),
        (Fall::Arrives, _) => Some(kind),
    };
    html! {
        <line class={classes!("arrow", kind, fall, arrow.late.then_some("late"), arrow.copied.then_some("copied"), of(arrow.about.message), id.to_owned())}
            x1={percent(arrow.start.x)} y1={px(arrow.start.y)} x2={percent(arrow.end.x)} y2={px(arrow.end.y)}
            marker-end={head.map(|head| format!("url(#{id}-head-{head})"))} />
    }
}

/// The thin line from the consumer to what it brings about in the store.
fn link(id: &str, mark: &Mark) -> Html {
    let class = match mark.kind {
        MarkKind::Effect => "once",
        MarkKind::Repeated(_) => "again",
        _ => "absorbed",
    };
    let from = mark.link.unwrap_or(mark.at.x);
    let y = px(mark.at.y);
    html! {
        <line class={classes!("link", class, of(mark.about.message), id.to_owned())} x1={percent(from)} y1={y.clone()} x2={percent(mark.at.x)} y2={y} />
    }
}

/// A wait: a thin line beside the lifeline.
fn wait(id: &str, span: &Span) -> Html {
    let (class, aside) = match span.kind {
        SpanKind::Unavailable => ("unavailable", "translate(-16 0)"),
        SpanKind::Transaction => ("transaction", "translate(-6 0)"),
        SpanKind::Waiting => ("waiting", "translate(-9 0)"),
        _ => ("backoff", "translate(-9 0)"),
    };
    let x = percent(span.at.x);
    html! {
        <line class={classes!("wait", class, of(span.about.message), id.to_owned())} transform={aside}
            x1={x.clone()} y1={px(span.at.y)} x2={x} y2={px(span.bottom)} />
    }
}

/// A box on the lifeline.
pub fn stretch(id: &str, span: &Span) -> Html {
    let (class, width, fill) = match span.kind {
        SpanKind::Handler => ("handler", 9.0, None),
        SpanKind::Stall => ("stall", 9.0, None),
        SpanKind::Crash => ("crash", 17.0, Some(format!("url(#{id}-hatch)"))),
        SpanKind::FollowerCrash => ("crash follower", 12.0, Some(format!("url(#{id}-hatch)"))),
        _ => ("", 0.0, None),
    };
    let rect = |class: &'static str, fill: Option<String>| {
        html! {
            <rect class={classes!("stretch", class, of(span.about.message), id.to_owned())} x={percent(span.at.x)} y={px(span.at.y)}
                width={px(width)} height={px((span.bottom - span.at.y).max(3.0))} rx="3"
                transform={format!("translate({} 0)", span.shift - width / 2.0)} {fill} />
        }
    };
    match fill {
        // Hatching on an opaque ground, so that the lifeline does not show through.
        Some(fill) => html! { <>{ rect("ground", None) }{ rect(class, Some(fill)) }</> },
        None => rect(class, None),
    }
}
