//! What can possibly happen in a lane: the guarantee that the prover found, with a chip each for loss and
//! duplication. The outcome of this particular run is shown below, separately.

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

/// The guarantee, and chips for loss and duplication. Each opens a popover with its evidence.
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
    let unknown = label.guarantee.is_none().then_some("unknown");
    let id = AttrValue::from(format!("proof-{}-guarantee", index + 1));
    html! {
        <div class="proof-strip"><ul class="proven" aria-label="In every run" aria-busy={proved.is_checking().to_string()}
            data-test={format!("proven-{}", index + 1)}>
            <li key="guarantee">
                <button type="button" class={classes!("chip", "proof", "guarantee", unknown)} popovertarget={id.clone()}
                    title={label.sentence.clone()} data-test={format!("guarantee-{}", index + 1)}>
                    <strong>{ label.text }</strong>{ " " }
                    <small>{ "of the effect" }</small>
                </button>
                <div class="menu proof-menu" popover="auto" {id}><p>{ label.sentence }</p></div>
            </li>
            { for [Property::NoLoss, Property::NoDuplicates].map(chip) }
        </ul></div>
    }
}

fn chip(index: usize, claim: &Claim, experiment: &Experiment) -> Html {
    let id = AttrValue::from(format!("proof-{}-{}", index + 1, claim.property.word()));
    let (class, sign) = match (&claim.known, claim.property) {
        (Known::Holds(_), _) => ("once", icons::check()),
        (Known::Broken(_), Property::NoLoss) => ("lost", icons::cross()),
        (Known::Broken(_), _) => ("duplicated", icons::cross()),
        (Known::Checking(_), _) => ("pending", html! {}),
        (Known::Unknown(_), _) => ("pending", html! { <i aria-hidden="true">{ "?" }</i> }),
    };
    html! {
        <>
            <button type="button" class={classes!("chip", "proof", class)} popovertarget={id.clone()} title={claim.sentence.clone()}
                data-test={id.clone()} data-known={matches!(claim.known, Known::Holds(_) | Known::Broken(_)).to_string()}>
                <strong>{ claim.text.clone() }</strong>{ " " }
                <small>{ sign }{ claim.bound.clone() }</small>
            </button>
            <div class="menu proof-menu" popover="auto" id={id.clone()}>{ behind(index, claim, id, experiment) }</div>
        </>
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
            "{}: {} faults are enough, and fewer are not",
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
