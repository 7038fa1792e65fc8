//! The exact faults: one chip per line, and a field for one more.

use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::experiment::Experiment;
use crate::web::components::icons;
use crate::web::components::typed::Reason;
use crate::web::state::{Action, LaneRun, Refusal, form};

/// Which lines.
#[derive(Properties, PartialEq)]
pub struct ScriptProps {
    /// The experiment.
    pub experiment: Rc<Experiment>,
    /// Its runs.
    pub runs: Rc<[Rc<LaneRun>]>,
    /// The line that was typed and could not be taken.
    pub refusal: Option<Refusal>,
    /// What is done.
    pub on_act: Callback<Action>,
}

/// The lines of the script.
#[component]
pub fn Script(props: &ScriptProps) -> Html {
    let ScriptProps {
        experiment,
        runs,
        refusal,
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
    use_effect_with(lines.len(), {
        let field = field.clone();
        move |_| {
            if let Some(input) = field.cast::<HtmlInputElement>() {
                input.set_value("");
            }
        }
    });
    let chip = |(index, line): (usize, &crate::experiment::script::Line)| {
        let fired = runs.iter().any(|run| !run.trace.unfired.contains(&index));
        html! {
            <li class={classes!("line", (!fired).then_some("unfired"))} key={index} data-test="script-line">
                <code>{ line.to_string() }</code>
                if !fired { <span class="small">{ "did not happen" }</span> }
                <button type="button" class="away" aria-label={format!("Remove: {line}")}
                    onclick={on_act.reform(move |_| Action::RemoveLine(index))}>{ icons::cross() }</button>
            </li>
        }
    };
    let invalid = refusal.is_some();
    html! {
        <div class="script">
            <ul class="lines" aria-label="Exact faults">{ for lines.iter().enumerate().map(chip) }</ul>
            <form class="add-line" {onsubmit}>
                <input ref={field} type="text" list="line-ideas" placeholder="add a fault: drop ack 1" maxlength="120"
                    aria-label="One more fault, such as: drop ack 1" autocomplete="off" autocapitalize="off"
                    spellcheck="false" data-test="add-line" aria-invalid={invalid.then_some("true")}
                    aria-describedby={invalid.then_some("script-reason")} />
                <datalist id="line-ideas">
                    { for form::line_ideas(experiment).into_iter().map(|line| html! { <option value={line} /> }) }
                </datalist>
                <button type="submit" class="button icon bare" aria-label="Add this fault">{ icons::plus() }</button>
                <Reason id="script-reason" refusal={refusal.clone()} />
            </form>
        </div>
    }
}
