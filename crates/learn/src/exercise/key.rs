//! The answer key of an exercise: found by search, never written down.
//!
//! The search is breadth-first: one change before two. After pairs it tries whole named setups and drops the
//! changes that turn out not to be needed, which is how solutions of four settings are found. A counterexample to
//! one try is replayed against the next ones before anything is proved, so most tries cost a few simulated
//! runs. A solution has passed the same check as a student's attempt.

use super::moves::{Move, with};
use super::{Attempt, Exercise, Goal};
use crate::claim::{Answer, Claim, Evidence, Known, MEASURED, Need, Says, run};
use ackground_core::experiment::Experiment;
use ackground_core::experiment::json::Json;
use ackground_core::experiment::script::Script;
use ackground_core::prove::Bounds;

/// A solution that passed the check.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    /// The settings changed, with their values; none where only a script or a name was asked for.
    pub changes: Vec<(String, Json)>,
    /// The whole attempt, with the script, the guarantees and a right option for each question.
    pub attempt: Attempt,
    /// How many combinations of changes were tried.
    pub tried: u64,
}

/// The search found no solution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoKey {
    /// How many combinations of changes were tried.
    pub tried: u64,
    /// Whether that was every combination within the limit.
    pub complete: bool,
}

/// The most settings changed at once.
const MOST_CHANGES: usize = 4;
/// This many settings are combined before whole setups are tried.
const PAIRS: usize = 2;
/// Proofs start with schedules of at most this many faults.
const CHEAP_FAULTS: u8 = 1;
/// Messages that are enough to see whether a figure is far off.
const FEW: u64 = 500;

impl Exercise {
    /// Searches for a solution with the fewest changes among at most `most` combinations. Takes milliseconds to
    /// minutes, depending on what is free and what has to be proved.
    ///
    /// # Errors
    ///
    /// How many combinations were tried in vain, and whether that was all of them.
    pub fn key(&self, most: u64) -> Result<Key, NoKey> {
        let mut search = KeySearch::new(self.clone(), most);
        while search.advance() {}
        search.answer()
    }
}

/// The search for a solution, one combination at a time.
///
/// ```
/// use ackground_learn::exercise::{KeySearch, built_in};
/// use ackground_learn::text::ENGLISH;
///
/// let exercise = built_in("charge-twice", &ENGLISH).expect("it is built in");
/// let mut search = KeySearch::new(exercise, 10);
/// while search.advance() {}
/// assert!(search.answer().is_ok());
/// ```
#[derive(Debug)]
pub struct KeySearch {
    exercise: Exercise,
    moves: Vec<Move>,
    /// Whole setups to try as well, as a stack: the first one is last.
    wholes: Vec<Vec<(String, Json)>>,
    /// Counterexamples found so far.
    broken: Vec<Evidence>,
    tried: u64,
    most: u64,
    next: Combinations,
    found: Option<Key>,
    /// Whether every combination has been tried.
    out: bool,
}

/// Enumerates combinations of moves, those that change fewer settings first.
#[derive(Debug, Default)]
struct Combinations {
    /// How many settings are changed together.
    size: usize,
    /// The indices of the moves returned last.
    chosen: Vec<usize>,
    /// Whether the enumeration of this size has begun.
    begun: bool,
}

impl Combinations {
    /// The next combination that changes at most `limit` settings, none of them twice.
    fn next(&mut self, moves: &[Move], limit: usize) -> Option<&[usize]> {
        while self.size <= limit {
            if self.step(moves) {
                return Some(&self.chosen);
            }
            (self.size, self.begun) = (self.size + 1, false);
            self.chosen.clear();
        }
        None
    }

    /// Advances within this size; false at its end.
    fn step(&mut self, moves: &[Move]) -> bool {
        let mut from = if self.begun {
            match self.chosen.pop() {
                Some(last) => last + 1,
                None => return false,
            }
        } else {
            self.begun = true;
            if self.size == 0 {
                return true;
            }
            0
        };
        loop {
            let set: usize = self.chosen.iter().map(|at| moves[*at].sets.len()).sum();
            let left = self.size - set;
            let fits = |at: &usize| {
                let made = &moves[*at];
                let mut others = self.chosen.iter();
                made.sets.len() <= left && others.all(|other| !moves[*other].overlaps(made))
            };
            match (from..moves.len()).find(fits) {
                Some(at) => {
                    self.chosen.push(at);
                    if moves[at].sets.len() == left {
                        return true;
                    }
                    from = at + 1;
                }
                None => match self.chosen.pop() {
                    Some(last) => from = last + 1,
                    None => return false,
                },
            }
        }
    }
}

