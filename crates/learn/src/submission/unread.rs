//! Why a text is not a submission, in sentences.

use std::fmt;

use super::LINE_FORM;
use ackground_core::experiment::Mistakes;
use ackground_core::experiment::link::LinkError;

/// Why a text is not a submission.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unread {
    /// It is empty.
    Empty,
    /// A pasted line that is cut off, altered or too long.
    Line(LinkError),
    /// A pasted line in a format that this release does not know.
    OtherForm,
    /// Neither a pasted line nor a document.
    NeitherNor,
    /// A document with mistakes.
    Document(Mistakes),
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unread::Empty => f.write_str("There is nothing in it."),
            Unread::Line(LinkError::CutOff) => {
                f.write_str("The line is cut off: its end is missing.")
            }
            Unread::Line(LinkError::TooLong) => {
                f.write_str("The line is longer than any submission needs.")
            }
            Unread::Line(LinkError::NewerPacking) | Unread::OtherForm => {
                f.write_str("A newer version of Ackground made this line.")
            }
            Unread::Line(_) => f.write_str("The line is damaged: something in it was changed."),
            Unread::NeitherNor => write!(
                f,
                "This is not a submission: neither a line that begins with \"{LINE_FORM}\" nor a JSON document."
            ),
            Unread::Document(mistakes) => {
                write!(f, "The submission is not well formed:\n{mistakes}")
            }
        }
    }
}

impl std::error::Error for Unread {}
