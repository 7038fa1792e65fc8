//! Measure: how often, and at what price? Many runs of an experiment under its own rates, counted.
//!
//! A *run* is the experiment as it stands, with its own messages and script, and a seed of its own
//! ([`sim::seed_of_run`]); the first run has the experiment's seed, so it is the one that is watched.
//! All lanes of a run share the seed, and so their luck: what differs between them is their doing,
//! and their differences are known far better than each of them alone.
//!
//! Counting is exact and in whole numbers ([`Tallies`]): runs can be divided over threads or workers
//! in any way, and merged in any order, and the numbers are the same. Floats come in at the very end
//! ([`Figures`]), in basic arithmetic and square roots only, which every machine rounds alike.
//!
//! | file | owns |
//! |---|---|
//! | `watch` | what is counted in one run |
//! | [`tallies`] | the sums over runs, and how they merge |
//! | `moments` | a sum with its squares, exact |
//! | [`histogram`] | latencies, counted in buckets of a known error |
//! | [`interval`] | Wilson, the design effect, means |
//! | [`figures`] | the numbers of a lane with their intervals |
//! | [`pair`] | the differences between two lanes, and whether they are more than noise |
//! | [`quantity`] | each number by itself: its name, its unit |
//! | [`sweep`] | the same measurement along a rate or a setting |
//! | [`csv`] | a measurement or a sweep as a file |
//!
//! This room knows nothing of the page, of threads or of how a run is simulated.
//!
//! ```
//! use ackground_core::experiment::Experiment;
//! use ackground_core::experiment::value::Rate;
//! use ackground_core::measure::{self, Share};
//!
//! let mut experiment = Experiment::default();
//! experiment.faults.script = Default::default();
//! experiment.faults.loss.publish = Rate::percent(10);
//!
//! let runs = measure::runs(&experiment, 3000);
//! let mut tallies = measure::count(&experiment, 0..runs / 2);
//! tallies.merge(&measure::count(&experiment, runs / 2..runs));
//! assert_eq!(tallies, measure::count(&experiment, 0..runs));
//!
//! let figures = tallies.figures();
//! let lost = figures.lanes[0].share(Share::Lost);
//! assert!(lost.interval.contains(0.1), "{lost:?}");
//! assert!(figures.pairs[0].share(Share::Lost).more_than_noise());
//! ```

pub mod csv;
pub mod figures;
pub mod histogram;
pub mod interval;
mod moments;
pub mod pair;
pub mod quantity;
pub mod sweep;
pub mod tallies;
mod watch;

pub use figures::{Figures, LaneFigures, Latency};
pub use interval::{Estimate, Interval, Proportion};
pub use pair::{Difference, PairFigures};
pub use quantity::{Quantile, Quantity, Unit};
pub use tallies::Tallies;

use std::ops::Range;

use crate::experiment::Experiment;
use crate::sim::{self, Runs};
use watch::Watch;

/// How many messages are simulated in each lane unless more or fewer are asked for.
pub const USUAL_MESSAGES: u64 = 100_000;

/// The most messages in each lane that a measurement should be asked for: minutes of work.
pub const MOST_MESSAGES: u64 = 100_000_000;

crate::words! {
    /// What a message either is or is not, when its run is over.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Share {
        /// Its primary effect happened exactly once.
        Once = "once",
        /// It never had its effect, and is not parked.
        Lost = "lost",
        /// It was lost and the producer does not know; part of [`Share::Lost`].
        Silent = "silent",
        /// Its primary effect happened twice or more.
        Duplicated = "duplicated",
        /// It is in the dead letter queue, without its effect.
        Parked = "parked",
        /// It was still under way when its run had to end.
        Pending = "pending",
    }
}

/// What a run has so many of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Count {
    /// Publishes that left the producer. Figures are per message.
    Sends,
    /// Packets of every kind that left a node, what the network repeated by itself included; copies
    /// between nodes of the broker are not packets. Figures are per message.
    Packets,
    /// Handler calls. Figures are per message.
    Deliveries,
    /// The most ids kept at one time, by the consumer's table or memory and by the broker's window
    /// together. Figures are per run.
    Ids,
}

impl Count {
    /// All of them, in the order of tables.
    pub const ALL: [Count; 4] = [Count::Sends, Count::Packets, Count::Deliveries, Count::Ids];
}

/// How many runs have at least so many messages in each lane.
pub fn runs(experiment: &Experiment, messages: u64) -> u64 {
    messages.div_ceil(experiment.messages.get())
}

/// Simulates these runs, counted from 0, in every lane and counts what became of them.
///
/// A pure function of its arguments, and additive: the tallies of a range are those of its parts,
/// merged. Costs about a microsecond and lane for each message of a quiet experiment, several where
/// much goes wrong.
pub fn count(experiment: &Experiment, runs: Range<u64>) -> Tallies {
    let mut tallies = Tallies::none(experiment);
    let mut lanes: Vec<Runs<'_>> =
        (0..experiment.lanes.len()).map(|lane| Runs::new(experiment, lane)).collect();
    let mut watches = vec![Watch::new(experiment); lanes.len()];
    for run in runs {
        let seed = sim::seed_of_run(experiment.seed.get(), run);
        for (lane, watch) in lanes.iter_mut().zip(&mut watches) {
            watch.begin();
            let end = lane.observe(seed, watch);
            watch.conclude(end);
        }
        tallies.add(&watches);
    }
    tallies
}
