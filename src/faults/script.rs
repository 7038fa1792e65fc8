//! The fault script: a chip per line, and a field for a new one.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::line::ScriptLine;
use crate::context::{Shown, use_dispatch, use_refusal, use_shown};
use crate::controls::{Reason, icons};
use crate::hooks::{focus_soon, use_rest};
use crate::lane::state::form;
use crate::state::{Action, FieldPath};
use ackground_core::sim::Trace;
use ackground_timeline::script;

const BY_HAND: &str =
    "Click an arrow to lose that message, or a vertical line to crash that machine.";
/// The hint for keyboards; the picture repeats it once it has the focus.
const BY_KEYS: &str = " Keyboard: focus a picture and press Enter.";

#[derive(Properties, PartialEq)]
pub struct ScriptProps {
    /// Whether there is a picture beside it in which faults can be injected by hand.
    pub by_hand: bool,
}

#[component]
pub fn Script(props: &ScriptProps) -> Html {
    let Shown { experiment, runs, .. } = &use_shown();
    let dispatch = use_dispatch();
    let refusal = use_refusal(&FieldPath::script());
    let field = use_node_ref();
    let rest = use_rest();
    // Enter in the field clicks the button. The form is never submitted, which sandboxed frames would block.
    let onclick = {
        let (field, dispatch) = (field.clone(), dispatch.clone());
        Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            let Some(input) = field.cast::<HtmlInputElement>() else {
                return;
            };
            if !input.value().trim().is_empty() {
                dispatch.send(Action::AddLine(input.value()));
            }
        })
    };
    // An accepted line clears the field for the next one.
    let many = experiment.faults.script.len();
    let before = use_mut_ref(|| 0);
    use_effect_with(many, {
        let field = field.clone();
        move |now: &usize| {
            let grown = *now > before.replace(*now);
            if let Some(input) = field.cast::<HtmlInputElement>().filter(|_| grown) {
                input.set_value("");
            }
        }
    });
    // The text is being corrected, so drop the error.
    let oninput = dispatch.to(Action::Forget(FieldPath::script()));
    let traces: Vec<&Trace> = runs.iter().map(|run| &*run.trace).collect();
    let chips = script::rows(experiment, &traces).into_iter().map(|row| {
        let index = row.index;
        html! { <ScriptLine key={index} {row} {many} /> }
    });
    let invalid = refusal.is_some();
    let meant = refusal.as_ref().and_then(|refusal| refusal.meant.clone());
    let take = dispatch.on(|line| {
        focus_soon("[data-test=add-line]".to_owned());
        Action::AddLine(line)
    });
    html! {
        <div class="script">
            <ol class="lines" aria-label="Exact faults">{ for chips }</ol>
            <form class="add-line">
                <input ref={field} type="text" list="line-ideas" placeholder="Add a fault, e.g. drop ack 1" maxlength="120"
                    aria-label="Add a fault, for example drop ack 1" autocomplete="off" autocapitalize="off"
                    spellcheck="false" data-test="add-line" aria-invalid={invalid.then_some("true")}
                    aria-describedby={invalid.then_some("script-reason")} {oninput} />
                <datalist id="line-ideas">
                    if rest {
                        { for form::line_ideas(experiment).into_iter().map(|line| html! { <option value={line} /> }) }
                    }
                </datalist>
                <button type="submit" class="button icon bare" aria-label="Add this fault" {onclick}>{ icons::plus() }</button>
                <Reason id="script-reason" {refusal} />
                { meant_button(meant, &take) }
            </form>
            if many > 2 {
                <button type="button" class="link" data-test="clear-lines" onclick={dispatch.on(|_| {
                    focus_soon("[data-test=add-line]".to_owned());
                    Action::ClearLines
                })}>{ "Remove all" }</button>
            }
            if props.by_hand { <p class="by-hand">{ BY_HAND }<span class="quiet">{ BY_KEYS }</span></p> }
        </div>
    }
}

/// A button that takes the line that was probably meant.
pub(super) fn meant_button(meant: Option<String>, take: &Callback<String>) -> Html {
    let Some(line) = meant else {
        return html! {};
    };
    let said = format!("Use \u{201c}{line}\u{201d}");
    let onclick = take.reform(move |_: MouseEvent| line.clone());
    html! { <button type="button" class="link meant" data-test="meant" {onclick}>{ said }</button> }
}
