//! The message protocol between a figure and its host, version 1.
//!
//! Every message is a plain object `{ackground: 1, type, …}`. A host says `hello` first; before that a figure
//! only reports that it is ready and how high it is, which is public. Messages are JSON text here; transport
//! and origin checks belong to `hooks::use_host`. Messages that are not ours are ignored; malformed ones of
//! ours are answered with an error. The protocol may gain types and fields, and receivers ignore those they
//! do not know.

use serde::Serialize;

use crate::state::{LaneRun, Theme, address};
use ackground_core::audit::Outcome;
use ackground_core::experiment::json::Json;
use ackground_core::experiment::{Experiment, LONGEST_DOCUMENT};
use ackground_core::sim::Time;

/// The protocol version, the value of `ackground` in each message.
pub const VERSION: u64 = 1;

/// The maximum length of a message, in bytes of JSON: the longest experiment, and room for escapes.
pub const LONGEST_MESSAGE: usize = 2 * LONGEST_DOCUMENT;

/// A request from the host.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// `hello`: start reporting.
    Hello,
    /// `load`: show this experiment, given as a fragment or as JSON.
    Load(LoadSource),
    /// `play`: play, from the start if at the end.
    Play,
    /// `pause`.
    Pause,
    /// `seek`: go to this moment.
    Seek(Time),
    /// `theme`: use this theme.
    Theme(Theme),
}

#[derive(Clone, Debug, PartialEq)]
pub enum LoadSource {
    /// What follows the `#` in an address.
    Fragment(String),
    /// The experiment format.
    Json(String),
}

impl Request {
    /// Parses a message: `None` if it is not of this protocol, or of an unknown type.
    ///
    /// # Errors
    ///
    /// A sentence for the host's author if a known type is malformed, or the message is longer than
    /// [`LONGEST_MESSAGE`].
    pub fn read(text: &str) -> Result<Option<Request>, String> {
        if text.len() > LONGEST_MESSAGE {
            return Err(format!(
                "The message is too long: at most {LONGEST_MESSAGE} bytes of JSON are read."
            ));
        }
        let Ok(message) = serde_json::from_str::<Json>(text) else {
            return Ok(None);
        };
        let version = message.get("ackground").and_then(Json::as_whole);
        let Some(Json::Text(kind)) = message.get("type").filter(|_| version == Some(VERSION))
        else {
            return Ok(None);
        };
        let wrong = |field: &str, allowed: &str| {
            Err(format!("\u{201c}{kind}\u{201d} needs \u{201c}{field}\u{201d}: {allowed}."))
        };
        Ok(Some(match kind.as_str() {
            "hello" => Request::Hello,
            "play" => Request::Play,
            "pause" => Request::Pause,
            "load" => match message.get("experiment") {
                Some(Json::Text(link)) => Request::Load(LoadSource::Fragment(fragment_of(link))),
                Some(whole @ Json::Object(_)) => {
                    let text = serde_json::to_string(whole);
                    Request::Load(LoadSource::Json(text.expect("a tree of plain values prints")))
                }
                _ => return wrong("experiment", "a link or an experiment as an object"),
            },
            "seek" => match message.get("ms").and_then(milliseconds) {
                Some(at) => Request::Seek(at),
                None => return wrong("ms", "milliseconds of the run, from 0"),
            },
            "theme" => match message.get("theme") {
                Some(Json::Text(word)) if Theme::from_word(word).is_some() => {
                    Request::Theme(Theme::from_word(word).unwrap_or_default())
                }
                _ => return wrong("theme", "light, dark or auto"),
            },
            _ => return Ok(None),
        }))
    }
}

/// Accepts a whole address, or only the part after its `#`.
fn fragment_of(link: &str) -> String {
    link.rsplit_once('#').map_or(link, |(_, fragment)| fragment).trim().to_owned()
}

/// A moment from milliseconds with fractions, to the microsecond.
fn milliseconds(value: &Json) -> Option<Time> {
    let ms = match value {
        Json::Whole(whole) => return Some(Time::from_millis(*whole)),
        Json::Number(number) => *number,
        _ => return None,
    };
    // The cast saturates.
    (ms >= 0.0 && ms.is_finite()).then(|| Time::from_micros((ms * 1000.0).round() as u64))
}

