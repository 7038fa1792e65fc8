//! A proof in progress, and its finding.

use serde::{Deserialize, Serialize};

use super::bounds::Bounds;
use super::fault::Window;
use super::lane::{self, LaneModel, LaneWorld};
use super::search::{Limits, Search, Stopped};
use super::spans::Spans;
use crate::audit::Property;
use crate::experiment::Experiment;
use crate::experiment::script::{Line, Script};

/// Searches every schedule within the bounds for one lane, counted from 0.
///
/// Ignores the experiment's own rates, script and number of messages; its seed still decides how
/// long packets travel. Cost: about ten milliseconds with the default bounds, and ten to thirty
/// times as much for each further fault.
///
/// # Panics
///
/// If the experiment has no such lane.
pub fn prove(experiment: &Experiment, lane: usize, bounds: Bounds) -> Finding {
    let mut proof = Proof::new(experiment, lane, bounds);
    while proof.advance(u64::MAX) {}
    proof.finding()
}

/// A search that runs in slices, so that a page stays responsive and a worker can be told to stop.
#[derive(Debug)]
pub struct Proof {
    experiment: Experiment,
    lane: usize,
    bounds: Bounds,
    windows: Vec<Window>,
    search: Search<LaneWorld, super::fault::Fault>,
}

impl Proof {
    /// How many worlds are remembered, at about a hundred bytes each.
    const MOST_WORLDS: usize = 1_000_000;

    /// A search that has seen only the fault-free run. Bounds beyond what is possible are
    /// [clamped](Bounds::clamped).
    ///
    /// # Panics
    ///
    /// If the experiment has no such lane.
    pub fn new(experiment: &Experiment, lane: usize, bounds: Bounds) -> Proof {
        let bounds = bounds.clamped();
        let experiment = lane::bare(experiment, u64::from(bounds.messages));
        let windows = lane::windows(&experiment, lane, bounds.kinds);
        let limits = Limits {
            runs: bounds.most_runs,
            events: bounds.most_events,
            worlds: Proof::MOST_WORLDS,
        };
        let model = LaneModel::new(&experiment, lane, bounds.kinds, &windows);
        let search = Search::new(&model, bounds.faults, limits);
        Proof { experiment, lane, bounds, windows, search }
    }

    /// Simulates about this many more events (a few million a second); returns whether any remain.
    pub fn advance(&mut self, events: u64) -> bool {
        let model = LaneModel::new(&self.experiment, self.lane, self.bounds.kinds, &self.windows);
        self.search.advance(&model, events)
    }

    /// Progress from 0 to 1, a rough estimate.
    pub fn progress(&self) -> f64 {
        self.search.progress()
    }

    /// How many schedules have been covered.
    pub fn schedules(&self) -> u64 {
        self.search.found().schedules.iter().sum()
    }

    /// What has been found so far. In an unfinished proof what is broken stays broken, but no
    /// property holds yet.
    pub fn finding(&self) -> Finding {
        let found = self.search.found();
        let complete = self.search.is_complete();
        let verdicts = Property::ALL.map(|property| {
            let faults = found.broken[property as usize].as_ref();
            match faults {
                Some(faults) => Verdict::Broken(Counterexample {
                    lines: faults
                        .iter()
                        .map(|fault| fault.line(&self.experiment.scenario))
                        .collect(),
                }),
                None if complete => Verdict::Holds,
                None => Verdict::Unknown,
            }
        });
        Finding {
            bounds: self.bounds,
            spans: Spans::of(&self.experiment, self.lane, self.bounds.kinds),
            guarantee: Guarantee::of(
                &verdicts[Property::NoLoss as usize],
                &verdicts[Property::NoDuplicates as usize],
            ),
            verdicts,
            explored: Explored {
                schedules: self.schedules(),
                runs: found.runs,
                faults: (found.schedules.len() as u8).checked_sub(1),
                complete,
                stopped_by: match complete {
                    true => None,
                    false => Some(self.search.stopped_by().unwrap_or(Stopped::Cancelled)),
                },
            },
        }
    }
}

/// What a search found about one lane.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The bounds that were searched.
    pub bounds: Bounds,
    /// How long the faults lasted.
    pub spans: Spans,
    /// What the lane guarantees; `None` if that is not known.
    pub guarantee: Option<Guarantee>,
    /// One verdict per property, in the order of [`Property::ALL`].
    pub verdicts: [Verdict; Property::ALL.len()],
    /// What was covered.
    pub explored: Explored,
}

