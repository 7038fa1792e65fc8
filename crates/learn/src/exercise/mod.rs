//! Exercises: an experiment, what may be changed in it, and the goals.
//!
//! An exercise is a public format, version 1, parsed as strictly as an experiment: every mistake is reported
//! with its path.
//!
//! | field | values | default | meaning |
//! |---|---|---|---|
//! | `version` | `1` | required | format version |
//! | `kind` | `"exercise"` | required | what the document is |
//! | `id` | a short id | required | its name in files and submissions |
//! | `title` | text, at most 120 characters | `""` | |
//! | `level` | 1 to 5 | 1 | from easy to hard |
//! | `text` | Markdown, at most 8000 characters | `""` | the situation and the task |
//! | `experiment` | an experiment | required | what is given |
//! | `free` | paths, or `"*"` | `[]` | what may be changed; see [`Free`] |
//! | `hidden` | `guarantee`, `proof`, `measure`, `why`, `settings` | `[]` | what the page hides until it is solved |
//! | `changes` | 0 to 100, or null | null | the most settings that may be changed |
//! | `goals` | 1 to 8 lines | required | what has to be reached; see [`Goal`] |
//! | `predictions` | at most 8 questions | `[]` | asked before anything is shown; see [`Prediction`] |
//! | `variants` | bool | false | whether each student may get a different variant |
//!
//! Which goals are met and which predictions are right is never written down: [`Exercise::check`] finds out
//! by running, proving and measuring the student's own experiment.
//!
//! | file | owns |
//! |---|---|
//! | `document` | reading and writing an exercise as JSON, its link and its schema |
//! | `goal` | goals, and whether they are met |
//! | `free` | what may be changed, and what has been |
//! | `check` | an attempt and its judgement |
//! | `moves` | what can be tried within the free settings |
//! | `key` | the answer key, found by search |
//! | `hint` | what stands in the way, given the student's own setup |
//! | `variant` | the same task with different numbers |
//! | `built_in`, `order` | the built-in exercises, from easy to hard |

mod built_in;
mod check;
mod document;
mod free;
mod goal;
mod hint;
mod key;
mod moves;
mod order;
mod variant;

use crate::claim::Claim;
use ackground_core::experiment::Experiment;
use ackground_core::experiment::scenario::{Label, Prose};
use ackground_core::experiment::value::{Bounded, Id, Text, choice};

pub use built_in::{built_in, built_in_ids};
pub use check::{Attempt, Guess, Judgement};
pub use document::{EXERCISE, EXERCISE_FORM, schema};
pub use free::{Difference, Free};
pub use goal::Goal;
pub use hint::{Hint, HintSearch};
pub use key::{Key, KeySearch, NoKey};
pub(crate) use order::built_in_exercises;

/// How hard an exercise is, from 1 to 5.
pub type Level = Bounded<1, 5>;

/// The text of an exercise.
pub type Task = Text<8000>;

choice! {
    /// What the page does not show of an exercise before it is solved.
    pub enum Hidden {
        /// The label over a lane that names its guarantee.
        Guarantee = "guarantee",
        /// What the prover finds.
        Proof = "proof",
        /// What is measured.
        Measure = "measure",
        /// Why something happened, and what would have prevented it. A hint that is asked for may say so.
        Why = "why",
        /// The settings of the lanes.
        Settings = "settings",
    }
}

/// An exercise.
///
/// ```
/// use ackground_learn::claim::Answer;
/// use ackground_learn::exercise::{Attempt, Exercise};
/// use ackground_core::experiment::json::Json;
///
/// let exercise = Exercise::from_json(r#"{
///     "version": 1, "kind": "exercise", "id": "twice", "title": "Charged twice",
///     "experiment": {"version": 1, "messages": 2, "lanes": [{"preset": "at-least-once"}]},
///     "free": ["lanes[0].consumer"], "changes": 1,
///     "goals": ["lane 1: keeps exactly-once within 1 fault"]
/// }"#)?;
/// let given = Attempt::of(&exercise);
/// assert_eq!(exercise.check_at_once(&given).answer(), Answer::No);
///
/// let experiment = exercise.experiment.with("lanes[0].consumer.dedup", Json::text("atomic"))?;
/// let mended = Attempt { experiment, ..given };
/// assert_eq!(exercise.check_at_once(&mended).answer(), Answer::Yes);
/// # Ok::<(), ackground_core::experiment::Mistakes>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exercise {
    /// Its name in files and submissions.
    pub id: Id,
    /// The title shown above it.
    pub title: Label,
    /// How hard it is.
    pub level: Level,
    /// The situation and the task, in Markdown.
    pub text: Task,
    /// The experiment given.
    pub experiment: Experiment,
    /// What may be changed.
    pub free: Vec<Free>,
    /// What is hidden until it is solved.
    pub hidden: Vec<Hidden>,
    /// The most settings that may be changed.
    pub changes: Option<Bounded<0, 100>>,
    /// What has to be reached, all of it.
    pub goals: Vec<Goal>,
    /// The questions asked before anything is shown.
    pub predictions: Vec<Prediction>,
    /// Whether each student may get a different variant.
    pub variants: bool,
}

impl Exercise {
    /// The most goals.
    pub const MOST_GOALS: usize = 8;
    /// The most questions.
    pub const MOST_PREDICTIONS: usize = 8;
    /// The most entries in `free`.
    pub const MOST_FREE: usize = 64;
}

/// A question about the given experiment, asked before it is run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prediction {
    /// The question.
    pub question: Prose,
    /// Two to six answers, of which those whose claim holds are right.
    pub options: Vec<Choice>,
}

impl Prediction {
    /// The most options.
    pub const MOST_OPTIONS: usize = 6;
}

/// An option of a prediction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its text.
    pub text: Prose,
    /// The claim that makes it right.
    pub claim: Claim,
}
