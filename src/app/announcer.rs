//! Screen reader announcements: what an action changed, and how the outcome differs.
//!
//! Silent during playback and slider drags; once those end, the net change is announced.

use std::rc::Rc;

use gloo_timers::callback::Timeout;
use yew::prelude::*;

use crate::context::use_shown;
use crate::hooks::{HEARD, say};
use crate::state::LaneRun;
use ackground_core::audit::Report;
use ackground_words::story::{Judged, change_summary};

/// How long the experiment must be unchanged before it is announced, in milliseconds.
const DEBOUNCE_MS: u32 = 350;

#[derive(Properties, PartialEq)]
pub struct AnnouncerProps {
    /// Whether playback or an edit is in progress, which suppresses announcements.
    pub quiet: bool,
}

/// The page's only live region. Everything else announces through [`say()`].
#[component]
pub fn Announcer(props: &AnnouncerProps) -> Html {
    let shown = use_shown();
    let now = (shown.experiment.clone(), shown.runs.clone());
    let before = use_mut_ref(|| now.clone());
    use_effect_with((now, props.quiet), move |(now, quiet)| {
        let changed = *before.borrow() != *now;
        let waiting = (changed && !quiet).then(|| {
            let now = now.clone();
            Timeout::new(DEBOUNCE_MS, move || {
                let (experiment, runs) = before.replace(now.clone());
                let (old, new) = (reports(&runs), reports(&now.1));
                let said = change_summary(
                    Judged { experiment: &experiment, reports: &old },
                    Judged { experiment: &now.0, reports: &new },
                );
                if !said.is_empty() {
                    say(&said);
                }
            })
        });
        move || drop(waiting)
    });
    html! { <div id={HEARD} class="quiet" role="status" aria-live="polite" aria-atomic="false" data-test="heard"></div> }
}

fn reports(runs: &[Rc<LaneRun>]) -> Vec<&Report> {
    runs.iter().map(|run| &*run.report).collect()
}
