//! Whatever is asked comes over the boundary and back as it was, and however it is cut, the answer is
//! the same.

use super::*;
use crate::experiment::{Experiment, Lane, Lanes, PresetId};
use crate::prove::{Bounds, prove};
use crate::worker::protocol::{JobId, Reply, Request, read, write};

fn ask(lane: usize) -> Ask {
    Ask::Prove(Prove {
        experiment: Experiment::default(),
        lane,
        bounds: Bounds::default(),
    })
}

/// Through the boundary and back.
fn carried<M>(message: &M) -> M
where
    M: Serialize + serde::de::DeserializeOwned,
{
    read(&write(message).expect("JSON")).expect("the same protocol")
}

#[test]
fn a_proof_in_steps_beyond_the_boundary_finds_what_one_at_once_finds_here() {
    for lane in 0..3 {
        let here = prove(&Experiment::default(), lane, Bounds::default());
        let id = JobId::FIRST;
        let request = carried(&Request::Start { id, ask: ask(lane) });
        let Request::Start { ask, .. } = request else {
            panic!("another request: {request:?}");
        };
        let mut job = Job::begin(ask).expect("a lane of the experiment");
        let mut before = 0.0;
        while job.go_on(1 + lane as u64 * 1000) {
            let share = job.progress().share();
            assert!((before..=1.0).contains(&share), "{before}, {share}");
            before = share;
        }
        let count = job.progress().count();
        assert_eq!(count, here.explored.schedules);
        let answer = job.answer();
        let done = carried(&Reply::Done { id, count, answer });
        let answer = Answer::Prove(here);
        assert_eq!(done, Reply::Done { id, count, answer });
    }
}

#[test]
fn a_lane_that_is_not_there_is_a_sentence() {
    let refused = Job::begin(ask(usize::MAX)).err();
    assert!(refused.is_some_and(|why| why.starts_with("There is no lane")));
}

#[test]
fn every_preset_comes_over_the_boundary() {
    for &preset in PresetId::ALL {
        let lanes = Lanes::new(vec![Lane::of_preset(preset)]).expect("one lane");
        let experiment = Experiment::of_lanes(lanes);
        assert_eq!(carried(&experiment), experiment);
    }
}
