//! A script line: a chip with a switch, text that turns into a field when pressed, and buttons.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::script::meant_button;
use crate::context::{use_dispatch, use_refusal};
use crate::controls::{Check, Reason, icons};
use crate::hooks::focus_soon;
use crate::state::{Action, FieldPath, Refusal};
use ackground_timeline::script::Row;

#[derive(Properties, PartialEq)]
pub struct ScriptLineProps {
    pub row: Row,
    pub many: usize,
}

#[component]
pub fn ScriptLine(props: &ScriptLineProps) -> Html {
    let dispatch = use_dispatch();
    let ScriptLineProps { row, many } = props;
    let refusal = use_refusal(&FieldPath::script_line(row.index));
    let (index, many, text) = (row.index, *many, AttrValue::from(row.text.clone()));
    let editing = use_state_eq(|| false);
    let edit = {
        let editing = editing.setter();
        Callback::from(move |_: MouseEvent| editing.set(true))
    };
    let on_done = use_callback(
        (editing.setter(), text.clone(), dispatch.clone()),
        move |typed: String, (editing, text, dispatch)| {
            editing.set(false);
            dispatch.send(if **text == *typed {
                Action::Forget(FieldPath::script_line(index))
            } else {
                Action::EditLine(index, typed)
            });
        },
    );
    let moves = dispatch.on(move |to: usize| {
        focus_soon(format!(".line:nth-child({}) .line-text", to + 1));
        Action::MoveLine(index, to)
    });
    let remove = dispatch.on(move |_: MouseEvent| {
        focus_soon(match many {
            1 => "[data-test=add-line]".to_owned(),
            _ => format!(".line:nth-child({}) .remove", index.min(many - 2) + 1),
        });
        Action::RemoveLine(index)
    });
    let onkeydown = {
        let moves = moves.clone();
        Callback::from(move |event: KeyboardEvent| {
            let to = match event.key().as_str() {
                "ArrowUp" if event.alt_key() => index.checked_sub(1),
                "ArrowDown" if event.alt_key() => Some(index + 1),
                _ => return,
            };
            event.prevent_default();
            if let Some(to) = to.filter(|to| *to < many) {
                moves.emit(to);
            }
        })
    };
    let on = row.on;
    let quiet = !on || row.note.as_deref() == Some("never triggered in this run");
    let class = classes!("line", quiet.then_some("unfired"), (!on).then_some("off"));
    html! {
        <li {class} data-test="script-line" {onkeydown}>
            <Check class="line-switch" title={if on { "Switch off" } else { "Switch on" }} name={format!("On: {text}")} {on}
                on_check={dispatch.on(move |on| Action::SwitchLine(index, on))} test="line-switch" />
            if *editing || refusal.is_some() {
                <LineField {index} {text} refusal={refusal.clone()} {on_done} />
            } else {
                <button type="button" class="line-text" aria-label={format!("Change: {text}")} onclick={edit}>
                    <code>{ text.clone() }</code>
                </button>
                if let Some(note) = row.note.clone() { <span class="small">{ note }</span> }
                if many > 1 { { order(index, many, &row.text, &moves) } }
                <button type="button" class="away remove" aria-label={format!("Remove: {text}")} title="Remove" onclick={remove}>
                    { icons::cross() }
                </button>
            }
        </li>
    }
}

/// The buttons that move a line up and down.
fn order(index: usize, many: usize, text: &str, moves: &Callback<usize>) -> Html {
    let button = |word: &str, keys: &str, to: Option<usize>, class: &'static str| {
        let to = to.filter(|to| *to < many);
        let moves = moves.clone();
        let onclick = Callback::from(move |_: MouseEvent| {
            if let Some(to) = to {
                moves.emit(to);
            }
        });
        html! {
            <button type="button" class={classes!("away", class)} aria-label={format!("Move {word}: {text}")}
                title={format!("Move {word} ({keys})")} aria-disabled={to.is_none().then_some("true")}
                {onclick}>{ icons::chevron() }</button>
        }
    };
    html! {
        <span class="order">
            { button("up", "Alt ↑", index.checked_sub(1), "earlier") }
            { button("down", "Alt ↓", Some(index + 1), "later") }
        </span>
    }
}

#[derive(Properties, PartialEq)]
struct LineFieldProps {
    /// The line's index in the script.
    index: usize,
    text: AttrValue,
    refusal: Option<Refusal>,
    on_done: Callback<String>,
}

/// The edit field of a line. Enter or blur commits, Escape cancels.
#[component]
fn LineField(props: &LineFieldProps) -> Html {
    let LineFieldProps { index, text, refusal, on_done } = props;
    let field = use_node_ref();
    use_effect_with((), {
        let field = field.clone();
        move |()| {
            if let Some(input) = field.cast::<HtmlInputElement>() {
                input.select();
            }
        }
    });
    let onblur = {
        let on_done = on_done.clone();
        Callback::from(move |event: FocusEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                on_done.emit(input.value());
            }
        })
    };
    let onkeydown = {
        let (on_done, text) = (on_done.clone(), text.clone());
        Callback::from(move |event: KeyboardEvent| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else {
                return;
            };
            match event.key().as_str() {
                "Enter" => on_done.emit(input.value()),
                "Escape" => on_done.emit(text.to_string()),
                _ => {}
            }
        })
    };
    let reason = format!("script-{index}-reason");
    let value =
        refusal.as_ref().map_or_else(|| text.clone(), |refusal| refusal.text.clone().into());
    html! {
        <>
            <input ref={field} type="text" aria-label="Exact fault" maxlength="120" autocomplete="off"
                autocapitalize="off" spellcheck="false" {value} {onblur}
                {onkeydown}
                aria-invalid={refusal.is_some().then_some("true")}
                aria-describedby={refusal.is_some().then(|| reason.clone())} />
            <Reason id={reason} refusal={refusal.clone()} />
            { meant_button(refusal.as_ref().and_then(|refusal| refusal.meant.clone()), on_done) }
        </>
    }
}
