//! What a figure and its host say to each other: protocol version 1.
//!
//! Every message is a plain object `{ackground: 1, type, …}`. A host says `hello` first; before that a figure
//! only says that it is ready and how high it is, which is no secret. Texts here are JSON: how messages
//! travel, and whose they are, belongs to `hooks::use_host`. What is not ours is let pass; what is ours and
//! wrong is answered with a sentence. New types and fields may be added; a receiver passes over what it does
//! not know.

use serde::Serialize;

use crate::state::{LaneRun, Theme, address};
use ackground_core::audit::Outcome;
use ackground_core::experiment::json::Json;
use ackground_core::experiment::{Experiment, LONGEST_DOCUMENT};
use ackground_core::sim::Time;

/// The version of the protocol, the value of `ackground` in each message.
pub const VERSION: u64 = 1;

/// The longest message that is read, in bytes of JSON: the longest experiment, and room for escapes.
pub const LONGEST_MESSAGE: usize = 2 * LONGEST_DOCUMENT;

/// What a host asks of a figure.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// `hello`: tell me what happens.
    Hello,
    /// `load`: show this experiment, given by the fragment of an address, or whole as JSON.
    Load(LoadSource),
    /// `play`: play, from the start when at the end.
    Play,
    /// `pause`: stop.
    Pause,
    /// `seek`: go to this moment.
    Seek(Time),
    /// `theme`: have these colours.
    Theme(Theme),
}

/// An experiment that is asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum LoadSource {
    /// As what follows `#` in an address.
    Fragment(String),
    /// As the format has it, in JSON.
    Json(String),
}

impl Request {
    /// Reads a message: `None` if it is not one of this protocol or of a type that is not known.
    ///
    /// # Errors
    ///
    /// A sentence for the author of the host when a known type has the wrong shape, or the message is longer
    /// than [`LONGEST_MESSAGE`].
    pub fn read(text: &str) -> Result<Option<Request>, String> {
        if text.len() > LONGEST_MESSAGE {
            return Err(format!(
                "A message is too long: at most {LONGEST_MESSAGE} bytes of JSON are read."
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

/// A link is taken as it is found: a whole address, or only what follows its `#`.
fn fragment_of(link: &str) -> String {
    link.rsplit_once('#').map_or(link, |(_, fragment)| fragment).trim().to_owned()
}

/// A moment from whole or broken milliseconds, to the microsecond.
fn milliseconds(value: &Json) -> Option<Time> {
    let ms = match value {
        Json::Whole(whole) => return Some(Time::from_millis(*whole)),
        Json::Number(number) => *number,
        _ => return None,
    };
    // A float that is not too large for it becomes the microseconds nearest to it.
    (ms >= 0.0 && ms.is_finite()).then(|| Time::from_micros((ms * 1000.0).round() as u64))
}

impl LoadSource {
    /// The experiment with the fragment of all that is asked for.
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

/// What a figure tells its host.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Outgoing {
    /// It is there.
    Ready {
        /// The release of Ackground.
        version: &'static str,
        /// The title of the figure.
        title: String,
        /// Whether the host has said hello; if not, it has to, to hear more.
        greeted: bool,
    },
    /// It is so high and wants to be seen whole.
    Size {
        /// In CSS pixels.
        height: u32,
    },
    /// The playhead has moved, or playing has begun or ended.
    Change {
        /// The moment, in milliseconds of the run.
        at_ms: f64,
        /// The end of the run, in milliseconds.
        end_ms: f64,
        /// Whether it plays.
        playing: bool,
    },
    /// What the whole run comes to; said again when the experiment has changed.
    Outcome {
        /// The link of the experiment.
        experiment: String,
        /// The title of the figure.
        title: String,
        /// Every lane, in order.
        lanes: Vec<LaneOutcome>,
    },
    /// Playing has come to the end of the run.
    Ended,
    /// Something that was asked for could not be done.
    Error {
        /// Why, in a sentence or several.
        message: String,
    },
}

/// What the run of a lane comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LaneOutcome {
    /// The name of the lane.
    pub name: String,
    /// What its store should hold, in the scenario's unit.
    pub expected: u64,
    /// What it holds.
    pub actual: u64,
    /// What became of each message, in order.
    pub ends: Vec<&'static str>,
}

impl LaneOutcome {
    /// What a run comes to, under the name of its lane.
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

    /// Whether anyone may hear it: the host has not said yet who it is.
    pub const fn is_public(&self) -> bool {
        matches!(self, Outgoing::Ready { .. } | Outgoing::Size { .. })
    }

    /// The moment in milliseconds.
    pub fn milliseconds(at: Time) -> f64 {
        // Exact up to 2^53 microseconds, some 285 years.
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
