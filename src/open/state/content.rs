//! Detects what a file or text is: an experiment, an exercise, a link, a configuration, or something else,
//! which is named.
//!
//! Changes nothing. For something else, the message is a sentence that begins with "It".

use crate::learn::choices::LearnChoices;
use crate::learn::state::progress;
use ackground_core::experiment::json::Json;
use ackground_core::experiment::link::looks_like_link;
use ackground_core::experiment::{Experiment, LONGEST_DOCUMENT, LinkError, Mistakes};
use ackground_learn::exercise::{EXERCISE, Exercise};
use ackground_learn::submission;
use ackground_words::systems::kafka;

/// How many reasons are listed before the rest is only counted.
const REASONS: usize = 8;
/// The maximum length of a link, in bytes.
const LONGEST_LINK: usize = 512 * 1024;

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Content {
    Experiment(Box<Experiment>),
    /// The part after the `#` of a link to an experiment.
    Link(String),
    Exercise(Box<Exercise>),
    /// The part after the `#` of a link to a lesson or an exercise.
    Lesson(String),
    /// An exercise answer, as a file or a line.
    Answer,
    /// A progress file.
    Progress,
    Configuration,
    /// Most likely a broken experiment: one reason each, as a sentence or with a path.
    Wrong(Vec<String>),
    /// Unrelated text.
    Other,
}

/// The text of a file, or what the file is instead.
pub fn text_of(bytes: &[u8]) -> Result<String, &'static str> {
    match bytes {
        [0xff, 0xfe, rest @ ..] => utf_16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf_16(rest, u16::from_be_bytes),
        [0x89, b'P', b'N', b'G', ..] | [0xff, 0xd8, 0xff, ..] | [b'G', b'I', b'F', b'8', ..] => {
            Err(PICTURE)
        }
        [b'%', b'P', b'D', b'F', ..] => Err("It is a PDF document."),
        [b'P', b'K', 3, 4, ..] => Err("It is an archive or an office document."),
        [0x1f, 0x8b, ..] => Err("It is compressed. Unpack it first."),
        _ => match str::from_utf8(bytes) {
            Ok(text) if text.contains('\0') => Err(NO_TEXT),
            Ok(text) if text.trim_start_matches('\u{feff}').trim().is_empty() => {
                Err("It is empty.")
            }
            Ok(text) => Ok(text.to_owned()),
            Err(_) if bytes.contains(&0) => Err(NO_TEXT),
            Err(_) => Err("It is text, but not in UTF-8. Save it as UTF-8 and open it again."),
        },
    }
}

const PICTURE: &str = "It is a picture. Save the experiment behind it as JSON and open that.";
const NO_TEXT: &str = "It is not text.";

/// UTF-16, which some Windows editors call Unicode.
fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, &'static str> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
    match String::from_utf16(&units) {
        Ok(text) if rest.is_empty() && !text.contains('\0') => Ok(text),
        _ => Err(NO_TEXT),
    }
}

pub(crate) fn content_of(text: &str) -> Content {
    let trimmed = text.trim_start_matches('\u{feff}').trim();
    if trimmed.starts_with(['{', '[']) {
        return document(trimmed);
    }
    if let Some(link) = link(trimmed) {
        return link;
    }
    if submission::begins_in(trimmed) {
        return Content::Answer;
    }
    if kafka::looks_like(text) {
        return Content::Configuration;
    }
    if trimmed.starts_with('<') {
        let start: String = trimmed.chars().take(400).collect();
        let picture = start.to_ascii_lowercase().contains("<svg");
        let what = if picture { PICTURE } else { "It is a web page or another document in XML." };
        return Content::Wrong(vec![what.to_owned()]);
    }
    if trimmed.starts_with("lane,name,") {
        let what = "It is a table of results, which does not contain the experiment. Save the experiment as JSON and open that.";
        return Content::Wrong(vec![what.to_owned()]);
    }
    Content::Other
}

/// Text in braces.
fn document(text: &str) -> Content {
    let short = text.len() <= LONGEST_DOCUMENT;
    let json = short.then(|| serde_json::from_str::<Json>(text).ok()).flatten();
    match json.as_ref().and_then(|json| json.get("kind")) {
        Some(Json::Text(kind)) if kind == submission::KIND => return Content::Answer,
        Some(Json::Text(kind)) if kind == progress::KIND => return Content::Progress,
        Some(Json::Text(kind)) if kind == EXERCISE => {
            return match Exercise::from_json(text) {
                Ok(exercise) => Content::Exercise(Box::new(exercise)),
                Err(mistakes) => Content::Wrong(reasons(&mistakes)),
            };
        }
        _ => {}
    }
    let mistakes = match Experiment::from_json(text) {
        Ok(experiment) => return Content::Experiment(Box::new(experiment)),
        Err(mistakes) => mistakes,
    };
    // For something that never was an experiment, the mistakes would list its every field.
    let foreign =
        matches!(json, Some(json) if json.get("version").is_none() && json.get("lanes").is_none());
    Content::Wrong(if foreign {
        let said = "It is some other JSON: an experiment has \"version\" and \"lanes\".";
        vec![said.to_owned()]
    } else {
        reasons(&mistakes)
    })
}

