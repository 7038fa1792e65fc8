//! The jobs that there are: one kind for each thing that takes long.
//!
//! A kind says here what is asked and what is answered; how it is done in pieces is its module's.
//! Another kind is a variant in each of the three.

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

/// What can be asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ask {
    /// What does a lane guarantee?
    Prove(Prove),
    /// What do some runs come to?
    Measure(Measure),
    /// What solves an exercise?
    Key(FindKey),
}

/// What is answered, by the kind of what was asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    /// What was found.
    Prove(Finding),
    /// What was counted.
    Measure(Tallies),
    /// What was found.
    Key(FoundKey),
}

/// A job under way.
#[derive(Debug)]
pub enum Job {
    /// A search.
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
            Job::Prove(proof) => Answer::Prove(proof.answer()),
            Job::Measure(measuring) => Answer::Measure(measuring.answer()),
            Job::Key(searching) => Answer::Key(searching.answer()),
        }
    }
}
