//! The jobs that there are: one kind for each thing that takes long.
//!
//! A kind says here what is asked and what is answered; how it is done in pieces is its module's.
//! Another kind is a variant in each of the three.

mod prove;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use super::protocol::Progress;
use super::work::Work;
use crate::prove::{Finding, Proof};
pub use prove::Prove;

/// What can be asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ask {
    /// What does a lane guarantee?
    Prove(Prove),
}

/// What is answered, by the kind of what was asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    /// What was found.
    Prove(Finding),
}

/// A job under way.
#[derive(Debug)]
pub enum Job {
    /// A search.
    Prove(Box<Proof>),
}

impl Work for Job {
    type Ask = Ask;
    type Answer = Answer;

    fn begin(ask: Ask) -> Result<Self, String> {
        match ask {
            Ask::Prove(ask) => Proof::begin(ask).map(|proof| Job::Prove(Box::new(proof))),
        }
    }

    fn go_on(&mut self, units: u64) -> bool {
        match self {
            Job::Prove(proof) => Work::go_on(proof.as_mut(), units),
        }
    }

    fn progress(&self) -> Progress {
        match self {
            Job::Prove(proof) => Work::progress(proof.as_ref()),
        }
    }

    fn answer(self) -> Answer {
        match self {
            Job::Prove(proof) => Answer::Prove(proof.answer()),
        }
    }
}
