//! Any exercise: it goes through a file, a link and a variant, and an answer to it through a line.
#![no_main]

use ackground_core::experiment::Seed;
use ackground_learn::exercise::{Attempt, Exercise};
use ackground_learn::submission::{Digest, Submission};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some(exercise) = ackground_fuzz::exercise(bytes) else {
        return;
    };
    assert_eq!(Exercise::from_json(&exercise.to_json()).as_ref(), Ok(&exercise));
    assert_eq!(Exercise::from_link(&exercise.to_link()), Some(Ok(exercise.clone())));
    assert!(exercise.differences(&exercise.experiment).is_empty());

    let seed = Seed::clamp(bytes.len() as u64);
    let variant = exercise.variant(seed);
    assert_eq!(variant, exercise.variant(seed));
    assert_eq!(Exercise::from_json(&variant.to_json()).as_ref(), Ok(&variant));
    assert_eq!(variant.goals.len(), exercise.goals.len());

    let answer = Submission::new(&exercise, Some(seed), "Ada", Attempt::of(&variant), 1);
    assert_eq!(answer.digest, Digest::of(&exercise));
    assert_eq!(Submission::read(&answer.to_line()).as_ref(), Ok(&answer));
    assert_eq!(Submission::read(&answer.to_json()), Ok(answer));
});
