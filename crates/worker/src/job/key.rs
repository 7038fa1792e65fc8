//! The search for an exercise's answer key as a job. A unit of work is one combination of changes, which costs
//! between a few runs and a few proofs.

use serde::{Deserialize, Serialize};

use crate::protocol::Progress;
use ackground_learn::exercise::{Exercise, KeySearch};
use ackground_learn::submission::Submission;

/// What solves an exercise?
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindKey {
    /// The exercise, as a JSON document.
    exercise: String,
    /// The most combinations to try.
    most: u64,
}

/// The result of a search.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundKey {
    /// A solution, as a submission; `None` if none was found.
    pub submission: Option<String>,
    /// How many combinations were tried.
    pub tried: u64,
    /// If no solution was found: whether every combination was tried.
    pub complete: bool,
}

impl FindKey {
    /// The request for an exercise, limited to `most` combinations.
    #[must_use]
    pub fn of(exercise: &Exercise, most: u64) -> FindKey {
        FindKey { exercise: exercise.to_json_compact(), most }
    }
}

/// A search in progress.
#[derive(Debug)]
pub struct Searching {
    exercise: Exercise,
    search: KeySearch,
    most: u64,
}

impl Searching {
    pub(super) fn begin(ask: FindKey) -> Result<Searching, String> {
        let exercise = Exercise::from_json(&ask.exercise).map_err(|wrong| wrong.to_string())?;
        Ok(Searching {
            search: KeySearch::new(exercise.clone(), ask.most),
            most: ask.most,
            exercise,
        })
    }

    pub(super) fn advance(&mut self, units: u64) -> bool {
        (0..units.max(1)).all(|_| self.search.advance())
    }

    pub(super) fn progress(&self) -> Progress {
        Progress::of(self.search.tried(), self.most)
    }

    pub(super) fn answer(self) -> FoundKey {
        match self.search.answer() {
            Ok(key) => FoundKey {
                tried: key.tried,
                submission: Some(
                    Submission::new(&self.exercise, None, "answer key", key.attempt, 0).to_json(),
                ),
                complete: false,
            },
            Err(none) => FoundKey { tried: none.tried, submission: None, complete: none.complete },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ackground_learn::exercise::built_in;
    use ackground_learn::marking::{Standing, mark};
    use ackground_learn::text::ENGLISH;

    #[test]
    fn a_key_that_is_found_is_marked_as_solved() {
        let exercise = built_in("repair-dedup-in-memory", &ENGLISH).expect("it is built in");
        for units in [1, 7] {
            let mut searching =
                Searching::begin(FindKey::of(&exercise, 500)).expect("it can begin");
            while searching.advance(units) {}
            let found = searching.answer();
            let text = found.submission.expect("there is a solution");
            assert_eq!(mark("key", &text, None).standing, Standing::Solved);
        }
    }

    #[test]
    fn what_cannot_be_found_is_said() {
        let exercise = built_in("charge-twice", &ENGLISH).expect("it is built in");
        let nothing = Searching::begin(FindKey::of(&exercise, 0)).expect("it can begin");
        let found = nothing.answer();
        assert_eq!((found.submission, found.complete), (None, false));
        let broken = FindKey { exercise: "{}".into(), most: 1 };
        assert!(Searching::begin(broken).is_err());
    }
}