impl LoadSource {
    /// The fragment of the requested experiment.
    ///
    /// # Errors
    ///
    /// What is wrong with it, in a sentence or several.
    pub fn fragment(self) -> Result<String, String> {
        match self {
            LoadSource::Json(text) => Experiment::from_json(&text)
                .map(|experiment| address::fragment(&experiment))
                .map_err(|mistakes| mistakes.to_string()),
            LoadSource::Fragment(fragment) => Ok(fragment),
        }
    }
}

/// A message to the host.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Outgoing {
    /// The figure has loaded.
    Ready {
        /// The release of Ackground.
        version: &'static str,
        /// The title of the figure.
        title: String,
        /// Whether the host has said hello, which it must to be sent everything else.
        greeted: bool,
    },
    /// The height the figure needs.
    Size {
        /// In CSS pixels.
        height: u32,
    },
    /// The playhead has moved, or playback has started or stopped.
    Change {
        /// The moment, in milliseconds of the run.
        at_ms: f64,
        /// The end of the run, in milliseconds.
        end_ms: f64,
        playing: bool,
    },
    /// The outcome of the whole run; sent again when the experiment changes.
    Outcome {
        /// The link of the experiment.
        experiment: String,
        /// The title of the figure.
        title: String,
        /// One per lane, in order.
        lanes: Vec<LaneOutcome>,
    },
    /// Playback has reached the end of the run.
    Ended,
    /// A request failed.
    Error {
        /// Why, in a sentence or several.
        message: String,
    },
}

/// The outcome of a lane.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LaneOutcome {
    pub name: String,
    /// What its store should hold, in the scenario's unit.
    pub expected: u64,
    /// What it does hold.
    pub actual: u64,
    /// The outcome of each message, in order.
    pub ends: Vec<&'static str>,
}

impl LaneOutcome {
    pub fn of(experiment: &Experiment, run: &LaneRun) -> LaneOutcome {
        let messages = run.report.messages.iter();
        LaneOutcome {
            name: experiment.lane_name(run.lane),
            expected: run.report.ledger.expected,
            actual: run.report.ledger.actual,
            ends: messages.map(|record| Outcome::word(record.end)).collect(),
        }
    }
}

