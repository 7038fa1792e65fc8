//! The flow picture: producer, broker, consumers and store with what they hold at a moment, and what
//! travels between them.
//!
//! Everything that is drawn comes from [`Flow`]. The participants are drawn anew only when their panels
//! change; per frame only the envelopes on the wires move, and the bars of what is being handled. It
//! knows nothing of the page but what its session shows.

mod broker;
mod consumers;
mod envelope;
mod node;
mod pointing;
mod producer;
mod slip;
mod store;
mod wire;

use std::rc::Rc;

use yew::prelude::*;

use self::broker::BrokerNode;
use self::consumers::Consumers;
use self::pointing::use_pointing;
use self::producer::ProducerNode;
use self::store::StoreNode;
use self::wire::WirePart;
use super::caption::FlowCaption;
use super::look::use_inspect;
use super::tooltip::Tooltip;
use crate::context::{use_playhead, use_shown};
use crate::embed::state::Controls;
use crate::state::LaneRun;
use ackground_core::sim::{PacketNo, StepNo, Time, Trace};
use ackground_timeline::Flow;
use ackground_timeline::flow::{Panels, Travel, Window, Wire, under_way};

/// Which lane.
#[derive(Properties, PartialEq)]
pub struct FlowPictureProps {
    pub run: Rc<LaneRun>,
}

/// The flow picture of a lane.
#[component]
pub fn FlowPicture(props: &FlowPictureProps) -> Html {
    let FlowPictureProps { run } = props;
    let (shown, on_inspect) = (use_shown(), use_inspect());
    let (experiment, playhead) = (&shown.experiment, &use_playhead().at);
    let controls = &shown.density.controls();
    // A figure of one lane may take the whole width; beside others all stand level.
    let alone = !shown.density.is_page() && experiment.lanes.len() == 1;
    let flow = use_memo((experiment.clone(), run.clone()), |(experiment, run)| {
        Flow::of(experiment, run.lane, &run.trace)
    });
    let changed = (*flow).as_ref().map_or(Time::ZERO, |flow| flow.changed(*playhead));
    let made_from = (experiment.clone(), run.clone(), changed);
    let panels = use_memo(made_from, |(experiment, run, changed)| {
        let (flow, lane) = (flow.as_ref().as_ref()?, experiment.lanes.get(run.lane)?);
        let scene = flow.scene(*changed);
        let panels = Panels::of(experiment, lane, &run.trace, &scene);
        // What is under way changes only when the picture does.
        let travels = flow.travels(*changed);
        let label = panels.summary(experiment, run.lane) + &under_way(&travels);
        Some((panels, AttrValue::from(label)))
    });
    let pointing = use_pointing(run, *playhead, &on_inspect);
    let (Some(flow), Some((panels, label))) = (&*flow, &*panels) else {
        return Html::default();
    };
    let (publish, deliver) = flow
        .travels(*playhead)
        .into_iter()
        .partition::<Vec<_>, _>(|travel| travel.wire == Wire::Publish);
    let scenario = &experiment.scenario;
    let name = |text: &str| AttrValue::from(text.to_owned());
    let wire = |wire: Wire, travels: Vec<Travel>, fallen: &Window<PacketNo>| {
        let moment = in_need(!travels.is_empty(), *playhead);
        let lies = fallen.shown.iter().filter_map(|no| flow.travel(*no));
        let lies: Vec<Travel> = lies.copied().collect();
        html! {
            <WirePart trace={run.trace.clone()} {travels} fallen={lies} more={fallen.before} cut={flow.is_cut(wire, *playhead)} playhead={moment} />
        }
    };
    let name_of = experiment.lane_name(run.lane);
    let can = match controls {
        Controls::All => format!(
            "{name_of}: arrow keys step, Enter looks closely at what happens there and breaks it"
        ),
        Controls::Play | Controls::None => name_of,
    };
    html! {
        <div class={classes!("flow", alone.then_some("alone"))} role="group" tabindex={(*controls == Controls::All).then_some("0")} aria-label={can} data-test="flow" ref={pointing.node}
            onkeydown={pointing.key} onclick={pointing.click} onpointermove={pointing.moves} onpointerleave={pointing.leave}>
            <span class="quiet" role="img" aria-label={label.clone()} data-test="flow-says" />
            <ProducerNode name={name(&scenario.producer)} panel={panels.producer.clone()} trace={run.trace.clone()} playhead={in_need(panels.producer.down.is_some(), *playhead)} />
            { wire(Wire::Publish, publish, &panels.fallen_publish) }
            <BrokerNode panel={panels.broker.clone()} trace={run.trace.clone()} />
            { wire(Wire::Deliver, deliver, &panels.fallen_deliver) }
            <Consumers name={name(&scenario.consumer)} panel={panels.group.clone()} trace={run.trace.clone()} playhead={in_need(panels.group.is_busy(), *playhead)} />
            <div class="wire effects" aria-hidden="true"><i class="rail there" /><FlowCaption run={run.clone()} /></div>
            <StoreNode name={name(&scenario.store)} unit={name(&scenario.unit)} panel={panels.store.clone()} trace={run.trace.clone()} />
            if let Some(pointed) = pointing.pointed {
                <Tooltip run={run.clone()} {pointed} />
            }
        </div>
    }
}

/// The moment for a part in which something moves; always the same for one at rest, so that it is not
/// drawn anew.
fn in_need(moving: bool, playhead: Time) -> Time {
    if moving { playhead } else { Time::ZERO }
}

/// The attributes of something that tells about a step: where a click leads, and which step it is.
fn event_attributes(trace: &Trace, step: Option<StepNo>) -> (Option<AttrValue>, Option<AttrValue>) {
    let Some(no) = step else {
        return (None, None);
    };
    let at = trace.step(no).at.micros().to_string();
    (Some(at.into()), Some(no.0.to_string().into()))
}
