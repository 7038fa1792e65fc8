//! A digest that identifies the exercise of a submission.

use std::fmt;

use xxhash_rust::xxh3::xxh3_64;

use crate::exercise::Exercise;
use ackground_core::experiment::value::Bounded;

/// A hash of everything that affects how an exercise is marked; titles, texts and what is hidden do not count.
/// It tells exercises apart; it is not cryptographic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(u64);

impl Digest {
    /// Computes the digest of an exercise.
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

    /// Parses the form that [`Digest`] prints.
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
