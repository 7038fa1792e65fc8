//! A figure's faults, to remove; undo and redo.

use yew::prelude::*;

use crate::context::{Dispatch, Shown, use_dispatch, use_shown};
use crate::controls::icons;
use crate::hooks::focus_soon;
use crate::state::Action;
use ackground_core::experiment::Experiment;
use ackground_core::experiment::script::Line;
use ackground_words::story;

#[derive(Properties, PartialEq)]
pub struct HandProps {
    /// What undo would do, if anything.
    pub undo: Option<AttrValue>,
    /// What redo would do, if anything.
    pub redo: Option<AttrValue>,
}

/// The script lines with a remove button each; undo and redo; how to inject a fault.
#[component]
pub fn Hand(props: &HandProps) -> Html {
    let Shown { experiment, .. } = &use_shown();
    let dispatch = use_dispatch();
    let HandProps { undo, redo } = props;
    let lines = experiment.faults.script.lines();
    html! {
        <div class="embed-hand" role="group" aria-label="What goes wrong">
            <ul class="embed-lines">
                { for lines.iter().enumerate().map(|(index, one)| line(experiment, index, one, &dispatch)) }
                if lines.is_empty() { <li class="muted">{ "You have not broken anything yet." }</li> }
            </ul>
            <span class="embed-hint muted">{ "Click an arrow or a line to break something." }</span>
            { back("Undo", undo, icons::undo(), Action::Undo, &dispatch) }
            { back("Redo", redo, icons::redo(), Action::Redo, &dispatch) }
        </div>
    }
}

fn line(experiment: &Experiment, index: usize, line: &Line, dispatch: &Dispatch) -> Html {
    let meaning = story::capital(&story::mishap(experiment, line));
    let label = format!("Take away: {meaning}");
    let onclick = dispatch.on(move |_: MouseEvent| {
        // Focus the line that takes its place, or else undo, which brings it back.
        let place = index + 1;
        focus_soon(format!(".embed-lines li:nth-child({place}) button, [data-test=undo]"));
        Action::RemoveLine(index)
    });
    html! {
        <li class="line" key={index} title={meaning}>
            <code>{ line.to_string() }</code>
            <button type="button" class="away" aria-label={label} data-test={format!("embed-away-{}", index + 1)} {onclick}>{ icons::cross() }</button>
        </li>
    }
}

/// It stays focusable when there is nothing to do.
fn back(
    word: &'static str,
    said: &Option<AttrValue>,
    icon: Html,
    action: Action,
    dispatch: &Dispatch,
) -> Html {
    let label = match said {
        Some(said) => format!("{word}: {said}"),
        None => format!("Nothing to {}", word.to_lowercase()),
    };
    html! {
        <button type="button" class="button bare icon" aria-label={label.clone()} title={label} data-test={word.to_lowercase()}
            aria-disabled={said.is_none().then_some("true")} onclick={dispatch.to(action)}>{ icon }</button>
    }
}
