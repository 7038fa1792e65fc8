//! What is being sent: the headline, and the choice of a story.

use std::rc::Rc;

use yew::prelude::*;

use crate::hooks::use_rest;
use crate::lane::state::form;
use crate::state::Action;
use ackground_core::experiment::Experiment;
use ackground_core::experiment::scenario::BuiltIn;
use ackground_words::story;

/// Which story.
#[derive(Properties, PartialEq)]
pub struct ScenarioProps {
    /// The experiment.
    pub experiment: Rc<Experiment>,
    /// What is done.
    pub on_act: Callback<Action>,
}

/// The headline and the stories to choose from.
#[component]
pub fn Scenario(props: &ScenarioProps) -> Html {
    let headline = story::headline(&props.experiment);
    let told = props.experiment.scenario.built_in();
    let rest = use_rest();
    html! {
        <section class="scenario" aria-labelledby="headline">
            <div class="headline">
                <p class="eyebrow" aria-hidden="true">{ "Scenario" }</p>
                <h1 id="headline" data-test="headline">{ headline.title }</h1>
                <p class="muted">{ headline.subtitle }</p>
            </div>
            <fieldset class="stories">
                <legend class="quiet">{ "Scenario" }</legend>
                { for form::stories().iter().map(|story| choice(*story, told, rest, &props.on_act)) }
                if told.is_none() {
                    <span class="story own" aria-current="true">{ own_name(&props.experiment) }</span>
                }
            </fieldset>
        </section>
    }
}

fn own_name(experiment: &Experiment) -> String {
    let title = &experiment.scenario.title;
    if title.is_empty() { "Own".to_owned() } else { title.to_string() }
}

fn choice(story: BuiltIn, told: Option<BuiltIn>, rest: bool, on_act: &Callback<Action>) -> Html {
    let onchange = on_act.reform(move |_: Event| Action::Scenario(story));
    html! {
        <label class="story" title={rest.then(|| story.describe())} key={story.word()}>
            <input type="radio" name="scenario" checked={told == Some(story)} {onchange}
                data-test={format!("scenario-{story}")} />
            <span>{ story::capital(story.word()) }</span>
        </label>
    }
}
