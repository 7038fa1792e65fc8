//! A submission: what a student hands in, as a small file or as one line to paste.
//!
//! It holds the experiment, the names and the predictions, and says which exercise and which variant it
//! is about. It does not say whether it is right: there is no field for that.
//!
//! | field | values | meaning |
//! |---|---|---|
//! | `version` | `1` | format version |
//! | `kind` | `"submission"` | what the document is |
//! | `exercise` | `{id, digest, variant, whole}` | which one; `variant` is its seed or null; `whole` is the exercise itself, where it is none that is built in |
//! | `who` | text, at most 120 characters | a name, or whatever was agreed on |
//! | `attempts` | 0 to 1000000 | how often it was checked before |
//! | `answers` | guarantees or null | named, goal by goal |
//! | `predictions` | whole numbers or null | the option chosen, counted from 0, question by question |
//! | `experiment` | an experiment | as the student left it |
//! | `written_with` | text, at most 40 characters | the release that wrote it |
//!
//! A line to paste is `ackground-answer.v1.` and the same document, packed with its checksum as a link is.

use std::fmt;

use xxhash_rust::xxh3::xxh3_64;

use super::exercise::{Attempt, Exercise};
use crate::experiment::json::Json;
use crate::experiment::link::{self, LinkError};
use crate::experiment::mistake::{At, Found};
use crate::experiment::part::{Part, each_field, refusal};
use crate::experiment::scenario::Label;
use crate::experiment::value::{Bounded, Id, Text};
use crate::experiment::{Experiment, Lanes, Mistakes, Seed, VERSION, tree};
use crate::prove::Guarantee;

/// How a line to paste begins.
pub const LINE_FORM: &str = "ackground-answer.v1.";
const ANY_LINE: &str = "ackground-answer.";
const KIND: &str = "submission";

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

    fn read(text: &str) -> Option<Digest> {
        let plain =
            text.len() == 16 && text.bytes().all(|c| matches!(c, b'0'..=b'9' | b'a'..=b'f'));
        plain
            .then(|| u64::from_str_radix(text, 16).ok().map(Digest))
            .flatten()
    }
}

/// Sixteen digits, as in `00c0ffee00c0ffee`.
impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// What a student hands in.
///
/// ```
/// use ackground::learn::exercise::{Attempt, built_in};
/// use ackground::learn::submission::Submission;
/// use ackground::learn::text::ENGLISH;
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
    /// Its digest, before any variant was made of it.
    pub digest: Digest,
    /// The seed of the variant.
    pub variant: Option<Seed>,
    /// The exercise itself, before any variant was made of it, where it is none that is built in.
    pub whole: Option<Box<Exercise>>,
    /// Who hands it in.
    pub who: Label,
    /// How often it was checked before.
    pub attempts: Bounded<0, 1_000_000>,
    /// What is handed in.
    pub attempt: Attempt,
    /// The release that wrote it.
    pub written_with: Text<40>,
}

/// Why a text is no submission.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unread {
    /// There is nothing in it.
    Empty,
    /// A line that is cut off, changed or too long.
    Line(LinkError),
    /// A line of a form that this release does not know.
    OtherForm,
    /// It is neither a line nor a document.
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
                f.write_str("The line was made by a newer Ackground than this one.")
            }
            Unread::Line(_) => f.write_str("The line is damaged: something in it was changed."),
            Unread::NeitherNor => write!(
                f,
                "This is no submission: neither a line that begins with \"{LINE_FORM}\" nor a JSON document."
            ),
            Unread::Document(mistakes) => {
                write!(f, "The submission is not well formed:\n{mistakes}")
            }
        }
    }
}

impl std::error::Error for Unread {}

const KNOWN: &[&str] = &[
    "version",
    "kind",
    "exercise",
    "who",
    "attempts",
    "answers",
    "predictions",
    "experiment",
    "written_with",
];
const NEEDED: [&str; 4] = ["version", "kind", "exercise", "experiment"];
const ABOUT: &[&str] = &["id", "digest", "variant", "whole"];

