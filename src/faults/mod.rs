//! The faults, common to all lanes: rates, the script, the seed, timing.

mod line;
mod rate;
mod script;

use yew::prelude::*;

pub use self::rate::Rate;
pub use self::script::Script;
use crate::context::{Shown, use_dispatch, use_shown};
use crate::controls::{Typed, icons};
use crate::hooks::use_rest;
use crate::lane::state::form;
use crate::state::{Action, FieldPath};
use ackground_core::experiment::Experiment;
use ackground_core::experiment::part::Part;
use ackground_words::story;

/// The rates shown first.
pub const FIRST: &[&str] =
    &["loss.publish", "loss.publish_ack", "loss.ack", "crash.consumer", "failure"];
/// The rest.
pub const OTHERS: &[&str] = &["loss.deliver", "crash.producer", "crash.broker", "slow", "poison"];
/// How a rate of zero is written.
pub const NONE: &str = "0 %";

#[derive(Properties, PartialEq)]
pub struct FaultsProps {
    /// Whether there is a picture beside it in which faults can be injected by hand.
    pub by_hand: bool,
}

#[component]
pub fn Faults(props: &FaultsProps) -> Html {
    let Shown { experiment, .. } = &use_shown();
    let dispatch = use_dispatch();
    let faults = experiment.faults.write();
    let rate = |path: &&'static str| {
        let place = FieldPath::fault(path);
        let value = form::fault_value(&faults, &place);
        let name = words(&place);
        html! {
            <Rate key={*path} {place} {name} {value} />
        }
    };
    let on = |path: &&&str| form::fault_value(&faults, &FieldPath::fault(path)) != NONE;
    let rest = use_rest();
    let others_on = OTHERS.iter().filter(on).count();
    html! {
        <section class="faults" id="faults" aria-labelledby="faults-title">
            <h2 id="faults-title">{ "What goes wrong" }</h2>
            <div class="rates">{ for FIRST.iter().map(rate) }</div>
            <Script by_hand={props.by_hand} />
            <div class="seed">
                { field(experiment, FieldPath::top("seed"), "numeric", rest) }
                <button type="button" class="button icon bare" aria-label="Another seed" title="Another seed"
                    data-test="reroll" onclick={dispatch.to(Action::Reroll)}>{ icons::reroll() }</button>
            </div>
            <details class="more-faults">
                <summary data-test="more-faults">
                    { "More" }
                    if others_on > 0 { <span class="count">{ format!(" · {others_on} on") }</span> }
                    { icons::chevron() }
                </summary>
                <div class="more-rates">
                    if rest {
                        { for OTHERS.iter().map(rate) }
                        { for ["messages", "interval_ms"].map(|name| field(experiment, FieldPath::top(name), "text", rest)) }
                        { for ["latency_ms", "restart_ms"].map(|path| field(experiment, FieldPath::fault(path), "text", rest)) }
                    }
                </div>
            </details>
        </section>
    }
}

/// A labelled field; with `told`, its description too.
fn field(experiment: &Experiment, place: FieldPath, inputmode: &'static str, told: bool) -> Html {
    let label = words(&place);
    let value = form::value_of(experiment, &place);
    html! {
        <div class="named" title={told.then(|| sentence(&place)).flatten()} key={place.to_string()}>
            <span aria-hidden="true">{ label.clone() }</span>
            <Typed {place} {label} {value} {inputmode} />
        </div>
    }
}

/// The label of a field.
pub fn words(place: &FieldPath) -> AttrValue {
    story::setting(place.as_str())
        .map_or_else(|| place.to_string().into(), |words| words.name.into())
}

/// The description of a field.
pub fn sentence(place: &FieldPath) -> Option<&'static str> {
    story::sentence(place.as_str())
}
