//! The jobs that there are.

use serde::{Deserialize, Serialize};

use super::protocol::Progress;
use super::work::Work;

/// What can be asked, a kind of job each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ask {}

/// What is answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Answer {}

/// A job under way.
#[derive(Debug)]
pub enum Job {}

impl Work for Job {
    type Ask = Ask;
    type Answer = Answer;

    fn begin(ask: Ask) -> Result<Self, String> {
        match ask {}
    }

    fn go_on(&mut self, _units: u64) -> bool {
        match *self {}
    }

    fn progress(&self) -> Progress {
        match *self {}
    }

    fn answer(self) -> Answer {
        match self {}
    }
}
