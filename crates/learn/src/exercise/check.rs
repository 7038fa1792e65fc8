//! An attempt at an exercise, and its judgement.

use super::free::differences;
use super::{Difference, Exercise};
use crate::claim::{Answer, Held, Known, Need};
use ackground_core::experiment::Experiment;
use ackground_core::prove::Guarantee;
use ackground_words::story;

/// An attempt: an experiment, the guarantees named, and the predictions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// The experiment as changed.
    pub experiment: Experiment,
    /// The guarantees named, goal by goal; missing ones count as `None`.
    pub answers: Vec<Option<Guarantee>>,
    /// The option chosen for each question, counted from 0.
    pub predictions: Vec<Option<usize>>,
}

impl Attempt {
    /// An untouched attempt.
    pub fn of(exercise: &Exercise) -> Attempt {
        Attempt {
            experiment: exercise.experiment.clone(),
            answers: vec![None; exercise.goals.len()],
            predictions: vec![None; exercise.predictions.len()],
        }
    }

    /// The guarantee named for the goal with this index.
    pub fn answer(&self, goal: usize) -> Option<Guarantee> {
        self.answers.get(goal).copied().flatten()
    }
}

ackground_core::words! {
    /// What became of a prediction.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub enum Guess {
        /// Nothing was chosen.
        None = "none",
        /// An option was chosen that is right.
        Right = "right",
        /// An option was chosen that is not.
        Wrong = "wrong",
        /// An option was chosen of which nothing is known yet.
        Unknown = "unknown",
    }
}

/// The judgement of an attempt.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// What was changed, and whether that was allowed.
    pub changes: Vec<Difference>,
    /// Whether the number of changes is within the limit.
    pub few_enough: bool,
    /// Each goal.
    pub goals: Vec<Held>,
    /// Each prediction.
    pub predictions: Vec<Guess>,
}

impl Judgement {
    /// Whether the exercise is solved: only free settings were changed, and every goal is met. Predictions do
    /// not count: a wrong one is the best way to start.
    pub fn answer(&self) -> Answer {
        if !self.is_free() {
            return Answer::No;
        }
        let answers = || self.goals.iter().map(|goal| goal.answer);
        if answers().all(Answer::is_yes) {
            Answer::Yes
        } else if answers().any(|answer| answer == Answer::No) {
            Answer::No
        } else {
            Answer::Unknown
        }
    }

    /// Whether only free settings were changed, and not too many.
    pub fn is_free(&self) -> bool {
        self.few_enough && self.changes.iter().all(|change| change.allowed)
    }

    /// What is wrong with the changes, a sentence each.
    pub fn objections(&self, exercise: &Exercise) -> Vec<String> {
        let forbidden = self.changes.iter().filter(|change| !change.allowed);
        let mut said: Vec<String> = forbidden.map(Difference::sentence).collect();
        if let Some(most) = exercise.changes.filter(|_| !self.few_enough) {
            let made = story::counted(self.changes.len() as u64, "setting");
            said.push(format!("{made} changed; at most {most} may be."));
        }
        said
    }
}

impl Exercise {
    /// What has to be found out about an attempt's experiment to judge it, without repeats.
    pub fn needs(&self) -> Vec<Need> {
        once(self.goals.iter().flat_map(|goal| goal.needs()))
    }

    /// What has to be found out about the given experiment to judge predictions, without repeats.
    pub fn prediction_needs(&self) -> Vec<Need> {
        let options = self.predictions.iter().flat_map(|asked| &asked.options);
        once(options.flat_map(|option| option.claim.needs()))
    }

    /// What was changed, and whether that is allowed.
    pub fn differences(&self, experiment: &Experiment) -> Vec<Difference> {
        differences(&self.experiment, experiment, &self.free)
    }

    /// The right options of a question, counted from 0, given what is known of the given experiment; `None` while
    /// facts are missing, or if there is no such question.
    pub fn right_options(&self, question: usize, given: &Known) -> Option<Vec<usize>> {
        let mut right = Vec::new();
        for (place, option) in self.predictions.get(question)?.options.iter().enumerate() {
            match option.claim.judge(&self.experiment, given).answer {
                Answer::Yes => right.push(place),
                Answer::No => {}
                Answer::Unknown => return None,
            }
        }
        Some(right)
    }

    /// Judges an attempt. `known` holds the facts about the attempt's experiment, `given` those about the given
    /// one; whatever depends on missing facts is unknown.
    pub fn check(&self, attempt: &Attempt, known: &Known, given: &Known) -> Judgement {
        let changes = self.differences(&attempt.experiment);
        let goals = self.goals.iter().enumerate();
        let questions = self.predictions.iter().enumerate();
        Judgement {
            few_enough: self.changes.is_none_or(|most| changes.len() as u64 <= most.get()),
            changes,
            goals: goals.map(|(place, goal)| goal.judge(place, attempt, known)).collect(),
            predictions: questions
                .map(|(place, asked)| {
                    let chosen = attempt.predictions.get(place).copied().flatten();
                    let Some(chosen) = chosen.and_then(|place| asked.options.get(place)) else {
                        return Guess::None;
                    };
                    match chosen.claim.judge(&self.experiment, given).answer {
                        Answer::Yes => Guess::Right,
                        Answer::No => Guess::Wrong,
                        Answer::Unknown => Guess::Unknown,
                    }
                })
                .collect(),
        }
    }

    /// Judges an attempt, finding out everything it takes on the spot.
    pub fn check_at_once(&self, attempt: &Attempt) -> Judgement {
        let known = Known::at_once(&attempt.experiment, &self.needs());
        let given = Known::at_once(&self.experiment, &self.prediction_needs());
        self.check(attempt, &known, &given)
    }
}

fn once(needs: impl Iterator<Item = Need>) -> Vec<Need> {
    let mut kept: Vec<Need> = Vec::new();
    for need in needs {
        if !kept.contains(&need) {
            kept.push(need);
        }
    }
    kept
}
