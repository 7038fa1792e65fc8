//! The run of every lane in words: what a picture cannot say to those who do not see it.

use std::rc::Rc;

use yew::prelude::*;

use crate::controls::use_disclosure;
use crate::embed::state::Controls;
use crate::state::LaneRun;
use ackground_core::experiment::Experiment;
use ackground_words::story;

/// So many lines of a lane are told; the page has them all.
const TOLD: usize = 150;

/// Which runs.
#[derive(Properties, PartialEq)]
pub struct SpokenProps {
    pub experiment: Rc<Experiment>,
    pub runs: Rc<[Rc<LaneRun>]>,
    /// How much can be touched: a still figure has nothing to unfold, and tells those who listen alone.
    pub controls: Controls,
}

/// The transcripts, folded until asked for.
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

/// The place of each transcript, to which its picture refers; the text is made when it is wanted.
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
