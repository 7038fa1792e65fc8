//! An experiment as a JSON document.
//!
//! This file owns the document as a whole: its size, its version, what has to be given, and that
//! every mistake is told. What is allowed in a field is told by the field's type.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::json::Json;
use super::mistake::{At, Found};
use super::part::{Part, each_field};
use super::{Experiment, Lanes, Mistakes, support};

/// The version of the format that this release reads and writes.
pub const VERSION: u64 = 1;

/// The longest document that is read, in bytes: many times what an experiment can need.
pub const LONGEST_DOCUMENT: usize = 256 * 1024;

const KNOWN: &[&str] = &[
    "version",
    "title",
    "scenario",
    "messages",
    "interval_ms",
    "seed",
    "faults",
    "lanes",
];

impl Experiment {
    /// Reads a JSON document. What it leaves out falls back to the lane's preset, then to the
    /// default.
    ///
    /// # Errors
    ///
    /// Every mistake with its path: text that is not JSON (with line and column) or longer than
    /// [`LONGEST_DOCUMENT`], unknown and repeated fields, wrong types, values out of range, rules
    /// between fields that do not hold, and what this release does not simulate yet
    /// ([`support::unsupported`]).
    pub fn from_json(text: &str) -> Result<Self, Mistakes> {
        Self::from_tree(&tree(text)?, true)
    }

    /// Reads a JSON document as [`Experiment::from_json`] does, but lets pass what this release
    /// does not simulate yet: for tools that only store, check or convert experiments.
    ///
    /// # Errors
    ///
    /// Every mistake against the format, with its path.
    pub fn from_json_any(text: &str) -> Result<Self, Mistakes> {
        Self::from_tree(&tree(text)?, false)
    }

    /// The experiment as JSON for people: indented, and without what the preset or the default
    /// says anyway.
    ///
    /// ```
    /// use ackground::experiment::Experiment;
    ///
    /// let experiment = Experiment::default();
    /// assert_eq!(Experiment::from_json(&experiment.to_json()), Ok(experiment));
    /// ```
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(&self.to_tree()).expect("a tree of plain values prints")
    }

    /// The experiment as JSON in one line, with the same content as [`Experiment::to_json`].
    pub fn to_json_compact(&self) -> String {
        serde_json::to_string(&self.to_tree()).expect("a tree of plain values prints")
    }

    fn from_tree(json: &Json, only_simulated: bool) -> Result<Self, Mistakes> {
        let mut found = Found::default();
        let mut read = Experiment::of_lanes(Lanes::default());
        let root = At::Root;
        match json.get("version") {
            Some(Json::Whole(VERSION)) => {}
            Some(other) if matches!(json, Json::Object(_)) => {
                // Another version may mean anything by its fields: no word about those.
                let message = format!(
                    "{} is not known; this release reads {VERSION}",
                    other.show()
                );
                return Err(Mistakes::one("version", message));
            }
            _ if matches!(json, Json::Object(_)) => {
                let message = format!("is missing; this release reads {VERSION}");
                found.add(&root.field("version"), message);
            }
            _ => {}
        }
        each_field(json, &root, &mut found, KNOWN, |name, value, at, found| {
            match name {
                "version" => {}
                "title" => read.title.read_over(value, at, found),
                "scenario" => read.scenario.read_named(value, at, found),
                "messages" => read.messages.read_over(value, at, found),
                "interval_ms" => read.interval_ms.read_over(value, at, found),
                "seed" => read.seed.read_over(value, at, found),
                "faults" => read.faults.read_over(value, at, found),
                "lanes" => read.lanes.read_over(value, at, found),
                _ => return false,
            }
            true
        });
        if matches!(json, Json::Object(_)) && json.get("lanes").is_none() {
            let message = format!("is missing; {}", Lanes::shape());
            found.add(&root.field("lanes"), message);
        }
        if only_simulated {
            support::note(&read, &mut found);
        }
        found.give(read)
    }

    fn to_tree(&self) -> Json {
        let base = Experiment::of_lanes(Lanes::default());
        let mut fields = vec![("version".to_owned(), Json::Whole(VERSION))];
        let mut push = |name: &str, json: Option<Json>| {
            fields.extend(json.map(|json| (name.to_owned(), json)));
        };
        push("title", self.title.write_over(&base.title));
        let scenario = (self.scenario != base.scenario).then(|| self.scenario.write_named());
        push("scenario", scenario);
        push("messages", self.messages.write_over(&base.messages));
        push(
            "interval_ms",
            self.interval_ms.write_over(&base.interval_ms),
        );
        push("seed", self.seed.write_over(&base.seed));
        push("faults", self.faults.write_over(&base.faults));
        push("lanes", Some(self.lanes.write()));
        Json::Object(fields)
    }
}

fn tree(text: &str) -> Result<Json, Mistakes> {
    if text.len() > LONGEST_DOCUMENT {
        let message = format!(
            "the document has {} bytes; at most {LONGEST_DOCUMENT} are allowed",
            text.len()
        );
        return Err(Mistakes::one("", message));
    }
    // Editors on Windows put a byte order mark first; JSON has none.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    serde_json::from_str(text)
        .map_err(|error| Mistakes::one("", format!("the document is not JSON: {error}")))
}

/// Writes what [`Experiment::to_json`] writes.
impl Serialize for Experiment {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        self.to_tree().serialize(s)
    }
}

/// Reads what [`Experiment::from_json`] reads; the error names every mistake.
impl<'de> Deserialize<'de> for Experiment {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let json = Json::deserialize(d)?;
        Self::from_tree(&json, true).map_err(serde::de::Error::custom)
    }
}
