//! The findings about a lane: its guarantee, and a row per property.

use yew::prelude::*;

use super::schedule::{ScheduleTools, lines};
use super::untried::Warnings;
use crate::context::{Density, Shown, use_shown};
use crate::controls::icons;
use crate::glossary::term::Marked;
use crate::prove::model::{Claim, Known, Label, covered};
use crate::prove::state::{Proved, Standing};
use crate::watch::view::Still;
use ackground_core::audit::Property;
use ackground_core::prove::{Bounds, Spans};
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
    let spans = Spans::of(experiment, *index, bounds.kinds);
    let claims = Property::ALL.map(|property| Claim::of(proved, *bounds, property));
    let row = |(place, claim): (usize, &Claim)| {
        // A schedule that breaks two properties is drawn once.
        let found = claim.counterexample();
        let before = claims[..place].iter();
        let mut known = before.filter_map(Claim::counterexample);
        let first = found.is_some_and(|found| !known.any(|other| other == found));
        match density {
            Density::Page => html! {
                <ClaimRow key={claim.property.word()} lane={*index} bounds={*bounds} claim={claim.clone()} {first} />
            },
            Density::Figure(_) => short(claim, spans),
        }
    };
    let rows = html! { <ul class="claims">{ for claims.iter().enumerate().map(row) }</ul> };
    let kept: Vec<Property> = claims
        .iter()
        .filter(|claim| matches!(claim.known, Known::Holds(_)))
        .map(|claim| claim.property)
        .collect();
    let warnings = html! { <Warnings lane={*index} kinds={bounds.kinds} {kept} /> };
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
                <p class="embed-bounds">{ within(spans) }</p>
                { rows }
                { warnings }
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
            { warnings }
            { rows }
            <footer class="muted small">{ progress.or_else(|| covered(proved).map(Html::from)).unwrap_or_default() }</footer>
        </article>
    }
}

/// The times that bound what is said: `Tried with outages of 1 s, stalls of 5 s; packets take 20 to 80 ms.`
fn within(spans: Spans) -> String {
    let (lasting, travel) = (story::spans(spans), story::travel(spans));
    if lasting.is_empty() {
        return format!("{}.", story::capital(&travel));
    }
    format!("Tried with {lasting}; {travel}.")
}

/// The sentence of a claim, and its class.
fn line(claim: &Claim, spans: Spans) -> (&'static str, Html) {
    let (class, sign) = match claim.known {
        Known::Holds(_) => ("holds", icons::check()),
        Known::Broken(_) => ("broken", icons::cross()),
        Known::Checking(_) => ("checking", html! { <i aria-hidden="true">{ "…" }</i> }),
        Known::Unknown(_) => ("unknown", html! { <i aria-hidden="true">{ "?" }</i> }),
    };
    let holds = story::property(claim.property).holds;
    let text = match claim.known {
        Known::Checking(_) => format!("{holds}: checking…"),
        Known::Unknown(None) => format!("{holds}: {}", claim.text),
        _ => claim.text.clone(),
    };
    let lasting = story::spans(spans);
    let bound = match claim.known {
        Known::Holds(_) if !lasting.is_empty() => format!("{}, {lasting}", claim.bound),
        _ => claim.bound.clone(),
    };
    (
        class,
        html! { <><span class="claim-sign">{ sign }</span><strong>{ text }</strong><small>{ bound }</small></> },
    )
}

/// A claim with the script that breaks it.
fn short(claim: &Claim, spans: Spans) -> Html {
    let (class, line) = line(claim, spans);
    let script = claim.counterexample().map(|found| &found.lines[..]);
    html! {
        <li class={classes!("claim", class)} key={claim.property.word()} title={claim.sentence.clone()}>
            <p class="claim-line">{ line }</p>
            { for script.unwrap_or_default().iter().map(|line| html! { <code>{ line.to_string() }</code> }) }
        </li>
    }
}

#[derive(Properties, PartialEq)]
struct ClaimRowProps {
    /// The lane's index.
    lane: usize,
    bounds: Bounds,
    claim: Claim,
    /// Whether its schedule is drawn, and unfolded from the beginning.
    first: bool,
}

/// A claim with its meaning; or, where it can be broken, a button that shows the schedule that does it.
#[component]
fn ClaimRow(props: &ClaimRowProps) -> Html {
    let Shown { experiment, .. } = &use_shown();
    let ClaimRowProps { lane, bounds, claim, first } = props;
    let (lane, bounds, property) = (*lane, *bounds, claim.property);
    // Chosen for this schedule alone: another one is unfolded or not anew.
    let chosen = use_state(|| (claim.counterexample().cloned(), None::<bool>));
    let (class, line) = line(claim, Spans::of(experiment, lane, bounds.kinds));
    let test = format!("claim-{}-{}", lane + 1, property.word());
    let title = claim.sentence.clone();
    let Some(found) = claim.counterexample() else {
        return html! {
            <li class={classes!("claim", class)} data-test={test}>
                <p class="claim-line" {title}>{ line }</p>
                <p class="claim-says"><Marked text={story::property(property).sentence} /></p>
            </li>
        };
    };
    let open = match &*chosen {
        (of, Some(open)) if of.as_ref() == Some(found) => *open,
        _ => *first,
    };
    let onclick = {
        let (chosen, found) = (chosen.setter(), found.clone());
        Callback::from(move |_: MouseEvent| chosen.set((Some(found.clone()), Some(!open))))
    };
    let id = format!("{test}-schedule");
    html! {
        <li class={classes!("claim", class)} data-test={test.clone()}>
            <button type="button" class="claim-line claim-button" {title} {onclick} aria-expanded={open.to_string()}
                aria-controls={id.clone()} data-test={format!("{test}-button")}>
                { line }
                <span class="claim-show">{ if open { "hide" } else { "show how" } }{ icons::chevron() }</span>
            </button>
            <div class="counterexample" {id} hidden={!open}>
                if open {
                    { lines(&found.experiment(experiment, bounds), found) }
                    if *first {
                        <Still found={found.clone()} {bounds} {lane} {property} />
                    }
                    <ScheduleTools found={found.clone()} {bounds} {lane} {property} place="card" />
                }
            </div>
        </li>
    }
}
