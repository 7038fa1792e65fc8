//! The teacher's guide: how a lesson goes in class, and its purpose.

use yew::prelude::*;

use super::answers::{ExerciseAnswer, LessonAnswers};
use crate::class::choices::{ClassChoices, ClassPart};
use crate::context::{Dispatch, use_dispatch};
use crate::controls::prose::{Prose, spans};
use crate::learn::choices::LearnChoices;
use crate::learn::view::internal_link::InternalLink;
use crate::state::Action;
use ackground_core::experiment::value::Id;
use ackground_learn::exercise::built_in_ids;
use ackground_learn::lesson::heads;
use ackground_learn::teacher;
use ackground_learn::text::{ENGLISH, ui, ui_with};

/// The guide. Lessons are disclosures, and can be presented from here.
#[component]
pub fn Guide() -> Html {
    let dispatch = use_dispatch();
    let guide = use_memo((), |()| teacher::Guide::of(&ENGLISH).ok());
    let titles = use_memo((), |()| heads(&ENGLISH).collect::<Vec<_>>());
    // A test parses the guide in every language.
    let Some(guide) = guide.as_ref() else {
        return html! {};
    };
    let title = |id: &str| {
        let head = titles.iter().find(|head| head.id == id);
        head.map_or("", |head| head.title)
    };
    let total: u32 = guide.lessons.iter().map(|advice| u32::from(advice.class)).sum();
    html! {
        <section class="class-guide" aria-labelledby="class-guide-title" data-test="class-guide">
            <h2 id="class-guide-title">{ &guide.title }</h2>
            { for guide.parts.iter().enumerate().map(|(place, part)| html! {
                <details class="class-card" open={place == 0}>
                    <summary><h3>{ &part.heading }</h3></summary>
                    <Prose text={part.text.clone()} />
                </details>
            }) }
            <h2>{ ui("guide.lessons") }</h2>
            <p class="muted">{ ui_with("guide.total", &[("n", &guide.lessons.len().to_string()), ("hours", &(total.div_ceil(60)).to_string())]) }</p>
            { for guide.lessons.iter().map(|advice| html! {
                <details class="class-card" key={advice.lesson.clone()}>
                    <summary><h3>{ title(&advice.lesson) }</h3><span class="muted">{ ui_with("guide.class", &[("n", &advice.class.to_string())]) }</span></summary>
                    <h4>{ ui("guide.objectives") }</h4>
                    <ul>{ for advice.objectives.iter().map(|objective| html! { <li>{ spans(objective) }</li> }) }</ul>
                    <h4>{ ui("guide.beliefs") }</h4>
                    <dl class="beliefs">
                        { for advice.beliefs.iter().map(|belief| html! {
                            <div><dt>{ spans(&belief.says) }</dt><dd><span class="muted">{ ui("guide.ask") }{ " " }</span>{ spans(&belief.ask) }</dd></div>
                        }) }
                    </dl>
                    <LessonAnswers id={advice.lesson.clone()} />
                    { present(&advice.lesson, &dispatch) }
                </details>
            }) }
            <h2>{ ui("guide.exercises") }</h2>
            <p class="muted">{ ui("guide.exercises-lead") }</p>
            { for built_in_ids().map(|id| html! { <ExerciseAnswer key={id} {id} /> }) }
        </section>
    }
}

fn present(lesson: &str, dispatch: &Dispatch) -> Html {
    let choices = ClassChoices { part: ClassPart::Present, of: Id::new(lesson) };
    let onclick = dispatch.to(Action::ChooseClass(choices));
    html! {
        <p class="class-tools">
            <button type="button" class="button" data-test={format!("guide-{lesson}")} {onclick}>{ ui("guide.present") }</button>
            if let Some((id, _)) = ENGLISH.lessons.iter().find(|(id, _)| *id == lesson) {
                <InternalLink to={LearnChoices::lesson(id)} class="">{ ui("guide.read") }</InternalLink>
            }
        </p>
    }
}
