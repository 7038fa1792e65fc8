//! The interface of a long-running job that can be done in slices.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::protocol::Progress;

/// A long-running job: submitted as a value, advanced in steps of any size, answered with a value.
///
/// The answer depends on the request alone, however the steps are cut, so a job can be restarted
/// elsewhere.
pub trait Work: Sized {
    /// The request.
    type Ask: Clone + Serialize + DeserializeOwned;
    /// The answer.
    type Answer: Serialize + DeserializeOwned;

    /// Starts the job; fast, whatever the request.
    ///
    /// # Errors
    ///
    /// A sentence for the user when the request cannot be met.
    fn begin(ask: Self::Ask) -> Result<Self, String>;

    /// Does about `units` units of work, at least one, and says whether there is more to do. A unit is the
    /// smallest step there is, ideally well under a millisecond.
    fn advance(&mut self, units: u64) -> bool;

    /// The progress so far. Neither the count nor the share ever decreases.
    fn progress(&self) -> Progress;

    /// The answer, once there is nothing more to do.
    fn answer(self) -> Self::Answer;
}
