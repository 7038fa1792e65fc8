//! The findings about a lane: its guarantee, and a row per property.

use yew::prelude::*;

use super::schedule::{ScheduleTools, lines};
use crate::context::{Density, Shown, use_shown};
use crate::controls::icons;
use crate::glossary::term::Marked;
use crate::prove::model::{Claim, Known, Label, covered};
use crate::prove::state::{Proved, Standing};
use crate::watch::view::Still;
use ackground_core::audit::Property;
use ackground_core::experiment::Experiment;
use ackground_core::prove::{Bounds, Counterexample};
use ackground_words::story;

#[derive(Properties, PartialEq)]
pub struct CardProps {
    /// The lane's index.
    pub index: usize,
    pub bounds: Bounds,
    pub proved: Proved,
}

/// A card. In a figure it has only verdicts and scripts; their meaning and actions are on the page.
#[component]
pub fn Card(props: &CardProps) -> Html {
    let CardProps { index, bounds, proved } = props;
    let Shown { experiment, density, .. } = &use_shown();
    let name = experiment.lane_name(*index);
    let label = Label::of(experiment, proved, *bounds);
    let claims = Property::ALL.map(|property| Claim::of(proved, *bounds, property));
    let row = |(place, claim): (usize, &Claim)| {
        // A schedule that breaks two properties is drawn once.
        let found = claim.counterexample();
        let before = claims[..place].iter();
        let mut known = before.filter_map(Claim::counterexample);
        let first = found.is_some_and(|found| !known.any(|other| other == found));
        match density {
            Density::Page => row(props, experiment, claim, first),
            Density::Figure(_) => short(claim),
        }
    };
    let claims = html! { <ul class="claims">{ for claims.iter().enumerate().map(row) }</ul> };
    let progress = match &proved.standing {
        Standing::Checking(underway) => {
            let share = underway.map_or(0.0, |one| one.progress.share());
            Some(
                html! { <progress max="1" value={format!("{share:.3}")} aria-label="How far this lane is" /> },
            )
        }
        _ => None,
    };
    if !density.is_page() {
        return html! {
            <section class="lane verdict" aria-label={name.clone()} data-test={format!("verdict-{}", index + 1)}>
                <h2>{ name }</h2>
                <p class="promise" title={label.sentence}><strong>{ label.text }</strong>{ " " }<small class="muted">{ "of the effect" }</small></p>
                { claims }
                { for progress }
            </section>
        };
    }
    html! {
        <article class="proof-card" id={format!("lane-{}", index + 1)} tabindex="-1" aria-label={name.clone()}
            aria-busy={proved.is_checking().to_string()}
            data-test={format!("proof-card-{}", index + 1)}>
            <h3>{ name }</h3>
            <p class="promise"><strong data-test={format!("guarantee-{}", index + 1)}>{ label.text }</strong></p>
            <p class="muted small"><Marked text={label.sentence} /></p>
            { claims }
            <footer class="muted small">{ progress.or_else(|| covered(proved).map(Html::from)).unwrap_or_default() }</footer>
        </article>
    }
}

/// The sentence of a claim, and its class.
fn line(claim: &Claim) -> (&'static str, Html) {
    let (class, sign) = match claim.known {
        Known::Holds(_) => ("holds", icons::check()),
        Known::Broken(_) => ("broken", icons::cross()),
        Known::Checking(_) => ("checking", html! { <i aria-hidden="true">{ "…" }</i> }),
        Known::Unknown(_) => ("unknown", html! { <i aria-hidden="true">{ "?" }</i> }),
    };
    let holds = story::property(claim.property).holds;
    let text = match claim.known {
        Known::Checking(_) => format!("{holds}: checking…"),
        Known::Unknown(None) => format!("{holds}: not known"),
        _ => claim.text.clone(),
    };
    let bound = claim.bound.clone();
    (
        class,
        html! { <><span class="claim-sign">{ sign }</span><strong>{ text }</strong><small>{ bound }</small></> },
    )
}

/// A claim with the script that breaks it.
fn short(claim: &Claim) -> Html {
    let (class, line) = line(claim);
    let script = claim.counterexample().map(|found| &found.lines[..]);
    html! {
        <li class={classes!("claim", class)} key={claim.property.word()} title={claim.sentence.clone()}>
            <p class="claim-line">{ line }</p>
            { for script.unwrap_or_default().iter().map(|line| html! { <code>{ line.to_string() }</code> }) }
        </li>
    }
}

/// A claim with its counterexample, to look at and try, or with its meaning.
fn row(props: &CardProps, experiment: &Experiment, claim: &Claim, first: bool) -> Html {
    let (class, line) = line(claim);
    let (lane, bounds, property) = (props.index, props.bounds, claim.property);
    let counterexample = |found: &Counterexample| {
        html! {
            <div class="counterexample">
                { lines(&found.experiment(experiment, bounds), found) }
                if first {
                    <Still found={found.clone()} {bounds} {lane} {property} />
                }
                <ScheduleTools found={found.clone()} {bounds} {lane} {property} place="card" />
            </div>
        }
    };
    html! {
        <li class={classes!("claim", class)} key={property.word()} data-test={format!("claim-{}-{}", lane + 1, property.word())}>
            <p class="claim-line" title={claim.sentence.clone()}>{ line }</p>
            if let Some(found) = claim.counterexample() {
                { counterexample(found) }
            } else {
                <p class="claim-says"><Marked text={story::property(property).sentence} /></p>
            }
        </li>
    }
}
