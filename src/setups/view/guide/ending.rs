//! The guide's recommendation: the setup, what is proven about it, and the reason for each setting.

use std::rc::Rc;

use yew::prelude::*;

use crate::context::{Dispatch, Shown, use_dispatch, use_shown};
use crate::glossary::term::Marked;
use crate::hooks::focus_soon;
use crate::lane::state::form;
use crate::lane::view::{bounds, use_lane_proof};
use crate::prove::model::{Claim, Known, Label};
use crate::setups::state::guide::Recommended;
use crate::setups::state::guide::makes_room;
use crate::state::Action;
use ackground_core::audit::Property;
use ackground_core::prove::Spans;
use ackground_words::story;
use ackground_words::story::guide::{About, Ending, Reason, notes};

#[derive(Properties, PartialEq)]
pub struct EndingProps {
    pub ending: Rc<Ending>,
    pub on_again: Callback<()>,
}

#[component]
pub fn EndingView(props: &EndingProps) -> Html {
    let shown = use_shown();
    let dispatch = use_dispatch();
    let ending = &props.ending;
    let preset = ending.preset.preset();
    html! {
        <div class="guide-ending" data-test="guide-ending">
            <h3 id="guide-head" tabindex="-1" autofocus=true>{ "Recommended setup" }</h3>
            <p class="muted">
                { format!("It starts from \u{201c}{}\u{201d}. {}.", preset.name, preset.tagline.trim_end_matches('.')) }
            </p>
            <Proof ending={ending.clone()} />
            { tools(props, &dispatch, &shown) }
            <section aria-label="Why"><h4>{ "Why these settings" }</h4>
                <ul class="guide-reasons">{ for ending.reasons.iter().map(|one| reason(ending, one)) }</ul>
            </section>
            { listed(ending, About::Cost, "What it costs") }
            { listed(ending, About::Care, "What to watch out for") }
            { listed(ending, About::Instead, "What else would work") }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct ProofProps {
    ending: Rc<Ending>,
}

/// The prover's findings on the setup in its scenario, within the bounds of the labels over the lanes.
#[component]
fn Proof(props: &ProofProps) -> Html {
    let trial = use_memo(props.ending.clone(), |ending| ending.trial());
    let proved = use_lane_proof(&trial, 0);
    let label = Label::of(&trial, &proved, bounds());
    let wants = props.ending.wants;
    let asked = [
        (Property::NoLoss, true),
        (Property::NoSilentLoss, wants.no_silent_loss && !wants.no_loss),
        (Property::NoDuplicates, true),
        (Property::InOrder, wants.in_order),
    ];
    let claims = asked
        .into_iter()
        .filter(|(_, shown)| *shown)
        .map(|(property, _)| Claim::of(&proved, bounds(), property));
    let lasting = story::spans(Spans::of(&trial, 0, bounds().kinds));
    let chip = |claim: Claim| {
        let bound = match claim.known {
            Known::Holds(_) => format!("{}, {lasting}", claim.bound),
            _ => claim.bound.clone(),
        };
        let class = match (&claim.known, claim.property) {
            (Known::Holds(_), _) => "once",
            (Known::Broken(_), Property::NoLoss | Property::NoSilentLoss) => "lost",
            (Known::Broken(_), _) => "duplicated",
            (Known::Checking(_) | Known::Unknown(_), _) => "pending",
        };
        html! {
            <li class={classes!("chip", class)} key={claim.property.word()}><strong>{ claim.text }</strong>{ " " }{ bound }</li>
        }
    };
    html! {
        <div class="guide-proof" role="status" aria-busy={proved.is_checking().to_string()} data-test="guide-proof">
            <p class="guide-so" data-test="guide-so"><strong>{ props.ending.conclusion(label.guarantee) }</strong></p>
            if label.guarantee.is_none() { <p>{ story::capital(label.text) }</p> }
            <ul>{ for claims.map(chip) }</ul>
            <p class="small muted">{ label.sentence }</p>
        </div>
    }
}

/// The actions.
fn tools(props: &EndingProps, dispatch: &Dispatch, shown: &Shown) -> Html {
    let experiment = &shown.experiment;
    let EndingProps { ending, on_again } = props;
    let lanes = &experiment.lanes;
    let room = makes_room(lanes);
    let lane = room.unwrap_or(lanes.len());
    let open = |how: Recommended, lane: usize| {
        let (dispatch, path) = (dispatch.clone(), ending.path);
        Callback::from(move |_: MouseEvent| {
            dispatch.send(Action::OpenRecommended(path, how));
            focus_soon(format!("#lane-{}", lane + 1));
        })
    };
    let replaced = room.and_then(|place| lanes.get(place)).map(|lane| {
        format!(
            "There are already four lanes: \u{201c}{}\u{201d} will make room. Undo brings it back.",
            &*lane.name
        )
    });
    html! {
        <>
            <div class="guide-tools">
                <button type="button" class="button solid" data-test="guide-beside" onclick={open(Recommended::Beside, lane)}
                    aria-describedby={replaced.is_some().then_some("guide-replaced")}>{ "Add next to my lanes" }</button>
                <button type="button" class="button" data-test="guide-alone" onclick={open(Recommended::Alone, 0)}>{ "Open alone" }</button>
                <button type="button" class="button bare" data-test="guide-again" onclick={on_again.reform(|_: MouseEvent| ())}>{ "Start again" }</button>
            </div>
            if let Some(replaced) = replaced { <p class="small muted" id="guide-replaced">{ replaced }</p> }
        </>
    }
}

/// Settings with their values, the reason, and the answer that led to it.
fn reason(ending: &Ending, reason: &Reason) -> Html {
    let set = |path: &&'static str| {
        let name = story::setting(path).map_or(*path, |words| words.name);
        let value = form::setting(path).map(|setting| setting.value(&ending.lane));
        let value = value.map(|value| story::value_words(path, &value));
        html! {
            <li key={*path}><span>{ name }</span>if let Some(value) = value { { " " }<strong>{ value }</strong> }</li>
        }
    };
    let (question, answer) = (reason.asked.question().words(), reason.asked.words());
    html! {
        <li key={reason.settings.join(" ")}>
            <ul class="guide-set">{ for reason.settings.iter().map(set) }</ul>
            <p><Marked text={reason.because} /></p>
            <p class="small muted">{ format!("Because of your answer \u{201c}{}: {}\u{201d}", question.short, answer.short) }</p>
        </li>
    }
}

/// The notes of one kind, if any.
fn listed(ending: &Ending, about: About, title: &'static str) -> Html {
    let said: Vec<&'static str> = notes(&ending.path, about).collect();
    html! {
        if !said.is_empty() {
            <section aria-label={title}>
                <h4>{ title }</h4>
                <ul class="guide-notes">{ for said.into_iter().map(|text| html! { <li key={text}><Marked {text} /></li> }) }</ul>
            </section>
        }
    }
}
