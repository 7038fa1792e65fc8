//! An attempt at an exercise, and its judgement.

use super::free::differences;
use super::{Difference, Exercise};
use crate::claim::{Answer, Held, Known, Need};
use ackground_core::experiment::Experiment;
use ackground_core::prove::Guarantee;
use ackground_words::story;

/// What a student hands in: an experiment, the guarantees that were to be named, and the predictions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// The experiment as it was changed.
    pub experiment: Experiment,
    /// The guarantees that were named, goal by goal; those that are missing were not.
    pub answers: Vec<Option<Guarantee>>,
    /// Which option was chosen, question by question, counted from 0.
    pub predictions: Vec<Option<usize>>,
}

impl Attempt {
    /// Nothing done yet.
    pub fn of(exercise: &Exercise) -> Attempt {
        Attempt {
            experiment: exercise.experiment.clone(),
            answers: vec![None; exercise.goals.len()],
            predictions: vec![None; exercise.predictions.len()],
        }
    }

    /// The guarantee that was named for the goal with this place.
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

/// What came of an attempt.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// What was changed, and whether it may be.
    pub changes: Vec<Difference>,
    /// Whether as many settings may be changed.
    pub few_enough: bool,
    /// Each goal.
    pub goals: Vec<Held>,
    /// Each prediction.
    pub predictions: Vec<Guess>,
}

impl Judgement {
    /// Whether the exercise is solved: nothing was changed that may not be, and every goal is met.
    /// Predictions are no part of it: a wrong one is the best beginning.
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

    /// Whether nothing was changed that may not be, nor too much.
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
    /// What has to be found out about an attempt's experiment before it can be judged, each once.
    pub fn needs(&self) -> Vec<Need> {
        once(self.goals.iter().flat_map(|goal| goal.needs()))
    }

    /// What has to be found out about the given experiment before predictions can be judged, each once.
    pub fn prediction_needs(&self) -> Vec<Need> {
        let options = self.predictions.iter().flat_map(|asked| &asked.options);
        once(options.flat_map(|option| option.claim.needs()))
    }

    /// What was changed, and whether it may be.
    pub fn differences(&self, experiment: &Experiment) -> Vec<Difference> {
        differences(&self.experiment, experiment, &self.free)
    }

    /// The options of a question that are right, counted from 0, given what is known of the given
    /// experiment; `None` while something is missing, or when there is no such question.
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

    /// What an attempt comes to. `known` is what was found out about the attempt's experiment, `given`
    /// about the given one; what is missing in them is unknown in the judgement.
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

    /// What an attempt comes to, found out at once.
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
