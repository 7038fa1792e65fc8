//! Measure: how often, and at what cost? Many runs of an experiment under its own rates, counted.
//!
//! A *run* is the experiment as it stands, with its own messages and script, but with its own seed
//! ([`sim::seed_of_run`]); the first run has the experiment's seed, so it is the one that is
//! watched. All lanes of a run share the seed, and so their luck: any difference between them is
//! due to the setups, and is known far more precisely than either lane on its own.
//!
//! Counting is exact and in integers ([`Tallies`]): runs can be split over threads or workers in
//! any way and merged in any order with the same result. Floats enter only at the very end
//! ([`Figures`]), in basic arithmetic and square roots, which every machine rounds alike.
//!
//! | file | owns |
//! |---|---|
//! | `watch` | the counts of one run |
//! | [`chance`] | what is left to chance, and how long runs are |
//! | [`tallies`] | the sums over runs, and how they merge |
//! | `moments` | an exact sum with its squares |
//! | [`histogram`] | latencies, in buckets of a known error |
//! | [`interval`] | Wilson's interval, the design effect, means |
//! | [`figures`] | the numbers of a lane with their intervals |
//! | [`pair`] | the differences between two lanes, and whether they are more than noise |
//! | [`quantity`] | each number individually: its name, its unit |
//! | [`sweep`] | the same measurement along a rate or a setting |
//! | [`csv`] | a measurement or a sweep as a file |
//!
//! Nothing here knows about the page, threads, or how a run is simulated.
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

pub mod chance;
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

pub use chance::{Chance, LONG_RUN, in_long_runs};
pub use figures::{Figures, LaneFigures, Latency};
pub use interval::{Estimate, Interval, Proportion};
pub use pair::{Difference, PairFigures};
pub use quantity::{Quantile, Quantity, Unit};
pub use tallies::Tallies;

use std::ops::Range;

use crate::experiment::Experiment;
use crate::sim::{self, Runs};
use watch::Watch;

/// How many messages are simulated in each lane by default.
pub const USUAL_MESSAGES: u64 = 100_000;

/// The most messages per lane to ask of a measurement: minutes of work.
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

/// What is counted in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Count {
    /// Publishes that left the producer. Figures are per message.
    Sends,
    /// Packets of every kind that left a node, including those the network repeated; copies between
    /// broker nodes are not packets. Figures are per message.
    Packets,
    /// Handler calls. Figures are per message.
    Deliveries,
    /// The most ids kept at any one time, in the consumer's table or memory and the broker's window
    /// together. Figures are per run.
    Ids,
}

impl Count {
    /// All counts, in the order of tables.
    pub const ALL: [Count; 4] = [Count::Sends, Count::Packets, Count::Deliveries, Count::Ids];
}

/// How many runs it takes for at least this many messages in each lane.
pub fn runs(experiment: &Experiment, messages: u64) -> u64 {
    messages.div_ceil(experiment.messages.get())
}

/// Simulates these runs, counted from 0, in every lane, and counts the outcomes.
///
/// A pure function of its arguments, and additive: the tallies of a range are those of its parts,
/// merged. Cost: per lane about a microsecond for each message of a quiet experiment, several if
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

/// What a run's count is divided by.
fn unit(count: Count, messages: u64) -> f64 {
    match count {
        Count::Sends | Count::Packets | Count::Deliveries => messages as f64,
        Count::Ids => 1.0,
    }
}
