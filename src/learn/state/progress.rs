//! A reader's progress, as a document that the browser stores and a person can export.
//!
//! It is a private note: marking never trusts it. A document that is too long, damaged, or from a newer
//! release is refused with a sentence, and left untouched.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::course::Kept;
use ackground_learn::text::ui;

const VERSION: u64 = 1;
/// The value of `kind` in the document.
pub const KIND: &str = "progress";
/// The maximum length of a document, in bytes.
pub const LONGEST: usize = 400_000;
/// The share of it for unfinished work, in bytes.
const MOST_WORK: usize = 200_000;
/// The maximum length of an exercise's unfinished work, in bytes.
const LONGEST_WORK: usize = 12_000;
/// The maximum number of lessons, and of exercises.
const MOST: usize = 300;
/// The maximum length of an id, a position or a name, in bytes.
const LONGEST_TEXT: usize = 16_000;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Progress {
    version: u64,
    /// Identifies the document as ours.
    #[serde(default)]
    kind: String,
    /// The last position, as written by [`LearnChoices`](crate::learn::choices::LearnChoices).
    pub last: String,
    /// The name for submissions.
    pub who: String,
    /// By id.
    pub lessons: BTreeMap<String, Reading>,
    /// By key.
    pub exercises: BTreeMap<String, Work>,
}

impl Default for Progress {
    fn default() -> Progress {
        Progress {
            version: VERSION,
            kind: KIND.to_owned(),
            last: String::new(),
            who: String::new(),
            lessons: BTreeMap::new(),
            exercises: BTreeMap::new(),
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reading {
    /// The farthest step, from 1.
    pub step: u16,
    pub done: bool,
    pub kept: Kept,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Work {
    pub solved: bool,
    /// Its current state, as a submission line.
    pub line: String,
}

/// An update to the progress.
#[derive(Clone, Debug, PartialEq)]
pub enum Note {
    /// This was opened.
    At(String),
    /// A lesson was read up to this step, from 1.
    Read(String, u16),
    /// A prediction was made, at this step's index. It is final.
    Predicted(String, u16, Vec<u8>),
    Finished(String),
    /// A lesson was restarted.
    Anew(String),
    /// The current state of an exercise.
    Worked(String, String),
    Solved(String),
    Who(String),
    /// Replaces everything.
    Replace(Box<Progress>),
}

impl Progress {
    /// Parses a document.
    ///
    /// # Errors
    ///
    /// Why it is refused, as a sentence.
    pub fn read(text: &str) -> Result<Progress, &'static str> {
        if text.len() > LONGEST {
            return Err(ui("progress.too-long"));
        }
        let read: Progress = serde_json::from_str(text).map_err(|_| ui("progress.damaged"))?;
        if read.kind != KIND {
            return Err(ui("progress.damaged"));
        }
        if read.version != VERSION {
            return Err(ui("progress.newer"));
        }
        Ok(read.bounded())
    }

    /// Serializes it.
    pub fn write(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Empty for a lesson never opened.
    pub fn reading(&self, lesson: &str) -> Reading {
        self.lessons.get(lesson).cloned().unwrap_or_default()
    }

    pub fn solved(&self, exercise: &str) -> bool {
        self.exercises.get(exercise).is_some_and(|work| work.solved)
    }

    /// Applies an update.
    #[must_use]
    pub fn noted(&self, note: Note) -> Progress {
        let mut next = self.clone();
        match note {
            Note::At(place) => next.last = place,
            Note::Read(id, step) => {
                let reading = next.lessons.entry(id).or_default();
                reading.step = reading.step.max(step);
            }
            Note::Predicted(id, place, options) => {
                let reading = next.lessons.entry(id).or_default();
                reading.kept.entry(place).or_insert(options);
            }
            Note::Finished(id) => next.lessons.entry(id).or_default().done = true,
            Note::Anew(id) => {
                let done = next.reading(&id).done;
                let step = 1;
                let kept = Kept::new();
                next.lessons.insert(id, Reading { step, done, kept });
            }
            Note::Worked(key, line) => next.exercises.entry(key).or_default().line = line,
            Note::Solved(key) => next.exercises.entry(key).or_default().solved = true,
            Note::Who(name) => next.who = name,
            Note::Replace(other) => next = *other,
        }
        next.bounded()
    }

    /// Trims it to the limits. What was read and solved is dropped last.
    fn bounded(mut self) -> Progress {
        for text in [&mut self.last, &mut self.who] {
            if text.len() > LONGEST_TEXT {
                text.clear();
            }
        }
        self.lessons.retain(|id, reading| {
            let few = reading.kept.len() <= 64;
            few && id.len() <= 64 && reading.kept.values().all(|options| options.len() <= 16)
        });
        self.exercises.retain(|key, _| key.len() <= 128);
        while self.lessons.len() > MOST {
            self.lessons.pop_last();
        }
        while self.exercises.len() > MOST {
            self.exercises.pop_last();
        }
        let mut left = MOST_WORK;
        for work in self.exercises.values_mut() {
            if work.line.len() > LONGEST_WORK.min(left) {
                work.line.clear();
            }
            left -= work.line.len();
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noted(notes: impl IntoIterator<Item = Note>) -> Progress {
        let empty = Progress::default();
        notes.into_iter().fold(empty, |all, note| all.noted(note))
    }

    #[test]
    fn what_is_written_is_read_again() {
        let progress = noted([
            Note::At("lesson=offsets&step=3".into()),
            Note::Read("offsets".into(), 3),
            Note::Predicted("offsets".into(), 1, vec![2]),
            Note::Finished("messages".into()),
            Note::Worked("lose-one".into(), "ackground-answer.v1.x".into()),
            Note::Solved("lose-one".into()),
            Note::Who("Ada".into()),
        ]);
        assert_eq!(Progress::read(&progress.write()), Ok(progress));
    }

    #[test]
    fn a_prediction_stays_as_it_was_made() {
        let twice = [vec![2], vec![0]].map(|option| Note::Predicted("a".into(), 1, option));
        assert_eq!(noted(twice).reading("a").kept[&1], [2]);
        let anew = noted([
            Note::Predicted("a".into(), 1, vec![2]),
            Note::Finished("a".into()),
            Note::Anew("a".into()),
        ]);
        assert!(anew.reading("a").kept.is_empty() && anew.reading("a").done);
    }

    #[test]
    fn going_back_forgets_nothing() {
        let read = [5, 2].map(|step| Note::Read("a".into(), step));
        assert_eq!(noted(read).reading("a").step, 5);
    }

    #[test]
    fn what_cannot_be_read_is_refused_with_a_sentence() {
        let long = " ".repeat(LONGEST + 1);
        for text in
            ["", "[]", "{\"version\": 1}", "{\"kind\": \"progress\", \"version\": 2}", &long]
        {
            let why = Progress::read(text).expect_err(text);
            assert!(why.ends_with('.'), "{why}");
        }
        let newer = Progress::read("{\"kind\": \"progress\", \"colour\": \"red\"}");
        assert_eq!(newer, Ok(Progress::default()), "a field more is no harm");
    }

    #[test]
    fn it_stays_short_whatever_is_noted() {
        let work = |at: usize| Note::Worked(format!("{at:04}"), "x".repeat(11_000));
        let progress = noted((0..400).map(work));
        let text = progress.write();
        assert!(text.len() < LONGEST, "{}", text.len());
        assert_eq!(progress.exercises.len(), MOST);
        assert_eq!(Progress::read(&text), Ok(progress));
    }
}
