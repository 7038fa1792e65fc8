//! Marking: every submission is run again and proved; nothing it claims is believed.
//!
//! A marker knows one exercise, or all the built-in ones. Its input can be anything: a file that is no
//! submission, one cut off or tampered with, one for another exercise, one that changed locked settings. Each
//! is reported as such, and none costs more than the exercise itself does.
//!
//! | file | owns |
//! |---|---|
//! | this one | a submission and its mark |
//! | `heap` | many of them: splitting a text, comparing names |
//! | `csv` | marks as CSV |

mod csv;
mod heap;

pub use csv::csv;
pub use heap::{exercise_in, name_repeats, papers};

use super::claim::{Answer, Known, Need};
use super::exercise::{Attempt, Exercise, Guess, built_in};
use super::submission::{Digest, Submission, Unread};
use super::text::ENGLISH;
use ackground_core::experiment::{Experiment, Seed};

/// The mark of a submission.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Marked {
    /// Its source: the name of a file.
    pub source: String,
    /// Who handed it in; empty if unreadable.
    pub who: String,
    /// The id of the exercise; empty if unreadable.
    pub exercise: String,
    /// The seed of the variant.
    pub variant: Option<Seed>,
    /// Its result.
    pub standing: Standing,
    /// The goals; none if the submission was refused.
    pub goals: Vec<MarkedGoal>,
    /// The predictions.
    pub predictions: Vec<Guess>,
    /// How often it was checked before it was handed in: the one thing taken on trust.
    pub attempts: u64,
    /// How many settings were changed.
    pub changes: usize,
    /// Further remarks, a sentence each: why it was refused, which locked settings were changed.
    pub remarks: Vec<String>,
}

ackground_core::words! {
    /// What a submission comes to.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub enum Standing {
        /// Every goal is met, and nothing was changed that may not be.
        Solved = "solved",
        /// A goal is not met, or something was changed that may not be.
        NotSolved = "not solved",
        /// A bound stopped the search before it was known.
        Undecided = "undecided",
        /// It is no submission, or not one for this exercise.
        Refused = "refused",
    }
}

/// A goal and its result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkedGoal {
    /// The goal, as a sentence.
    pub goal: String,
    /// Whether it was met.
    pub answer: Answer,
    /// What was found.
    pub found: String,
}

/// Marks a submission: a document or a pasted line. `exercise` is the assigned one; without it the submission
/// has to be about a built-in exercise, or bring its own, which the mark then mentions.
///
/// Costs what the exercise's check costs: a proof for each of its goals.
///
/// ```
/// use ackground_learn::exercise::{Attempt, built_in};
/// use ackground_learn::marking::{Standing, mark};
/// use ackground_learn::submission::Submission;
/// use ackground_learn::text::ENGLISH;
///
/// let exercise = built_in("charge-twice", &ENGLISH).expect("it is built in");
/// let empty = Submission::new(&exercise, None, "Ada", Attempt::of(&exercise), 0);
/// let marked = mark("ada.json", &empty.to_json(), Some(&exercise));
/// assert_eq!((marked.standing, marked.who.as_str()), (Standing::NotSolved, "Ada"));
/// ```
pub fn mark(source: &str, text: &str, exercise: Option<&Exercise>) -> Marked {
    let marking = Marking::begin(source, text, exercise);
    let facts = |about| match marking.experiment(about) {
        Some(experiment) => Known::at_once(experiment, &marking.needs(about)),
        None => Known::default(),
    };
    marking.marked(&facts(About::Attempt), &facts(About::Given))
}

/// A readable submission on its way to a mark: the exercise is known, and what remains to be found out can be
/// handed to workers.
///
/// ```
/// use ackground_learn::exercise::{Attempt, built_in};
/// use ackground_learn::marking::{About, Marking, Standing};
/// use ackground_learn::submission::Submission;
/// use ackground_learn::text::ENGLISH;
///
/// let exercise = built_in("repair-dedup-in-memory", &ENGLISH).expect("it is built in");
/// let empty = Submission::new(&exercise, None, "Ada", Attempt::of(&exercise), 0);
/// let marking = Marking::begin("ada.json", &empty.to_json(), None);
/// assert!(!marking.needs(About::Attempt).is_empty());
/// let open = marking.marked(&Default::default(), &Default::default());
/// assert_eq!(open.standing, Standing::Undecided);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Marking {
    marked: Marked,
    open: Option<Open>,
}

/// A marking in progress.
#[derive(Clone, Debug, PartialEq)]
struct Open {
    exercise: Exercise,
    attempt: Attempt,
    /// Whether only free settings were changed. If not, it is not even simulated: that could cost
    /// anything.
    allowed: bool,
}

/// The experiment that something has to be found out about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// The one handed in.
    Attempt,
    /// The one given, which the predictions are about.
    Given,
}

impl Marking {
    /// Reads a submission as [`mark`] does, but simulates nothing.
    pub fn begin(source: &str, text: &str, exercise: Option<&Exercise>) -> Marking {
        let mut marked = Marked::nothing(source);
        let open = match Submission::read(text) {
            Ok(submission) => open(&mut marked, submission, exercise),
            Err(unread) => {
                marked.remarks.push(unread_in_a_line(&unread));
                None
            }
        };
        Marking { marked, open }
    }

    /// The experiment handed in or given; `None` if there is nothing to find out.
    pub fn experiment(&self, about: About) -> Option<&Experiment> {
        let open = self.open.as_ref().filter(|open| open.allowed)?;
        Some(match about {
            About::Attempt => &open.attempt.experiment,
            About::Given => &open.exercise.experiment,
        })
    }

