//! A counterexample: its script lines with their meaning, and what can be done with it.

use yew::prelude::*;

use crate::context::{Shown, use_dispatch, use_shown};
use crate::hooks::{Copied, focus_soon, link_to, use_clipboard};
use crate::state::{Action, address};
use ackground_core::audit::Property;
use ackground_core::experiment::Experiment;
use ackground_core::experiment::script::Line;
use ackground_core::prove::{Bounds, Counterexample};
use ackground_words::story;

/// The lines of a schedule, as a script and as sentences.
pub fn lines(experiment: &Experiment, found: &Counterexample) -> Html {
    if found.lines.is_empty() {
        return html! { <p class="schedule-none">{ "No fault is needed." }</p> };
    }
    let line = |line: &Line| {
        html! {
            <li key={line.to_string()}>
                <code>{ line.to_string() }</code>
                <span>{ story::mishap(experiment, line) }</span>
            </li>
        }
    };
    html! { <ul class="schedule">{ for found.lines.iter().map(line) }</ul> }
}

#[derive(Properties, PartialEq)]
pub struct ScheduleToolsProps {
    pub found: Counterexample,
    pub bounds: Bounds,
    /// The lane's index.
    pub lane: usize,
    pub property: Property,
    /// The popover that contains it, which is closed by an action.
    #[prop_or_default]
    pub menu: Option<AttrValue>,
    /// Where it is shown, for tests.
    pub place: &'static str,
}

/// Two buttons: watch it, and copy its link.
#[component]
pub fn ScheduleTools(props: &ScheduleToolsProps) -> Html {
    let Shown { experiment, .. } = &use_shown();
    let dispatch = use_dispatch();
    let ScheduleToolsProps { found, bounds, lane, property, menu, place } = props;
    let (copied, copy) = use_clipboard();
    let (lane, property, messages) = (*lane, *property, bounds.messages);
    let name = story::property(property).broken;
    let test = |what: &str| format!("{what}-{place}-{}-{}", lane + 1, property.word());
    let watch = {
        let lines = found.lines.clone();
        dispatch.on(move |_: MouseEvent| {
            focus_soon(format!("#lane-{}", lane + 1));
            Action::WatchFaults { lines: lines.clone(), messages, lane, property: Some(property) }
        })
    };
    let link = || link_to(&address::fragment(&found.experiment(experiment, *bounds)));
    let onclick = {
        let link = link();
        copy.reform(move |_: MouseEvent| link.clone())
    };
    html! {
        <div class="schedule-tools">
            <button type="button" class="button solid" popovertarget={menu.clone()}
                popovertargetaction={menu.as_ref().map(|_| "hide")} data-test={test("watch")} onclick={watch}
                aria-label={format!("Watch it: {name}, lane {}", lane + 1)}>{ "Watch it" }</button>
            <button type="button" class="button" data-test={test("copy")} {onclick}
                aria-label={format!("Copy link: {name}, lane {}", lane + 1)}>
                { if copied == Copied::Done { "Copied" } else { "Copy link" } }
            </button>
            <span class="quiet" role="status">{ if copied == Copied::Done { "The link is in the clipboard." } else { "" } }</span>
            if copied == Copied::Refused {
                <input type="text" readonly=true value={link()} aria-label="The link, to copy by hand" />
            }
        </div>
    }
}
