//! The exercise on paper: task, setups, goals, and room for a name and answers.

use std::rc::Rc;

use yew::prelude::*;

use crate::class::model::settings::{changeable, rows};
use crate::context::Dispatch;
use crate::controls::prose::Prose;
use ackground_learn::exercise::{Exercise, Hidden};
use ackground_learn::markup::Markup;
use ackground_learn::text::{ui, ui_with};
use ackground_words::story;

#[derive(Properties, PartialEq)]
pub struct HandoutProps {
    pub exercise: Rc<Exercise>,
}

/// Ruled lines for answers.
const LINES: usize = 6;

/// A page that is only visible in print, so it has no links.
#[component]
pub fn Handout(props: &HandoutProps) -> Html {
    let exercise = &props.exercise;
    let experiment = &exercise.experiment;
    let lines = experiment.faults.script.lines();
    let lanes = 0..experiment.lanes.len();
    let changeable = changeable(exercise);
    html! {
        <div class="handout" data-test="handout">
            <p class="handout-name">{ ui("handout.name") }<span></span>{ ui("handout.date") }<span></span></p>
            <h1>{ &*exercise.title }</h1>
            <ContextProvider<Dispatch> context={Dispatch::nowhere()}><Prose text={Markup::parse(&exercise.text)} /></ContextProvider<Dispatch>>
            <h2>{ ui("handout.goals") }</h2>
            <ol>{ for exercise.goals.iter().map(|goal| html! { <li>{ goal.sentence(experiment) }</li> }) }</ol>
            if let Some(most) = exercise.changes {
                <p>{ ui_with("handout.changes", &[("n", &most.to_string())]) }</p>
            }
            if !changeable.is_empty() {
                <h2>{ ui("handout.free") }</h2>
                <ul>{ for changeable.iter().map(|free| html! { <li>{ free }</li> }) }</ul>
            }
            if !exercise.hidden.contains(&Hidden::Settings) {
                <h2>{ ui("handout.settings") }</h2>
                <table>
                    <thead><tr><td></td>{ for lanes.map(|lane| html! { <th scope="col">{ experiment.lane_name(lane) }</th> }) }</tr></thead>
                    <tbody>
                        { for rows(experiment).into_iter().map(|row| html! {
                            <tr><th scope="row">{ row.name }</th>{ for row.values.into_iter().map(|value| html! { <td>{ value }</td> }) }</tr>
                        }) }
                    </tbody>
                </table>
            }
            if !lines.is_empty() {
                <h2>{ ui("handout.faults") }</h2>
                <ul>{ for lines.iter().map(|line| html! { <li>{ story::capital(&story::mishap(experiment, line)) }</li> }) }</ul>
            }
            { for exercise.predictions.iter().map(|asked| html! {
                <div class="handout-question">
                    <p><strong>{ &*asked.question }</strong></p>
                    <ul>{ for asked.options.iter().map(|option| html! { <li>{ &*option.text }</li> }) }</ul>
                </div>
            }) }
            <div class="handout-answer">
                <h2>{ ui("handout.answer") }</h2>
                { for (0..LINES).map(|_| html! { <p class="handout-lines"></p> }) }
            </div>
            <p class="handout-end">{ ui_with("handout.end", &[("id", &exercise.id)]) }</p>
        </div>
    }
}
