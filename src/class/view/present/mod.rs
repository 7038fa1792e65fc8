//! What can be presented, and the running presentation.

mod show;

use std::rc::Rc;

use yew::prelude::*;

use crate::class::choices::{ClassChoices, ClassPart};
use crate::class::model::slides::Deck;
use crate::class::state::{ClassAct, TeacherState};
use crate::context::{Shown, use_dispatch, use_shown};
use crate::state::Action;
use ackground_core::experiment::value::Id;
use ackground_learn::exercise::{built_in, built_in_ids};
use ackground_learn::lesson::heads;
use ackground_learn::text::{ENGLISH, ui, ui_with};
use show::Show;

#[derive(Properties, PartialEq)]
pub struct PresentProps {
    /// The lesson or built-in exercise; `None` for the draft.
    pub of: Option<Id>,
    pub teacher: Rc<TeacherState>,
    pub on_class: Callback<ClassAct>,
}

/// The list of lessons and exercises, with the presentation over it.
#[component]
pub fn Present(props: &PresentProps) -> Html {
    let Shown { experiment, .. } = &use_shown();
    let dispatch = use_dispatch();
    let PresentProps { of, teacher, on_class } = props;
    let lessons = use_memo((), |()| heads(&ENGLISH).collect::<Vec<_>>());
    let exercises = use_memo((), |()| {
        let all = built_in_ids().filter_map(|id| Some((id, built_in(id, &ENGLISH)?)));
        all.map(|(id, exercise)| (id, exercise.title.to_string(), exercise.level.to_string()))
            .collect::<Vec<_>>()
    });
    let deck = use_memo(
        (of.clone(), teacher.draft.clone(), experiment.clone()),
        |(of, draft, experiment)| match of {
            Some(id) => Deck::of_id(id).map(Rc::new),
            None => {
                let exercise = draft.exercise(experiment).ok()?;
                Some(Rc::new(Deck::of_exercise(&exercise)))
            }
        },
    );
    let pick = |id: &str, title: &str, aside: String| {
        let (dispatch, on_class) = (dispatch.clone(), on_class.clone());
        let chosen = Id::new(id);
        let onclick = Callback::from(move |_: MouseEvent| {
            dispatch.send(Action::ChooseClass(ClassChoices {
                part: ClassPart::Present,
                of: chosen.clone(),
            }));
            on_class.emit(ClassAct::Begin);
        });
        html! {
            <li key={id.to_owned()}><button type="button" class="link" data-test={format!("present-{id}")} {onclick}>{ title }</button><span class="muted small">{ aside }</span></li>
        }
    };
    let begin = on_class.reform(|_: MouseEvent| ClassAct::Begin);
    html! {
        <section class="class-present" aria-labelledby="class-present-title" data-test="class-presenting">
            <h2 id="class-present-title">{ ui("present.title") }</h2>
            <p class="muted">{ ui("present.lead") }</p>
            <div class="class-card present-now">
                if let Some(deck) = &*deck {
                    <span><strong>{ &deck.title }</strong></span>
                    <button type="button" class="button solid" data-test="present-begin" onclick={begin}>{ ui("present.begin") }</button>
                } else {
                    <span class="muted">{ if of.is_some() { ui("present.unknown") } else { ui("present.none") } }</span>
                }
            </div>
            <div class="present-lists">
                <div><h3>{ ui("present.lessons") }</h3>
                    <ul>{ for lessons.iter().map(|head| pick(head.id, head.title, head.takes())) }</ul></div>
                <div><h3>{ ui("present.exercises") }</h3>
                    <ul>{ for exercises.iter().map(|(id, title, level)| pick(id, title, ui_with("learn.level", &[("n", level)]))) }</ul></div>
            </div>
            if let (Some(presentation), Some(deck)) = (teacher.presentation.clone(), &*deck) {
                <Show deck={deck.clone()} {presentation} on_class={on_class.clone()} />
            }
        </section>
    }
}
