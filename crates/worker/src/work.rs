//! What a long job has to offer so that it can be done in pieces.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::protocol::Progress;

/// A long job: asked for by a value, done in steps of any size, answered by a value.
///
/// However the steps are cut, the answer is the same; and it depends on what was asked alone, so that
/// a job may be done again elsewhere.
pub trait Work: Sized {
    /// What is asked.
    type Ask: Clone + Serialize + DeserializeOwned;
    /// What is answered.
    type Answer: Serialize + DeserializeOwned;

    /// Begins; quick, whatever is asked.
    ///
    /// # Errors
    ///
    /// A sentence for people when what is asked cannot be done.
    fn begin(ask: Self::Ask) -> Result<Self, String>;

    /// Does about `units` units of work, at least one, and says whether there is more to do. One
    /// unit is as little as can be done at a time; well under a millisecond, if it can be.
    fn advance(&mut self, units: u64) -> bool;

    /// How far it is. The count and the share never go back.
    fn progress(&self) -> Progress;

    /// The answer, once there is nothing more to do.
    fn answer(self) -> Self::Answer;
}
