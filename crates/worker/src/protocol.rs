//! The protocol between the page and a worker: requests one way, replies the other.
//!
//! Each message is one JSON text. This module knows neither what the work is nor how the text travels: the
//! request (`A`) and the answer (`R`) belong to the [`Work`](super::Work).

use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// The id of a job, unique within a pool: a late reply to a cancelled job is recognised by
/// it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct JobId(u32);

impl JobId {
    /// The first id of a pool.
    pub const FIRST: JobId = JobId(0);

    /// The next id.
    #[must_use]
    pub fn next(self) -> JobId {
        JobId(self.0.wrapping_add(1))
    }
}

/// From the page to a worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Request<A> {
    /// Start this job. If another one is in progress, it is dropped.
    Start {
        /// Its id.
        id: JobId,
        /// The request.
        ask: A,
    },
    /// Drop this job. Nothing more is reported about it.
    Cancel {
        /// Its id.
        id: JobId,
    },
}

/// From a worker to the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Reply<R> {
    /// The worker is up and listening. Sent once, unprompted, before anything else: messages sent to a worker
    /// before it listens may be lost.
    Hello,
    /// Progress of a job.
    Progress {
        /// Its id.
        id: JobId,
        /// Its progress.
        progress: Progress,
    },
    /// A job is done.
    Done {
        /// Its id.
        id: JobId,
        /// How many units it took.
        count: u64,
        /// The answer.
        answer: R,
    },
    /// A job cannot be done.
    Refused {
        /// Its id.
        id: JobId,
        /// The reason, as a sentence.
        why: String,
    },
}

/// The progress of a piece of work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    count: u64,
    share: f64,
}

impl Progress {
    /// `count` of `total` units of work are done.
    #[must_use]
    pub fn of(count: u64, total: u64) -> Progress {
        // Both are far below 2^53, and the share is only for display.
        Progress::estimated(count, count as f64 / total.max(1) as f64)
    }

    /// `count` units are done, an estimated share (0 to 1) of an unknown total.
    #[must_use]
    pub fn estimated(count: u64, share: f64) -> Progress {
        // NaN means nothing here, and would not survive JSON.
        let share = if share.is_nan() { 0.0 } else { share };
        Progress { count, share: share.clamp(0.0, 1.0) }
    }

    /// How many units are done, such as runs or schedules.
    #[must_use]
    pub fn count(self) -> u64 {
        self.count
    }

    /// The share of the work done, 0 to 1.
    #[must_use]
    pub fn share(self) -> f64 {
        self.share
    }
}

/// A text that is not a protocol message: page and worker come from different builds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Garbled(String);

impl fmt::Display for Garbled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "page and worker do not understand each other: {}", self.0)
    }
}

impl std::error::Error for Garbled {}

/// Serialises a request or a reply.
///
/// # Errors
///
/// When the value cannot be written as JSON (such as a map whose keys are not strings).
pub fn write(message: &impl Serialize) -> Result<String, Garbled> {
    serde_json::to_string(message).map_err(|error| Garbled(error.to_string()))
}

/// Parses a request or a reply.
///
/// # Errors
///
/// When the text is not one.
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
