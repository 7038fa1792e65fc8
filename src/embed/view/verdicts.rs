//! What every schedule of a few faults comes to, lane by lane: found while one reads, with what is not known yet
//! said so.

use std::rc::Rc;

use yew::prelude::*;

use crate::controls::icons;
use crate::prove::hook::{Pace, use_proof};
use crate::prove::model::{Claim, Known, Label};
use crate::prove::state::{Proved, Standing};
use ackground_core::audit::Property;
use ackground_core::experiment::{Experiment, Lanes};
use ackground_core::prove::Bounds;
use ackground_words::story;
use ackground_worker::Priority;
use ackground_worker::job::Prove;

/// What is asked.
#[derive(Properties, PartialEq)]
pub struct VerdictsProps {
    /// The experiment.
    pub experiment: Rc<Experiment>,
    /// Within which bounds.
    pub bounds: Bounds,
}

/// A card for each lane.
#[component]
pub fn Verdicts(props: &VerdictsProps) -> Html {
    let VerdictsProps { experiment, bounds } = props;
    let asked = use_memo((experiment.clone(), *bounds), |(experiment, bounds)| {
        let lanes = 0..Lanes::MOST;
        let asked = lanes.map(|lane| Prove::of_lane(experiment, lane, *bounds).map(Rc::new));
        asked.collect::<Vec<_>>()
    });
    // The search is bounded by itself: it stops after so many runs and says so.
    let pace =
        Pace { priority: Priority::Foreground, patience_ms: 0, may_take: None, stopped: false };
    let of = |lane: usize| asked.get(lane).cloned().flatten();
    let proved: [Proved; Lanes::MOST] = [
        use_proof(of(0), pace),
        use_proof(of(1), pace),
        use_proof(of(2), pace),
        use_proof(of(3), pace),
    ];
    let lanes = experiment.lanes.len().min(proved.len());
    let busy = proved[..lanes].iter().any(Proved::is_checking);
    html! {
        <>
            <p class="embed-bounds">{ format!("Every schedule of {} is tried.", story::bounds(bounds)) }</p>
            <div class="verdicts" aria-busy={busy.to_string()} data-test="verdicts">
                { for proved[..lanes].iter().enumerate().map(|(lane, proved)| card(props, lane, proved)) }
            </div>
        </>
    }
}

fn card(props: &VerdictsProps, lane: usize, proved: &Proved) -> Html {
    let VerdictsProps { experiment, bounds } = props;
    let label = Label::of(experiment, proved, *bounds);
    let share = match &proved.standing {
        Standing::Checking(underway) => Some(underway.map_or(0.0, |one| one.progress.share())),
        _ => None,
    };
    html! {
        <section class="lane verdict" key={lane} aria-label={experiment.lane_name(lane)} data-test={format!("verdict-{}", lane + 1)}>
            <h2>{ experiment.lane_name(lane) }</h2>
            <p class="promise" title={label.sentence}><strong>{ label.text }</strong>{ " " }<small class="muted">{ "of the effect" }</small></p>
            <ul class="claims">
                { for Property::ALL.map(|property| claim(&Claim::of(proved, *bounds, property))) }
            </ul>
            if let Some(share) = share {
                <progress max="1" value={format!("{share:.3}")} aria-label="How far this lane is" />
            }
        </section>
    }
}

fn claim(claim: &Claim) -> Html {
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
    let script = claim.counterexample().map(|found| &found.lines[..]);
    html! {
        <li class={classes!("claim", class)} key={claim.property.word()} title={claim.sentence.clone()}>
            <p class="claim-line"><span class="claim-sign">{ sign }</span><strong>{ text }</strong><small>{ claim.bound.clone() }</small></p>
            { for script.unwrap_or_default().iter().map(|line| html! { <code>{ line.to_string() }</code> }) }
        </li>
    }
}
