//! For teachers: the guide, the exercise builder, presentations, and marking.
//!
//! | part | shows |
//! |---|---|
//! | `guide` | what to teach, how long it takes, common misconceptions |
//! | `answers` | answers to lessons, and solutions to exercises |
//! | `build` | the exercise builder |
//! | `present` | a lesson or an exercise as slides: a show of hands, then the answer |
//! | `mark` | submissions, simulated and proved again |

mod answers;
mod build;
mod guide;
mod mark;
mod present;

use std::rc::Rc;

use yew::prelude::*;

use crate::class::choices::{ClassChoices, ClassPart};
use crate::class::state::{ClassAct, TeacherState};
use crate::context::{Dispatch, use_dispatch};
use crate::controls::{Item, link_tab};
use crate::hooks::following;
use crate::state::{Action, View, Views, address};
use ackground_learn::text::ui;
use build::Build;
use guide::Guide;
use mark::Mark;
use present::Present;

#[derive(Properties, PartialEq)]
pub struct ClassProps {
    pub fragment: AttrValue,
    pub choices: ClassChoices,
    pub teacher: Rc<TeacherState>,
}

#[component]
pub fn Class(props: &ClassProps) -> Html {
    let dispatch = use_dispatch();
    let ClassProps { choices, teacher, .. } = props;
    let on_class =
        use_callback(dispatch.clone(), |act: ClassAct, dispatch| dispatch.send(Action::Class(act)));
    html! {
        <div class="class" data-test="class">
            <header class="class-head">
                <h1>{ ui("class.title") }</h1>
                <nav class="class-parts" aria-label={ui("class.parts")}>
                    { for ClassPart::ALL.map(|part| tab(props, part, &dispatch)) }
                </nav>
            </header>
            { match choices.part {
                ClassPart::Guide => html! { <Guide /> },
                ClassPart::Build => html! {
                    <Build draft={teacher.draft.clone()} {on_class} />
                },
                ClassPart::Present => html! {
                    <Present of={choices.of.clone()} teacher={teacher.clone()} {on_class} />
                },
                ClassPart::Mark => html! { <Mark submissions={teacher.submissions.clone()} {on_class} /> },
            } }
        </div>
    }
}

/// A part's tab, as a link that does not reload the page.
fn tab(props: &ClassProps, part: ClassPart, dispatch: &Dispatch) -> Html {
    let choices = ClassChoices { part, of: None };
    let views = Views { class: choices.clone(), ..Views::default().showing(View::Class) };
    let label = match part {
        ClassPart::Guide => ui("class.guide"),
        ClassPart::Build => ui("class.build"),
        ClassPart::Present => ui("class.present"),
        ClassPart::Mark => ui("class.mark"),
    };
    let onclick = following(dispatch, Action::ChooseClass(choices));
    let fragment = address::with_view(&props.fragment, &views);
    let item = Item::new((), part.word(), label);
    link_tab(item, "class", &fragment, props.choices.part == part, onclick)
}