    /// What has to be found out about it, without repeats.
    pub fn needs(&self, about: About) -> Vec<Need> {
        match (self.open.as_ref().filter(|open| open.allowed), about) {
            (None, _) => Vec::new(),
            (Some(open), About::Attempt) => open.exercise.needs(),
            (Some(open), About::Given) => open.exercise.prediction_needs(),
        }
    }

    /// The mark, given the facts about the attempt and about the given experiment. Whatever depends on missing
    /// facts is undecided.
    pub fn marked(&self, attempt: &Known, given: &Known) -> Marked {
        let mut marked = self.marked.clone();
        if let Some(open) = &self.open {
            open.judge(&mut marked, attempt, given);
        }
        marked
    }
}

impl Open {
    fn judge(&self, marked: &mut Marked, attempt: &Known, given: &Known) {
        let exercise = &self.exercise;
        let judgement = exercise.check(&self.attempt, attempt, given);
        marked.remarks.extend(judgement.objections(exercise));
        marked.standing = match judgement.answer() {
            Answer::Yes => Standing::Solved,
            Answer::No => Standing::NotSolved,
            Answer::Unknown => Standing::Undecided,
        };
        let held = exercise.goals.iter().zip(&judgement.goals);
        let goals = held.map(|(goal, held)| MarkedGoal {
            goal: goal.sentence(&exercise.experiment),
            answer: held.answer,
            found: held.sentence.clone(),
        });
        marked.goals = goals.collect();
        marked.predictions = judgement.predictions;
    }
}

impl Marked {
    /// How many goals are met, out of how many.
    pub fn met(&self) -> (usize, usize) {
        let met = self.goals.iter().filter(|goal| goal.answer.is_yes());
        (met.count(), self.goals.len())
    }

    /// How many predictions are right, out of how many.
    pub fn right(&self) -> (usize, usize) {
        let right = self.predictions.iter();
        let right = right.filter(|guess| **guess == Guess::Right);
        (right.count(), self.predictions.len())
    }

    /// The mark of something unreadable, with the reason.
    pub fn refused(source: &str, why: &str) -> Marked {
        Marked { remarks: vec![why.to_owned()], ..Marked::nothing(source) }
    }

    fn nothing(source: &str) -> Marked {
        Marked {
            source: source.to_owned(),
            who: String::new(),
            exercise: String::new(),
            variant: None,
            standing: Standing::Refused,
            goals: Vec::new(),
            predictions: Vec::new(),
            attempts: 0,
            changes: 0,
            remarks: Vec::new(),
        }
    }
}

fn unread_in_a_line(unread: &Unread) -> String {
    unread.to_string().lines().collect::<Vec<_>>().join(" ")
}

/// What has to be found out about a submission; `None` if it is refused, and the mark says why.
fn open(marked: &mut Marked, submission: Submission, set: Option<&Exercise>) -> Option<Open> {
    marked.who = submission.who.to_string();
    marked.exercise = submission.id.to_string();
    marked.variant = submission.variant;
    marked.attempts = submission.attempts.get();
    let mut refuse = |why: String| {
        marked.remarks.push(why);
        None
    };
    let (exercise, remark) = match about(&submission, set) {
        Ok(about) => about,
        Err(why) => return refuse(why),
    };
    if submission.variant.is_some() && !exercise.variants {
        let why = "It is about a variant, and this exercise has none.";
        return refuse(why.to_owned());
    }
    let exercise = match submission.variant {
        Some(seed) => exercise.variant(seed),
        None => exercise,
    };
    let attempt = submission.attempt;
    let (goals, questions) = (exercise.goals.len(), exercise.predictions.len());
    if attempt.answers.len() > goals || attempt.predictions.len() > questions {
        return refuse("It has more answers than there are questions.".to_owned());
    }
    marked.remarks.extend(remark);
    let changes = exercise.differences(&attempt.experiment);
    marked.changes = changes.len();
    let few = exercise.changes.is_none_or(|most| changes.len() as u64 <= most.get());
    let allowed = few && changes.iter().all(|change| change.allowed);
    Some(Open { exercise, attempt, allowed })
}

/// The exercise to mark a submission against, with any remarks on it.
fn about(
    submission: &Submission,
    set: Option<&Exercise>,
) -> Result<(Exercise, Option<String>), String> {
    let id = &submission.id;
    if let Some(set) = set {
        return if *id != set.id {
            Err(format!("It is about another exercise: \"{id}\", not \"{}\".", set.id))
        } else if submission.digest != Digest::of(set) {
            Err(format!("It is about another version of \"{id}\" than the one that was set."))
        } else {
            Ok((set.clone(), None))
        };
    }
    if let Some(known) = built_in(id.as_str(), &ENGLISH) {
        return if submission.digest == Digest::of(&known) {
            Ok((known, None))
        } else {
            Err(format!("It is about another version of \"{id}\" than the one that is built in."))
        };
    }
    let Some(own) = submission.whole.as_deref() else {
        return Err(format!("The exercise \"{id}\" is not known here: add its file."));
    };
    if own.id != *id || Digest::of(own) != submission.digest {
        return Err("The exercise inside it was changed.".to_owned());
    }
    let remark = "Marked by the exercise inside it: its goals are only as good as their author.";
    Ok((own.clone(), Some(remark.to_owned())))
}

#[cfg(test)]
mod tests;
