//! The headline, and the choice of a scenario.

use yew::prelude::*;

use crate::context::{Dispatch, use_dispatch, use_shown};
use crate::hooks::use_rest;
use crate::lane::state::form;
use crate::state::Action;
use ackground_core::experiment::Experiment;
use ackground_core::experiment::scenario::BuiltIn;
use ackground_words::story;

#[component]
pub fn Scenario() -> Html {
    let shown = use_shown();
    let dispatch = use_dispatch();
    let headline = story::headline(&shown.experiment);
    let told = shown.experiment.scenario.built_in();
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
                { for form::stories().iter().map(|story| choice(*story, told, rest, &dispatch)) }
                if told.is_none() {
                    <span class="story own" aria-current="true">{ own_name(&shown.experiment) }</span>
                }
            </fieldset>
        </section>
    }
}

fn own_name(experiment: &Experiment) -> String {
    let title = &experiment.scenario.title;
    if title.is_empty() { "Own".to_owned() } else { title.to_string() }
}

fn choice(story: BuiltIn, told: Option<BuiltIn>, rest: bool, dispatch: &Dispatch) -> Html {
    let onchange = dispatch.on(move |_: Event| Action::Scenario(story));
    html! {
        <label class="story" title={rest.then(|| story.describe())} key={story.word()}>
            <input type="radio" name="scenario" checked={told == Some(story)} {onchange}
                data-test={format!("scenario-{story}")} />
            <span>{ story::capital(story.word()) }</span>
        </label>
    }
}
