//! Any text where people learn: as an exercise, a submission, a goal, a claim, a text with marks or a reader's
//! progress. It is refused with a sentence, or it is written and read back the same.
#![no_main]

use ackground::learn::state::progress::Progress;
use ackground_learn::claim::Claim;
use ackground_learn::exercise::{Exercise, Goal};
use ackground_learn::marking::{Standing, mark};
use ackground_learn::markup::Markup;
use ackground_learn::submission::Submission;

libfuzzer_sys::fuzz_target!(|text: &str| {
    match Exercise::from_json(text) {
        Ok(exercise) => {
            assert_eq!(Exercise::from_json(&exercise.to_json()).as_ref(), Ok(&exercise));
            assert_eq!(Exercise::from_link(&exercise.to_link()), Some(Ok(exercise)));
        }
        Err(mistakes) => assert!(!mistakes.to_string().is_empty()),
    }
    match Submission::read(text) {
        Ok(read) => {
            assert_eq!(Submission::read(&read.to_json()).as_ref(), Ok(&read));
            assert_eq!(Submission::read(&read.to_line()), Ok(read));
        }
        Err(why) => {
            assert!(!why.to_string().is_empty());
            let marked = mark("any", text, None);
            assert_eq!(marked.standing, Standing::Refused);
            assert!(!marked.remarks.is_empty());
        }
    }
    if let Ok(goal) = text.parse::<Goal>() {
        assert_eq!(goal.to_string().parse(), Ok(goal));
    }
    if let Ok(claim) = text.parse::<Claim>() {
        assert_eq!(claim.to_string().parse(), Ok(claim));
    }
    if let Ok(progress) = Progress::read(text) {
        assert_eq!(Progress::read(&progress.write()), Ok(progress));
    }
    // No text has more marks than letters.
    assert!(Markup::parse(text).plain().len() <= 2 * text.len() + 2);
});
