//! The bounds of the search, its progress, and how to stop it.

use std::time::Duration;

use yew::prelude::*;

use super::Effort;
use crate::context::{Shown, use_dispatch, use_shown};
use crate::controls::Check;
use crate::prove::choices::ProveChoices;
use crate::prove::state::{Proved, Standing};
use crate::state::Action;
use ackground_core::experiment::Experiment;
use ackground_core::prove::{Kind, Kinds, Spans};
use ackground_core::sim::Time;
use ackground_words::story;
use ackground_worker::RunsOn;

#[derive(Properties, PartialEq)]
pub struct BoundsBarProps {
    pub choices: ProveChoices,
    pub proved: Vec<Proved>,
    pub on_effort: Callback<Effort>,
}

#[component]
pub fn BoundsBar(props: &BoundsBarProps) -> Html {
    let dispatch = use_dispatch();
    let Shown { experiment, .. } = use_shown();
    let choices = props.choices;
    let choose = |choices: ProveChoices| dispatch.to(Action::ChooseProve(choices));
    let faults = choices.faults();
    let messages = choices.messages();
    let kind = |kind: Kind| {
        let on = choices.kinds().has(kind);
        let kinds = if on { choices.kinds().without(kind) } else { choices.kinds().with(kind) };
        let next = choices.with_kinds(kinds);
        let on_check = dispatch.on(move |_: bool| Action::ChooseProve(next));
        let words = story::kind(kind);
        html! {
            <Check class="kind" key={kind.word()} title={words.sentence} {on} {on_check} test={format!("kind-{}", kind.word())}>
                <span>{ words.name }</span>
            </Check>
        }
    };
    html! {
        <div class="bounds" data-test="bounds">
            <p class="bounds-lead">
                { "We try every combination of these faults, starting with the fewest. " }
                <span class="muted">{ "The rates and faults set in Watch are ignored here. " }{ times(&experiment) }</span>
            </p>
            <div class="bounds-choices">
                { stepper("Faults, at most", "faults", faults.into(),
                    (faults > 0).then(|| choose(choices.with_faults(faults.saturating_sub(1)))),
                    (faults < ProveChoices::MOST_FAULTS).then(|| choose(choices.with_faults(faults + 1)))) }
                { stepper("Messages", "messages", messages.into(),
                    (messages > 1).then(|| choose(choices.with_messages(messages.saturating_sub(1)))),
                    (messages < ProveChoices::MOST_MESSAGES).then(|| choose(choices.with_messages(messages + 1)))) }
                <fieldset class="kinds">
                    <legend>{ "Kinds of fault" }</legend>
                    { for Kind::ALL.iter().copied().map(kind) }
                </fieldset>
            </div>
            { status(props) }
        </div>
    }
}

/// The times that the search takes from the experiment.
fn times(experiment: &Experiment) -> String {
    let spans = Spans::of(experiment, 0, Kinds::NONE.with(Kind::Crash));
    let outage = spans.outage.map(story::duration).unwrap_or_default();
    format!("These times apply: a crashed node is down for {outage}, and {}.", story::travel(spans))
}

/// A number with minus and plus buttons.
fn stepper(
    label: &'static str,
    name: &'static str,
    value: u64,
    less: Option<Callback<MouseEvent>>,
    more: Option<Callback<MouseEvent>>,
) -> Html {
    let button = |sign: &'static str, what: &'static str, act: Option<Callback<MouseEvent>>| {
        // Not `disabled`: at the end of the range the button would lose the focus.
        html! {
            <button type="button" class="button icon" aria-label={format!("{label}: {what}")} data-test={format!("{name}-{what}")}
                aria-disabled={act.is_none().then_some("true")} onclick={act.unwrap_or_default()}>{ sign }</button>
        }
    };
    html! {
        <div class="stepper" role="group" aria-label={label}>
            <span aria-hidden="true">{ label }</span>
            { button("\u{2212}", "less", less) }
            <output data-test={name} aria-live="polite">{ value }</output>
            { button("+", "more", more) }
        </div>
    }
}

/// The progress of the search, and what can be done about it.
fn status(props: &BoundsBarProps) -> Html {
    let proved = &props.proved;
    let effort = |effort: Effort| props.on_effort.reform(move |_: MouseEvent| effort);
    let checking = proved.iter().filter(|one| one.is_checking()).count();
    let longest = proved.iter().filter_map(|one| match one.standing {
        Standing::Asking(estimate) => Some(estimate),
        _ => None,
    });
    let stopped = proved.iter().any(|one| one.standing == Standing::Stopped);
    let (said, tool) = if checking > 0 {
        (under_way(proved, checking), Some(("Stop".to_owned(), "cancel", effort(Effort::Stop))))
    } else if let Some(estimate) = longest.max() {
        let faults = story::faults(props.choices.faults());
        let said = format!(
            "Checking {faults} may take {} or longer. Results so far are below.",
            span(estimate)
        );
        (said, Some((format!("Check {faults}"), "go-on", effort(Effort::All))))
    } else if stopped {
        let said = "Stopped. Results so far are below.".to_owned();
        (said, Some(("Continue".to_owned(), "go-on", effort(Effort::All))))
    } else {
        (done(proved), None)
    };
    let share = (checking > 0).then(|| share(proved));
    html! {
        <div class="bounds-status">
            <p role="status" data-test="prove-status">{ said }</p>
            if let Some(share) = share {
                <progress max="1" value={format!("{share:.3}")} aria-label="How far the search is" />
            }
            if let Some((name, test, onclick)) = tool {
                <button type="button" class="button" data-test={test} {onclick}>{ name }</button>
            }
        </div>
    }
}

fn done(proved: &[Proved]) -> String {
    let findings = || proved.iter().filter_map(|one| one.finding.as_deref());
    let schedules: u64 = findings().map(|found| found.explored.schedules).sum();
    let runs: u64 = findings().map(|found| found.explored.runs).sum();
    let took = proved.iter().map(|one| one.took).max().unwrap_or_default();
    format!(
        "{} covered by {}, in {}.",
        story::counted(schedules, "schedule"),
        story::counted(runs, "run"),
        span(took)
    )
}

fn under_way(proved: &[Proved], checking: usize) -> String {
    let underway = || {
        proved.iter().filter_map(|one| match one.standing {
            Standing::Checking(underway) => underway,
            _ => None,
        })
    };
    let here = underway().any(|one| one.runs_on == RunsOn::Here);
    let left = underway().filter_map(|one| one.left).max();
    let left = left.map_or_else(String::new, |left| format!(", about {} left", span(left)));
    let lanes = if proved.len() == 1 {
        String::new()
    } else {
        format!(" {checking} of {} lanes", proved.len())
    };
    let slow = if here { " This browser allows no workers here, so it takes longer." } else { "" };
    format!("Checking{lanes}{left}…{slow}")
}

/// The average progress over all lanes.
fn share(proved: &[Proved]) -> f64 {
    let one = |proved: &Proved| match &proved.standing {
        Standing::Checking(Some(underway)) => underway.progress.share(),
        Standing::Checking(None) => 0.0,
        _ => 1.0,
    };
    proved.iter().map(one).sum::<f64>() / proved.len().max(1) as f64
}

fn span(span: Duration) -> String {
    let micros = u64::try_from(span.as_micros()).unwrap_or(u64::MAX);
    story::duration(Time::from_micros(micros))
}
