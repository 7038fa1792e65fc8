//! A second reading of the experiment format: what may become of each message of a lane.
//!
//! It is written from the words of the format alone and shares nothing with the simulator, so that a mistake of
//! either shows as a difference. It is simple and slow. Where the words leave something open (which of two things at
//! one instant is first, how a sentence is to be read) it asks its [`choice`], and all answers are tried: a message has
//! a set of allowed outcomes.
//!
//! | module | owns |
//! |---|---|
//! | `format`, `script` | the part of the format that is covered |
//! | `choice` | what is left open, and the search through it |
//! | `world` | time, packets, the order of events |
//! | `producer`, `broker`, `delivery`, `consumer` | the rules, one party each |

mod broker;
pub mod choice;
mod consumer;
mod delivery;
pub mod format;
mod producer;
pub mod script;
mod world;

use std::collections::BTreeSet;
use std::fmt;

use choice::Explorer;
use format::Setup;
pub use producer::Told;
use world::World;

/// How a message ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    Once,
    Lost,
    Duplicated,
    Parked,
    Pending,
}

/// What is judged of a message.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Outcome {
    pub end: End,
    pub told: Told,
    /// How often each step had its effect. Not asked of a message that is still open: it depends on when one looks.
    pub applied: Option<Vec<u32>>,
}

impl Outcome {
    /// Whether an outcome of the model is this one.
    fn is(&self, product: &Self) -> bool {
        let is_counted = self.applied.is_none() || self.applied == product.applied;
        (self.end, self.told) == (product.end, product.told) && is_counted
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (end, told) = (format!("{:?}", self.end), format!("{:?}", self.told));
        write!(f, "{} told {}", end.to_lowercase(), told.to_lowercase())?;
        match &self.applied {
            Some(applied) => write!(f, ", steps {applied:?}"),
            None => Ok(()),
        }
    }
}

/// What the model says to an outcome of a lane.
#[derive(Debug)]
pub enum Verdict {
    /// Each message ends as it may; `together` if there is one run in which they all do.
    Allowed { together: bool },
    /// These messages (from 1) end as they may not; `allowed` is the set of each message.
    Forbidden { messages: Vec<usize>, allowed: Vec<BTreeSet<Outcome>>, runs: u64 },
    /// More is left open than was tried.
    Undecided { runs: u64 },
}

/// The allowed outcomes of each message, from up to so many runs.
pub fn allowed(setup: &Setup, most_runs: u64) -> Vec<BTreeSet<Outcome>> {
    let mut sets = vec![BTreeSet::new(); setup.messages];
    search(setup, most_runs, |outcomes| {
        for (set, outcome) in sets.iter_mut().zip(outcomes) {
            set.insert(outcome);
        }
        false
    });
    sets
}

/// Judges what a simulator made of a lane, one outcome for each message.
pub fn judge(setup: &Setup, product: &[Outcome], most_runs: u64) -> Verdict {
    let mut allowed = vec![BTreeSet::new(); setup.messages];
    let mut together = false;
    let is_in = |set: &BTreeSet<Outcome>, outcome: &Outcome| set.iter().any(|own| own.is(outcome));
    let is_all = |allowed: &[BTreeSet<Outcome>]| {
        allowed.iter().zip(product).all(|(set, outcome)| is_in(set, outcome))
    };
    // A few more runs than needed, to know whether one run explains it all.
    let mut patience = 40;
    let searched = search(setup, most_runs, |outcomes| {
        together |= outcomes.iter().zip(product).all(|(own, outcome)| own.is(outcome));
        for (set, outcome) in allowed.iter_mut().zip(outcomes) {
            set.insert(outcome);
        }
        if is_all(&allowed) {
            patience -= 1;
        }
        together || patience == 0
    });
    if is_all(&allowed) && product.len() == setup.messages {
        return Verdict::Allowed { together };
    }
    if !searched.is_enough {
        return Verdict::Undecided { runs: searched.runs };
    }
    let is_forbidden = |&message: &usize| !is_in(&allowed[message - 1], &product[message - 1]);
    let messages = (1..=setup.messages.min(product.len())).filter(is_forbidden).collect();
    Verdict::Forbidden { messages, allowed, runs: searched.runs }
}

struct Searched {
    runs: u64,
    /// Every run was made, or at least every one that departs from the plain reading in up to two places.
    is_enough: bool,
}

fn search(
    setup: &Setup,
    most_runs: u64,
    mut is_found: impl FnMut(Vec<Outcome>) -> bool,
) -> Searched {
    let [least, most] = setup.faults.latency_ms;
    let mut explorer = Explorer::new(most > least, most_runs);
    let mut runs = 0;
    while let Some(mut choices) = explorer.begin() {
        let mut world = World::new(setup, &mut choices);
        world.run();
        let outcomes = outcomes(&mut world);
        drop(world);
        explorer.end(choices);
        runs += 1;
        if is_found(outcomes) {
            return Searched { runs, is_enough: true };
        }
        if runs == most_runs {
            let is_deep = most > least || explorer.departures() > 2;
            return Searched { runs, is_enough: is_deep && !explorer.is_cut() };
        }
    }
    Searched { runs, is_enough: !explorer.is_cut() }
}

fn outcomes(world: &mut World<'_>) -> Vec<Outcome> {
    // Whether nothing can be lost, as long as something goes on.
    let is_pending = world.is_endless
        && world.choices.reading("what is forgotten is lost before the end", 2) == 1;
    let world = &*world;
    let steps = &world.setup.scenario.steps;
    let primary = steps.iter().position(|step| step.primary).unwrap_or(0);
    let outcome = |message: usize| {
        let count = |step: usize| world.store.applied.get(&(message, step)).copied().unwrap_or(0);
        let is_parked = world.setup.lane.broker.dead_letter
            && world.records.iter().any(|record| record.message == message && record.is_parked);
        let is_open = world.is_open(message);
        let end = match count(primary) {
            2.. => End::Duplicated,
            _ if is_open => End::Pending,
            1 => End::Once,
            _ if is_parked => End::Parked,
            _ if is_pending => End::Pending,
            _ => End::Lost,
        };
        let is_told = world.setup.lane.producer.acks != format::Acks::None;
        Outcome {
            end,
            told: if is_told { world.producer.out[message].told } else { Told::Nothing },
            applied: (!is_open).then(|| (0..steps.len()).map(count).collect()),
        }
    };
    (1..=world.setup.messages).map(outcome).collect()
}
