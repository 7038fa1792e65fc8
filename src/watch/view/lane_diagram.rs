//! A lane's space-time diagram, with the future in pale colours.
//!
//! The picture is a function of run and moment. The expensive part is [`Drawn`] once per run and part, and
//! does not depend on the playhead; a frame moves it, together with the overlay that pales the future.
//! Rendered per frame are only the packets in flight, and the few past signs that reach below the playhead.

use std::rc::Rc;

use yew::prelude::*;

use super::caption::Caption;
use super::cause_overlay::CauseOverlay;
use super::drawn::{Drawing, Drawn};
use super::look::{on_enter, use_inspect, use_pick};
use super::minimap::Minimap;
use super::pointer::use_pointer;
use super::scope::use_scope;
use super::tooltip::Tooltip;
use crate::context::{use_dispatch, use_playhead, use_shown};
use crate::controls::paint::{Frame, plain, px};
use crate::embed::state::Controls;
use crate::hooks::{use_on_paper, use_rest, use_width};
use crate::state::LaneRun;
use crate::watch::hooks::frame_scheduler::use_drawn_blocks;
use ackground_core::experiment::Experiment;
use ackground_core::sim::Time;
use ackground_timeline::diagram::Lifeline;
use ackground_timeline::layers::MOST;
use ackground_timeline::strokes;
use ackground_timeline::{Axis, Camera, Diagram, Viewport};
use ackground_words::story::Chain;

/// The width of a picture before it was measured, in pixels.
const WIDTH: u32 = 400;

#[derive(Properties, PartialEq)]
pub struct LaneDiagramProps {
    pub run: Rc<LaneRun>,
    /// The chain of causes to highlight; everything else is then grey.
    #[prop_or_default]
    pub chain: Option<Rc<Chain>>,
}

#[component]
pub fn LaneDiagram(props: &LaneDiagramProps) -> Html {
    let LaneDiagramProps { run, chain } = props;
    let shown = use_shown();
    let (experiment, axis, controls) = (&shown.experiment, &shown.axis, shown.density.controls());
    let playhead = use_playhead().at;
    let (dispatch, on_inspect) = (use_dispatch(), use_inspect());
    let made_from = (experiment.clone(), run.clone(), axis.clone());
    let diagram = use_memo(made_from, |(experiment, run, axis)| {
        Diagram::of(experiment, run.lane, &run.trace, axis)
    });
    let on_pick = use_pick(run.lane, &diagram, &on_inspect);
    let pointer = use_pointer(axis, &diagram, playhead, &dispatch, &on_pick);
    let camera =
        if use_on_paper() { Camera::on_paper(axis, playhead) } else { Camera::of(axis, playhead) };
    let now = (playhead, axis.y(playhead) - camera.offset);
    let blocks = use_drawn_blocks(&diagram, Viewport::of(&diagram, axis, camera));
    let onkeydown = on_enter(&pointer.node, run, &diagram, now, &on_inspect);
    let scope = use_scope();
    let id = scope.id("shapes", run.lane);
    let drawing = Drawing { id: id.clone(), axis: axis.clone(), diagram: diagram.clone() };
    let name = experiment.lane_name(run.lane);
    let label = match scope.untold {
        true => format!("Space-time diagram of {name}."),
        false => {
            format!("Space-time diagram of {name}. The transcript below tells the same in words.")
        }
    };
    let told = (!scope.untold).then(|| match shown.density.is_page() {
        true => "every-message".to_owned(),
        false => format!("transcript-{}", run.lane + 1),
    });
    let can = match controls {
        Controls::All => format!(
            "{name}: arrow keys step, Enter looks closely at what happens there and breaks it"
        ),
        Controls::Play | Controls::None => name,
    };
    let rest = use_rest();
    let (long, width) = (camera.partial(axis), use_width(&pointer.node, WIDTH));
    let marked = chain.as_ref().map(|_| "marked");
    html! {
        <div class="diagram">
            <div class={classes!("heads", (diagram.lifelines.len() > 7).then_some("crowded"))} style={columns(&diagram.lifelines)} aria-hidden="true">
                { for heads(experiment, &diagram.lifelines) }
            </div>
            <div class={classes!("picture", long.then_some("partial"), marked, pointer.over.map(|_| "over"))} style={format!("height:{:.1}px", camera.height)} ref={pointer.node}
                tabindex={(controls == Controls::All).then_some("0")} role="group" aria-label={can} aria-details={told} {onkeydown}
                onpointerdown={pointer.down} onpointermove={pointer.moves} onpointerup={pointer.up}
                onpointercancel={pointer.cancel} onpointerleave={pointer.leave}>
                // Separate compositor layers, which are moved without repainting.
                <div class="pane">
                    <svg aria-hidden="true" width="100%" height={px(axis.height())} style={down(-camera.offset)}>
                        <Drawn drawing={drawing.clone()} {blocks} />
                    </svg>
                </div>
                <div class="veil"><i style={down(now.1)} /></div>
                <div class="playhead" style={down(now.1)} />
                <svg role="img" aria-label={label} width="100%" height="100%">
                    // Moving a group is cheaper than moving a nested SVG with percentages.
                    <g transform={format!("translate(0 {:.1})", -camera.offset)}>
                        { for pointer.over.and_then(|over| strokes::halo(&diagram, axis, over)).map(|halo| plain(Frame::PICTURE, &halo)) }
                        { drawing.scale(&camera.blocks().collect()) }
                        <g class="standing">{ for standing(&diagram, axis, playhead) }</g>
                        { flights(&diagram, axis, playhead) }
                        if let Some(chain) = chain {
                            <CauseOverlay {id} diagram={diagram.clone()} trace={run.trace.clone()} axis={axis.clone()} chain={chain.clone()} />
                        }
                    </g>
                </svg>
                if let Some(pointed) = pointer.pointed {
                    <Tooltip run={run.clone()} {pointed} />
                } else if rest && chain.is_none() {
                    <Caption run={run.clone()} diagram={diagram.clone()} offset={camera.offset} {width} />
                }
                if long && controls != Controls::None {
                    <Minimap run={run.clone()} {camera} />
                }
            </div>
        </div>
    }
}

