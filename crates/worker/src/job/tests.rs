//! Every request and answer survives the round trip between page and worker, and the answer does not
//! depend on how the work is sliced.

use super::*;
use crate::protocol::{JobId, Reply, Request, read, write};
use ackground_core::experiment::script::Script;
use ackground_core::experiment::value::{Rate, Text};
use ackground_core::experiment::{Experiment, Lane, Lanes, PresetId};
use ackground_core::measure;
use ackground_core::prove::{Bounds, Kind, prove};

fn question(experiment: &Experiment, lane: usize) -> Prove {
    Prove::of_lane(experiment, lane, Bounds::default()).expect("a lane of the experiment")
}

/// A round trip through the wire format.
fn carried<M>(message: &M) -> M
where
    M: Serialize + serde::de::DeserializeOwned,
{
    read(&write(message).expect("JSON")).expect("the same protocol")
}

#[test]
fn a_proof_in_steps_beyond_the_boundary_finds_what_one_at_once_finds_here() {
    let experiment = Experiment::default();
    for lane in 0..experiment.lanes.len() {
        let here = prove(&experiment, lane, Bounds::default());
        let (id, ask) = (JobId::FIRST, Ask::Prove(question(&experiment, lane)));
        let Request::Start { ask, .. } = carried(&Request::Start { id, ask }) else {
            panic!("another request");
        };
        let mut job = Job::begin(ask).expect("a proof can always begin");
        let mut before = 0.0;
        while job.advance(1 + lane as u64 * 1000) {
            let share = job.progress().share();
            assert!((before..=1.0).contains(&share), "{before}, {share}");
            before = share;
        }
        let count = job.progress().count();
        assert_eq!(count, here.explored.schedules);
        let answer = job.answer();
        let done = carried(&Reply::Done { id, count, answer });
        let answer = Answer::Prove(Box::new(here));
        assert_eq!(done, Reply::Done { id, count, answer });
    }
}

#[test]
fn what_cannot_make_a_difference_asks_nothing_new() {
    let before = Experiment::default();
    let mut after = before.clone();
    after.faults.script = Script::default();
    after.faults.failure = Rate::percent(50);
    after.title = Text::new("Another").expect("a title");
    after.lanes.push(Lane::default());
    assert_ne!(before, after);
    assert_eq!(question(&before, 1), question(&after, 1));
    assert_ne!(question(&before, 1), question(&before, 2), "another lane");
    let mut kinds = Bounds::default();
    kinds.kinds = kinds.kinds.without(Kind::Slow);
    let asked = Prove::of_lane(&before, 1, kinds);
    assert_ne!(asked, Some(question(&before, 1)), "other bounds");
    assert_eq!(Prove::of_lane(&before, 4, kinds), None, "no such lane");
}

#[test]
fn a_measurement_in_parts_beyond_the_boundary_counts_what_one_at_once_counts_here() {
    let experiment = Experiment::default();
    for messages in [1, 90, 1000] {
        let runs = measure::runs(&experiment, messages);
        let here = measure::count(&experiment, 0..runs);
        let mut together = Tallies::none(&experiment);
        // From the last part to the first, each with its own step size.
        for (step, part) in Measure::parts(&experiment, messages).iter().rev().enumerate() {
            let mut job = Job::begin(carried(&Ask::Measure(part.clone()))).expect("it can begin");
            while job.advance(1 + step as u64) {}
            assert_eq!(job.progress().share(), 1.0);
            let Answer::Measure(tallies) = carried(&job.answer()) else {
                panic!("another answer");
            };
            together.merge(&tallies);
        }
        assert_eq!(together, here);
        assert_eq!(together.figures(), here.figures());
    }
}

#[test]
fn a_measurement_of_nothing_has_no_parts_and_names_make_no_difference() {
    let experiment = Experiment::default();
    assert_eq!(Measure::parts(&experiment, 0), []);
    let mut named = experiment.clone();
    named.title = Text::new("Another").expect("a title");
    assert_eq!(Measure::parts(&named, 90), Measure::parts(&experiment, 90));
    assert_ne!(Measure::parts(&named, 99), Measure::parts(&experiment, 90));
}

#[test]
fn every_preset_comes_over_the_boundary() {
    for &preset in PresetId::ALL {
        let lanes = Lanes::new(vec![Lane::of_preset(preset)]).expect("one lane");
        let asked = question(&Experiment::of_lanes(lanes), 0);
        assert_eq!(carried(&asked), asked);
    }
}
