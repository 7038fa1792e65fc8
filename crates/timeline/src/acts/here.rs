//! What is there at a moment: the shapes of a lane that can be acted on, for users without a pointer.

use super::Subject;
use crate::diagram::{Lifeline, LifelineId};
use crate::happened;
use ackground_core::sim::{Event, Step, StepNo, Time, Trace};
use ackground_words::story;

/// The subjects in a lane at a moment, most important first: the steps of the latest event so far, the packets in
/// flight, and the lifelines. Never empty where there are lifelines.
pub fn here(trace: &Trace, lifelines: &[Lifeline], at: Time) -> Vec<Subject> {
    let past = &trace.steps[..happened(trace, at)];
    let latest = past.last().map_or(Time::ZERO, |step| step.at);
    let just = &past[past.partition_point(|step| step.at < latest)..];
    let mut telling: Vec<&Step> = just.iter().filter(|step| story::tells(trace, step)).collect();
    telling.sort_by_key(|step| std::cmp::Reverse(story::importance(trace, step)));
    let mut steps: Vec<StepNo> = Vec::new();
    let mut add = |no: StepNo| {
        if !steps.contains(&no) {
            steps.push(no);
        }
    };
    for step in telling {
        add(shape_of(trace, step));
    }
    for step in past {
        let Event::Sent(no) = step.what else {
            continue;
        };
        if trace.packet(no).arrives >= at {
            add(step.no);
        }
    }
    let nodes = lifelines
        .iter()
        .filter(|line| line.place != LifelineId::Store)
        .map(|line| Subject::Line(line.place, at));
    steps.into_iter().map(Subject::Step).chain(nodes).collect()
}

/// The step whose shape shows this one: for a packet, its departure.
fn shape_of(trace: &Trace, step: &Step) -> StepNo {
    let (Event::Arrived(packet) | Event::Disregarded(packet, _)) = step.what else {
        return step.no;
    };
    let sent = trace.causes(step.no).find(|cause| cause.what == Event::Sent(packet));
    sent.map_or(step.no, |sent| sent.no)
}
