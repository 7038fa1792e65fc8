//! Answers to lessons and solutions to exercises, computed on demand and never written down.

use std::rc::Rc;

use yew::prelude::*;

use super::build::Key;
use crate::controls::use_disclosure;
use crate::learn::hooks::inquiry::use_inquiry;
use ackground_core::experiment::Experiment;
use ackground_learn::exercise::{Exercise, built_in};
use ackground_learn::keys;
use ackground_learn::lesson::{Lesson, Prediction, Step};
use ackground_learn::text::{ENGLISH, ui, ui_with};

#[derive(Properties, PartialEq)]
pub struct AnswersProps {
    /// The id of a lesson or built-in exercise.
    pub id: AttrValue,
}

/// The answers to a lesson's questions, computed when opened.
#[component]
pub fn LessonAnswers(props: &AnswersProps) -> Html {
    let shown = use_state_eq(|| false);
    let asked = use_memo((props.id.clone(), *shown), |(id, shown)| {
        let lesson = shown.then(|| Lesson::of(&ENGLISH, id)).flatten();
        lesson.map_or_else(Vec::new, |lesson| questions(&lesson))
    });
    let onclick = {
        let shown = shown.setter();
        Callback::from(move |_: MouseEvent| shown.set(true))
    };
    html! {
        <>
            <h4>{ ui("keys.title") }</h4>
            if *shown {
                <ol class="class-answers" data-test="lesson-answers">
                    { for asked.iter().map(|(asked, experiment)| html! { <AnswerTo asked={asked.clone()} experiment={experiment.clone()} /> }) }
                </ol>
            } else {
                <p class="class-tools"><button type="button" class="button" data-test={format!("answers-{}", props.id)} {onclick}>{ ui("keys.show") }</button></p>
            }
        </>
    }
}

fn questions(lesson: &Lesson) -> Vec<(Rc<Prediction>, Rc<Experiment>)> {
    let asked = lesson.steps.iter().filter_map(|step| match step {
        Step::Predict(asked) => {
            let experiment = lesson.experiment(asked.round)?.clone();
            Some((Rc::new(asked.clone()), Rc::new(experiment)))
        }
        _ => None,
    });
    asked.collect()
}

#[derive(Properties, PartialEq)]
struct AnswerToProps {
    asked: Rc<Prediction>,
    experiment: Rc<Experiment>,
}

/// A question with its right options, filled in as they are found.
#[component]
fn AnswerTo(props: &AnswerToProps) -> Html {
    let AnswerToProps { asked, experiment } = props;
    let needs = use_memo(asked.clone(), |asked| Rc::new(asked.needs()));
    let found = use_inquiry(experiment, &needs);
    let right = match found.whole {
        true => keys::right(asked, experiment, &found.known),
        false => Vec::new(),
    };
    html! {
        <li>
            <p>{ keys::question(asked, experiment) }</p>
            if !found.whole {
                <p class="muted">{ ui("show.finding") }</p>
            }
            { for right.into_iter().map(|it| html! {
                <p class="class-right"><strong><span aria-hidden="true">{ "\u{2713} " }</span>{ it.says }</strong>{ " " }<span class="muted">{ it.found }</span></p>
            }) }
        </li>
    }
}

/// An exercise in a disclosure: its goals, and a search for a solution.
#[component]
pub fn ExerciseAnswer(props: &AnswersProps) -> Html {
    let exercise = use_memo(props.id.clone(), |id| built_in(id, &ENGLISH).map(Rc::new));
    let (open, ontoggle) = use_disclosure();
    // A test parses the exercises in every language.
    let Some(exercise) = &*exercise else {
        return html! {};
    };
    html! {
        <details class="class-card" data-test={format!("exercise-{}", props.id)} {ontoggle}>
            <summary><h3>{ &*exercise.title }</h3><span class="muted">{ ui_with("learn.level", &[("n", &exercise.level.to_string())]) }</span></summary>
            if open { { reached(exercise) } }
        </details>
    }
}

fn reached(exercise: &Rc<Exercise>) -> Html {
    let goals = exercise.goals.iter();
    html! {
        <>
            <p class="muted">{ ui("keys.reach") }</p>
            <ul>{ for goals.map(|goal| html! { <li>{ goal.sentence(&exercise.experiment) }</li> }) }</ul>
            <Key exercise={exercise.clone()} />
        </>
    }
}