impl KeySearch {
    /// A search among at most `most` combinations.
    pub fn new(exercise: Exercise, most: u64) -> KeySearch {
        // A change in a lane that no goal is about changes nothing.
        let asked = |lane| exercise.goals.iter().any(|goal| goal.is_about(lane));
        let mut moves = exercise.moves();
        moves.retain(|one| one.lane().is_none_or(asked));
        let lanes = (0..exercise.experiment.lanes.len()).filter(|lane| asked(*lane));
        let mut wholes: Vec<_> = lanes.flat_map(|lane| exercise.setups(lane)).collect();
        wholes.reverse();
        KeySearch {
            moves,
            wholes,
            exercise,
            broken: Vec::new(),
            tried: 0,
            most,
            next: Combinations::default(),
            found: None,
            out: false,
        }
    }

    /// Tries one more combination and returns whether there is more to do. Costs up to one proof per goal, but
    /// usually a few runs.
    pub fn advance(&mut self) -> bool {
        if self.found.is_some() || self.out || self.tried >= self.most {
            return false;
        }
        let far = self.next.size > PAIRS || self.tried * 2 >= self.most;
        if let Some(sets) = self.wholes.pop_if(|_| far || self.out) {
            let found = self.attempt(sets);
            self.found = found.map(|key| self.shrunk(key));
        } else {
            let limit = self.limit().min(MOST_CHANGES);
            match self.next.next(&self.moves, limit).map(<[usize]>::to_vec) {
                Some(chosen) => {
                    let sets = chosen.iter().flat_map(|at| self.moves[*at].sets.clone());
                    let sets = sets.collect();
                    self.found = self.attempt(sets);
                }
                None => self.out = self.wholes.is_empty(),
            }
        }
        self.found.is_none() && !self.out && self.tried < self.most
    }

    /// How many combinations were tried so far.
    pub fn tried(&self) -> u64 {
        self.tried
    }

    /// The result.
    ///
    /// # Errors
    ///
    /// How many combinations were tried in vain, and whether that was all of them.
    pub fn answer(self) -> Result<Key, NoKey> {
        let complete = self.out && self.limit() <= MOST_CHANGES;
        let tried = self.tried;
        self.found.ok_or(NoKey { tried, complete })
    }

    /// How many settings may be changed together.
    fn limit(&self) -> usize {
        let most = self.exercise.changes;
        most.map_or(MOST_CHANGES, |most| most.get() as usize)
    }

    /// The same solution without the changes it does not need.
    fn shrunk(&mut self, mut key: Key) -> Key {
        let mut place = key.changes.len();
        while place > 0 {
            place -= 1;
            let mut fewer = key.changes.clone();
            fewer.remove(place);
            if let Some(smaller) = self.attempt(fewer) {
                key = smaller;
            }
        }
        Key { tried: self.tried, ..key }
    }

    fn attempt(&mut self, changes: Vec<(String, Json)>) -> Option<Key> {
        self.tried += 1;
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
        (judgement.answer() == Answer::Yes).then_some(Key { changes, attempt, tried })
    }

