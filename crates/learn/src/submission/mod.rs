//! Submissions: what a student hands in, as a small file or as one line to paste.
//!
//! A submission holds the experiment, the guarantees named and the predictions, and identifies the exercise and
//! the variant. It does not say whether it is right: there is no field for that.
//!
//! | field | values | meaning |
//! |---|---|---|
//! | `version` | `1` | format version |
//! | `kind` | `"submission"` | what the document is |
//! | `exercise` | `{id, digest, variant, whole}` | which one; `variant`: seed or null; `whole`: the exercise, unless built in |
//! | `who` | text, at most 120 characters | a name, or whatever the class agreed on |
//! | `attempts` | 0 to 1000000 | how often it was checked beforehand |
//! | `answers` | guarantees or null | the guarantees named, goal by goal |
//! | `predictions` | whole numbers or null | the option chosen, counted from 0, question by question |
//! | `experiment` | an experiment | as the student left it |
//! | `written_with` | text, at most 40 characters | the release that wrote it |
//!
//! A line to paste is `ackground-answer.v1.` and the same document, packed and checksummed like a link.
//!
//! | file | owns |
//! |---|---|
//! | `document` | the JSON document |
//! | `digest` | a hash that identifies the exercise |
//! | `unread` | why a text is not a submission |

mod digest;
mod document;
#[cfg(test)]
mod tests;
mod unread;

use super::exercise::{Attempt, Exercise};
use ackground_core::experiment::Seed;
use ackground_core::experiment::link::{self, LinkError};
use ackground_core::experiment::scenario::Label;
use ackground_core::experiment::value::{Bounded, Id, Text};

pub use digest::Digest;
pub use document::KIND;
pub use unread::Unread;

/// The prefix of a line to paste.
pub const LINE_FORM: &str = "ackground-answer.v1.";
const ANY_LINE: &str = "ackground-answer.";
/// The most pieces a pasted line may have been broken into.
const MOST_PIECES: usize = 256;

/// What a student hands in.
///
/// ```
/// use ackground_learn::exercise::{Attempt, built_in};
/// use ackground_learn::submission::Submission;
/// use ackground_learn::text::ENGLISH;
///
/// let exercise = built_in("charge-twice", &ENGLISH).expect("it is built in");
/// let submission = Submission::new(&exercise, None, "Ada", Attempt::of(&exercise), 3);
/// assert_eq!(Submission::read(&submission.to_line()).as_ref(), Ok(&submission));
/// assert_eq!(Submission::read(&submission.to_json()), Ok(submission));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    /// The id of the exercise.
    pub id: Id,
    /// The exercise's digest, before any variant was derived.
    pub digest: Digest,
    /// The seed of the variant.
    pub variant: Option<Seed>,
    /// The exercise itself, before any variant was derived, unless it is built in.
    pub whole: Option<Box<Exercise>>,
    /// Who hands it in.
    pub who: Label,
    /// How often it was checked beforehand.
    pub attempts: Bounded<0, 1_000_000>,
    /// The attempt.
    pub attempt: Attempt,
    /// The release that wrote it.
    pub written_with: Text<40>,
}

/// Whether a pasted line begins somewhere in a text; [`Submission::read`] tells whether it is complete.
pub fn begins_in(text: &str) -> bool {
    text.contains(ANY_LINE)
}

impl Submission {
    /// A submission for an exercise, or for its variant with this seed. `attempts` counts how often it was checked
    /// beforehand.
    pub fn new(
        exercise: &Exercise,
        variant: Option<Seed>,
        who: &str,
        mut attempt: Attempt,
        attempts: u64,
    ) -> Submission {
        if attempt.answers.iter().all(Option::is_none) {
            attempt.answers.clear();
        }
        if attempt.predictions.iter().all(Option::is_none) {
            attempt.predictions.clear();
        }
        let built_in = super::exercise::built_in(exercise.id.as_str(), &super::text::ENGLISH);
        let digest = Digest::of(exercise);
        let known = built_in.is_some_and(|known| Digest::of(&known) == digest);
        Submission {
            id: exercise.id.clone(),
            digest,
            variant,
            whole: (!known).then(|| Box::new(exercise.clone())),
            who: Label::cut(who),
            attempts: Bounded::clamp(attempts),
            attempt,
            written_with: Text::cut(env!("CARGO_PKG_VERSION")),
        }
    }

    /// Reads a document, or a pasted line with whatever surrounds it.
    ///
    /// # Errors
    ///
    /// What is wrong with it. Memory stays within a few times the longest document, whatever the input.
    pub fn read(text: &str) -> Result<Submission, Unread> {
        let text = text.trim().trim_start_matches('\u{feff}');
        if text.is_empty() {
            return Err(Unread::Empty);
        }
        if text.starts_with(['{', '[']) {
            return Submission::from_json(text).map_err(Unread::Document);
        }
        let start = text.find(ANY_LINE).ok_or(Unread::NeitherNor)?;
        let rest = text[start..].strip_prefix(LINE_FORM).ok_or(Unread::OtherForm)?;
        // Mail programs break long lines and put quote marks before them: keep adding pieces as long as the
        // end is missing.
        let mut packed = String::new();
        let mut read = Err(LinkError::CutOff);
        let words = rest.split(|c: char| c.is_whitespace() || c == '>');
        for word in words.filter(|word| !word.is_empty()).take(MOST_PIECES) {
            let alphabet = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
            let whole = word.trim_end_matches(|c| !alphabet(c));
            packed.push_str(whole);
            read = link::open(&packed);
            if read != Err(LinkError::CutOff) || whole.len() < word.len() {
                break;
            }
        }
        let json = read.map_err(Unread::Line)?;
        Submission::from_json(&json).map_err(Unread::Document)
    }

    /// The submission as a line to paste.
    pub fn to_line(&self) -> String {
        let json = serde_json::to_string(&self.to_tree()).expect("a tree of plain values prints");
        format!("{LINE_FORM}{}", link::seal(&json))
    }
}
