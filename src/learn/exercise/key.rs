//! The answer key of an exercise: found by trying, never written down.
//!
//! The search goes breadth first: one change before two. A schedule that broke one try is run against the
//! next ones before anything is proved, so that most of them cost a few simulated runs. What it finds has
//! passed the same check as a student's attempt.

use super::moves::{Move, with};
use super::{Attempt, Exercise, Goal};
use crate::experiment::Experiment;
use crate::experiment::json::Json;
use crate::experiment::script::Script;
use crate::learn::claim::{Answer, Claim, Evidence, Known, MEASURED, Need, Says, run};
use crate::prove::Bounds;

/// A solution that passed the check.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    /// Which settings were changed, and what to; none where only a script or a name was asked for.
    pub changes: Vec<(String, Json)>,
    /// The whole attempt, with the script, the guarantees and a right option of each question.
    pub attempt: Attempt,
    /// How many combinations of changes were tried.
    pub tried: u64,
}

/// No solution was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoKey {
    /// How many combinations of changes were tried.
    pub tried: u64,
    /// Whether all of them were, of as many changes as are tried.
    pub complete: bool,
}

/// The most settings that are changed at once.
const MOST_CHANGES: usize = 4;
/// Schedules of so many faults are tried before all others.
const CHEAP_FAULTS: u8 = 1;
/// Messages that show whether a figure is far off.
const FEW: u64 = 500;

impl Exercise {
    /// Looks for a solution with the fewest changes among at most `most` combinations. Costs milliseconds
    /// to minutes, by what is free and what is to be proved.
    ///
    /// # Errors
    ///
    /// How many combinations were tried in vain, and whether these were all.
    pub fn key(&self, most: u64) -> Result<Key, NoKey> {
        let mut search = Search {
            exercise: self,
            moves: self.moves(),
            broken: Vec::new(),
            tried: 0,
            most,
        };
        let limit = self
            .changes
            .map_or(MOST_CHANGES, |most| most.get() as usize);
        for size in 0..=limit.min(MOST_CHANGES) {
            if let Some(key) = search.of_size(size, 0, &mut Vec::new()) {
                return Ok(key);
            }
        }
        Err(NoKey {
            tried: search.tried,
            complete: search.tried < search.most && limit <= MOST_CHANGES,
        })
    }
}

struct Search<'a> {
    exercise: &'a Exercise,
    moves: Vec<Move>,
    /// Schedules that broke what should hold.
    broken: Vec<Evidence>,
    tried: u64,
    most: u64,
}

