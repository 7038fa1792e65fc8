//! Below a figure: the run in words, for those who cannot see the picture, and the link to the full page.

use yew::prelude::*;

use crate::context::{Shown, use_shown};
use crate::controls::{icons, use_disclosure};
use crate::embed::state::{Controls, Figure};
use crate::hooks::page_link;
use crate::state::{Views, address};
use ackground_core::sim::Time;
use ackground_words::story;

#[derive(Properties, PartialEq)]
pub struct FootProps {
    pub views: Views,
    /// The paused moment, if any.
    pub moment: Option<Time>,
}

/// The footer. Its link opens the figure's current state.
#[component]
pub fn Foot(props: &FootProps) -> Html {
    let shown = use_shown();
    let fragment = use_memo(shown.experiment, |experiment| address::fragment(experiment));
    let whole = address::with_moment(address::with_view(&fragment, &props.views), props.moment);
    html! {
        <footer class="embed-foot">
            if Figure::of(&props.views).plays() { <Spoken /> }
            <a class="embed-open" href={page_link(&whole)} target="_blank" rel="noopener" data-test="embed-open">
                { icons::logo() }<span>{ "Open in Ackground" }</span>
                <span class="quiet">{ " (in a new tab)" }</span>
            </a>
        </footer>
    }
}

/// How many lines per lane are included; the page has all of them.
const TOLD: usize = 150;

/// The transcripts, folded until opened.
#[component]
fn Spoken() -> Html {
    let shown = use_shown();
    let (open, ontoggle) = use_disclosure();
    // A still figure has no disclosure; its transcript is for screen readers only.
    if shown.density.controls() == Controls::None {
        return html! { <div class="quiet">{ told(&shown, true) }</div> };
    }
    html! {
        <details class="embed-words" {ontoggle} data-test="embed-words">
            <summary>{ "In words" }</summary>
            { told(&shown, open) }
        </details>
    }
}

/// The place of each transcript, which its picture refers to; the text is rendered on demand.
fn told(shown: &Shown, wanted: bool) -> Html {
    let transcripts = shown.runs.iter().map(|run| {
        let id = format!("transcript-{}", run.lane + 1);
        let text = wanted.then(|| {
            beginning(story::written(&shown.experiment, run.lane, &run.trace, &run.report))
        });
        html! { <pre class="embed-written" key={run.lane} {id}>{ text.unwrap_or_default() }</pre> }
    });
    transcripts.collect()
}

fn beginning(text: String) -> String {
    let lines = text.lines().count();
    if lines <= TOLD {
        return text;
    }
    let kept: Vec<&str> = text.lines().take(TOLD).collect();
    format!("{}\n… and {} lines more.", kept.join("\n"), lines - TOLD)
}
