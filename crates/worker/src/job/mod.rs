//! The kinds of job, one for everything that takes long.
//!
//! Each kind lists its request and its answer here; its module knows how to do it in slices. A new kind
//! is a new variant in each of the three enums.

mod key;
mod measure;
mod prove;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use super::protocol::Progress;
use super::work::Work;
use ackground_core::measure::Tallies;
use ackground_core::prove::{Finding, Proof};
pub use key::{FindKey, FoundKey, Searching};
pub use measure::{Measure, Measuring};
pub use prove::Prove;

/// A request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ask {
    /// What does a lane guarantee?
    Prove(Prove),
    /// What do these runs come to?
    Measure(Measure),
    /// What solves an exercise?
    Key(FindKey),
}

/// An answer, by kind of request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    /// What the prover found.
    Prove(Box<Finding>),
    /// The counts.
    Measure(Tallies),
    /// What the search found.
    Key(FoundKey),
}

/// A job in progress.
#[derive(Debug)]
pub enum Job {
    /// A proof search.
    Prove(Box<Proof>),
    /// A measurement.
    Measure(Box<Measuring>),
    /// The search for an answer key.
    Key(Box<Searching>),
}

impl Work for Job {
    type Ask = Ask;
    type Answer = Answer;

    fn begin(ask: Ask) -> Result<Self, String> {
        match ask {
            Ask::Prove(ask) => Proof::begin(ask).map(Box::new).map(Job::Prove),
            Ask::Measure(ask) => Measuring::begin(ask).map(Box::new).map(Job::Measure),
            Ask::Key(ask) => Searching::begin(ask).map(Box::new).map(Job::Key),
        }
    }

    fn advance(&mut self, units: u64) -> bool {
        match self {
            Job::Prove(proof) => Work::advance(proof.as_mut(), units),
            Job::Measure(measuring) => measuring.advance(units),
            Job::Key(searching) => searching.advance(units),
        }
    }

    fn progress(&self) -> Progress {
        match self {
            Job::Prove(proof) => Work::progress(proof.as_ref()),
            Job::Measure(measuring) => measuring.progress(),
            Job::Key(searching) => searching.progress(),
        }
    }

    fn answer(self) -> Answer {
        match self {
            Job::Prove(proof) => Answer::Prove(Box::new(proof.answer())),
            Job::Measure(measuring) => Answer::Measure(measuring.answer()),
            Job::Key(searching) => Answer::Key(searching.answer()),
        }
    }
}
