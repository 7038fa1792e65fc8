//! The headline: what is sent, in one sentence what goes wrong, and how to change either.

use yew::prelude::*;

use crate::context::{Dispatch, Shown, use_dispatch, use_shown};
use crate::controls::{Among, Item, Select, icons};
use crate::faults::Faults;
use crate::lane::state::form;
use crate::state::Action;
use ackground_core::experiment::Experiment;
use ackground_core::experiment::scenario::BuiltIn;
use ackground_words::story;

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
                        { story::what_goes_wrong(experiment) }{ " " }
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

/// The scenarios; one that is not built in is there while it is shown.
fn choice(experiment: &Experiment, dispatch: &Dispatch) -> Html {
    let told = experiment.scenario.built_in();
    let built_in = form::stories()
        .iter()
        .map(|story| Item::new(Some(*story), story.word(), story::capital(story.word())));
    let own = told.is_none().then(|| Item::new(None, "own", own_name(experiment)));
    let on_choose = {
        let dispatch = dispatch.clone();
        Callback::from(move |story: Option<BuiltIn>| {
            if let Some(story) = story {
                dispatch.send(Action::Scenario(story));
            }
        })
    };
    html! {
        <Select class="stories" label="Scenario" heard=true test="scenario" among={Among::new(built_in.chain(own), told, on_choose)} />
    }
}

fn own_name(experiment: &Experiment) -> String {
    let title = &experiment.scenario.title;
    if title.is_empty() { "Your own".to_owned() } else { title.to_string() }
}
