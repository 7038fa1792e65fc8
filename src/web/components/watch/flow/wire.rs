//! A wire between two participants, what travels on it, and what has fallen off.

use std::rc::Rc;

use yew::prelude::*;

use super::envelope::Envelope;
use super::told;
use crate::sim::{PacketNo, Time, Trace};
use crate::web::components::watch::glyph::cross;
use crate::web::view_model::diagram::ArrowKind;
use crate::web::view_model::flow::{MOST, Travel, Window};

/// Which wire, and when.
#[derive(Properties, PartialEq)]
pub struct WirePartProps {
    /// The run.
    pub trace: Rc<Trace>,
    /// What is under way on it.
    pub travels: Vec<Travel>,
    /// What was lost on it and not sent again.
    pub fallen: Window<PacketNo>,
    /// Whether the network is cut.
    pub cut: bool,
    /// The moment.
    pub playhead: Time,
}

/// The wire. Messages go along one line, answers come back along the other.
#[component]
pub fn WirePart(props: &WirePartProps) -> Html {
    let travels = &props.travels;
    let hidden = travels.len().saturating_sub(MOST);
    html! {
        <div class={classes!("wire", props.cut.then_some("cut"))}>
            <i class="line there" /><i class="line back" />
            if props.cut { <span class="no-network">{ "no network" }</span> }
            <Ground trace={props.trace.clone()} fallen={props.fallen.clone()} />
            { for travels.iter().skip(hidden).map(|travel| on_its_way(&props.trace, travel, props.playhead)) }
            if hidden > 0 { <span class="more">{ format!("+ {hidden} more") }</span> }
        </div>
    }
}

/// A packet where it is now. Only its style changes from frame to frame.
fn on_its_way(trace: &Trace, travel: &Travel, now: Time) -> Html {
    let (_, step) = told(trace, Some(travel.step));
    let at = AttrValue::from(travel.ends.micros().to_string());
    let way = if travel.forward { "there" } else { "back" };
    let style = format!("--at:{:.4};--track:{}", travel.share(now), travel.track);
    html! {
        <span key={travel.no.0} class={classes!("envelope", way)} {style} data-step={step} data-at={at}>
            <Envelope kind={travel.kind} message={travel.message} copied={travel.copied} />
        </span>
    }
}

/// What lies under a wire.
#[derive(Properties, PartialEq)]
struct GroundProps {
    /// The run.
    trace: Rc<Trace>,
    /// What was lost.
    fallen: Window<PacketNo>,
}

/// What was lost, beside the cross at which it fell.
#[component]
fn Ground(props: &GroundProps) -> Html {
    let trace = &props.trace;
    let fallen = |no: &PacketNo| {
        let packet = trace.packet(*no);
        let mut steps = trace.steps.iter();
        let sent = steps.find(|step| step.what == crate::sim::Happening::Sent(*no))?;
        let (at, step) = told(trace, Some(sent.no));
        let kind = match packet.carries {
            crate::sim::Carries::Publish { .. } | crate::sim::Carries::Delivery(_) => {
                ArrowKind::Message
            }
            crate::sim::Carries::Nack(_) => ArrowKind::Nack,
            _ => ArrowKind::Ack,
        };
        Some(html! {
            <li key={no.0} data-step={step} data-at={at}>
                <Envelope {kind} message={packet.message} />
                <svg class="died" width="14" height="14" viewBox="-7 -7 14 14">{ cross(6.0) }</svg>
            </li>
        })
    };
    let before = props.fallen.before;
    html! {
        <ul class="ground">
            { for props.fallen.shown.iter().filter_map(fallen) }
            if before > 0 { <li class="more">{ format!("+ {before} lost") }</li> }
        </ul>
    }
}

