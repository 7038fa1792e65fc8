//! A toy job for tests: it counts, and advances a clock of its own.

use std::cell::Cell;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::protocol::Progress;
use super::work::Work;

thread_local! {
    static NOW_US: Cell<u64> = const { Cell::new(0) };
}

/// The time all counting in this test has taken.
pub fn clock() -> Duration {
    Duration::from_micros(NOW_US.get())
}

/// Count this far; each number takes this many microseconds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Counted {
    pub to: u64,
    pub us_each: u64,
}

#[derive(Debug)]
pub struct Count {
    ask: Counted,
    at: u64,
}

impl Work for Count {
    type Ask = Counted;
    type Answer = u64;

    fn begin(ask: Counted) -> Result<Self, String> {
        match ask.to {
            0 => Err("There is nothing to count.".to_owned()),
            _ => Ok(Count { ask, at: 0 }),
        }
    }

    fn advance(&mut self, units: u64) -> bool {
        let done = units.min(self.ask.to - self.at);
        self.at += done;
        NOW_US.set(NOW_US.get() + done * self.ask.us_each);
        self.at < self.ask.to
    }

    fn progress(&self) -> Progress {
        Progress::of(self.at, self.ask.to)
    }

    fn answer(self) -> u64 {
        self.at
    }
}
