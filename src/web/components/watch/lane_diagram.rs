//! A lane's space-time diagram, with what has not happened yet in pale.
//!
//! The picture is a function of run and moment. Everything that costs is drawn once per run and
//! part in components that do not see the playhead; per frame only the height of a clip, a line and
//! the packets in flight change, and now and then a handful of glyphs.

use std::collections::BTreeSet;
use std::rc::Rc;

use yew::prelude::*;

use super::glyphs::{Glyphs, HANDFUL};
use super::hits::Hits;
use super::look::{on_enter, use_pick};
use super::pointer::use_pointer;
use super::ruler::TimeRuler;
use super::scope::use_scope;
use super::shapes::{Pens, Shapes, name};
use super::tip::Tip;
use super::trail::Trail;
use super::{MOST, percent, px};
use crate::experiment::Experiment;
use crate::sim::Time;
use crate::story::Chain;
use crate::web::hooks::{use_on_paper, use_unrolled};
use crate::web::state::embed::Controls;
use crate::web::state::{Inspected, LaneRun};
use crate::web::view_model::diagram::{Flight, Glyph, Lifeline};
use crate::web::view_model::pens;
use crate::web::view_model::{Axis, Block, Camera, Diagram};

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
    /// The chain of causes that is marked, if one is: then nothing else is in colour.
    #[prop_or_default]
    pub chain: Option<Rc<Chain>>,
    /// Put the playhead there.
    pub on_seek: Callback<Time>,
    /// Look closely at this.
    pub on_inspect: Callback<Inspected>,
    /// How much of it can be touched.
    #[prop_or(Controls::All)]
    pub controls: Controls,
}

/// The diagram of a lane.
#[component]
pub fn LaneDiagram(props: &LaneDiagramProps) -> Html {
    let LaneDiagramProps {
        experiment,
        run,
        axis,
        playhead,
        chain,
        on_seek,
        on_inspect,
        controls,
    } = props;
    let made_from = (experiment.clone(), run.clone(), axis.clone());
    let diagram = use_memo(made_from, |(experiment, run, axis)| {
        Diagram::of(experiment, run.lane, &run.trace, axis)
    });
    let on_pick = use_pick(run.lane, &diagram, on_inspect);
    let pointer = use_pointer(axis, *playhead, on_seek, &on_pick);
    let camera = if use_on_paper() {
        Camera::on_paper(axis, *playhead)
    } else {
        Camera::of(axis, *playhead)
    };
    let now = (*playhead, axis.y(*playhead) - camera.offset);
    let unrolled = use_unrolled(&diagram, camera);
    let (seen, touched) = (&unrolled.seen, &unrolled.touched);
    let onkeydown = on_enter(&pointer.node, run, &diagram, now, on_inspect);
    let scope = use_scope();
    let id = scope.id("shapes", run.lane);
    let name = experiment.lane_name(run.lane);
    let label = match scope.untold {
        true => format!("Space-time diagram of {name}."),
        false => {
            format!("Space-time diagram of {name}. The transcript below tells the same in words.")
        }
    };
    let told = (!scope.untold).then(|| format!("transcript-{}", run.lane + 1));
    let can = match controls {
        Controls::All => format!(
            "{name}: arrow keys step, Enter looks closely at what happens there and breaks it"
        ),
        Controls::Play | Controls::None => name,
    };
    let partial = camera.partial(axis).then_some("partial");
    let marked = chain.as_ref().map(|_| "marked");
    html! {
        <div class="diagram">
            <div class={classes!("heads", (diagram.lifelines.len() > 7).then_some("crowded"))} style={columns(&diagram.lifelines)} aria-hidden="true">
                { for heads(experiment, &diagram.lifelines) }
            </div>
            <div class={classes!("picture", partial, marked)} style={format!("height:{:.1}px", camera.height)} ref={pointer.node}
                tabindex={(*controls == Controls::All).then_some("0")} role="group" aria-label={can} aria-details={told} {onkeydown}
                onpointerdown={pointer.down} onpointermove={pointer.moves} onpointerup={pointer.up}
                onpointercancel={pointer.cancel} onpointerleave={pointer.leave}>
                // What does not change with time is moved and cut off, never painted again.
                <div class="pane">
                    { moved(axis, camera, html! { <>
                        { rulers(&diagram, axis, camera.blocks()) }
                        <g class="future">{ shapes(&diagram, seen.iter().copied(), &id) }</g>
                    </> }) }
                </div>
                <div class="pane elapsed-pane" style={format!("height:{:.1}px", now.1)}>
                    { moved(axis, camera, html! { <g class="elapsed">{ for again(seen, &id) }</g> }) }
                </div>
                <div class="playhead" style={format!("transform:translateY({:.1}px)", now.1)} />
                <div class="pane">
                    { moved(axis, camera, stamps(&diagram, seen, touched, *playhead)) }
                </div>
                <svg role="img" aria-label={label} width="100%" height="100%">
                    // Moving a group costs less than moving an inner picture with its percentages.
                    <g transform={format!("translate(0 {:.1})", -camera.offset)}>
                        { flights(&diagram, axis, *playhead) }
                        if let Some(chain) = chain {
                            <Trail id={id.clone()} diagram={diagram.clone()} trace={run.trace.clone()} axis={axis.clone()} chain={chain.clone()} />
                        }
                    </g>
                </svg>
                if let Some(pointed) = pointer.pointed {
                    <Tip experiment={experiment.clone()} run={run.clone()} {pointed} />
                }
            </div>
        </div>
    }
}