    /// Whether a known counterexample breaks this try too, or one with few faults does.
    fn is_broken(&mut self, experiment: &Experiment) -> bool {
        let breaks = |evidence: &Evidence| {
            let watched = evidence.experiment(experiment);
            !run(&watched, evidence.lane).properties.holds(evidence.property)
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
            // Proofs with few faults are fast, and most tries fail there.
            for faults in 0..bounds.faults.min(CHEAP_FAULTS + 1) {
                let few = Need::Prove { lane, bounds: Bounds { faults, ..bounds } };
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

    /// Whether the measured figures are within their goals: quicker to find out than a long proof.
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
        // A few messages are enough to see what is far off.
        let few = Known::at_once(experiment, &[Need::Measure { messages: FEW }]);
        let far =
            |claim: &&Claim| few.figures(FEW).is_some_and(|figures| claim.is_far_off(figures));
        if claims.iter().any(far) {
            return false;
        }
        let known = Known::at_once(experiment, &[Need::Measure { messages: MEASURED }]);
        let holds = |claim: &&Claim| claim.judge(experiment, &known).answer == Answer::Yes;
        claims.iter().all(holds)
    }

    /// Completes the attempt with everything that is not a setting: script, names and predictions.
    fn complete(&self, mut experiment: Experiment) -> Option<Attempt> {
        let exercise = &self.exercise;
        let mut answers = vec![None; exercise.goals.len()];
        let lanes = experiment.clone();
        let proof = |lane, bounds| Known::at_once(&lanes, &[Need::Prove { lane, bounds }]);
        for (place, goal) in exercise.goals.iter().enumerate() {
            match *goal {
                Goal::Claim(_) => {}
                Goal::Break { lane, property, within } => {
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
        Some(Attempt { predictions: predictions.collect(), experiment, answers })
    }
}

/// Whether a single counterexample refutes the claim.
fn keeps_something(claim: &Claim) -> bool {
    matches!(claim.says, Says::Always(_, true, _) | Says::Keeps(..))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exercise::built_in;
    use crate::text::ENGLISH;

    #[test]
    fn combinations_come_once_and_the_small_ones_first() {
        let exercise = built_in("repair-dedup-in-memory", &ENGLISH).expect("it is built in");
        let moves = exercise.moves();
        let mut all = Vec::new();
        let mut next = Combinations::default();
        while let Some(chosen) = next.next(&moves, 2) {
            all.push(chosen.to_vec());
        }
        let sets =
            |chosen: &[usize]| -> usize { chosen.iter().map(|at| moves[*at].sets.len()).sum() };
        assert_eq!(all[0], [0usize; 0], "the setup as it is");
        assert!(all.iter().map(|chosen| sets(chosen)).is_sorted());
        // Cross-check by a different count: singles, and disjoint pairs.
        let ones = |size| moves.iter().filter(move |made| made.sets.len() == size).count();
        let mut pairs = 0;
        for (at, a) in moves.iter().enumerate() {
            let later = moves[at + 1..].iter();
            let apart = later.filter(|b| a.sets.len() + b.sets.len() == 2 && !a.overlaps(b));
            pairs += apart.count();
        }
        assert_eq!(all.len(), 1 + ones(1) + ones(2) + pairs);
        let distinct: std::collections::BTreeSet<_> = all.iter().collect();
        assert_eq!(distinct.len(), all.len());
    }

    #[test]
    fn what_takes_many_settings_is_found_by_a_setup_and_holds_nothing_that_is_not_needed() {
        let text = r#"{"version": 1, "kind": "exercise", "id": "x", "free": ["*"],
            "goals": ["lane 1: keeps exactly-once within 1 fault, 1 message"],
            "experiment": {"version": 1, "lanes": [{"preset": "at-most-once"}, {}, {}]}}"#;
        let exercise = Exercise::from_json(text).expect("it is one");
        let key = exercise.key(3_000).expect("it has a solution");
        assert!(
            key.changes.iter().all(|(path, _)| path.starts_with("lanes[0].")),
            "{:?}",
            key.changes
        );
        for place in 0..key.changes.len() {
            let mut fewer = key.changes.clone();
            fewer.remove(place);
            let Some(experiment) = with(&exercise.experiment, &fewer) else {
                continue;
            };
            let attempt = Attempt { experiment, ..key.attempt.clone() };
            let judged = exercise.check_at_once(&attempt).answer();
            assert_eq!(judged, Answer::No, "{:?} is not needed", key.changes[place]);
        }
    }

    #[test]
    fn a_search_that_is_cut_short_says_so() {
        let exercise = built_in("repair-dedup-in-memory", &ENGLISH).expect("it is built in");
        let cut = exercise.key(1);
        assert_eq!(cut, Err(NoKey { tried: 1, complete: false }));
        assert!(exercise.key(1000).is_ok());
    }
}
