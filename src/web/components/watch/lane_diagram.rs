//! A lane's space-time diagram, with what has not happened yet in pale.
//!
//! The picture is a function of run and moment. Everything that costs is drawn once per run (or
//! block of a long run) in components that do not see the playhead; per frame only the height of a
//! clip, a line and the packets in flight change.

use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use super::glyphs::Glyphs;
use super::hits::Hits;
use super::ruler::TimeRuler;
use super::shapes::{Shapes, ShapesProps, kind_class};
use super::{percent, px};
use crate::experiment::Experiment;
use crate::sim::Time;
use crate::web::state::LaneRun;
use crate::web::view_model::diagram::{Flight, Lifeline};
use crate::web::view_model::{Axis, Camera, Diagram};

/// A pointer that moves less than this, in pixels, has clicked.
const STILL: f64 = 4.0;

/// Which lane, and when.
#[derive(Properties, PartialEq)]
pub struct LaneDiagramProps {
    /// The experiment.
    pub experiment: Rc<Experiment>,
    /// The lane's run.
    pub run: Rc<LaneRun>,
    /// The axis of all lanes.
    pub axis: Rc<Axis>,
    /// The moment.
    pub playhead: Time,
    /// Put the playhead there.
    pub on_seek: Callback<Time>,
}

/// The diagram of a lane.
#[component]
pub fn LaneDiagram(props: &LaneDiagramProps) -> Html {
    let LaneDiagramProps {
        experiment,
        run,
        axis,
        playhead,
        ..
    } = props;
    let made_from = (experiment.clone(), run.clone(), axis.clone());
    let diagram = use_memo(made_from, |(experiment, run, axis)| {
        Diagram::of(experiment, run.lane, &run.trace, axis)
    });
    let pointer = use_pointer(props);
    let camera = Camera::of(axis, *playhead);
    let block = ShapesProps::block(camera);
    let now = axis.y(*playhead);
    let id = AttrValue::from(format!("lane-{}-shapes", run.lane));
    let href = format!("#{id}");
    let name = experiment.lane_name(run.lane);
    let label = format!("Space-time diagram of {name}. Its transcript tells the same in words.");
    let style = format!("height:{:.1}px", camera.height);
    let partial = camera.partial(axis).then_some("partial");
    html! {
        <div class="diagram">
            <div class="heads" style={columns(&diagram.lifelines)} aria-hidden="true">
                { for diagram.lifelines.iter().map(|line| html! { <span title={line.label.clone()}>{ &line.label }</span> }) }
            </div>
            <div class={classes!("picture", partial)} ref={pointer.node} {style} onpointerdown={pointer.down}
                onpointermove={pointer.moves} onpointerup={pointer.up} onpointercancel={pointer.cancel}>
                <svg role="img" aria-label={label} width="100%" height="100%">
                    <svg width="100%" height={px(axis.height())} y={px(-camera.offset)} overflow="visible">
                        <Shapes {id} diagram={diagram.clone()} {block} />
                        <TimeRuler axis={axis.clone()} diagram={diagram.clone()} {block} />
                        <g class="future"><use href={href.clone()} /></g>
                        <svg class="elapsed" width="100%" height={px(now)}><use {href} /></svg>
                        <line class="playhead" x1="0" y1={px(now)} x2="100%" y2={px(now)} />
                        <Glyphs diagram={diagram.clone()} {block} turned={diagram.turned(*playhead)} />
                        { for diagram.flights(*playhead, axis).into_iter().map(flight) }
                        <Hits experiment={experiment.clone()} run={run.clone()} diagram={diagram.clone()} {block} />
                    </svg>
                </svg>
            </div>
        </div>
    }
}

/// The columns of the names, as wide as the lifelines stand apart.
fn columns(lines: &[Lifeline]) -> String {
    let widths: Vec<String> = lines
        .iter()
        .map(|line| format!("{:.3}fr", line.width))
        .collect();
    format!("grid-template-columns:{}", widths.join(" "))
}

