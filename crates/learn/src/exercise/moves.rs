//! Moves to try within the free settings: other values for one setting, and the few that only work together.
//!
//! The candidates for a remedy come first; then every free setting with the values its shape allows, and a
//! few round ones for numbers. Whether a move helps is not known here.

use super::Exercise;
use ackground_core::experiment::change::in_lane;
use ackground_core::experiment::json::Json;
use ackground_core::experiment::label::of_lane;
use ackground_core::experiment::part::{Part, Shape};
use ackground_core::experiment::{Experiment, Family, Lane};
use ackground_words::story;

/// Settings changed together.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Move {
    /// The settings and their values.
    pub(super) sets: Vec<(String, Json)>,
}

impl Move {
    /// Whether both change the same setting.
    pub(super) fn overlaps(&self, other: &Move) -> bool {
        let sets = |path: &String| other.sets.iter().any(|(set, _)| set == path);
        self.sets.iter().any(|(path, _)| sets(path))
    }
}

impl Move {
    /// The lane, counted from 0, whose settings it changes.
    pub(super) fn lane(&self) -> Option<usize> {
        let (path, _) = self.sets.first()?;
        in_lane(path).map(|(lane, _)| lane)
    }
}

/// The experiment with all of these set; `None` if a rule of the format forbids it. A setting that depends on
/// another is set after it.
pub(super) fn with(experiment: &Experiment, sets: &[(String, Json)]) -> Option<Experiment> {
    let mut changed = experiment.clone();
    let mut waiting: Vec<&(String, Json)> = sets.iter().collect();
    while !waiting.is_empty() {
        let before = waiting.len();
        waiting.retain(|(path, value)| match changed.with(path, value.clone()) {
            Ok(next) => {
                changed = next;
                false
            }
            Err(_) => true,
        });
        if waiting.len() == before {
            return None;
        }
    }
    Some(changed)
}

impl Exercise {
    /// What each named setup would change in a lane, counted from 0; only setups whose changes are all free and
    /// within the limit.
    pub(super) fn setups(&self, lane: usize) -> Vec<Vec<(String, Json)>> {
        let most = self.changes.map_or(u64::MAX, |most| most.get());
        let setups = Family::all().flat_map(Family::presets).filter_map(|preset| {
            let mut changed = self.experiment.clone();
            *changed.lanes.get_mut(lane)? = Lane::of_preset(preset);
            let changes = self.differences(&changed);
            let free = changes.iter().all(|change| change.allowed);
            let sets = changes.into_iter().map(|change| (change.path, change.to));
            let sets: Vec<(String, Json)> = sets.collect();
            (free && !sets.is_empty() && sets.len() as u64 <= most).then_some(sets)
        });
        setups.collect()
    }

    /// Every move worth trying, most promising first, without repeats.
    pub(super) fn moves(&self) -> Vec<Move> {
        let mut moves: Vec<Move> = Vec::new();
        let mut add = |sets: Vec<(String, Json)>| {
            let free = |path: &str| self.free.iter().any(|free| free.allows(path));
            let made = Move { sets };
            if made.sets.iter().all(|(path, _)| free(path)) && !moves.contains(&made) {
                moves.push(made);
            }
        };
        for (index, lane) in self.experiment.lanes.iter().enumerate() {
            for changes in story::candidates(lane) {
                let set = |change: story::Change| {
                    (format!("lanes[{index}].{}", change.path), change.value)
                };
                add(changes.into_iter().map(set).collect());
            }
        }
        for (index, lane) in self.experiment.lanes.iter().enumerate() {
            let written = lane.write();
            for setting in of_lane().filter(|setting| setting.path.contains('.')) {
                let path = format!("lanes[{index}].{}", setting.path);
                let now = written.at(&setting.path);
                for value in values(&(setting.field.shape)()) {
                    if Some(&value) != now {
                        add(vec![(path.clone(), value)]);
                    }
                }
            }
        }
        moves
    }
}

/// Round counts.
const COUNTS: [u64; 6] = [1, 2, 3, 5, 10, 100];
/// Round times, in milliseconds.
const TIMES: [u64; 9] = [0, 100, 200, 500, 1_000, 2_000, 10_000, 60_000, 3_600_000];
/// Whole numbers with a maximum above this are times.
const MOST_THINGS: u64 = 1_000;

/// A few values of this shape.
fn values(shape: &Shape) -> Vec<Json> {
    let round = |min: u64, max: u64| {
        let all: &[u64] = if max <= MOST_THINGS { &COUNTS } else { &TIMES };
        let fits = all.iter().copied().filter(move |n| (min..=max).contains(n));
        fits.map(Json::Whole).collect::<Vec<Json>>()
    };
    match shape {
        Shape::Flag => vec![Json::Flag(true), Json::Flag(false)],
        Shape::Words(words) => words.iter().map(|info| Json::text(info.word)).collect(),
        Shape::Whole { min, max } => round(*min, *max),
        Shape::Limit { min, max, word } => {
            let mut all = vec![Json::text(*word)];
            all.extend(round(*min, *max));
            all
        }
        Shape::Number { min, max } => {
            [0, 1, 2].into_iter().filter(|n| (min..=max).contains(&n)).map(Json::Whole).collect()
        }
        Shape::OrNull(inner) => {
            let mut all = vec![Json::Null];
            all.extend(values(inner));
            all
        }
        _ => Vec::new(),
    }
}
