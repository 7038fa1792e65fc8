//! Why a link yields no experiment.

use std::fmt;

use crate::experiment::Mistakes;

/// Why a link yields no experiment. Its text is a sentence for the person who followed the link.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LinkError {
    /// It begins like no known form; with that beginning.
    UnknownForm(String),
    /// Its form is newer than this release; with its beginning.
    Newer(String),
    /// Its form is known, but its packing is newer than this release.
    NewerPacking,
    /// It is longer than any experiment needs.
    TooLong,
    /// The end is missing.
    CutOff,
    /// Something in it was changed.
    Damaged,
    /// It arrived intact, but its content is not an experiment that this release can run.
    NotAnExperiment(Mistakes),
    /// It is a readable link, parts of which are not understood: each with what is wrong.
    NotUnderstood(Mistakes),
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LinkError::UnknownForm(start) => write!(
                f,
                "This is not an Ackground link: it begins with \"{start}\", and a link begins with a scenario, as in \"payment/at-least-once\", or with \"v1.\"."
            ),
            LinkError::Newer(start) => write!(
                f,
                "This link begins with \"{start}\": a newer version of Ackground made it, and this version does not understand it."
            ),
            LinkError::NewerPacking => f.write_str(
                "A newer version of Ackground made this link, and this version cannot unpack it. Open it in the newer version, or ask for the experiment as a file.",
            ),
            LinkError::TooLong => f.write_str("This link is longer than any experiment needs."),
            LinkError::CutOff => f.write_str(
                "This link is cut off: its end is missing. Copy it again from its source.",
            ),
            LinkError::Damaged => f.write_str(
                "This link is damaged: something in it was changed on the way. Copy it again from its source.",
            ),
            LinkError::NotAnExperiment(mistakes) => write!(
                f,
                "This link is complete, but its experiment cannot be run here:\n{mistakes}"
            ),
            LinkError::NotUnderstood(mistakes) => {
                write!(f, "Part of this link is not understood:\n{mistakes}")
            }
        }
    }
}

impl std::error::Error for LinkError {}