impl Submission {
    /// What is handed in for an exercise, or for the variant of it with this seed. `attempts` counts how
    /// often it was checked before.
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

    /// Reads a document, or a line with whatever was pasted around it.
    ///
    /// # Errors
    ///
    /// What is wrong with it. Memory stays below a few times the longest document whatever it holds.
    pub fn read(text: &str) -> Result<Submission, Unread> {
        let text = text.trim().trim_start_matches('\u{feff}');
        if text.is_empty() {
            return Err(Unread::Empty);
        }
        if text.starts_with(['{', '[']) {
            return Submission::from_json(text).map_err(Unread::Document);
        }
        let start = text.find(ANY_LINE).ok_or(Unread::NeitherNor)?;
        let rest = text[start..]
            .strip_prefix(LINE_FORM)
            .ok_or(Unread::OtherForm)?;
        // Mail programs break long lines and put marks before them: what follows is tried as well, as long
        // as the end is missing.
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

    /// Reads a document.
    ///
    /// # Errors
    ///
    /// Every mistake with its path.
    pub fn from_json(text: &str) -> Result<Submission, Mistakes> {
        let json = tree(text)?;
        let mut found = Found::default();
        let read = Submission::of_tree(&json, &mut found);
        let read = found.give(read)?;
        read.ok_or_else(|| Mistakes::one("", "the document is no submission"))
    }

    fn of_tree(json: &Json, found: &mut Found) -> Option<Submission> {
        let root = At::Root;
        if let (Json::Object(_), Some(version)) = (json, json.get("version"))
            && version.as_whole() != Some(VERSION)
        {
            let message = format!(
                "{} is not known; this release reads {VERSION}",
                version.show()
            );
            found.add(&root.field("version"), message);
            return None;
        }
        let mut about = About::default();
        let (mut who, mut attempts) = (Label::default(), Bounded::of(0));
        let mut written_with = Text::default();
        let mut attempt = Attempt {
            experiment: Experiment::of_lanes(Lanes::default()),
            answers: Vec::new(),
            predictions: Vec::new(),
        };
        each_field(json, &root, found, KNOWN, |name, value, at, found| {
            match name {
                "version" => {}
                "kind" if *value == Json::text(KIND) => {}
                "kind" => found.add(at, format!("{} is not allowed; \"{KIND}\"", value.show())),
                "exercise" => about.read(value, at, found),
                "who" => who.read_over(value, at, found),
                "attempts" => attempts.read_over(value, at, found),
                "answers" => attempt.answers = list(value, at, found, MOST_ANSWERS, guarantee),
                "predictions" => {
                    attempt.predictions = list(value, at, found, Exercise::MOST_PREDICTIONS, place);
                }
                "experiment" => attempt.experiment = Experiment::read_at(value, at, found),
                "written_with" => written_with.read_over(value, at, found),
                _ => return false,
            }
            true
        });
        if matches!(json, Json::Object(_)) {
            for name in NEEDED.into_iter().filter(|name| json.get(name).is_none()) {
                found.add(&root.field(name), "is missing");
            }
        }
        Some(Submission {
            id: about.id?,
            digest: about.digest?,
            variant: about.variant,
            whole: about.whole.map(Box::new),
            who,
            attempts,
            attempt,
            written_with,
        })
    }

    fn to_tree(&self) -> Json {
        let mut about = vec![
            ("id".to_owned(), Json::text(self.id.as_str())),
            ("digest".to_owned(), Json::text(self.digest.to_string())),
        ];
        if let Some(seed) = self.variant {
            about.push(("variant".to_owned(), seed.write()));
        }
        if let Some(exercise) = &self.whole {
            about.push(("whole".to_owned(), exercise.to_tree()));
        }
        let mut fields = vec![
            ("version".to_owned(), Json::Whole(VERSION)),
            ("kind".to_owned(), Json::text(KIND)),
            ("exercise".to_owned(), Json::Object(about)),
            ("who".to_owned(), self.who.write()),
            ("attempts".to_owned(), self.attempts.write()),
        ];
        let answers = &self.attempt.answers;
        if answers.iter().any(Option::is_some) {
            let word = |answer: &Option<Guarantee>| match answer {
                Some(guarantee) => Json::text(guarantee.word()),
                None => Json::Null,
            };
            fields.push((
                "answers".to_owned(),
                Json::List(answers.iter().map(word).collect()),
            ));
        }
        let predictions = &self.attempt.predictions;
        if predictions.iter().any(Option::is_some) {
            let number =
                |chosen: &Option<usize>| chosen.map_or(Json::Null, |n| Json::Whole(n as u64));
            let predictions = predictions.iter().map(number).collect();
            fields.push(("predictions".to_owned(), Json::List(predictions)));
        }
        fields.push(("experiment".to_owned(), self.attempt.experiment.to_tree()));
        fields.push(("written_with".to_owned(), self.written_with.write()));
        Json::Object(fields)
    }

    /// The submission as JSON for people: what is saved as a file.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(&self.to_tree()).expect("a tree of plain values prints")
    }