fn reasons(mistakes: &Mistakes) -> Vec<String> {
    let mut reasons: Vec<String> = mistakes.iter().take(REASONS).map(ToString::to_string).collect();
    let more = mistakes.iter().count().saturating_sub(REASONS);
    if more > 0 {
        reasons.push(format!("And {more} more."));
    }
    reasons
}

/// A link to this site, valid or broken.
fn link(text: &str) -> Option<Content> {
    let one = text.len() <= LONGEST_LINK && !text.contains(char::is_whitespace);
    if !one {
        return None;
    }
    let fragment = match text.split_once('#') {
        Some((_, fragment)) => fragment,
        None => text,
    };
    let keys = fragment.split('&').filter_map(|part| part.split_once('='));
    if keys.into_iter().any(|(key, value)| LearnChoices::leads(key, value)) {
        return Some(Content::Lesson(fragment.to_owned()));
    }
    if !looks_like_link(text) {
        return None;
    }
    match Experiment::open_link(text) {
        Ok(Some(_)) => Some(Content::Link(fragment.to_owned())),
        Ok(None) | Err(LinkError::UnknownForm(_)) => None,
        Err(error) => {
            let lines = error.to_string();
            Some(Content::Wrong(lines.lines().take(REASONS).map(str::to_owned).collect()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn wrong(text: &str) -> String {
        match content_of(text) {
            Content::Wrong(reasons) => reasons.join("\n"),
            other => panic!("{text:?} is {other:?}"),
        }
    }

    #[test]
    fn an_experiment_is_known_however_it_comes() {
        let experiment = Experiment::default();
        let json = experiment.to_json();
        let document = Content::Experiment(Box::new(experiment.clone()));
        for text in [json.clone(), format!("\u{feff}{json}"), format!("\r\n  {json}\n")] {
            assert_eq!(content_of(&text), document);
        }
        for (order, unit) in [
            ([0xff, 0xfe], u16::to_le_bytes as fn(u16) -> [u8; 2]),
            ([0xfe, 0xff], u16::to_be_bytes),
        ] {
            let mut bytes = order.to_vec();
            bytes.extend(json.encode_utf16().flat_map(unit));
            assert_eq!(text_of(&bytes).as_deref(), Ok(json.as_str()));
        }
        for link in [experiment.to_packed_link(), "payment/at-least-once".to_owned()] {
            for text in
                [link.clone(), format!("#{link}"), format!("https://example.org/a/#{link}\n")]
            {
                assert_eq!(content_of(&text), Content::Link(link.clone()), "{text}");
            }
        }
        assert_eq!(content_of("acks=1\nretries=3"), Content::Configuration);
    }

    #[test]
    fn what_is_wrong_is_named_with_its_path() {
        let text = r#"{"version":1,"lanes":[{"producer":{"retries":2000}}]}"#;
        assert!(wrong(text).starts_with("lanes[0].producer.retries: 2000 is not allowed"));
        assert!(wrong("{\"version\": 1,, }").contains("is not JSON"));
        assert!(wrong(r#"{"version":2,"lanes":[{}]}"#).starts_with("version: 2 is not known"));
        let flood = format!("{{\"version\":1,{}\"lanes\":[{{}}]}}", "\"x\":1,".repeat(60));
        assert!(wrong(&flood).ends_with("more."), "{}", wrong(&flood));
        assert!(wrong("#v1.AAAAAAAAAAAAAAAAAAAA").starts_with("This link"));
        let long = format!("{{{}}}", " ".repeat(LONGEST_DOCUMENT));
        assert!(wrong(&long).contains("at most 262144"));
    }

    #[test]
    fn what_belongs_to_something_else_is_called_that() {
        assert!(wrong(r#"{"name":"x","dependencies":{}}"#).contains("some other JSON"));
        assert!(wrong("<!doctype html><html>").contains("web page"));
        assert!(wrong("<?xml version=\"1.0\"?>\n<svg xmlns=\"\">").contains("picture"));
        assert!(wrong("lane,name,message,sent\r\n1,A,1,1").contains("table of results"));
        for text in [
            "hello world",
            "",
            "https://example.org/",
            "https://example.org/#top",
            "key: value\nother: 1",
        ] {
            assert_eq!(content_of(text), Content::Other, "{text}");
        }
        let bytes: [(&[u8], &str); 7] = [
            (b"\x89PNG\r\n", "picture"),
            (b"%PDF-1.7", "PDF"),
            (b"PK\x03\x04..", "archive"),
            (b"\x1f\x8b\x08", "compressed"),
            (b"abc\0def", "not text"),
            (b"caf\xe9", "UTF-8"),
            (b" \n", "empty"),
        ];
        for (bytes, what) in bytes {
            let told = text_of(bytes).expect_err(what);
            assert!(told.contains(what), "{told}");
        }
    }

    proptest! {
        #[test]
        fn nothing_panics(bytes in prop::collection::vec(any::<u8>(), 0..200), text in "[\\{\\[<#v1./a-z]{0,40}\\PC{0,60}") {
            if let Ok(text) = text_of(&bytes) {
                content_of(&text);
            }
            content_of(&text);
        }
    }
}
