//! The form for a scenario of one's own: names, amounts, steps, and what goes wrong for people.
//!
//! Every field edits the experiment at once, so that the lanes behind the form follow; its link works like any other.

use yew::prelude::*;

use crate::context::{Shown, use_shown};
use crate::controls::sheet::Sheet;
use crate::controls::{Choice, Typed};
use crate::state::FieldPath;
use ackground_core::experiment::scenario::{Scenario, Step};

/// The kinds of steps, and what each is.
const KINDS: [(&str, &str); 3] = [
    ("db", "a write to the database"),
    ("external", "a call that cannot be undone"),
    ("produce", "a write to an output log"),
];

#[component]
pub fn OwnScenario() -> Html {
    let Shown { experiment, .. } = &use_shown();
    let scenario: &Scenario = &experiment.scenario;
    let field = |name: &str, label: &'static str, value: String| {
        let place = FieldPath::top(&format!("scenario.{name}"));
        let test = place.to_string();
        html! { <div class="own-row" key={test.clone()}><span aria-hidden="true">{ label }</span><Typed {place} {label} {value} longest=120 {test} /></div> }
    };
    let step = |(index, step): (usize, &Step)| {
        let options: Vec<(AttrValue, AttrValue)> =
            KINDS.iter().map(|(word, says)| ((*word).into(), (*says).into())).collect();
        let place = FieldPath::top(&format!("scenario.steps[{index}].kind"));
        html! {
            <div class="own-step" key={index}>
                { field(&format!("steps[{index}].label"), "Step", step.label.to_string()) }
                <Choice {place} label="What kind of step it is" value={step.kind.to_string()} {options} />
            </div>
        }
    };
    html! {
        <Sheet name="own-scenario" title="Your own scenario" back="[data-test=scenario]">
            <div class="own-body">
                <p class="muted">{ "The lanes change as you type, and the address holds everything. To start over, choose another scenario." }</p>
                <section>
                    <h3>{ "Names" }</h3>
                    { field("title", "Title", scenario.title.to_string()) }
                    { field("producer", "Who sends", scenario.producer.to_string()) }
                    { field("consumer", "Who receives", scenario.consumer.to_string()) }
                    { field("store", "Where it takes effect", scenario.store.to_string()) }
                </section>
                <section>
                    <h3>{ "What one message is worth" }</h3>
                    { field("amount", "Amount", scenario.amount.to_string()) }
                    { field("unit", "Unit", scenario.unit.to_string()) }
                    { field("harm.lost", "If it is lost", scenario.harm.lost.to_string()) }
                    { field("harm.duplicated", "If it takes effect twice", scenario.harm.duplicated.to_string()) }
                </section>
                <section>
                    <h3>{ "What the receiver does" }</h3>
                    { for scenario.steps.iter().enumerate().map(step) }
                </section>
            </div>
        </Sheet>
    }
}
