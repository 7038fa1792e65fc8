//! Every lane's run in words, for those who cannot see the picture.

use std::rc::Rc;

use yew::prelude::*;

use crate::controls::use_disclosure;
use crate::embed::state::Controls;
use crate::state::LaneRun;
use ackground_core::experiment::Experiment;
use ackground_words::story;

/// How many lines per lane are included; the page has all of them.
const TOLD: usize = 150;

#[derive(Properties, PartialEq)]
pub struct SpokenProps {
    pub experiment: Rc<Experiment>,
    pub runs: Rc<[Rc<LaneRun>]>,
    /// Controls: a still figure has no disclosure; its transcript is for screen readers only.
    pub controls: Controls,
}

/// The transcripts, folded until opened.
#[component]
pub fn Spoken(props: &SpokenProps) -> Html {
    let (open, ontoggle) = use_disclosure();
    if props.controls == Controls::None {
        return html! { <div class="quiet">{ transcripts(props, true) }</div> };
    }
    html! {
        <details class="embed-words" {ontoggle} data-test="embed-words">
            <summary>{ "In words" }</summary>
            { transcripts(props, open) }
        </details>
    }
}

/// The place of each transcript, which its picture refers to; the text is rendered on demand.
fn transcripts(props: &SpokenProps, wanted: bool) -> Html {
    let transcript = |run: &Rc<LaneRun>| {
        let id = format!("transcript-{}", run.lane + 1);
        let text = wanted.then(|| {
            beginning(story::written(&props.experiment, run.lane, &run.trace, &run.report))
        });
        html! { <pre class="embed-written" key={run.lane} {id}>{ text.unwrap_or_default() }</pre> }
    };
    props.runs.iter().map(transcript).collect()
}

fn beginning(text: String) -> String {
    let lines = text.lines().count();
    if lines <= TOLD {
        return text;
    }
    let kept: Vec<&str> = text.lines().take(TOLD).collect();
    format!("{}\n… and {} lines more.", kept.join("\n"), lines - TOLD)
}
