//! What the page and a worker say to each other: asks and orders one way, replies the other way.
//!
//! Each crosses the boundary as one text (JSON). This file knows neither what the work is nor how a
//! text travels: what is asked (`A`) and what is answered (`R`) belong to the [`Work`](super::Work).

use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// The number of a job, never given twice by one pool: a late reply to a job that was cancelled is
/// recognised by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct JobId(u32);

impl JobId {
    /// The first number of a pool.
    pub const FIRST: JobId = JobId(0);

    /// The number after this one.
    #[must_use]
    pub fn next(self) -> JobId {
        JobId(self.0.wrapping_add(1))
    }
}

/// From the page to a worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Request<A> {
    /// Begin with this job. The one before it, if it still goes on, is given up.
    Start {
        /// Its number.
        id: JobId,
        /// What to do.
        ask: A,
    },
    /// Give this job up. Nothing more is said about it.
    Cancel {
        /// Its number.
        id: JobId,
    },
}

/// From a worker to the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Reply<R> {
    /// The worker has started and listens. Said once, before anything else, and without being asked:
    /// what is sent to a worker before it listens may be lost.
    Hello,
    /// How far a job is.
    Progress {
        /// Its number.
        id: JobId,
        /// How far it is.
        progress: Progress,
    },
    /// A job is done.
    Done {
        /// Its number.
        id: JobId,
        /// How many units it took.
        count: u64,
        /// What came of it.
        answer: R,
    },
    /// A job cannot be done.
    Refused {
        /// Its number.
        id: JobId,
        /// Why, as a sentence.
        why: String,
    },
}

/// How far a piece of work is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    count: u64,
    share: f64,
}

impl Progress {
    /// `count` of `total` units of work are done.
    #[must_use]
    pub fn of(count: u64, total: u64) -> Progress {
        // Both are far below 2^53 units; the share is for people.
        Progress::estimated(count, count as f64 / total.max(1) as f64)
    }

    /// `count` units are done, which is about this share (0 to 1) of a total that is not known.
    #[must_use]
    pub fn estimated(count: u64, share: f64) -> Progress {
        // What is no number says nothing, and would not survive JSON.
        let share = if share.is_nan() { 0.0 } else { share };
        Progress { count, share: share.clamp(0.0, 1.0) }
    }

    /// How many units are done: runs, schedules.
    #[must_use]
    pub fn count(self) -> u64 {
        self.count
    }

    /// The share of the work that is done, 0 to 1.
    #[must_use]
    pub fn share(self) -> f64 {
        self.share
    }
}

/// A text that is none of the protocol's: one side comes from another build than the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Garbled(String);

impl fmt::Display for Garbled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "page and worker do not understand each other: {}", self.0)
    }
}

impl std::error::Error for Garbled {}

/// Writes a request or a reply down.
///
/// # Errors
///
/// When the work's own value has no form in JSON (such as a map whose keys are no text).
pub fn write(message: &impl Serialize) -> Result<String, Garbled> {
    serde_json::to_string(message).map_err(|error| Garbled(error.to_string()))
}

/// Reads a request or a reply.
///
/// # Errors
///
/// When the text is none.
pub fn read<M: DeserializeOwned>(text: &str) -> Result<M, Garbled> {
    serde_json::from_str(text).map_err(|error| Garbled(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_short_texts_and_come_back_as_they_were() {
        let id = JobId::FIRST.next();
        let start = Request::Start { id, ask: 7 };
        let text = write(&start).expect("JSON");
        assert_eq!(text, r#"{"start":{"id":1,"ask":7}}"#);
        assert_eq!(read::<Request<u8>>(&text), Ok(start));
        assert_eq!(write(&Reply::<u8>::Hello).as_deref(), Ok(r#""hello""#));
        let progress = Reply::Progress::<u8> { id, progress: Progress::of(1, 4) };
        let text = write(&progress).expect("JSON");
        assert_eq!(read::<Reply<u8>>(&text), Ok(progress));
    }

    #[test]
    fn what_is_no_message_is_an_error_and_not_a_panic() {
        for text in ["", "{}", "null", r#"{"start":{"id":-1,"ask":7}}"#] {
            assert!(read::<Request<u8>>(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_share_is_always_a_number_from_0_to_1() {
        let share = |count, total| Progress::of(count, total).share();
        assert_eq!((share(0, 0), share(1, 4), share(9, 4)), (0.0, 0.25, 1.0));
        assert_eq!(Progress::estimated(1, f64::NAN).share(), 0.0);
        assert_eq!(Progress::estimated(1, f64::INFINITY).share(), 1.0);
    }
}
