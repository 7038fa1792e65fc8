//! The exercise builder, based on the page's experiment.
//!
//! | part | owns |
//! |---|---|
//! | `freed` | what may be changed, and what is hidden |
//! | `goals` | the goals |
//! | `questions` | questions asked beforehand |
//! | `give` | mistakes; links, variants, file, handout |
//! | `variants` | the class list, and links to variants |
//! | `key` | a solution, found by search |
//! | `handout` | the exercise on paper |

mod freed;
mod give;
mod goals;
mod handout;
mod key;
mod questions;
mod variants;

use std::rc::Rc;

use yew::prelude::*;

use crate::class::state::ClassAct;
use crate::class::state::{Draft, DraftAct};
use crate::context::{Shown, use_dispatch, use_shown};
use crate::controls::prose::Prose;
use crate::controls::{Among, Field, Item, Select};
use crate::state::{Action, View};
use ackground_core::experiment::Mistakes;
use ackground_learn::exercise::{built_in, built_in_ids};
use ackground_learn::markup::Markup;
use ackground_learn::text::{ENGLISH, ui, ui_with};
use freed::Freed;
use give::Give;
use goals::Goals;
use handout::Handout;
pub use key::Key;
use questions::Questions;

#[derive(Properties, PartialEq)]
pub struct BuildProps {
    pub draft: Draft,
    pub on_class: Callback<ClassAct>,
}

#[component]
pub fn Build(props: &BuildProps) -> Html {
    let Shown { experiment, .. } = &use_shown();
    let dispatch = use_dispatch();
    let BuildProps { draft, on_class } = props;
    let on_draft = use_callback(on_class.clone(), |act: DraftAct, on_class| {
        on_class.emit(ClassAct::Draft(act))
    });
    let made = use_memo((experiment.clone(), draft.clone()), |(experiment, draft)| {
        draft.exercise(experiment).map(Rc::new)
    });
    let text = use_memo(draft.text.clone(), |text| Markup::parse(text));
    let wrong = |path: &str| wrong(&made, path);
    let lanes: Vec<String> =
        (0..experiment.lanes.len()).map(|lane| experiment.lane_name(lane)).collect();
    html! {
        <section class="class-build" aria-labelledby="class-build-title" data-test="class-builder">
            <div class="class-form">
                <h2 id="class-build-title">{ ui("build.title") }</h2>
                <p class="muted">{ ui_with("build.from", &[("lanes", &lanes.join(", "))]) }{ " " }
                    <button type="button" class="link" onclick={dispatch.to(Action::Show(View::Watch))}>{ ui("build.change") }</button></p>
                { begin(on_class) }
                <Field class="class-field" label={ui("build.name")} value={draft.title.clone()} wrong={wrong("title")} on_type={on_draft.reform(DraftAct::Title)} test="build-title" />
                <div class="class-row">
                    <Field class="class-field" label={ui("build.id")} value={draft.id.clone()} hint={draft.id()} wrong={wrong("id")} on_type={on_draft.reform(DraftAct::Id)} test="build-id" />
                    { level(draft.level, &on_draft) }
                </div>
                <Field class="class-field" label={ui("build.text")} value={draft.text.clone()} rows={7} prose=true hint={ui("build.text-hint")} wrong={wrong("text")} on_type={on_draft.reform(DraftAct::Text)} test="build-text" />
                if !text.blocks.is_empty() {
                    <div class="class-card preview" role="group" aria-label={ui("build.preview")} data-test="build-preview"><Prose text={(*text).clone()} /></div>
                }
                <Goals goals={draft.goals.clone()} wrong={each(&made, "goals")} on_draft={on_draft.clone()} />
                <Freed draft={draft.clone()} wrong={wrong("changes")} on_draft={on_draft.clone()} />
                <Questions questions={draft.questions.clone()} wrong={each(&made, "predictions")} {on_draft} />
            </div>
            <Give made={(*made).clone()} on_class={on_class.clone()} />
            if let Ok(exercise) = &*made {
                <Handout exercise={exercise.clone()} />
            }
        </section>
    }
}

/// The mistakes at a path or below it.
fn wrong<T>(made: &Result<T, Mistakes>, path: &str) -> Vec<AttrValue> {
    let Err(mistakes) = made else {
        return Vec::new();
    };
    let here = mistakes.iter().filter(|it| it.path == path);
    here.map(|it| AttrValue::from(it.message.clone())).collect()
}

/// The mistakes in a list, by item; those of the list as a whole are left out.
fn each<T>(made: &Result<T, Mistakes>, list: &str) -> Vec<(usize, AttrValue)> {
    let Err(mistakes) = made else {
        return Vec::new();
    };
    let item = |path: &str| {
        let rest = path.strip_prefix(list)?.strip_prefix('[')?;
        rest.split_once(']')?.0.parse().ok()
    };
    let here = mistakes.iter();
    here.filter_map(|it| Some((item(&it.path)?, it.message.clone().into()))).collect()
}

/// The mistakes of the item at this index.
fn wrong_at(wrong: &[(usize, AttrValue)], place: usize) -> Vec<AttrValue> {
    let here = wrong.iter().filter(|(at, _)| *at == place);
    here.map(|(_, wrong)| wrong.clone()).collect()
}

/// From 1 to 5.
fn level(now: u8, on_draft: &Callback<DraftAct>) -> Html {
    let items = (1..=5).map(|n: u8| Item::named(n, n.to_string()));
    let on_choose = on_draft.reform(DraftAct::Level);
    html! { <Select class="field" label={ui("build.level")} among={Among::new(items, now.max(1), on_choose)} test="build-level" /> }
}

/// Start from a built-in exercise.
fn begin(on_class: &Callback<ClassAct>) -> Html {
    let named = built_in_ids().map(|id| Item::named(id, id.replace('-', " ")));
    let items = std::iter::once(Item::named("", ui("build.own"))).chain(named);
    let on_class = on_class.clone();
    let on_choose = Callback::from(move |id: &str| {
        if let Some(exercise) = built_in(id, &ENGLISH) {
            on_class.emit(ClassAct::Open(Box::new(exercise)));
        }
    });
    html! { <Select class="field" label={ui("build.begin")} among={Among::new(items, "", on_choose)} test="build-begin" /> }
}
