//! The headline: what is sent, in one sentence what goes wrong, and how to change either.

use yew::prelude::*;

use crate::context::{Dispatch, Shown, use_dispatch, use_shown};
use crate::controls::{Among, Item, Select, icons};
use crate::faults::Faults;
use crate::lane::state::form;
use crate::state::{Action, Sheet};
use ackground_core::experiment::Experiment;
use ackground_core::experiment::scenario::BuiltIn;
use ackground_words::story::{self, Sign};

#[derive(Properties, PartialEq)]
pub struct ScenarioProps {
    /// Whether the faults can be changed here.
    #[prop_or_default]
    pub faults: bool,
}

/// The title, the sentence on what goes wrong, and the choice of a scenario. The faults unfold below it.
#[component]
pub fn Scenario(props: &ScenarioProps) -> Html {
    let Shown { experiment, faults_open, .. } = &use_shown();
    let dispatch = use_dispatch();
    html! {
        <>
            <section class="scenario" aria-labelledby="headline">
                <h1 id="headline" data-test="headline">{ story::headline(experiment).title }</h1>
                if props.faults {
                    <p class="wrong" data-test="wrong">
                        { for story::wrongs(experiment).into_iter().map(|part| html! { <>{ for part.sign.map(sign) }{ part.text }</> }) }{ " " }
                        <button type="button" class="link" aria-expanded={faults_open.to_string()} aria-controls="faults"
                            data-test="change-faults" onclick={dispatch.to(Action::ToggleFaults)}>{ "Change" }{ icons::chevron() }</button>
                    </p>
                }
                { choice(experiment, &dispatch) }
            </section>
            if props.faults && *faults_open { <Faults by_hand=true /> }
        </>
    }
}

/// What can be chosen.
#[derive(Clone, Copy, PartialEq)]
enum Pick {
    BuiltIn(BuiltIn),
    /// The one of one's own that is shown.
    Own,
    /// The form for it.
    Form,
}

/// The scenarios; one of one's own is there while it is shown.
fn choice(experiment: &Experiment, dispatch: &Dispatch) -> Html {
    let told = experiment.scenario.built_in();
    let built_in = form::stories()
        .iter()
        .map(|story| Item::new(Pick::BuiltIn(*story), story.word(), story::capital(story.word())));
    let own = told.is_none().then(|| Item::new(Pick::Own, "own", own_name(experiment)));
    let form = Item::new(
        Pick::Form,
        "form",
        if told.is_none() { "Change it\u{2026}" } else { "Your own\u{2026}" },
    );
    let on_choose = dispatch.on(|pick: Pick| match pick {
        Pick::BuiltIn(story) => Action::Scenario(story),
        Pick::Own | Pick::Form => Action::OpenSheet(Sheet::Scenario),
    });
    let now = told.map_or(Pick::Own, Pick::BuiltIn);
    html! {
        <Select class="stories" label="Scenario" heard=true test="scenario"
            among={Among::new(built_in.chain(own).chain([form]), now, on_choose)} />
    }
}

/// The sign of a kind of fault, as it is drawn in the pictures.
fn sign(sign: Sign) -> Html {
    let drawn = match sign {
        Sign::Lost | Sign::Failed => {
            html! { <><circle cx="8" cy="8" r="6.4" /><path d="M5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8" /></> }
        }
        Sign::Crash => {
            html! { <><rect x="4.5" y="1.5" width="7" height="13" rx="1.5" /><path d="M4.8 7.2l5-5M4.8 12.2l6.5-6.5M7 14.4l4.3-4.3" /></> }
        }
        Sign::Slow => html! { <><circle cx="8" cy="8" r="6.4" /><path d="M8 4.2V8l2.6 1.8" /></> },
        Sign::Duplicate => html! { <path d="M2 5h10M9 2l3.5 3L9 8M2 11h10M9 8l3.5 3L9 14" /> },
    };
    html! { <svg class={classes!("wrong-sign", sign.class())} width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">{ drawn }</svg> }
}

fn own_name(experiment: &Experiment) -> String {
    let title = &experiment.scenario.title;
    if title.is_empty() { "Your own".to_owned() } else { title.to_string() }
}
