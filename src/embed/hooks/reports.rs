//! What a figure tells its host by itself: that it is ready, what its run comes to, where the playhead is, that it
//! has ended.

use std::rc::Rc;

use gloo_timers::callback::Timeout;
use yew::prelude::*;

use super::host::Host;
use crate::embed::model::figure::document_title;
use crate::embed::state::message::{LaneOutcome, Outgoing};
use crate::state::{LaneRun, State, address};
use ackground_core::experiment::Experiment;
use ackground_core::sim::Time;

/// The playhead is told of at most so often, in milliseconds; the last place always.
const EVERY_MS: u32 = 100;

/// Tells all of it, and all of it again when the host has greeted again.
#[hook]
pub fn use_reports(host: &Host, greetings: u32, state: &State) {
    use_outcome(host, greetings, &state.experiment, &state.runs);
    use_course(
        host,
        greetings,
        Course { at: state.playhead, end: state.axis.end(), playing: state.playing },
    );
}

/// The title of the document, for those who list the frames of a page.
#[hook]
pub fn use_document_title(experiment: &Rc<Experiment>, runs: &Rc<[Rc<LaneRun>]>) {
    use_effect_with((experiment.clone(), runs.clone()), |(experiment, runs)| {
        if let Some(document) = web_sys::window().and_then(|window| window.document()) {
            document.set_title(&document_title(experiment, runs));
        }
    });
}

#[hook]
fn use_outcome(host: &Host, greetings: u32, experiment: &Rc<Experiment>, runs: &Rc<[Rc<LaneRun>]>) {
    let known = (host.clone(), greetings, experiment.clone(), runs.clone());
    // Ready is said at first and to each greeting, not with each change.
    let ready = use_mut_ref(|| None::<u32>);
    use_effect_with(known, move |(host, greetings, experiment, runs)| {
        let title = document_title(experiment, runs);
        if ready.replace(Some(*greetings)) != Some(*greetings) {
            host.tell(&Outgoing::Ready {
                version: env!("CARGO_PKG_VERSION"),
                title: title.clone(),
                greeted: *greetings > 0,
            });
        }
        let lanes = runs.iter().map(|run| LaneOutcome::of(experiment, run));
        host.tell(&Outgoing::Outcome {
            experiment: address::fragment(experiment),
            title,
            lanes: lanes.collect(),
        });
    });
}

/// Where the playhead is.
#[derive(Clone, Copy, PartialEq)]
struct Course {
    at: Time,
    end: Time,
    playing: bool,
}

#[hook]
fn use_course(host: &Host, greetings: u32, course: Course) {
    // What was told last, and what waits to be told.
    let told = use_mut_ref(|| None::<(u32, bool)>);
    let waiting = use_mut_ref(|| None::<Timeout>);
    let latest = use_mut_ref(|| course);
    *latest.borrow_mut() = course;
    use_effect_with((host.clone(), greetings, course), move |(host, greetings, course)| {
        let now = (*greetings, course.playing);
        let before = told.replace(Some(now));
        if before == Some(now) {
            // Later ones of a wait are told by its end, which looks for the latest.
            if waiting.borrow().is_none() {
                let (host, slot) = (host.clone(), waiting.clone());
                let wait = Timeout::new(EVERY_MS, move || {
                    slot.borrow_mut().take();
                    tell(&host, *latest.borrow());
                });
                waiting.replace(Some(wait));
            }
            return;
        }
        waiting.take();
        tell(host, *course);
        let has_played = before.is_some_and(|(_, playing)| playing);
        if has_played && !course.playing && course.at >= course.end {
            host.tell(&Outgoing::Ended);
        }
    });
}

fn tell(host: &Host, course: Course) {
    host.tell(&Outgoing::Change {
        at_ms: Outgoing::milliseconds(course.at),
        end_ms: Outgoing::milliseconds(course.end),
        playing: course.playing,
    });
}
