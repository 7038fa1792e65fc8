//! The exact faults: one chip per line, and a field for one more.

use std::collections::BTreeMap;
use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::line::ScriptLine;
use crate::experiment::Experiment;
use crate::experiment::script::Line;
use crate::web::components::icons;
use crate::web::components::typed::Reason;
use crate::web::state::{Action, LaneRun, Place, Refusal, form};

/// Which lines.
#[derive(Properties, PartialEq)]
pub struct ScriptProps {
    /// The experiment.
    pub experiment: Rc<Experiment>,
    /// Its runs.
    pub runs: Rc<[Rc<LaneRun>]>,
    /// What was typed and could not be taken.
    pub refused: Rc<BTreeMap<Place, Refusal>>,
    /// What is done.
    pub on_act: Callback<Action>,
}

/// The lines of the script.
#[component]
pub fn Script(props: &ScriptProps) -> Html {
    let ScriptProps {
        experiment,
        runs,
        refused,
        on_act,
    } = props;
    let field = use_node_ref();
    let onsubmit = {
        let (field, on_act) = (field.clone(), on_act.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(input) = field.cast::<HtmlInputElement>() else {
                return;
            };
            if !input.value().trim().is_empty() {
                on_act.emit(Action::AddLine(input.value()));
            }
        })
    };
    // A line that was taken leaves the field empty for the next one.
    let lines = experiment.faults.script.lines();
    let before = use_mut_ref(|| 0);
    use_effect_with(lines.len(), {
        let field = field.clone();
        move |now: &usize| {
            let grown = *now > before.replace(*now);
            if let Some(input) = field.cast::<HtmlInputElement>().filter(|_| grown) {
                input.set_value("");
            }
        }
    });
    // What was refused is being mended: the reason goes.
    let oninput = on_act.reform(|_| Action::Forget(Place::script()));
    let chip = |(index, line): (usize, &Line)| {
        let fired = runs.iter().any(|run| !run.trace.unfired.contains(&index));
        let refusal = refused.get(&Place::script_line(index)).cloned();
        html! {
            <ScriptLine key={index} {index} text={line.to_string()} {fired} {refusal} on_act={on_act.clone()} />
        }
    };
    let refusal = refused.get(&Place::script()).cloned();
    let invalid = refusal.is_some();
    html! {
        <div class="script">
            <ul class="lines" aria-label="Exact faults">{ for lines.iter().enumerate().map(chip) }</ul>
            <form class="add-line" {onsubmit}>
                <input ref={field} type="text" list="line-ideas" placeholder="add a fault: drop ack 1" maxlength="120"
                    aria-label="One more fault, such as: drop ack 1" autocomplete="off" autocapitalize="off"
                    spellcheck="false" data-test="add-line" aria-invalid={invalid.then_some("true")}
                    aria-describedby={invalid.then_some("script-reason")} {oninput} />
                <datalist id="line-ideas">
                    { for form::line_ideas(experiment).into_iter().map(|line| html! { <option value={line} /> }) }
                </datalist>
                <button type="submit" class="button icon bare" aria-label="Add this fault">{ icons::plus() }</button>
                <Reason id="script-reason" {refusal} />
            </form>
        </div>
    }
}
