//! The goals, their progress, and the button that checks them.

use yew::prelude::*;

use super::settled::verdict;
use crate::controls::{Among, Item, Select};
use crate::learn::state::session::{ExerciseSession, SessionAct};
use ackground_core::prove::Guarantee;
use ackground_learn::claim::{Answer, Claim, Need};
use ackground_learn::exercise::{Goal, Hidden, Judgement};
use ackground_learn::text::{ui, ui_with};
use ackground_words::story;
use ackground_worker::series::End;

#[derive(Properties, PartialEq)]
pub struct GoalsProps {
    pub session: ExerciseSession,
    /// `None` if it was not judged yet.
    pub judgement: Option<Judgement>,
    /// Whether judging is in progress.
    pub busy: bool,
    /// Its progress, from 0 to 1.
    pub share: f64,
    /// How it ended, if it has.
    pub end: Option<End>,
    pub solved: bool,
    /// The overall status.
    pub told: AttrValue,
    pub on_stop: Callback<()>,
    pub on_again: Callback<()>,
    pub on_session: Callback<SessionAct>,
}

#[component]
pub fn Goals(props: &GoalsProps) -> Html {
    let GoalsProps { session, judgement, busy, .. } = props;
    let goal = |(place, goal): (usize, &Goal)| {
        let held = judgement.as_ref().and_then(|judged| judged.goals.get(place));
        let answer = held.map_or(Answer::Unknown, |held| held.answer);
        let (class, sign, _) = verdict(answer);
        let word = match answer {
            Answer::Yes => ui("goal.met"),
            Answer::No => ui("goal.not-met"),
            Answer::Unknown => ui("goal.open"),
        };
        let says = held.filter(|held| {
            answer != Answer::Unknown && (answer.is_yes() || tells(session, goal, held.answer))
        });
        html! {
            <li key={place} class={class} data-test={format!("goal-{}", place + 1)}>
                <span class="settled-sign">{ sign }</span>
                <div>
                    <p>{ goal.sentence(&session.page.experiment) }{ " " }<strong class="goal-word">{ word }</strong></p>
                    if let Goal::Name { .. } = goal { { name(props, place) } }
                    if let Some(held) = says { <p class="muted small">{ held.sentence.clone() }</p> }
                </div>
            </li>
        }
    };
    let objections = judgement.as_ref().map(|judged| judged.objections(&session.exercise));
    let check = props.on_session.reform(|_: MouseEvent| SessionAct::Check { by_hand: true });
    html! {
        <section class="goals" aria-labelledby="goals-title" aria-busy={busy.to_string()}>
            <h2 id="goals-title" tabindex="-1">{ ui("goal.title") }</h2>
            <ol>{ for session.exercise.goals.iter().enumerate().map(goal) }</ol>
            if let Some(most) = session.exercise.changes {
                <p class="small">{ ui_with("goal.changes", &[("n", &most.to_string()), ("made", &session.exercise.differences(&session.page.experiment).len().to_string())]) }</p>
            }
            { for objections.into_iter().flatten().map(|said| html! { <p class="desk-refused">{ said }</p> }) }
            <div class="learn-tools">
                <button type="button" class="button solid" data-test="check" aria-disabled={busy.then_some("true")} onclick={check}>{ ui("goal.check") }</button>
                if *busy {
                    <progress value={props.share.to_string()} aria-label={ui("goal.busy")} />
                    if props.end.is_some() {
                        <button type="button" class="button" onclick={props.on_again.reform(|_| ())}>{ ui("learn.again") }</button>
                    } else {
                        <button type="button" class="button" onclick={props.on_stop.reform(|_| ())}>{ ui("learn.stop") }</button>
                    }
                }
                if session.attempts > 0 {
                    <span class="muted small" data-test="attempts">{ ui_with("goal.attempts", &[("n", &session.attempts.to_string())]) }</span>
                }
            </div>
            <p class={classes!("goals-told", props.solved.then_some("right"))} role="status" data-test="goals-told">{ &props.told }</p>
        </section>
    }
}

/// The overall status, as text.
pub fn status_text(judgement: Option<&Judgement>, busy: bool, solved: bool) -> String {
    let Some(judged) = judgement.filter(|_| !busy) else {
        return if busy { ui("goal.busy") } else { "" }.to_owned();
    };
    if solved {
        return ui("goal.solved").to_owned();
    }
    let met = judged.goals.iter().filter(|held| held.answer.is_yes());
    let (met, all) = (met.count().to_string(), judged.goals.len().to_string());
    ui_with("goal.told", &[("n", &met), ("all", &all)])
}

/// Whether a finding may be shown for an unmet goal, rather than give the answer away.
fn tells(session: &ExerciseSession, goal: &Goal, answer: Answer) -> bool {
    let hidden = match goal {
        Goal::Claim(claim) if is_measured(claim) => Hidden::Measure,
        _ => Hidden::Proof,
    };
    answer == Answer::No && !session.hides(hidden)
}

fn is_measured(claim: &Claim) -> bool {
    claim.needs().iter().any(|need| matches!(need, Need::Measure { .. }))
}

/// The field in which a guarantee is named.
fn name(props: &GoalsProps, place: usize) -> Html {
    let now = props.session.answers.get(place).copied().flatten();
    let on_choose = props.on_session.reform(move |answer| SessionAct::Name(place, answer));
    let named = |one: Guarantee| Item::new(Some(one), one.word(), story::guarantee(one));
    let items =
        std::iter::once(Item::new(None, "", ui("goal.choose"))).chain(Guarantee::ALL.map(named));
    let n = (place + 1).to_string();
    html! {
        <Select heard=true label={ui_with("goal.name", &[("n", &n)])} among={Among::new(items, now, on_choose)} test={format!("name-{}", place + 1)} />
    }
}
