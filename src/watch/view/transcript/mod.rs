//! A lane's whole run in words, to read, search, copy, print, and seek from.

mod entries;
mod filters;

use std::rc::Rc;

use yew::prelude::*;

use self::entries::Entries;
use self::filters::Filters;
use crate::context::{Shown, use_shown};
use crate::controls::use_disclosure;
use crate::hooks::{Copied, link_to, use_clipboard, use_on_paper};
use crate::state::{LaneRun, address};
use ackground_core::experiment::Experiment;
use ackground_timeline::transcript::Filter;
use ackground_words::story;

/// The maximum number of lines printed: a few pages.
const PRINTED: usize = 400;

#[derive(Properties, PartialEq)]
pub struct TranscriptProps {
    pub run: Rc<LaneRun>,
}

/// The transcript, folded until opened; on paper it is unfolded.
#[component]
pub fn Transcript(props: &TranscriptProps) -> Html {
    let shown = use_shown();
    let (open, ontoggle) = use_disclosure();
    let printing = use_on_paper();
    let lane = props.run.lane + 1;
    html! {
        <>
            <details class="transcript" id={format!("transcript-{lane}")} {ontoggle} data-test={format!("transcript-{lane}")}>
                <summary>{ "In words" }</summary>
                if open {
                    <Told run={props.run.clone()} />
                }
            </details>
            if printing { <pre class="written">{ printed(&shown.experiment, &props.run) }</pre> }
        </>
    }
}

/// The run as text for copying and printing, with its link.
fn text(experiment: &Experiment, run: &LaneRun) -> String {
    let mut text = story::written(experiment, run.lane, &run.trace, &run.report);
    text.push('\n');
    text.push_str(&link_to(&address::fragment(experiment)));
    text.push('\n');
    text
}

fn printed(experiment: &Experiment, run: &LaneRun) -> String {
    let text = text(experiment, run);
    let lines = text.lines().count();
    if lines <= PRINTED {
        return text;
    }
    let kept: Vec<&str> = text.lines().take(PRINTED).collect();
    format!("{}\n… and {} lines more.", kept.join("\n"), lines - PRINTED)
}

#[component]
fn Told(props: &TranscriptProps) -> Html {
    let Shown { experiment, .. } = &use_shown();
    let run = &props.run;
    let filter = use_state_eq(Filter::default);
    let on_filter = use_callback(filter.setter(), |wanted, setter| setter.set(wanted));
    let (copied, copy) = use_clipboard();
    let on_copy = {
        let (experiment, run) = (experiment.clone(), run.clone());
        copy.reform(move |_: MouseEvent| text(&experiment, &run))
    };
    let said = match copied {
        Copied::Idle => "Copy",
        Copied::Done => "Copied",
        Copied::Refused => "Refused",
    };
    let lane = run.lane + 1;
    html! {
        <div class="told">
            <Filters lane={run.lane} filter={(*filter).clone()} {on_filter}>
                <button type="button" class="button" data-test={format!("copy-transcript-{lane}")} onclick={on_copy}
                    title="The whole run as plain text, with its link">{ said }</button>
            </Filters>
            if copied == Copied::Refused {
                <label class="by-hand">{ "The browser does not let the page copy. Copy it here:" }
                    <textarea readonly=true rows="6" value={text(experiment, run)} />
                </label>
            }
            <Entries run={run.clone()} filter={(*filter).clone()} />
        </div>
    }
}
