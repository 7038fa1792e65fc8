//! A small static picture of a run, cut off at a moment.

use std::rc::Rc;

use yew::prelude::*;

use super::drawn::Drawing;
use super::lane_diagram::{columns, flights, heads};
use crate::context::use_shown;
use crate::controls::paint::px;
use ackground_core::audit::Property;
use ackground_core::experiment::Experiment;
use ackground_core::prove::{Bounds, Counterexample};
use ackground_core::sim::{Time, simulate};
use ackground_timeline::{Axis, Camera, Diagram};
use ackground_words::story;

/// The maximum height, in pixels: the end of the run up to the moment.
const WINDOW: f64 = 260.0;
/// Space below the moment.
const BELOW: f64 = 24.0;

#[derive(Properties, PartialEq)]
pub struct StillProps {
    pub found: Counterexample,
    pub bounds: Bounds,
    /// The lane's index.
    pub lane: usize,
    /// The property it breaks; the picture ends there.
    pub property: Property,
}

#[derive(PartialEq)]
struct Drawn {
    experiment: Experiment,
    axis: Rc<Axis>,
    diagram: Rc<Diagram>,
    at: Time,
}

/// The picture of what a schedule does.
#[component]
pub fn Still(props: &StillProps) -> Html {
    let shown = use_shown();
    let made_from =
        (shown.experiment.clone(), props.found.clone(), props.bounds, props.lane, props.property);
    let drawn = use_memo(made_from, |(experiment, found, bounds, lane, property)| {
        let experiment = found.experiment(experiment, *bounds);
        let trace = simulate(&experiment, *lane);
        let axis = Rc::new(Axis::of([&trace]));
        let at = story::decisive(&experiment, *lane, &trace, *property);
        Drawn {
            diagram: Rc::new(Diagram::of(&experiment, *lane, &trace, &axis)),
            at: at.unwrap_or(axis.end()),
            experiment,
            axis,
        }
    });
    let Drawn { experiment, axis, diagram, at } = &*drawn;
    let bottom = (axis.y(*at) + BELOW).min(axis.height());
    let height = bottom.min(WINDOW);
    let camera = Camera { height, offset: bottom - height };
    let id = AttrValue::from(format!("still-{}-{}", props.lane + 1, props.property.word()));
    let blocks = camera.blocks().collect();
    let drawing = Drawing { id: id.clone(), axis: axis.clone(), diagram: diagram.clone() };
    let clip = format!("{id}-elapsed");
    let label = format!(
        "The run of {} until {}: {}",
        experiment.lane_name(props.lane),
        story::clock(*at),
        story::property(props.property).broken
    );
    html! {
        <figure class="diagram still">
            <div class="heads" style={columns(&diagram.lifelines)} aria-hidden="true">{ for heads(experiment, &diagram.lifelines) }</div>
            <div class={classes!("picture", "partial", (camera.offset > 0.0).then_some("cut"))} style={format!("height:{height:.1}px")}>
                <svg role="img" aria-label={label} width="100%" height="100%">
                    <clipPath id={clip.clone()}><rect width="100%" height={px(axis.y(*at))} /></clipPath>
                    <g transform={format!("translate(0 {:.1})", -camera.offset)}>
                        { drawing.rulers(&blocks) }{ drawing.scale(&blocks) }
                        <g clip-path={format!("url(#{clip})")}>{ drawing.shapes(&blocks) }</g>
                        { drawing.stamps(&blocks, Some(*at)) }
                        { flights(diagram, axis, *at) }
                    </g>
                </svg>
            </div>
        </figure>
    }
}
