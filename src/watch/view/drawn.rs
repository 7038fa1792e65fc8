//! The static part of a picture: lines, shapes, signs.
//!
//! It is rendered part by part and only moved from then on; the future looks pale because an overlay covers
//! it.

use std::collections::BTreeSet;
use std::rc::Rc;

use yew::prelude::*;

use crate::controls::paint::{Frame, definitions, paint, percent};
use ackground_core::sim::Time;
use ackground_timeline::layers::{Extent, Layers};
use ackground_timeline::shape::Shape;
use ackground_timeline::{Axis, Block, Diagram, DrawnBlocks};

#[derive(Clone, PartialEq)]
pub struct Drawing {
    /// The prefix of the lane's SVG ids.
    pub id: AttrValue,
    pub axis: Rc<Axis>,
    pub diagram: Rc<Diagram>,
}

/// A layer of a picture.
#[derive(Clone, Copy, PartialEq)]
enum Layer {
    /// The lines of time and of the participants.
    Ruler,
    /// The labels of the time axis.
    Scale,
    /// What goes from one lifeline to another.
    Across,
    /// Bars along the lifeline at this percentage of the width.
    Stretches(f64),
    /// The glyphs on that lifeline, or those on none; all, or only those up to a moment.
    Glyphs(Option<f64>, Option<Time>),
}

#[derive(Properties, PartialEq)]
struct PartProps {
    drawing: Drawing,
    block: Block,
    layer: Layer,
}

/// One part of a layer, which stays the same as long as the picture does.
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

    /// One group per lifeline. Only these are positioned in percent, so a resize moves few elements;
    /// everything in them is in pixels.
    fn lifelines(&self, blocks: &BTreeSet<Block>, layer: impl Fn(f64) -> Layer) -> Html {
        let lifelines = self.diagram.lifelines.iter().enumerate();
        let lifelines = lifelines.map(|(place, line)| {
            let parts = self.layer(blocks, layer(line.x));
            html! { <svg key={place} x={percent(line.x)} width="1" height="1">{ parts }</svg> }
        });
        html! { <g>{ for lifelines }</g> }
    }

    pub fn scale(&self, blocks: &BTreeSet<Block>) -> Html {
        self.layer(blocks, Layer::Scale)
    }

    pub fn rulers(&self, blocks: &BTreeSet<Block>) -> Html {
        self.layer(blocks, Layer::Ruler)
    }

    pub fn shapes(&self, blocks: &BTreeSet<Block>) -> Html {
        html! {
            <>
                <defs>{ definitions(&self.id) }</defs>
                { self.layer(blocks, Layer::Across) }
                { self.lifelines(blocks, Layer::Stretches) }
            </>
        }
    }

    /// The signs of these parts, all of them or only those up to a moment.
    pub fn stamps(&self, blocks: &BTreeSet<Block>, until: Option<Time>) -> Html {
        html! {
            <>
                { self.layer(blocks, Layer::Glyphs(None, until)) }
                { self.lifelines(blocks, |x| Layer::Glyphs(Some(x), until)) }
            </>
        }
    }
}

#[derive(Properties, PartialEq)]
pub struct DrawnProps {
    pub drawing: Drawing,
    pub blocks: DrawnBlocks,
}

/// The parts drawn so far.
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