    /// The submission as a line to paste.
    pub fn to_line(&self) -> String {
        let json = serde_json::to_string(&self.to_tree()).expect("a tree of plain values prints");
        format!("{LINE_FORM}{}", link::seal(&json))
    }
}

/// Into so many pieces a line may have been broken.
const MOST_PIECES: usize = 256;
/// The most answers: one for each goal that an exercise can have.
const MOST_ANSWERS: usize = Exercise::MOST_GOALS;

/// Which exercise a submission is about, as far as it has been read.
#[derive(Default)]
struct About {
    id: Option<Id>,
    digest: Option<Digest>,
    variant: Option<Seed>,
    whole: Option<Exercise>,
}

impl About {
    fn read(&mut self, json: &Json, at: &At<'_>, found: &mut Found) {
        each_field(json, at, found, ABOUT, |name, value, at, found| {
            match (name, value) {
                ("id", Json::Text(text)) if Id::new(text).is_some() => self.id = Id::new(text),
                ("digest", Json::Text(text)) if Digest::read(text).is_some() => {
                    self.digest = Digest::read(text);
                }
                ("id", other) => found.add(at, refusal(other, &crate::experiment::part::Shape::Id)),
                ("digest", other) => {
                    let shown = other.show();
                    found.add(
                        at,
                        format!("{shown} is not allowed; sixteen digits from 0 to f"),
                    );
                }
                ("variant", value) => {
                    let mut seed = None::<Seed>;
                    seed.read_over(value, at, found);
                    self.variant = seed;
                }
                ("whole", value) => self.whole = Exercise::read_at(value, at, found),
                _ => return false,
            }
            true
        });
        if matches!(json, Json::Object(_)) {
            for name in ["id", "digest"]
                .into_iter()
                .filter(|name| json.get(name).is_none())
            {
                found.add(&at.field(name), "is missing");
            }
        }
    }
}

fn guarantee(json: &Json) -> Option<Guarantee> {
    match json {
        Json::Text(word) => Guarantee::from_word(word),
        _ => None,
    }
}

fn place(json: &Json) -> Option<usize> {
    let number = json.as_whole()?;
    usize::try_from(number).ok().filter(|place| *place < 100)
}

/// Reads a list of values or nulls.
fn list<T>(
    json: &Json,
    at: &At<'_>,
    found: &mut Found,
    most: usize,
    read: fn(&Json) -> Option<T>,
) -> Vec<Option<T>> {
    let Json::List(items) = json else {
        let message = format!(
            "{} is not allowed; a list of at most {most} items",
            json.show()
        );
        found.add(at, message);
        return Vec::new();
    };
    if items.len() > most {
        let message = format!("{} items are not allowed; at most {most}", items.len());
        found.add(at, message);
        return Vec::new();
    }
    let items = items.iter().enumerate().map(|(i, item)| match item {
        Json::Null => None,
        item => {
            let value = read(item);
            if value.is_none() {
                found.add(&at.index(i), format!("{} is not allowed", item.show()));
            }
            value
        }
    });
    items.collect()
}

#[cfg(test)]
mod tests;