/// A translation downward, in pixels.
fn down(y: f64) -> String {
    format!("transform:translateY({y:.1}px)")
}

/// Past signs that reach below the playhead, drawn on top of the overlay.
fn standing(diagram: &Diagram, axis: &Axis, playhead: Time) -> impl Iterator<Item = Html> {
    let standing = diagram.standing(playhead, axis.y(playhead)).take(MOST);
    standing.map(|(place, glyph)| {
        html! { <g key={place}>{ plain(Frame::PICTURE, &strokes::stamp(diagram, glyph)) }</g> }
    })
}

/// The packets in flight.
pub(crate) fn flights(diagram: &Diagram, axis: &Axis, playhead: Time) -> Html {
    let flights = diagram.flights(playhead, axis);
    let flights = flights.iter().map(|flight| plain(Frame::PICTURE, &strokes::flight(flight)));
    html! { <g>{ for flights }</g> }
}

/// The grid columns of the names, matching the lifelines' spacing.
pub(crate) fn columns(lines: &[Lifeline]) -> String {
    let widths: Vec<String> = lines.iter().map(|line| format!("{:.3}fr", line.width)).collect();
    format!("grid-template-columns:{}", widths.join(" "))
}

/// The names over the lifelines. Members of a group share one, with their numbers under it.
pub(crate) fn heads(experiment: &Experiment, lines: &[Lifeline]) -> Vec<Html> {
    let members = lines.iter().filter(|line| line.member.is_some()).count();
    let head = |line: &Lifeline| match line.member {
        None => html! { <span title={line.label.clone()}>{ &line.label }</span> },
        Some(1) => {
            let name = experiment.scenario.consumer.to_string();
            html! { <span class="group" title={name.clone()} style={format!("grid-column:span {members}")}>{ name }</span> }
        }
        Some(_) => Html::default(),
    };
    let number = |line: &Lifeline| {
        let number = line.member?;
        Some(html! { <i style={format!("left:{:.3}%", line.x)}>{ number }</i> })
    };
    lines.iter().map(head).chain(lines.iter().filter_map(number)).collect()
}