/// A picture as tall as the whole picture, of which the camera sees a part.
fn moved(axis: &Axis, camera: Camera, drawn: Html) -> Html {
    let style = format!("transform:translateY({:.1}px)", -camera.offset);
    html! { <svg aria-hidden="true" width="100%" height={px(axis.height())} {style}>{ drawn }</svg> }
}

/// The shapes of these parts.
pub(super) fn shapes(
    diagram: &Rc<Diagram>,
    blocks: impl Iterator<Item = Block>,
    id: &AttrValue,
) -> Html {
    html! {
        <>
            <defs><Pens id={id.clone()} /></defs>
            { for blocks.map(|block| html! {
                <Shapes key={block.0} id={id.clone()} diagram={diagram.clone()} {block} />
            }) }
        </>
    }
}

/// The scale of time in these parts.
pub(super) fn rulers(
    diagram: &Rc<Diagram>,
    axis: &Rc<Axis>,
    blocks: impl Iterator<Item = Block>,
) -> Html {
    html! {
        <g>
            { for blocks.map(|block| html! {
                <TimeRuler key={block.0} axis={axis.clone()} diagram={diagram.clone()} {block} />
            }) }
        </g>
    }
}

/// The same shapes once more.
fn again(blocks: &BTreeSet<Block>, id: &AttrValue) -> impl Iterator<Item = Html> {
    blocks
        .iter()
        .map(move |block| html! { <use key={block.0} href={format!("#{}", name(id, *block))} /> })
}

/// The signs of what happened at a place, pale before their time, and over everything what can be
/// pointed at.
pub(super) fn stamps(
    diagram: &Rc<Diagram>,
    seen: &BTreeSet<Block>,
    touched: &BTreeSet<Block>,
    playhead: Time,
) -> Html {
    html! {
        <>
            <g class="stamps">{ for glyphs(diagram, seen, playhead) }</g>
            <g>
                { for touched.iter().map(|block| html! {
                    <Hits key={block.0} diagram={diagram.clone()} block={*block} />
                }) }
            </g>
        </>
    }
}

/// The packets that are on their way.
pub(super) fn flights(diagram: &Diagram, axis: &Axis, playhead: Time) -> Html {
    html! { <g>{ for diagram.flights(playhead, axis).into_iter().map(flight) }</g> }
}

/// The glyphs of these parts by the handful. They are in order of time, so most handfuls are wholly
/// clear or wholly pale and stay as they are.
fn glyphs<'a>(
    diagram: &'a Rc<Diagram>,
    seen: &'a BTreeSet<Block>,
    playhead: Time,
) -> impl Iterator<Item = Html> + 'a {
    let turned = diagram.turned(playhead);
    let drawn = |glyph: &Glyph| seen.iter().any(|block| block.holds(glyph.y, glyph.y));
    let handfuls = diagram.glyphs.chunks(HANDFUL).enumerate();
    handfuls
        .filter(move |(_, handful)| handful.iter().any(drawn))
        .take(MOST * (seen.len() + 1) / HANDFUL)
        .map(move |(index, _)| {
            let first = index * HANDFUL;
            let clear = turned.saturating_sub(first).min(HANDFUL);
            html! { <Glyphs key={index} diagram={diagram.clone()} {first} {clear} /> }
        })
}

/// The columns of the names, as wide as the lifelines stand apart.
pub(super) fn columns(lines: &[Lifeline]) -> String {
    let widths: Vec<String> = lines
        .iter()
        .map(|line| format!("{:.3}fr", line.width))
        .collect();
    format!("grid-template-columns:{}", widths.join(" "))
}

/// The names over the lifelines. The members of a group share one, with their numbers under it.
pub(super) fn heads(experiment: &Experiment, lines: &[Lifeline]) -> Vec<Html> {
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
    lines
        .iter()
        .map(head)
        .chain(lines.iter().filter_map(number))
        .collect()
}

/// A packet on its way.
fn flight(flight: Flight) -> Html {
    let lost = flight.lost.then_some("lost");
    let message = flight
        .message
        .map(|message| message.to_string())
        .unwrap_or_default();
    html! {
        <svg class={classes!("flight", pens::kind(flight.kind), lost)} x={percent(flight.at.x)} y={px(flight.at.y)}
            width="1" height="1">
            <circle r="8" />
            <text y="3.8">{ message }</text>
        </svg>
    }
}
