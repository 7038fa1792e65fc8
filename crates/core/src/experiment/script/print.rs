//! Lines as text, in the single form that every release prints and reads.

use std::fmt;

use serde::{Serialize, Serializer};

use super::{Crash, Entry, Kill, Line, Nth, Spot};
use crate::experiment::settings::Millis;

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.on {
            write!(f, "{} ", Entry::OFF)?;
        }
        self.line.fmt(f)
    }
}

impl Serialize for Line {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl fmt::Display for Crash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Crash::Producer(side) => write!(f, "producer {side} publish"),
            Crash::Broker(side, point) => write!(f, "broker {side} {point}"),
            Crash::Follower => f.write_str("follower before replicate"),
            Crash::Consumer(side, point) => write!(f, "consumer {side} {}", point.word()),
        }
    }
}

impl fmt::Display for Kill {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Kill::Broker(side, point) = self;
        write!(f, "broker {side} {point}")
    }
}

/// `2`, `2#3` or `2#*`; a first occurrence is left out.
impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.nth {
            Nth::FIRST => write!(f, "{}", self.message),
            Nth::At(n) => write!(f, "{}#{n}", self.message),
            Nth::Every => write!(f, "{}#*", self.message),
        }
    }
}

/// A duration in the largest unit that holds it without a fraction: `2m`, `5s`, `250ms`.
pub(in crate::experiment) struct Time(pub(super) Millis);

impl Time {
    /// A time in milliseconds; `None` if it is too long to be written.
    pub(in crate::experiment) fn of(ms: u64) -> Option<Time> {
        Millis::new(ms).map(Time)
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.get() {
            0 => f.write_str("0ms"),
            ms if ms % 60_000 == 0 => write!(f, "{}m", ms / 60_000),
            ms if ms % 1000 == 0 => write!(f, "{}s", ms / 1000),
            ms => write!(f, "{ms}ms"),
        }
    }
}
