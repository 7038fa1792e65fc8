//! An experiment as a JSON document.
//!
//! This file owns the document as a whole: its size, its version, its required fields, and that
//! every mistake is reported. What a field allows is up to its type.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::json::Json;
use super::mistake::{At, Found};
use super::part::{Part, each_field};
use super::{Experiment, Lanes, Mistake, Mistakes};

/// The version of the format that this release reads and writes.
pub const VERSION: u64 = 1;

/// The longest document that is read, in bytes: many times what an experiment needs.
pub const LONGEST_DOCUMENT: usize = 256 * 1024;

const KNOWN: &[&str] =
    &["version", "title", "scenario", "messages", "interval_ms", "seed", "faults", "lanes"];

impl Experiment {
    /// Reads a JSON document. Fields left out fall back to the lane's preset, then to the default.
    ///
    /// # Errors
    ///
    /// Every mistake with its path: text that is not JSON (with line and column) or longer than
    /// [`LONGEST_DOCUMENT`], unknown and repeated fields, wrong types, values out of range, and
    /// violated rules between fields.
    pub fn from_json(text: &str) -> Result<Self, Mistakes> {
        Self::from_tree(&tree(text)?)
    }

    /// The experiment as JSON for people: indented, without what the preset or the default implies.
    ///
    /// ```
    /// use ackground_core::experiment::Experiment;
    ///
    /// let experiment = Experiment::default();
    /// assert_eq!(Experiment::from_json(&experiment.to_json()), Ok(experiment));
    /// ```
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(&self.to_tree()).expect("a tree of plain values prints")
    }

    /// The experiment as JSON on one line, with the same content as [`Experiment::to_json`].
    pub fn to_json_compact(&self) -> String {
        serde_json::to_string(&self.to_tree()).expect("a tree of plain values prints")
    }

    fn from_tree(json: &Json) -> Result<Self, Mistakes> {
        let (read, found) = Self::read_tree(json)?;
        found.give(read)
    }

    /// The experiment of a document with mistakes in it: whatever is wrong falls back to the preset
    /// or the default, and is reported.
    ///
    /// # Errors
    ///
    /// Nothing can be salvaged: it is no document of this version, or has no lanes.
    pub(super) fn salvage(text: &str) -> Result<(Self, Vec<Mistake>), Mistakes> {
        Self::salvage_tree(&tree(text)?)
    }

    /// [`Experiment::salvage`] for a parsed tree.
    pub(super) fn salvage_tree(json: &Json) -> Result<(Self, Vec<Mistake>), Mistakes> {
        let (mut read, found) = Self::read_tree(json)?;
        let has_lanes = matches!(json.get("lanes"), Some(Json::List(lanes)) if !lanes.is_empty());
        if !has_lanes {
            return found.give((read, Vec::new()));
        }
        for lane in read.lanes.iter_mut() {
            lane.mend();
        }
        let mistakes = match found.give(()) {
            Ok(()) => Vec::new(),
            Err(mistakes) => mistakes.into_vec(),
        };
        Ok((read, mistakes))
    }

    /// The experiment of a document, and the mistakes in it.
    fn read_tree(json: &Json) -> Result<(Self, Found), Mistakes> {
        if let Some(message) = other_version(json) {
            return Err(Mistakes::one("version", message));
        }
        let mut found = Found::default();
        let read = Self::read_at(json, &At::Root, &mut found);
        Ok((read, found))
    }

    /// Reads an experiment embedded somewhere in a document. Mistakes are noted with their paths,
    /// and the values concerned stay at their defaults.
    pub fn read_at(json: &Json, root: &At<'_>, found: &mut Found) -> Self {
        let mut read = Experiment::of_lanes(Lanes::default());
        if let Some(message) = other_version(json) {
            found.add(&root.field("version"), message);
            return read;
        }
        if matches!(json, Json::Object(_)) && json.get("version").is_none() {
            let message = format!("is missing; this release reads {VERSION}");
            found.add(&root.field("version"), message);
        }
        each_field(json, root, found, KNOWN, |name, value, at, found| {
            match name {
                "version" => {}
                "title" => read.title.apply_patch(value, at, found),
                "scenario" => read.scenario.read_named(value, at, found),
                "messages" => read.messages.apply_patch(value, at, found),
                "interval_ms" => read.interval_ms.apply_patch(value, at, found),
                "seed" => read.seed.apply_patch(value, at, found),
                "faults" => read.faults.apply_patch(value, at, found),
                "lanes" => read.lanes.apply_patch(value, at, found),
                _ => return false,
            }
            true
        });
        if matches!(json, Json::Object(_)) && json.get("lanes").is_none() {
            let message = format!("is missing; {}", Lanes::shape());
            found.add(&root.field("lanes"), message);
        }
        read
    }

    /// The experiment as the tree of a document.
    pub fn to_tree(&self) -> Json {
        let base = Experiment::of_lanes(Lanes::default());
        let mut fields = vec![("version".to_owned(), Json::Whole(VERSION))];
        let mut push = |name: &str, json: Option<Json>| {
            fields.extend(json.map(|json| (name.to_owned(), json)));
        };
        push("title", self.title.diff(&base.title));
        let scenario = (self.scenario != base.scenario).then(|| self.scenario.write_named());
        push("scenario", scenario);
        push("messages", self.messages.diff(&base.messages));
        push("interval_ms", self.interval_ms.diff(&base.interval_ms));
        push("seed", self.seed.diff(&base.seed));
        push("faults", self.faults.diff(&base.faults));
        push("lanes", Some(self.lanes.write()));
        Json::Object(fields)
    }
}

