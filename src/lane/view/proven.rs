//! What can happen to a lane in any run, as the prover found it: a chip each for loss and duplication.

use std::rc::Rc;

use yew::prelude::*;

use crate::context::use_shown;
use crate::controls::icons;
use crate::hooks::use_said;
use crate::prove::choices::ProveChoices;
use crate::prove::hook::{Pace, use_proof};
use crate::prove::model::{Claim, Known, Label};
use crate::prove::state::{Proved, Standing};
use crate::prove::view::{ScheduleTools, lines};
use ackground_core::audit::Property;
use ackground_core::experiment::Experiment;
use ackground_core::prove::Bounds;
use ackground_core::sim::Time;
use ackground_words::story;
use ackground_worker::Priority;
use ackground_worker::job::Prove;

/// How long the settings must be unchanged before the search begins, in milliseconds.
const DEBOUNCE_MS: u32 = 250;

/// The bounds of the search behind the chips.
pub fn bounds() -> Bounds {
    ProveChoices::default().bounds()
}

/// The prover's findings on the lane at this index, in its current state.
#[hook]
pub fn use_lane_proof(experiment: &Rc<Experiment>, lane: usize) -> Proved {
    let asked = use_memo((experiment.clone(), lane), |(experiment, lane)| {
        Prove::of_lane(experiment, *lane, bounds()).map(Rc::new)
    });
    let pace = Pace {
        priority: Priority::Background,
        debounce_ms: DEBOUNCE_MS,
        may_take: None,
        stopped: false,
    };
    use_proof((*asked).clone(), pace)
}

#[derive(Properties, PartialEq)]
pub struct ProvenProps {
    /// The lane's index.
    pub index: usize,
}

/// A chip each for loss and duplication. What can happen is a button with its evidence; what cannot is said with its
/// bounds.
#[component]
pub fn Proven(props: &ProvenProps) -> Html {
    let index = props.index;
    let experiment = &use_shown().experiment;
    let proved = &use_lane_proof(experiment, index);
    let chip = |property| {
        let claim = Claim::of(proved, bounds(), property);
        html! { <li key={property.word()}>{ chip(index, &claim, experiment) }</li> }
    };
    let label = Label::of(experiment, proved, bounds());
    // Announced only when a search has ended with a new result.
    let name = experiment.lane_name(index);
    let known = proved.standing == Standing::Done;
    use_said(known.then(|| format!("Proven for {name}: {}", label.sentence)), 0);
    html! {
        <ul class="proven" aria-label="In every run" aria-busy={proved.is_checking().to_string()} data-guarantee={label.text}
            data-test={format!("proven-{}", index + 1)}>
            { for [Property::NoLoss, Property::NoDuplicates].map(chip) }
        </ul>
    }
}

fn chip(index: usize, claim: &Claim, experiment: &Experiment) -> Html {
    let id = AttrValue::from(format!("proof-{}-{}", index + 1, claim.property.word()));
    let title = AttrValue::from(claim.sentence.clone());
    let says = |sign: Html, bound: String| {
        html! { <><strong>{ sign }{ claim.text.clone() }</strong>{ " " }<small>{ bound }</small></> }
    };
    let quiet = |class: &'static str, sign: Html, bound: String| {
        let known = (class == "once").to_string();
        html! {
            <span class={classes!("chip", "proof", class)} title={title.clone()} data-test={id.clone()} data-known={known}><span>{ says(sign, bound) }</span></span>
        }
    };
    match &claim.known {
        Known::Holds(_) => {
            let outage = Time::from_millis(experiment.faults.restart_ms.get());
            let bound = format!("{}, {} outages", claim.bound, story::duration(outage));
            quiet("once", icons::check(), bound)
        }
        Known::Checking(_) => quiet("pending", html! {}, claim.bound.clone()),
        Known::Unknown(_) => {
            quiet("pending", html! { <i aria-hidden="true">{ "?" }</i> }, claim.bound.clone())
        }
        Known::Broken(_) => {
            let class = if claim.property == Property::NoLoss { "lost" } else { "duplicated" };
            html! {
                <>
                    <button type="button" class={classes!("chip", "proof", class)} popovertarget={id.clone()} {title}
                        data-test={id.clone()} data-known="true">
                        <span>{ says(icons::cross(), claim.bound.clone()) }</span>{ icons::play() }
                    </button>
                    <div class="menu proof-menu" popover="auto" id={id.clone()}>{ behind(index, claim, id, experiment) }</div>
                </>
            }
        }
    }
}

/// The evidence for a chip: the counterexample, or what was covered.
fn behind(index: usize, claim: &Claim, menu: AttrValue, experiment: &Experiment) -> Html {
    let Some(found) = claim.counterexample() else {
        return html! { <p>{ claim.sentence.clone() }</p> };
    };
    let shown = found.experiment(experiment, bounds());
    let headline = match found.lines.len() {
        0 => format!("{}, without a fault", story::capital(&claim.text)),
        1 => format!("{}: one fault is enough", story::capital(&claim.text)),
        n => format!(
            "{}: {} faults are enough, fewer are not",
            story::capital(&claim.text),
            story::count(n as u64)
        ),
    };
    html! {
        <>
            <p><strong>{ headline }</strong></p>
            { lines(&shown, found) }
            <ScheduleTools found={found.clone()} bounds={bounds()} lane={index}
                property={claim.property} menu={Some(menu)} place="chip" />
        </>
    }
}
