//! Sets of fault kinds.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::experiment::script::Kind;

/// A set of kinds. The default is what befalls every system eventually: drop, crash, fail and slow.
///
/// ```
/// use ackground_core::prove::{Kind, Kinds};
///
/// let kinds: Kinds = "drop, crash".parse()?;
/// assert!(kinds.has(Kind::Crash) && !kinds.has(Kind::Slow));
/// assert_eq!(Kinds::default().to_string(), "drop,crash,fail,slow");
/// assert_eq!(
///     "drop,crush".parse::<Kinds>().unwrap_err().to_string(),
///     "\"crush\" is not a kind of fault; there are drop, duplicate, delay, crash, fail, poison, slow, partition, kill"
/// );
/// # Ok::<(), ackground_core::prove::UnknownKind>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Kinds(u16);

impl Kinds {
    /// No kind.
    pub const NONE: Kinds = Kinds(0);
    /// Every kind.
    pub const ALL: Kinds = Kinds((1 << Kind::ALL.len()) - 1);

    /// Whether this one is in the set.
    pub const fn has(self, kind: Kind) -> bool {
        self.0 >> kind as u8 & 1 == 1
    }

    /// The set with this one.
    pub const fn with(self, kind: Kind) -> Kinds {
        Kinds(self.0 | 1 << kind as u16)
    }

    /// The set without this one.
    pub const fn without(self, kind: Kind) -> Kinds {
        Kinds(self.0 & !(1 << kind as u16))
    }

    /// The kinds in the set, in the order of the format.
    pub fn iter(self) -> impl Iterator<Item = Kind> {
        Kind::ALL.iter().copied().filter(move |&kind| self.has(kind))
    }
}

impl Default for Kinds {
    fn default() -> Self {
        [Kind::Drop, Kind::Crash, Kind::Fail, Kind::Slow].into_iter().collect()
    }
}

impl FromIterator<Kind> for Kinds {
    fn from_iter<I: IntoIterator<Item = Kind>>(kinds: I) -> Kinds {
        kinds.into_iter().fold(Kinds::NONE, Kinds::with)
    }
}

impl fmt::Display for Kinds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, kind) in self.iter().enumerate() {
            f.write_str(if place > 0 { "," } else { "" })?;
            f.write_str(kind.word())?;
        }
        Ok(())
    }
}

/// A word that names no kind of fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownKind(String);

impl fmt::Display for UnknownKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = Kinds::ALL.to_string().replace(',', ", ");
        write!(f, "{:?} is not a kind of fault; there are {all}", self.0)
    }
}

impl std::error::Error for UnknownKind {}

impl FromStr for Kinds {
    type Err = UnknownKind;

    /// Reads words separated by commas; no words give the empty set.
    fn from_str(text: &str) -> Result<Kinds, UnknownKind> {
        let words = text.split(',').map(str::trim).filter(|word| !word.is_empty());
        words
            .map(|word| Kind::from_word(word).ok_or_else(|| UnknownKind(word.to_owned())))
            .collect()
    }
}
