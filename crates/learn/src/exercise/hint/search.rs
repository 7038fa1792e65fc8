//! The slow part of a hint, in small steps: which free settings would help.

use super::Hint;
use crate::claim::{Claim, Known, Need};
use crate::exercise::moves::{Move, with};
use crate::exercise::{Attempt, Exercise};
use ackground_core::experiment::Experiment;
use ackground_core::experiment::change::in_lane;
use ackground_core::measure::Quantity;
use ackground_core::sim::MessageNo;
use ackground_words::story;

/// The most steps of simulated runs that a search for remedies may take: a few tenths of a second.
const MOST_STEPS: u64 = 1_000_000;
/// The most settings named.
const MOST_SETTINGS: usize = 4;
/// The messages simulated per try where a figure misses its goal.
const TRIED: u64 = 500;
/// The share of the way to its goal that a figure must gain to count as closer.
const NEARER: f64 = 0.05;

/// The search for a hint.
///
/// ```
/// use ackground_learn::claim::Known;
/// use ackground_learn::exercise::{Attempt, HintSearch, built_in};
/// use ackground_learn::text::ENGLISH;
///
/// let exercise = built_in("repair-dedup-in-memory", &ENGLISH).expect("it is built in");
/// let attempt = Attempt::of(&exercise);
/// let known = Known::at_once(&attempt.experiment, &exercise.needs());
/// let mut search = HintSearch::new(&exercise, &attempt, &known);
/// while search.advance(10_000) {}
/// assert_eq!(search.answer(), exercise.hint(&attempt, &known));
/// ```
#[derive(Debug)]
pub struct HintSearch {
    exercise: Exercise,
    hint: Option<Hint>,
    work: Work,
}

/// The work left to do.
#[derive(Debug)]
pub(super) enum Work {
    Done,
    /// Find what would have helped a message of this lane, within this many steps.
    Mend(usize, Box<story::Search>, u64),
    /// Find what brings a figure closer to its goal.
    Nearer(Box<Nearer>),
}

/// The free settings, tried one by one.
#[derive(Debug)]
pub(super) struct Nearer {
    experiment: Experiment,
    lane: usize,
    quantity: Quantity,
    more: bool,
    /// The present figure.
    now: f64,
    moves: std::vec::IntoIter<Move>,
    /// How much each setting helps.
    better: Vec<(f64, String)>,
}

impl HintSearch {
    /// Searches for what stands in the way of an attempt, given what is known of its experiment.
    pub fn new(exercise: &Exercise, attempt: &Attempt, known: &Known) -> HintSearch {
        let (hint, work) = match exercise.first(attempt, known) {
            Some((hint, work)) => (Some(hint), work),
            None => (None, Work::Done),
        };
        HintSearch { exercise: exercise.clone(), hint, work }
    }

    /// Advances by this many steps of simulated runs, or by one setting where figures are measured; returns whether
    /// there is more to do.
    pub fn advance(&mut self, steps: u64) -> bool {
        let found = match &mut self.work {
            Work::Done => return false,
            Work::Mend(lane, search, left) => {
                let steps = steps.min(*left);
                *left -= steps;
                if !search.advance(steps) && *left > 0 {
                    return true;
                }
                mending(&self.exercise, *lane, search)
            }
            Work::Nearer(nearer) => {
                if nearer.advance() {
                    return true;
                }
                nearer.best()
            }
        };
        if let Some(hint) = &mut self.hint {
            hint.settings = found;
        }
        self.work = Work::Done;
        false
    }

    /// The hint; `None` if nothing known stands in the way.
    pub fn answer(self) -> Option<Hint> {
        self.hint
    }
}

impl Work {
    /// The search for what would have helped a message.
    pub(super) fn mend(watched: &Experiment, lane: usize, message: MessageNo) -> Work {
        match story::Search::new(watched, lane, message) {
            Some(search) => Work::Mend(lane, Box::new(search), MOST_STEPS),
            None => Work::Done,
        }
    }

    /// The search for free settings that bring a figure closer to its goal.
    pub(super) fn nearer(
        exercise: &Exercise,
        experiment: &Experiment,
        claim: Claim,
        quantity: Quantity,
        more: bool,
    ) -> Work {
        let Some(now) = figure(experiment, claim.lane, quantity) else {
            return Work::Done;
        };
        Work::Nearer(Box::new(Nearer {
            experiment: experiment.clone(),
            lane: claim.lane,
            quantity,
            more,
            now,
            moves: exercise.moves().into_iter(),
            better: Vec::new(),
        }))
    }
}

impl Nearer {
    /// Tries the next setting; false if there is none.
    fn advance(&mut self) -> bool {
        let Some(tried) = self.moves.next() else {
            return false;
        };
        let [(path, _)] = tried.sets.as_slice() else {
            return true;
        };
        if in_lane(path).is_none_or(|(lane, _)| lane != self.lane) {
            return true;
        }
        let changed = with(&self.experiment, &tried.sets);
        let value = changed.and_then(|changed| figure(&changed, self.lane, self.quantity));
        let Some(value) = value else { return true };
        let gain = if self.more { value - self.now } else { self.now - value };
        if gain > self.now.abs() * NEARER {
            match self.better.iter_mut().find(|(_, known)| known == path) {
                Some((best, _)) => *best = best.max(gain),
                None => self.better.push((gain, path.clone())),
            }
        }
        true
    }

    /// The settings that help most, best first.
    fn best(&mut self) -> Vec<String> {
        let mut better = std::mem::take(&mut self.better);
        better.sort_by(|(one, _), (other, _)| other.total_cmp(one));
        let paths = better.into_iter().map(|(_, path)| path);
        paths.take(MOST_SETTINGS).collect()
    }
}

/// The free settings among the remedies, most promising first.
fn mending(exercise: &Exercise, lane: usize, search: &story::Search) -> Vec<String> {
    let mut settings = Vec::new();
    for change in search.remedies().iter().flat_map(|remedy| &remedy.changes) {
        let path = format!("lanes[{lane}].{}", change.path);
        let free = exercise.free.iter().any(|free| free.allows(&path));
        if free && !settings.contains(&path) {
            settings.push(path);
        }
    }
    settings.truncate(MOST_SETTINGS);
    settings
}

fn figure(experiment: &Experiment, lane: usize, quantity: Quantity) -> Option<f64> {
    let need = Need::Measure { messages: TRIED };
    let known = Known::at_once(experiment, &[need]);
    Some(quantity.of(known.figures(TRIED)?.lanes.get(lane)?)?.value)
}
