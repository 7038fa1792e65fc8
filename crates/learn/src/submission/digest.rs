//! Which exercise a submission is about, in one number.

use std::fmt;

use xxhash_rust::xxh3::xxh3_64;

use crate::exercise::Exercise;
use ackground_core::experiment::value::Bounded;

/// What of an exercise decides how it is marked, in one number: titles, texts and what is hidden do not
/// belong to it. It tells exercises apart; it keeps no secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(u64);

impl Digest {
    /// The digest of an exercise.
    pub fn of(exercise: &Exercise) -> Digest {
        let mut bare = Exercise {
            title: Default::default(),
            text: Default::default(),
            hidden: Vec::new(),
            level: Bounded::of(1),
            ..exercise.clone()
        };
        bare.experiment.title = Default::default();
        for asked in &mut bare.predictions {
            asked.question = Default::default();
            for option in &mut asked.options {
                option.text = Default::default();
            }
        }
        Digest(xxh3_64(bare.to_json_compact().as_bytes()))
    }

    /// Reads what [`Digest`] writes.
    pub(super) fn read(text: &str) -> Option<Digest> {
        let plain =
            text.len() == 16 && text.bytes().all(|c| matches!(c, b'0'..=b'9' | b'a'..=b'f'));
        plain.then(|| u64::from_str_radix(text, 16).ok().map(Digest)).flatten()
    }
}

/// Sixteen digits, as in `00c0ffee00c0ffee`.
impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}
