//! `ackground measure`: many runs on all cores, and their figures.
//!
//! | file | owns |
//! |---|---|
//! | `mod` | dividing the runs among threads |
//! | `record` | the figures as JSON |
//! | `table` | the figures as a table |

mod record;
mod table;

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use ackground_core::experiment::Experiment;
use ackground_core::measure::{self, Tallies};

/// Messages that a thread takes at a time: milliseconds of work, so that all threads finish together.
const PORTION: u64 = 4096;

/// Measures at least this many messages in each lane, in runs that are long enough for their ends to weigh little.
pub(super) fn run(experiment: &Experiment, messages: u64, json: bool) -> String {
    let experiment = &*measure::in_long_runs(experiment);
    let cores = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let figures = count(experiment, messages, cores).figures();
    if json { record::write(experiment, &figures) } else { table::write(experiment, &figures) }
}

/// Counts on this many threads. Tallies are exact, so the result does not depend on the number.
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
