//! Sharing what is open in Learn: a lesson, or an exercise with the work so far.

use yew::prelude::*;

use super::link::Address;
use crate::controls::save::Save;
use crate::learn::choices::{LearnChoices, Learning};
use crate::learn::hooks::progress::use_progress;
use crate::learn::state::progress::Progress;
use crate::learn::state::session;
use crate::state::{View, Views, address};
use ackground_core::experiment::Experiment;
use ackground_learn::exercise::Exercise;
use ackground_learn::submission::Submission;
use ackground_learn::text::ui;

#[derive(Properties, PartialEq)]
pub struct LearnPartProps {
    pub choices: LearnChoices,
}

/// The links, and the exercise as a file.
#[component]
pub fn LearnPart(props: &LearnPartProps) -> Html {
    let choices = &props.choices;
    let (kept, _) = use_progress();
    let exercise = use_memo(choices.clone(), LearnChoices::opened);
    let own = use_memo((choices.clone(), kept.progress.clone()), {
        let exercise = exercise.clone();
        move |(choices, progress)| {
            let own = own(choices, (*exercise).as_ref()?, progress)?;
            Some(AttrValue::from(own.to_link()))
        }
    });
    let views = Views { learn: choices.at_step(1), ..Views::default().showing(View::Learn) };
    let link = address::with_view("", &views);
    let lead = match choices.open {
        Learning::List => ui("share.list"),
        Learning::Lesson(_) => ui("share.lesson"),
        Learning::BuiltIn(_) | Learning::Linked(_) => ui("share.exercise"),
    };
    html! {
        <>
            <p class="share-lead">{ lead }</p>
            <Address link={link} test="share-address" copy={ui("share.copy")} first=true />
            if let Some(own) = (*own).clone() {
                <h3>{ ui("share.own") }</h3>
                <p class="share-lead">{ ui("share.own-lead") }</p>
                <Address link={own} test="share-own" copy={ui("share.copy-own")} />
            }
            if let Some(exercise) = (*exercise).clone() {
                <h3>{ ui("share.file") }</h3>
                <p class="share-lead">{ ui("share.file-lead") }</p>
                <div class="share-tools">
                    <Save label={ui("share.save")} name={format!("{}.json", exercise.id.as_str())} kind="application/json" text={Callback::from(move |()| exercise.to_json())} test="share-exercise" />
                </div>
            }
        </>
    }
}

/// The student's own experiment, if there is one and nothing in it is hidden any more.
fn own(choices: &LearnChoices, exercise: &Exercise, progress: &Progress) -> Option<Experiment> {
    let built_in = matches!(choices.open, Learning::BuiltIn(_));
    let work = progress.exercises.get(&session::key(exercise, built_in, choices.variant))?;
    if !work.solved && !exercise.hidden.is_empty() {
        return None;
    }
    Some(Submission::read(&work.line).ok()?.attempt.experiment)
}
