//! The form: names, amounts, the steps of the work, and what goes wrong for people.
//!
//! Every field edits the experiment at once, so that the lanes behind the form follow; its link works like any other.

use yew::prelude::*;

use super::steps::WorkSteps;
use crate::context::{Shown, use_shown};
use crate::controls::sheet::Sheet;
use crate::controls::{Choice, Typed};
use crate::state::FieldPath;
use ackground_core::experiment::scenario::{KeyMode, Scenario};
use ackground_words::story;

/// The most characters of a text.
const LONGEST: usize = 120;

#[component]
pub fn ScenarioForm() -> Html {
    let Shown { experiment, .. } = &use_shown();
    let Scenario { title, producer, consumer, store, amount, unit, harm, key, .. } =
        &experiment.scenario;
    html! {
        <Sheet name="own-scenario" title="Your own scenario" back="[data-test=scenario]">
            <div class="own-body">
                <p class="muted">{ "The lanes change as you type, and the address holds everything. To start over, choose another scenario." }</p>
                <section>
                    <h3>{ "Names" }</h3>
                    { text("title", "Title", title.to_string()) }
                    { text("producer", "Who sends", producer.to_string()) }
                    { text("consumer", "Who receives", consumer.to_string()) }
                    { text("store", "Where it takes effect", store.to_string()) }
                </section>
                <section>
                    <h3>{ "What one message is worth" }</h3>
                    { text("amount", "Amount", amount.to_string()) }
                    { text("unit", "Unit", unit.to_string()) }
                    { order(*key) }
                    { text("harm.lost", "If it is lost", harm.lost.to_string()) }
                    { text("harm.duplicated", "If it takes effect twice", harm.duplicated.to_string()) }
                </section>
                <WorkSteps steps={experiment.scenario.steps.to_vec()} />
                <p class="own-told" role="status" data-test="own-told">
                    <strong>{ story::headline(experiment).title }</strong>{ " " }{ story::what_goes_wrong(experiment) }
                </p>
            </div>
        </Sheet>
    }
}

/// A text field behind its label.
fn text(name: &str, label: &'static str, value: String) -> Html {
    let place = FieldPath::scenario(name);
    let test = place.to_string();
    html! {
        <div class="own-row" key={test.clone()}>
            <span aria-hidden="true">{ label }</span><Typed {place} {label} {value} longest={LONGEST} {test} />
        </div>
    }
}

/// Whether the messages are about one thing, so that a broker keeps their order.
fn order(key: KeyMode) -> Html {
    const LABEL: &str = "Their order";
    let options: Vec<(AttrValue, AttrValue)> = vec![
        (KeyMode::One.word().into(), "matters: all are about one thing".into()),
        (KeyMode::Each.word().into(), "does not matter: each stands alone".into()),
    ];
    html! {
        <div class="own-row" key="scenario.key">
            <span aria-hidden="true">{ LABEL }</span>
            <Choice place={FieldPath::scenario("key")} label={LABEL} value={key.word()} {options} />
        </div>
    }
}
