//! Learn: lessons and exercises.
//!
//! A lesson is read step by step, an exercise is solved in a session; simulator and prover decide both, in
//! the workers. What may be shown and changed is decided in [`state::learn`](crate::learn::state).
//!
//! | file | shows |
//! |---|---|
//! | `list` | all lessons and exercises |
//! | `keep` | export and deletion of the progress |
//! | `lesson` | a lesson up to the step reached |
//! | `predict`, `settled` | a question, and the result |
//! | `replay` | a run to play |
//! | `explain` | why it ended that way |
//! | `exercise` | an exercise's page |
//! | `session` | where it is solved |
//! | `goals`, `bench`, `hint`, `hand_in` | its parts |

mod bench;
mod exercise;
mod explain;
mod goals;
mod hand_in;
mod hint;
pub mod internal_link;
mod keep;
mod lesson;
mod list;
mod predict;
mod replay;
mod session;
mod settled;

use yew::prelude::*;

use self::exercise::ExercisePage;
use self::lesson::LessonPage;
use self::list::List;
pub use self::replay::Replay;
use crate::hooks::{focus_soon, scroll_to_top};
use crate::learn::choices::{LearnChoices, Learning};
use crate::learn::hooks::progress::use_progress;
use crate::learn::state::course::arrival;
use crate::learn::state::progress::Note;
use crate::learn::view::internal_link::InternalLink;
use ackground_learn::text::ui;

#[derive(Properties, PartialEq)]
pub struct LearnProps {
    pub choices: LearnChoices,
}

#[component]
pub fn Learn(props: &LearnProps) -> Html {
    let LearnProps { choices } = props;
    let (kept, on_note) = use_progress();
    use_effect_with((choices.clone(), on_note.clone()), |(choices, on_note)| {
        if choices.open != Learning::List {
            on_note.emit(Note::At(choices.written()));
        }
    });
    let before = use_mut_ref(|| None::<Learning>);
    use_effect_with(choices.clone(), move |choices| {
        let before = before.replace(Some(choices.open.clone()));
        if let Some((css, from_top)) = arrival(before.as_ref(), choices) {
            if from_top {
                scroll_to_top();
            }
            focus_soon(css);
        }
    });
    let progress = kept.progress.clone();
    let back = html! { <InternalLink to={LearnChoices::default()} test="learn-back">{ ui("learn.back") }</InternalLink> };
    html! {
        <section class="learn" data-test="learn">
            { match &choices.open {
                Learning::List => html! { <List {kept} {on_note} /> },
                Learning::Lesson(id) => html! {
                    <>
                        <nav class="learn-back" aria-label={ui("learn.title")}>{ back }</nav>
                        <LessonPage key={*id} {id} asked={choices.step} {progress} {on_note} />
                    </>
                },
                Learning::BuiltIn(_) | Learning::Linked(_) => html! {
                    <>
                        <nav class="learn-back" aria-label={ui("learn.title")}>{ back }</nav>
                        <ExercisePage key={choices.written()} choices={choices.clone()} {progress} {on_note} />
                    </>
                },
            } }
        </section>
    }
}