impl Finding {
    /// Whether the lane keeps a guarantee's promise, if that is known: at most once never
    /// duplicates, at least once never loses, exactly once does neither. `None` counts as kept only
    /// by a lane found both to lose and to duplicate.
    pub fn keeps(&self, guarantee: Guarantee) -> Option<bool> {
        let no_loss = self.verdict(Property::NoLoss).holds();
        let no_duplicates = self.verdict(Property::NoDuplicates).holds();
        match guarantee {
            Guarantee::AtMostOnce => no_duplicates,
            Guarantee::AtLeastOnce => no_loss,
            Guarantee::ExactlyOnce => both(no_loss, no_duplicates),
            Guarantee::None => both(no_loss.map(|holds| !holds), no_duplicates.map(|holds| !holds)),
        }
    }

    /// The verdict on a property.
    pub fn verdict(&self, property: Property) -> &Verdict {
        &self.verdicts[property as usize]
    }
}

/// Whether both are true, if that is known: a single false is enough to know.
fn both(one: Option<bool>, other: Option<bool>) -> Option<bool> {
    match (one, other) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

/// Whether a property holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// No schedule within the bounds breaks it, and all were covered.
    Holds,
    /// This schedule breaks it, and none with fewer faults does.
    Broken(Counterexample),
    /// Nothing covered so far breaks it, but not everything was covered.
    Unknown,
}

impl Verdict {
    /// Whether it holds, if that is known.
    pub fn holds(&self) -> Option<bool> {
        match self {
            Verdict::Holds => Some(true),
            Verdict::Broken(_) => Some(false),
            Verdict::Unknown => None,
        }
    }

    /// The schedule that breaks it.
    pub fn counterexample(&self) -> Option<&Counterexample> {
        match self {
            Verdict::Broken(counterexample) => Some(counterexample),
            Verdict::Holds | Verdict::Unknown => None,
        }
    }
}

/// A schedule that breaks a property, as a script.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counterexample {
    /// Its faults, one line each; none if the property is broken without a fault.
    pub lines: Vec<Line>,
}

impl Counterexample {
    /// The experiment in which to watch it: all lanes, as many messages as were searched, no rates,
    /// and this script.
    pub fn experiment(&self, experiment: &Experiment, bounds: Bounds) -> Experiment {
        let mut experiment = lane::bare(experiment, u64::from(bounds.clamped().messages));
        experiment.faults.script =
            Script::new(self.lines.clone()).expect("a schedule has fewer faults than a script may");
        experiment
    }
}

/// What was covered, and what was not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explored {
    /// Schedules covered; each is a set of choice points at which faults strike.
    pub schedules: u64,
    /// Runs simulated to their end. Other schedules reached a world whose future was known already.
    pub runs: u64,
    /// All schedules of up to this many faults are covered; `None`: not even the fault-free run.
    pub faults: Option<u8>,
    /// Whether all schedules within the bounds are covered.
    pub complete: bool,
    /// Why they are not, if they are not.
    pub stopped_by: Option<Stopped>,
}

crate::words! {
    /// What a setup guarantees for the primary effect.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
    pub enum Guarantee {
        /// Neither lost nor duplicated.
        ExactlyOnce = "exactly-once",
        /// Duplicated, but never lost.
        AtLeastOnce = "at-least-once",
        /// Lost, but never duplicated.
        AtMostOnce = "at-most-once",
        /// Lost, and duplicated.
        None = "none",
    }
}

impl Guarantee {
    fn of(no_loss: &Verdict, no_duplicates: &Verdict) -> Option<Guarantee> {
        Some(Guarantee::of_verdicts(no_loss.holds()?, no_duplicates.holds()?))
    }

    /// The guarantee of a lane, from whether it never loses and whether it never duplicates.
    pub const fn of_verdicts(no_loss: bool, no_duplicates: bool) -> Guarantee {
        match (no_loss, no_duplicates) {
            (true, true) => Guarantee::ExactlyOnce,
            (true, false) => Guarantee::AtLeastOnce,
            (false, true) => Guarantee::AtMostOnce,
            (false, false) => Guarantee::None,
        }
    }
}
