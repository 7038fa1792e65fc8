//! An exercise: its session, handing it in, and the next one.

use std::rc::Rc;

use yew::prelude::*;

use super::session::SessionView;
use crate::learn::choices::{LearnChoices, Learning};
use crate::learn::state::progress::{Note, Progress};
use crate::learn::state::session;
use crate::learn::view::internal_link::InternalLink;
use ackground_learn::exercise::{Exercise, built_in_ids};
use ackground_learn::text::{ui, ui_with};

#[derive(Properties, PartialEq)]
pub struct ExercisePageProps {
    pub choices: LearnChoices,
    pub progress: Rc<Progress>,
    pub on_note: Callback<Note>,
}

/// An exercise. Use a `key`, since its state is not for another one.
#[component]
pub fn ExercisePage(props: &ExercisePageProps) -> Html {
    let ExercisePageProps { choices, progress, on_note } = props;
    let opened = use_memo(choices.clone(), |choices| {
        let whole = choices.opened()?;
        let exercise = match choices.variant {
            Some(seed) => whole.variant(seed),
            None => whole.clone(),
        };
        let built_in = matches!(choices.open, Learning::BuiltIn(_));
        let key = session::key(&whole, built_in, choices.variant);
        Some((Rc::new(whole), Rc::new(exercise), key))
    });
    let Some((whole, exercise, key)) = &*opened else {
        return html! {};
    };
    let work = progress.exercises.get(key).cloned().unwrap_or_default();
    let solved = work.solved;
    let on_work = {
        let key = key.clone();
        on_note.reform(move |line| Note::Worked(key.clone(), line))
    };
    let on_solved = {
        let key = key.clone();
        on_note.reform(move |()| Note::Solved(key.clone()))
    };
    let on_who = on_note.reform(Note::Who);
    html! {
        <article class="exercise" data-test="exercise">
            <header class="learn-head">
                <p class="eyebrow">{ ui_with("learn.level", &[("n", &exercise.level.get().to_string())]) }</p>
                <h1 id="learn-title" tabindex="-1">{ title(exercise) }</h1>
            </header>
            <SessionView {whole} {exercise} {work} variant={choices.variant} who={Some(AttrValue::from(progress.who.clone()))} {on_work} {on_solved} {on_who} />
            <footer class="lesson-end">
                if solved { <p data-test="exercise-done">{ ui("exercise.done") }</p> }
                { next(&choices.open, solved) }
                <InternalLink to={LearnChoices::default()} class="button">{ ui("learn.back") }</InternalLink>
            </footer>
        </article>
    }
}

fn title(exercise: &Exercise) -> String {
    match exercise.title.is_empty() {
        true => exercise.id.as_str().to_owned(),
        false => exercise.title.to_string(),
    }
}

/// The link to the next built-in exercise.
fn next(open: &Learning, solved: bool) -> Html {
    let Learning::BuiltIn(id) = open else {
        return html! {};
    };
    match built_in_ids().skip_while(|known| known != id).nth(1) {
        Some(next) => html! {
            <InternalLink to={LearnChoices::exercise(next)} class={classes!("button", solved.then_some("solid"))} test="exercise-next">{ ui("exercise.next") }</InternalLink>
        },
        None => html! {},
    }
}
