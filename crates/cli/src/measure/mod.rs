//! `ackground measure`: many runs on all cores, and what came of them.
//!
//! | file | owns |
//! |---|---|
//! | `mod` | the division over threads |
//! | `record` | the figures as JSON |
//! | `table` | the figures for people |

mod record;
mod table;

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use ackground_core::experiment::Experiment;
use ackground_core::measure::{self, Tallies};

/// Messages that a thread takes on at once: milliseconds of work, so that all end together.
const PORTION: u64 = 4096;

/// Measures with at least so many messages in each lane.
pub(super) fn run(experiment: &Experiment, messages: u64, json: bool) -> String {
    let cores = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let figures = count(experiment, messages, cores).figures();
    if json { record::write(experiment, &figures) } else { table::write(experiment, &figures) }
}

/// Counts on so many threads. Tallies are exact, so the threads make no difference to them.
fn count(experiment: &Experiment, messages: u64, threads: usize) -> Tallies {
    let runs = measure::runs(experiment, messages);
    let portion = measure::runs(experiment, PORTION);
    let next = AtomicU64::new(0);
    let work = || {
        let mut tallies = Tallies::none(experiment);
        loop {
            let begin = next.fetch_add(portion, Ordering::Relaxed);
            if begin >= runs {
                return tallies;
            }
            let end = runs.min(begin + portion);
            tallies.merge(&measure::count(experiment, begin..end));
        }
    };
    thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut tallies = work();
        for other in others {
            tallies.merge(&other.join().expect("counting does not panic"));
        }
        tallies
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn threads_make_no_difference() {
        let experiment = Experiment::default();
        let alone = count(&experiment, 20_000, 1);
        assert_eq!(alone.runs(), 6667, "whole runs of three");
        assert_eq!(count(&experiment, 20_000, 3), alone);
    }
}