/// The message for a document of another version, whose fields may mean anything.
pub fn other_version(json: &Json) -> Option<String> {
    let version = json.get("version")?;
    (version.as_whole() != Some(VERSION)).then(|| {
        let shown = version.show();
        format!("{shown} is not known; this release reads {VERSION}")
    })
}

/// Parses a document of at most [`LONGEST_DOCUMENT`] bytes.
pub fn tree(text: &str) -> Result<Json, Mistakes> {
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

/// Writes the same as [`Experiment::to_json`].
impl Serialize for Experiment {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        self.to_tree().serialize(s)
    }
}

/// Reads the same as [`Experiment::from_json`]; the error names every mistake.
impl<'de> Deserialize<'de> for Experiment {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let json = Json::deserialize(d)?;
        Self::from_tree(&json).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        Experiment::from_json(text).expect_err(text).to_string()
    }

    #[test]
    fn the_shortest_document() {
        let read = Experiment::from_json(r#"{"version":1,"lanes":[{}]}"#);
        assert_eq!(read, Ok(Experiment::of_lanes(Lanes::default())));
        let written = Experiment::of_lanes(Lanes::default()).to_json_compact();
        assert_eq!(written, r#"{"version":1,"lanes":[{}]}"#);
    }

    #[test]
    fn version_and_lanes_have_to_be_given() {
        assert_eq!(
            refused("{}"),
            "version: is missing; this release reads 1\nlanes: is missing; a list of 1 to 4 items"
        );
        assert_eq!(
            refused(r#"{"version":2,"whatever":0}"#),
            "version: 2 is not known; this release reads 1",
            "what another version means by its fields is not ours to say"
        );
        assert_eq!(refused("[]"), "[] is not allowed; an object");
        assert_eq!(
            refused(r#"{"version":1,"lanes":[]}"#),
            "lanes: 0 lanes are not allowed; a list of 1 to 4 items"
        );
        assert_eq!(
            refused(r#"{"version":1,"lanes":[{},{},{},{},{}]}"#),
            "lanes: 5 lanes are not allowed; a list of 1 to 4 items"
        );
    }

    #[test]
    fn every_mistake_in_a_document_is_told() {
        let text = r#"{
            "version": 1,
            "title": 7,
            "scenario": "paymant",
            "messages": 0,
            "interval_ms": -1,
            "seed": 9007199254740992,
            "faults": {
                "loss": {"publish": 1.5, "ack-loss": 0},
                "latency_ms": [80, 20],
                "script": ["drop publsh 2", 7]
            },
            "lanes": [
                {"preset": "at-most-onse"},
                {"producer": {"acks": "quorum", "backoff": {"first": 1}}, "broker": []}
            ]
        }"#;
        assert_eq!(
            refused(text).lines().collect::<Vec<_>>(),
            [
                "title: 7 is not allowed; a text of at most 120 characters",
                "scenario: \"paymant\" is not allowed; did you mean \"payment\"? (\"payment\", \
                 \"notification\", \"email\", \"order\", \"metrics\", \"clicks\", \"transfer\" or \
                 \"pipeline\", or an object)",
                "messages: 0 is not allowed; a whole number from 1 to 1000",
                "interval_ms: -1 is not allowed; a whole number from 0 to 600000",
                "seed: 9007199254740992 is not allowed; a whole number from 0 to 9007199254740991",
                "faults.loss.publish: 1.5 is not allowed; a number from 0 to 1",
                "faults.loss.ack-loss: is not a field here; allowed: publish, publish_ack, deliver, ack",
                "faults.latency_ms: [80, 20] is not allowed; a list of two whole numbers from 0 to \
                 600000, the first not above the second",
                "faults.script[0]: \"drop publsh 2\": column 6: \"publsh\" is not a packet; did you \
                 mean \"publish\"?",
                "faults.script[1]: 7 is not allowed; a line of text",
                "lanes[0].preset: \"at-most-onse\" is not allowed; did you mean \"at-most-once\"?",
                "lanes[1].producer.acks: \"quorum\" is not allowed; \"none\", \"leader\" or \"all\"",
                "lanes[1].producer.backoff.first: is not a field here; allowed: first_ms, factor, \
                 max_ms, jitter",
                "lanes[1].broker: [] is not allowed; an object",
            ]
        );
    }

    #[test]
    fn text_that_is_no_document_is_refused_at_once() {
        assert!(refused("").starts_with("the document is not JSON: EOF"));
        assert_eq!(
            refused("{\n  \"version\": 1,,\n}"),
            "the document is not JSON: key must be a string at line 2 column 16"
        );
        assert!(refused(&"[".repeat(100_000)).contains("recursion limit"));
        assert_eq!(
            refused(&" ".repeat(LONGEST_DOCUMENT + 1)),
            "the document has 262145 bytes; at most 262144 are allowed"
        );
        let flood = format!("{{{}\"a\":1}}", "\"a\":1,".repeat(40_000));
        assert!(refused(&flood).ends_with("and 39903 more mistakes"));
    }

    #[test]
    fn a_mark_of_the_byte_order_is_let_pass() {
        assert!(Experiment::from_json("\u{feff}{\"version\":1,\"lanes\":[{}]}").is_ok());
    }

    #[test]
    fn serde_tells_the_same() {
        let error = serde_json::from_str::<Experiment>(r#"{"version":1,"lanes":[{}],"seed":-1}"#);
        let told = error.expect_err("a seed is not negative").to_string();
        assert!(told.starts_with("seed: -1 is not allowed"), "{told}");
        let experiment = Experiment::default();
        let text = serde_json::to_string(&experiment).expect("prints");
        assert_eq!(text, experiment.to_json_compact());
    }
}
