//! A solution, found on demand by a search in the workers.

use std::rc::Rc;

use yew::prelude::*;

use crate::controls::save::Save;
use crate::hooks::{WorkerPool, use_series};
use ackground_learn::exercise::Exercise;
use ackground_learn::keys;
use ackground_learn::submission::Submission;
use ackground_learn::text::{ui, ui_with};
use ackground_worker::job::{FindKey, FoundKey};
use ackground_worker::series::End;
use ackground_worker::{Answer, Ask, Job, Priority};

/// The maximum number of combinations to try; most exercises are solved within a few hundred.
const MOST_TRIES: u64 = 3_000;

#[derive(Properties, PartialEq)]
pub struct KeyProps {
    pub exercise: Rc<Exercise>,
}

/// The button, the progress, and the solution.
#[component]
pub fn Key(props: &KeyProps) -> Html {
    let exercise = &props.exercise;
    let wanted = use_state_eq(|| None::<Rc<Exercise>>);
    let asks = use_memo((*wanted).clone(), |wanted| {
        let exercise = wanted.as_ref()?;
        Some(Rc::new(vec![Ask::Key(FindKey::of(exercise, MOST_TRIES))]))
    });
    // A solution of an earlier version of the exercise is stale.
    let asked = (*asks).clone().filter(|_| wanted.as_ref() == Some(exercise));
    let tasks = use_series::<Job>(asked.clone(), Priority::Foreground);
    let series = &tasks.series;
    let pool = use_context::<WorkerPool<Job>>();
    let search = {
        let exercise = exercise.clone();
        Callback::from(move |_: MouseEvent| wanted.set(Some(exercise.clone())))
    };
    let found = series.answers().next().flatten().cloned();
    let found = found.as_deref().filter(|_| asked.is_some());
    html! {
        <div class="answer-key" data-test="key">
            <h3>{ ui("key.title") }</h3>
            { match (found, series.end()) {
                _ if asked.is_none() => html! {
                    <button type="button" class="button" data-test="key-find" onclick={search}>{ ui("key.find") }</button>
                },
                (Some(Answer::Key(found)), _) => result(exercise, found),
                (_, Some(End::Refused(why))) => html! { <p class="reason">{ why }</p> },
                (_, Some(_)) => html! {
                    <button type="button" class="button" onclick={tasks.on_again.reform(|_: MouseEvent| ())}>{ ui("key.find") }</button>
                },
                (_, None) => html! {
                    <>
                    if pool.as_ref().is_some_and(WorkerPool::is_here) { <p class="muted small">{ ui("key.here") }</p> }
                    <p class="class-tools">
                        <progress max="100" value={((series.share() * 100.0).floor()).to_string()} aria-label={ui("key.finding")} />
                        <button type="button" class="button" data-test="key-stop" onclick={tasks.on_stop.reform(|_: MouseEvent| ())}>{ ui("key.stop") }</button>
                    </p>
                    </>
                },
            } }
            <span class="quiet" role="status">{ if found.is_some() { ui("key.done") } else { "" } }</span>
        </div>
    }
}

/// The solution as sentences, and as a file that can be marked.
fn result(exercise: &Exercise, found: &FoundKey) -> Html {
    let tried = found.tried.to_string();
    let read = found.submission.as_deref().map(Submission::read);
    let (Some(Ok(submission)), Some(text)) = (read, found.submission.clone()) else {
        let said = match found.complete {
            true => ui_with("key.impossible", &[("n", &tried)]),
            false => ui_with("key.none", &[("n", &tried)]),
        };
        return html! { <p class="reason" data-test="key-none">{ said }</p> };
    };
    let lines = keys::solution(exercise, &submission.attempt);
    html! {
        <>
            <ul data-test="key-found">{ for lines.into_iter().map(|line| html! { <li>{ line.replace('`', "") }</li> }) }</ul>
            <p class="muted small">{ ui_with("key.tried", &[("n", &tried)]) }</p>
            <Save label={ui("key.save")} name={format!("{}-key.json", exercise.id)} kind="application/json" text={Callback::from(move |()| text.clone())} test="key-save" />
        </>
    }
}