impl Outgoing {
    /// The message as JSON.
    pub fn write(&self) -> String {
        #[derive(Serialize)]
        struct Message<'a> {
            ackground: u64,
            #[serde(flatten)]
            outgoing: &'a Outgoing,
        }
        let message = Message { ackground: VERSION, outgoing: self };
        serde_json::to_string(&message).expect("a tree of plain values prints")
    }

    /// Whether any origin may receive it, before the host has said hello.
    pub const fn is_public(&self) -> bool {
        matches!(self, Outgoing::Ready { .. } | Outgoing::Size { .. })
    }

    pub fn milliseconds(at: Time) -> f64 {
        // Exact up to 2^53 microseconds, about 285 years.
        at.micros() as f64 / 1000.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::State;

    fn read(text: &str) -> Option<Request> {
        Request::read(text).unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn every_request_is_read() {
        let request = |rest: &str| read(&format!(r#"{{"ackground":1,{rest}}}"#));
        assert_eq!(request(r#""type":"hello""#), Some(Request::Hello));
        assert_eq!(request(r#""type":"play","x":1"#), Some(Request::Play));
        assert_eq!(request(r#""type":"pause""#), Some(Request::Pause));
        let seek = |micros| Some(Request::Seek(Time::from_micros(micros)));
        assert_eq!(request(r#""type":"seek","ms":2600"#), seek(2_600_000));
        assert_eq!(request(r#""type":"seek","ms":2600.125"#), seek(2_600_125));
        assert_eq!(request(r#""type":"seek","ms":0"#), seek(0));
        assert_eq!(request(r#""type":"seek","ms":1e300"#), seek(u64::MAX));
        let theme = request(r#""type":"theme","theme":"dark""#);
        assert_eq!(theme, Some(Request::Theme(Theme::Dark)));
        let fragment = |text: &str| Some(Request::Load(LoadSource::Fragment(text.to_owned())));
        for link in ["v1.abc", "#v1.abc", "https://a.example/x/#v1.abc", " v1.abc\\n"] {
            let load = request(&format!(r#""type":"load","experiment":"{link}""#));
            assert_eq!(load, fragment("v1.abc"), "{link}");
        }
        let load = request(r#""type":"load","experiment":{"version":1,"lanes":[{}]}"#);
        let Some(Request::Load(asked @ LoadSource::Json(_))) = load else {
            panic!("{load:?}");
        };
        let fragment = asked.fragment().expect("an experiment");
        assert_eq!(State::open(&fragment).runs.len(), 1);
    }

    #[test]
    fn what_is_not_ours_is_let_pass() {
        for text in [
            "",
            "null",
            "3",
            "\"hello\"",
            "[]",
            "{}",
            r#"{"type":"hello"}"#,
            r#"{"ackground":"1","type":"hello"}"#,
            r#"{"ackground":2,"type":"hello"}"#,
            r#"{"ackground":1}"#,
            r#"{"ackground":1,"type":7}"#,
            r#"{"ackground":1,"type":"explode"}"#,
            r#"{"ackground":1,"type":"hello""#,
            r#"{"source":"react-devtools","payload":{"type":"hello"}}"#,
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn wrong_shapes_are_answered_with_a_sentence() {
        for (rest, said) in [
            (r#""type":"seek""#, "ms"),
            (r#""type":"seek","ms":-1"#, "ms"),
            (r#""type":"seek","ms":"2600""#, "ms"),
            (r#""type":"seek","ms":null"#, "ms"),
            (r#""type":"theme","theme":"blue""#, "theme"),
            (r#""type":"theme","theme":{"toString":1}"#, "theme"),
            (r#""type":"load""#, "experiment"),
            (r#""type":"load","experiment":[1]"#, "experiment"),
            (r#""type":"load","experiment":true"#, "experiment"),
        ] {
            let text = format!(r#"{{"ackground":1,{rest}}}"#);
            let error = Request::read(&text).expect_err(&text);
            assert!(error.contains(said), "{text}: {error}");
        }
        let broken =
            LoadSource::Json(r#"{"version":1,"lanes":[{"consumer":{"ack":"never"}}]}"#.into());
        let error = broken.fragment().expect_err("no such ack");
        assert!(error.contains("lanes[0].consumer.ack"), "{error}");
    }

    #[test]
    fn hostile_messages_cost_little_and_break_nothing() {
        let long = format!(
            r#"{{"ackground":1,"type":"load","experiment":"{}"}}"#,
            "x".repeat(LONGEST_MESSAGE)
        );
        assert!(Request::read(&long).is_err());
        let deep =
            format!(r#"{{"ackground":1,"type":"load","experiment":{{"a":{}"#, "[".repeat(100_000));
        assert_eq!(read(&deep), None, "nested deeper than anything of ours");
        let proto = r#"{"ackground":1,"type":"load","experiment":{"__proto__":{"version":1}}}"#;
        let Some(Request::Load(asked)) = read(proto) else {
            panic!("a load");
        };
        assert!(asked.fragment().is_err());
    }

    #[test]
    fn news_have_the_form_that_is_documented() {
        let state = State::open("");
        let lanes = state.runs.iter();
        let lanes: Vec<_> = lanes.map(|run| LaneOutcome::of(&state.experiment, run)).collect();
        assert_eq!(lanes[1].ends, ["once", "once", "duplicated"]);
        let cases = [
            (Outgoing::Size { height: 512 }, r#"{"ackground":1,"type":"size","height":512}"#),
            (Outgoing::Ended, r#"{"ackground":1,"type":"ended"}"#),
            (
                Outgoing::Change {
                    at_ms: Outgoing::milliseconds(Time::from_micros(2_600_125)),
                    end_ms: 9000.0,
                    playing: true,
                },
                r#"{"ackground":1,"type":"change","at_ms":2600.125,"end_ms":9000.0,"playing":true}"#,
            ),
            (
                Outgoing::Outcome {
                    experiment: String::new(),
                    title: "T".into(),
                    lanes: lanes[..1].to_vec(),
                },
                r#"{"ackground":1,"type":"outcome","experiment":"","title":"T","lanes":[{"name":"At most once","expected":30000,"actual":20000,"ends":["once","lost","once"]}]}"#,
            ),
        ];
        for (outgoing, text) in cases {
            assert_eq!(outgoing.write(), text);
        }
        assert!(Outgoing::Size { height: 1 }.is_public() && !Outgoing::Ended.is_public());
    }
}
