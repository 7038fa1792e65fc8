//! What a figure reports to its host unasked: that it is ready, the outcome of its run, the playhead, the end
//! of playback.

use std::rc::Rc;

use gloo_timers::callback::Timeout;
use yew::prelude::*;

use super::host::Host;
use crate::embed::model::figure::document_title;
use crate::embed::state::message::{LaneOutcome, Outgoing};
use crate::state::{LaneRun, State, address};
use ackground_core::experiment::Experiment;
use ackground_core::sim::Time;

/// Throttles reports of the playhead, in milliseconds; the last position is always reported.
const EVERY_MS: u32 = 100;

/// Reports everything, and again after every hello.
#[hook]
pub fn use_reports(host: &Host, greetings: u32, state: &State) {
    use_outcome(host, greetings, &state.experiment, &state.runs);
    use_course(
        host,
        greetings,
        Course { at: state.playhead, end: state.axis.end(), playing: state.playing },
    );
}

/// The document's title, for screen readers that list a page's frames.
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
    // `ready` is sent once at the start and per hello, but not per change.
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

#[derive(Clone, Copy, PartialEq)]
struct Course {
    at: Time,
    end: Time,
    playing: bool,
}

#[hook]
fn use_course(host: &Host, greetings: u32, course: Course) {
    // What was reported last, and the pending report.
    let told = use_mut_ref(|| None::<(u32, bool)>);
    let waiting = use_mut_ref(|| None::<Timeout>);
    let latest = use_mut_ref(|| course);
    *latest.borrow_mut() = course;
    use_effect_with((host.clone(), greetings, course), move |(host, greetings, course)| {
        let now = (*greetings, course.playing);
        let before = told.replace(Some(now));
        if before == Some(now) {
            // A pending report picks up the latest position when it is sent.
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
