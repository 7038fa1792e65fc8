//! What was found about a lane: its guarantee, and a row per property.

use std::rc::Rc;

use yew::prelude::*;

use super::schedule::{ScheduleTools, lines};
use crate::controls::icons;
use crate::glossary::term::Marked;
use crate::prove::model::{Claim, Known, Label, covered};
use crate::prove::state::{Proved, Standing};
use crate::state::Action;
use crate::watch::view::Still;
use ackground_core::audit::Property;
use ackground_core::experiment::Experiment;
use ackground_core::prove::{Bounds, Counterexample};
use ackground_words::story;

/// Which lane, and what is known of it.
#[derive(Properties, PartialEq)]
pub struct CardProps {
    /// The experiment.
    pub experiment: Rc<Experiment>,
    /// The place of the lane, from 0.
    pub index: usize,
    /// The bounds of the search.
    pub bounds: Bounds,
    /// What is known.
    pub proved: Proved,
    /// What is done.
    pub on_act: Callback<Action>,
}

/// A card.
#[component]
pub fn Card(props: &CardProps) -> Html {
    let CardProps { experiment, index, bounds, proved, .. } = props;
    let name = experiment.lane_name(*index);
    let label = Label::of(experiment, proved, *bounds);
    let claims = Property::ALL.map(|property| Claim::of(proved, *bounds, property));
    let row = |(place, claim): (usize, &Claim)| {
        // What one schedule does in two ways is drawn once.
        let found = claim.counterexample();
        let before = claims[..place].iter();
        let mut known = before.filter_map(Claim::counterexample);
        let first = found.is_some_and(|found| !known.any(|other| other == found));
        row(props, claim, first)
    };
    let share = match &proved.standing {
        Standing::Checking(underway) => Some(underway.map_or(0.0, |one| one.progress.share())),
        _ => None,
    };
    html! {
        <article class="proof-card" id={format!("lane-{}", index + 1)} tabindex="-1" aria-label={name.to_string()}
            aria-busy={proved.is_checking().to_string()}
            data-test={format!("proof-card-{}", index + 1)}>
            <h3>{ name }</h3>
            <p class="promise"><strong data-test={format!("guarantee-{}", index + 1)}>{ label.text }</strong></p>
            <p class="muted small"><Marked text={label.sentence} /></p>
            <ul class="claims">{ for claims.iter().enumerate().map(row) }</ul>
            <footer class="muted small">
                if let Some(share) = share {
                    <progress max="1" value={format!("{share:.3}")} aria-label="How far this lane is" />
                } else if let Some(covered) = covered(proved) {
                    { covered }
                }
            </footer>
        </article>
    }
}

fn row(props: &CardProps, claim: &Claim, first: bool) -> Html {
    let (class, sign) = match claim.known {
        Known::Holds(_) => ("holds", icons::check()),
        Known::Broken(_) => ("broken", icons::cross()),
        Known::Checking(_) => ("checking", html! { <i aria-hidden="true">{ "…" }</i> }),
        Known::Unknown(_) => ("unknown", html! { <i aria-hidden="true">{ "?" }</i> }),
    };
    let words = story::property(claim.property);
    let text = match claim.known {
        Known::Checking(_) => format!("{}: checking…", words.holds),
        Known::Unknown(None) => format!("{}: not known", words.holds),
        _ => claim.text.clone(),
    };
    html! {
        <li class={classes!("claim", class)} key={claim.property.word()} data-test={format!("claim-{}-{}", props.index + 1, claim.property.word())}>
            <p class="claim-line" title={claim.sentence.clone()}>
                <span class="claim-sign">{ sign }</span>
                <strong>{ text }</strong>
                <small>{ claim.bound.clone() }</small>
            </p>
            if let Some(found) = claim.counterexample() {
                { counterexample(props, claim.property, found, first) }
            } else {
                <p class="claim-says"><Marked text={words.sentence} /></p>
            }
        </li>
    }
}

fn counterexample(
    props: &CardProps,
    property: Property,
    found: &Counterexample,
    first: bool,
) -> Html {
    let CardProps { experiment, index, bounds, on_act, .. } = props;
    let shown = found.experiment(experiment, *bounds);
    html! {
        <div class="counterexample">
            { lines(&shown, found) }
            if first {
                <Still experiment={experiment.clone()} found={found.clone()} bounds={*bounds} lane={*index} {property} />
            }
            <ScheduleTools experiment={experiment.clone()} found={found.clone()} bounds={*bounds} lane={*index}
                {property} place="card" on_act={on_act.clone()} />
        </div>
    }
}
