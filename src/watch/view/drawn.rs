//! What of a picture does not change with time: the lines, the shapes, the signs.
//!
//! It is drawn part by part and only moved from then on: what has not happened yet is pale because an
//! overlay lies over it.

use std::collections::BTreeSet;
use std::rc::Rc;

use yew::prelude::*;

use crate::controls::paint::{Frame, definitions, paint, percent};
use ackground_core::sim::Time;
use ackground_timeline::layers::{Extent, Layers};
use ackground_timeline::shape::Shape;
use ackground_timeline::{Axis, Block, Diagram, DrawnBlocks};

/// Which picture.
#[derive(Clone, PartialEq)]
pub struct Drawing {
    /// The name of the lane's definitions.
    pub id: AttrValue,
    /// The axis of all lanes.
    pub axis: Rc<Axis>,
    /// The picture.
    pub diagram: Rc<Diagram>,
}

/// What of a picture.
#[derive(Clone, Copy, PartialEq)]
enum Layer {
    /// The lines of time and of the participants.
    Ruler,
    /// The labels of time.
    Scale,
    /// What goes from one lifeline to another.
    Across,
    /// What lasts on the lifeline at so many percent of the width.
    Stretches(f64),
    /// The glyphs on that lifeline, or those that are on none; all of them, or those until a moment.
    Glyphs(Option<f64>, Option<Time>),
}

/// Which layer of which part.
#[derive(Properties, PartialEq)]
struct PartProps {
    drawing: Drawing,
    block: Block,
    layer: Layer,
}

/// A part of a layer, which stays as it is as long as its picture does.
#[component]
fn Part(props: &PartProps) -> Html {
    let Drawing { id, axis, diagram } = &props.drawing;
    let layers = Layers { diagram, axis, extent: Extent::Block(props.block) };
    let (class, frame, shapes): (_, _, Vec<Shape>) = match props.layer {
        Layer::Ruler => (Some("ruler"), Frame::PICTURE, layers.ruler()),
        Layer::Scale => {
            let labels = layers.ticks().map(|[_, label]| label);
            (Some("tick"), Frame::PICTURE, labels.collect())
        }
        Layer::Across => (None, Frame::PICTURE, layers.links().chain(layers.arrows()).collect()),
        Layer::Stretches(x) => {
            let on = Some(x);
            (None, Frame::LIFELINE, layers.waits(on).chain(layers.boxes(on)).collect())
        }
        Layer::Glyphs(on, until) => {
            let frame = if on.is_some() { Frame::LIFELINE } else { Frame::PICTURE };
            (None, frame, layers.glyphs(on, until).collect())
        }
    };
    html! { <g {class}>{ paint(id, frame, shapes) }</g> }
}

impl Drawing {
    fn layer(&self, blocks: &BTreeSet<Block>, layer: Layer) -> Html {
        let parts = blocks.iter().map(|block| {
            html! { <Part key={block.0} drawing={self.clone()} block={*block} {layer} /> }
        });
        html! { <g>{ for parts }</g> }
    }

    /// A layer for each lifeline. These groups alone are moved, as many as there are lifelines: everything in
    /// them has its place in pixels.
    fn lifelines(&self, blocks: &BTreeSet<Block>, layer: impl Fn(f64) -> Layer) -> Html {
        let lifelines = self.diagram.lifelines.iter().enumerate();
        let lifelines = lifelines.map(|(place, line)| {
            let parts = self.layer(blocks, layer(line.x));
            html! { <svg key={place} x={percent(line.x)} width="1" height="1">{ parts }</svg> }
        });
        html! { <g>{ for lifelines }</g> }
    }

    /// The labels of time in these parts.
    pub fn scale(&self, blocks: &BTreeSet<Block>) -> Html {
        self.layer(blocks, Layer::Scale)
    }

    /// The lines of time and of the participants in these parts.
    pub fn rulers(&self, blocks: &BTreeSet<Block>) -> Html {
        self.layer(blocks, Layer::Ruler)
    }

    /// The shapes of these parts.
    pub fn shapes(&self, blocks: &BTreeSet<Block>) -> Html {
        html! {
            <>
                <defs>{ definitions(&self.id) }</defs>
                { self.layer(blocks, Layer::Across) }
                { self.lifelines(blocks, Layer::Stretches) }
            </>
        }
    }

    /// The signs of what happened in these parts, all of them or those until a moment.
    pub fn stamps(&self, blocks: &BTreeSet<Block>, until: Option<Time>) -> Html {
        html! {
            <>
                { self.layer(blocks, Layer::Glyphs(None, until)) }
                { self.lifelines(blocks, |x| Layer::Glyphs(Some(x), until)) }
            </>
        }
    }
}

/// Which picture, and how much of it.
#[derive(Properties, PartialEq)]
pub struct DrawnProps {
    pub drawing: Drawing,
    pub blocks: DrawnBlocks,
}

/// The drawn parts.
#[component]
pub fn Drawn(props: &DrawnProps) -> Html {
    let DrawnProps { drawing, blocks: DrawnBlocks { ruled, seen } } = props;
    html! {
        <>
            { drawing.rulers(ruled) }
            <g class="drawn">{ drawing.shapes(seen) }{ drawing.stamps(seen, None) }</g>
        </>
    }
}
