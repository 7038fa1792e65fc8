//! A wire between two participants, what travels on it, and what has fallen off.

use std::rc::Rc;

use yew::prelude::*;

use super::envelope::Envelope;
use super::event_attributes;
use crate::controls::paint::sign;
use ackground_core::sim::{Time, Trace};
use ackground_timeline::flow::{MOST, Travel};
use ackground_timeline::glyph::cross;

/// Which wire, and when.
#[derive(Properties, PartialEq)]
pub struct WirePartProps {
    pub trace: Rc<Trace>,
    /// What is under way on it.
    pub travels: Vec<Travel>,
    /// What was lost on it lately and not sent again.
    pub fallen: Vec<Travel>,
    pub more: usize,
    pub cut: bool,
    pub playhead: Time,
}

/// The wire. Messages go along one line, answers come back along the other.
#[component]
pub fn WirePart(props: &WirePartProps) -> Html {
    let travels = &props.travels;
    let hidden = travels.len().saturating_sub(MOST);
    html! {
        <div class={classes!("wire", props.cut.then_some("cut"))} aria-hidden="true">
            <i class="rail there" /><i class="rail back" />
            if props.cut { <span class="no-network">{ "no network" }</span> }
            <Ground trace={props.trace.clone()} fallen={props.fallen.clone()} more={props.more} />
            { for travels.iter().skip(hidden).map(|travel| on_its_way(&props.trace, travel, props.playhead)) }
            if hidden > 0 { <span class="more">{ format!("+ {hidden} more") }</span> }
        </div>
    }
}

/// A packet where it is now. Only its style changes from frame to frame.
fn on_its_way(trace: &Trace, travel: &Travel, now: Time) -> Html {
    let (_, step) = event_attributes(trace, Some(travel.step));
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
    trace: Rc<Trace>,
    /// What was lost, the latest last.
    fallen: Vec<Travel>,
    more: usize,
}

/// What was lost, each with the cross of its end.
#[component]
fn Ground(props: &GroundProps) -> Html {
    let GroundProps { trace, fallen, more } = props;
    let one = |travel: &Travel| {
        let (at, step) = event_attributes(trace, Some(travel.step));
        html! {
            <li key={travel.no.0} data-step={step} data-at={at}>
                <Envelope kind={travel.kind} message={travel.message} copied={travel.copied} />
                <svg class="died" width="14" height="14" viewBox="-7 -7 14 14">{ for cross(6.0).iter().map(sign) }</svg>
            </li>
        }
    };
    html! {
        <ul class="ground">
            { for fallen.iter().map(one) }
            if *more > 0 { <li class="more">{ format!("+ {more} lost") }</li> }
        </ul>
    }
}