impl Search<'_> {
    /// Tries the combinations of moves from a place on that set so many more settings.
    fn of_size(&mut self, size: usize, from: usize, chosen: &mut Vec<usize>) -> Option<Key> {
        if size == 0 {
            return self.attempt(chosen);
        }
        for place in from..self.moves.len() {
            if self.tried >= self.most {
                return None;
            }
            let made = &self.moves[place];
            let apart = chosen
                .iter()
                .all(|other| !self.moves[*other].overlaps(made));
            let sets = made.sets.len();
            if apart && sets <= size {
                chosen.push(place);
                let key = self.of_size(size - sets, place + 1, chosen);
                chosen.pop();
                if key.is_some() {
                    return key;
                }
            }
        }
        None
    }

    fn attempt(&mut self, chosen: &[usize]) -> Option<Key> {
        self.tried += 1;
        let sets = chosen
            .iter()
            .flat_map(|place| self.moves[*place].sets.clone());
        let changes: Vec<(String, Json)> = sets.collect();
        let experiment = with(&self.exercise.experiment, &changes)?;
        if self.is_broken(&experiment) {
            return None;
        }
        if !self.is_within_figures(&experiment) {
            return None;
        }
        let attempt = self.complete(experiment)?;
        let judgement = self.exercise.check_at_once(&attempt);
        for (goal, held) in self.exercise.goals.iter().zip(&judgement.goals) {
            let keeps = matches!(goal, Goal::Claim(claim) if keeps_something(claim));
            if keeps && held.answer == Answer::No {
                self.broken.extend(held.evidence.clone());
            }
        }
        let tried = self.tried;
        (judgement.answer() == Answer::Yes).then_some(Key {
            changes,
            attempt,
            tried,
        })
    }

    /// Whether a schedule that is known breaks this one too, or one of a single fault does.
    fn is_broken(&mut self, experiment: &Experiment) -> bool {
        let breaks = |evidence: &Evidence| {
            let watched = evidence.experiment(experiment);
            !run(&watched, evidence.lane)
                .properties
                .holds(evidence.property)
        };
        if self.broken.iter().any(breaks) {
            return true;
        }
        let goals = self.exercise.goals.iter().filter_map(|goal| match goal {
            Goal::Claim(claim) if keeps_something(claim) => Some(claim),
            _ => None,
        });
        for claim in goals.copied().collect::<Vec<Claim>>() {
            let Some(Need::Prove { lane, bounds }) = claim.needs().first().copied() else {
                continue;
            };
            // Few faults are proved in a moment, and most tries fail there.
            for faults in 0..bounds.faults.min(CHEAP_FAULTS + 1) {
                let few = Need::Prove {
                    lane,
                    bounds: Bounds { faults, ..bounds },
                };
                let mut known = Known::default();
                if let Some(fact) = few.meet(experiment) {
                    known.add(Need::Prove { lane, bounds }, fact);
                }
                let held = claim.judge(experiment, &known);
                if held.answer == Answer::No {
                    self.broken.extend(held.evidence);
                    return true;
                }
            }
        }
        false
    }

    /// Whether the measured figures are what they should be: known sooner than a long proof.
    fn is_within_figures(&self, experiment: &Experiment) -> bool {
        let goals = self.exercise.goals.iter().filter_map(|goal| match goal {
            Goal::Claim(claim) => Some(claim),
            _ => None,
        });
        let measured = |claim: &&Claim| matches!(claim.says, Says::Figure(..) | Says::Than(..));
        let claims: Vec<&Claim> = goals.filter(measured).collect();
        if claims.is_empty() {
            return true;
        }
        // A few messages show what is far off.
        let few = Known::at_once(experiment, &[Need::Measure { messages: FEW }]);
        let far = |claim: &&Claim| {
            few.figures(FEW)
                .is_some_and(|figures| claim.is_far_off(figures))
        };
        if claims.iter().any(far) {
            return false;
        }
        let known = Known::at_once(experiment, &[Need::Measure { messages: MEASURED }]);
        let holds = |claim: &&Claim| claim.judge(experiment, &known).answer == Answer::Yes;
        claims.iter().all(holds)
    }

    /// The attempt with everything that is not a setting: the script, the names and the predictions.
    fn complete(&self, mut experiment: Experiment) -> Option<Attempt> {
        let exercise = self.exercise;
        let mut answers = vec![None; exercise.goals.len()];
        let lanes = experiment.clone();
        let proof = |lane, bounds| Known::at_once(&lanes, &[Need::Prove { lane, bounds }]);
        for (place, goal) in exercise.goals.iter().enumerate() {
            match *goal {
                Goal::Claim(_) => {}
                Goal::Break {
                    lane,
                    property,
                    within,
                } => {
                    let known = proof(lane, within.bounds());
                    let finding = known.proof(lane, within.bounds())?;
                    let lines = finding.verdict(property).counterexample()?.lines.clone();
                    experiment.faults.script = Script::new(lines)?;
                }
                Goal::Name { lane, within } => {
                    let known = proof(lane, within.bounds());
                    answers[place] = known.proof(lane, within.bounds())?.guarantee;
                }
            }
        }
        let given = Known::at_once(&exercise.experiment, &exercise.prediction_needs());
        let questions = 0..exercise.predictions.len();
        let predictions = questions.map(|question| {
            let right = exercise.right_options(question, &given)?;
            right.first().copied()
        });
        Some(Attempt {
            predictions: predictions.collect(),
            experiment,
            answers,
        })
    }
}

/// Whether a schedule that breaks it says that it does not hold.
fn keeps_something(claim: &Claim) -> bool {
    matches!(claim.says, Says::Always(_, true, _) | Says::Keeps(..))
}