/// A packet on its way.
fn flight(flight: Flight) -> Html {
    let lost = flight.lost.then_some("lost");
    let message = flight
        .message
        .map(|message| message.to_string())
        .unwrap_or_default();
    html! {
        <svg class={classes!("flight", kind_class(flight.kind), lost)} x={percent(flight.at.x)} y={px(flight.at.y)}
            width="1" height="1" overflow="visible">
            <circle r="8" />
            <text y="3.8">{ message }</text>
        </svg>
    }
}

/// What a pointer does on the picture.
struct Pointer {
    node: NodeRef,
    down: Callback<PointerEvent>,
    moves: Callback<PointerEvent>,
    up: Callback<PointerEvent>,
    cancel: Callback<PointerEvent>,
}

/// A button that is held: where it went down, and whether it has moved since.
#[derive(Clone, Copy)]
struct Held {
    y: f64,
    moved: bool,
}

/// Click: go to the shape or the moment under the pointer. Drag (not by touch, which scrolls the
/// page): take the playhead along; on a window onto a tall picture by as much as the pointer moves,
/// because the window follows.
#[hook]
fn use_pointer(props: &LaneDiagramProps) -> Pointer {
    let node = use_node_ref();
    let held = use_mut_ref(|| None::<Held>);
    let place = {
        let (node, axis, playhead) = (node.clone(), props.axis.clone(), props.playhead);
        Rc::new(move |event: &PointerEvent| {
            let top = node
                .cast::<Element>()
                .map_or(0.0, |element| element.get_bounding_client_rect().top());
            f64::from(event.client_y()) - top + Camera::of(&axis, playhead).offset
        })
    };
    let down = {
        let held = held.clone();
        Callback::from(move |event: PointerEvent| {
            if event.button() == 0 {
                *held.borrow_mut() = Some(Held {
                    y: f64::from(event.client_y()),
                    moved: false,
                });
            }
        })
    };
    let moves = {
        let (held, place, node, axis) = (
            held.clone(),
            place.clone(),
            node.clone(),
            props.axis.clone(),
        );
        let (playhead, on_seek) = (props.playhead, props.on_seek.clone());
        Callback::from(move |event: PointerEvent| {
            let mut held = held.borrow_mut();
            let Some(hold) = held.as_mut().filter(|_| event.pointer_type() != "touch") else {
                return;
            };
            let by = f64::from(event.client_y()) - hold.y;
            if !hold.moved && by.abs() < STILL {
                return;
            }
            if !hold.moved {
                hold.moved = true;
                if let Some(element) = node.cast::<Element>() {
                    // Without the capture a drag would end at the edge of the picture.
                    let _ = element.set_pointer_capture(event.pointer_id());
                }
            }
            hold.y = f64::from(event.client_y());
            let whole = !Camera::of(&axis, playhead).partial(&axis);
            on_seek.emit(if whole {
                axis.time(place(&event))
            } else {
                axis.advance(playhead, by)
            });
        })
    };
    let up = {
        let (held, axis, on_seek) = (held.clone(), props.axis.clone(), props.on_seek.clone());
        Callback::from(move |event: PointerEvent| {
            let Some(hold) = held.borrow_mut().take() else {
                return;
            };
            if !hold.moved {
                on_seek.emit(shape_under(&event).unwrap_or_else(|| axis.time(place(&event))));
            }
        })
    };
    let cancel = Callback::from(move |_| *held.borrow_mut() = None);
    Pointer {
        node,
        down,
        moves,
        up,
        cancel,
    }
}

/// The moment of the shape under the pointer.
fn shape_under(event: &PointerEvent) -> Option<Time> {
    let shape: Element = event.target_dyn_into()?;
    let micros = shape
        .closest("[data-at]")
        .ok()??
        .get_attribute("data-at")?
        .parse()
        .ok()?;
    Some(Time::from_micros(micros))
}
