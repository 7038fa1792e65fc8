//! A submission as a JSON document.

use super::{Digest, Submission};
use crate::exercise::{Attempt, Exercise};
use ackground_core::experiment::json::Json;
use ackground_core::experiment::mistake::{At, Found};
use ackground_core::experiment::part::{Part, Shape, each_field, refusal};
use ackground_core::experiment::scenario::Label;
use ackground_core::experiment::value::{Bounded, Id, Text};
use ackground_core::experiment::{Experiment, Lanes, Mistakes, Seed, VERSION, other_version, tree};
use ackground_core::prove::Guarantee;

/// The value of `kind` in the document.
pub const KIND: &str = "submission";
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
    /// Parses a document.
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
        if let Some(message) = other_version(json) {
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
                "who" => who.apply_patch(value, at, found),
                "attempts" => attempts.apply_patch(value, at, found),
                "answers" => attempt.answers = list(value, at, found, MOST_ANSWERS, guarantee),
                "predictions" => {
                    attempt.predictions = list(value, at, found, Exercise::MOST_PREDICTIONS, index);
                }
                "experiment" => attempt.experiment = Experiment::read_at(value, at, found),
                "written_with" => written_with.apply_patch(value, at, found),
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

    /// The submission as a JSON value.
    pub(super) fn to_tree(&self) -> Json {
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
            fields.push(("answers".to_owned(), Json::List(answers.iter().map(word).collect())));
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

    /// The submission as formatted JSON, as saved to a file.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(&self.to_tree()).expect("a tree of plain values prints")
    }
}

/// The most answers: one for each goal that an exercise can have.
const MOST_ANSWERS: usize = Exercise::MOST_GOALS;

/// The exercise a submission is about, partially read.
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
                ("id", other) => found.add(at, refusal(other, &Shape::Id)),
                ("digest", other) => {
                    let shown = other.show();
                    found.add(at, format!("{shown} is not allowed; sixteen digits from 0 to f"));
                }
                ("variant", value) => {
                    let mut seed = None::<Seed>;
                    seed.apply_patch(value, at, found);
                    self.variant = seed;
                }
                ("whole", value) => self.whole = Exercise::read_at(value, at, found),
                _ => return false,
            }
            true
        });
        if matches!(json, Json::Object(_)) {
            for name in ["id", "digest"].into_iter().filter(|name| json.get(name).is_none()) {
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

fn index(json: &Json) -> Option<usize> {
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
        let message = format!("{} is not allowed; a list of at most {most} items", json.show());
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
