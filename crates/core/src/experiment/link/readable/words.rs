//! The words of a readable link: one for every setting, used in both directions.
//!
//! Each is declared with its setting, and never reassigned or removed: links depend on it.

use super::super::super::json::Json;
use super::super::super::label::{Setting, Unit, of_experiment, of_lane};
use super::super::super::mistake::{either, nearest};
use super::super::super::part::Shape;
use super::super::super::script::{Time, time};
use super::text::{escape, unescape};

/// Whose settings a part of a link can set.
#[derive(Clone, Copy, Debug)]
pub(super) enum Table {
    /// The run as a whole.
    Run,
    /// A lane.
    Lane,
    /// The faults other than the script.
    Faults,
}

impl Table {
    fn settings(self) -> impl Iterator<Item = &'static Setting> {
        let all: Vec<&Setting> = match self {
            Table::Lane => of_lane().collect(),
            Table::Run => of_experiment().filter(|setting| !is_fault(setting)).collect(),
            Table::Faults => of_experiment().filter(|setting| is_fault(setting)).collect(),
        };
        all.into_iter().filter(|setting| !setting.field.link.is_empty())
    }

    /// What its settings are called together.
    const fn what(self) -> &'static str {
        match self {
            Table::Run => "a setting of the run",
            Table::Lane => "a setting of a lane",
            Table::Faults => "a rate or a time of what goes wrong",
        }
    }
}

fn is_fault(setting: &Setting) -> bool {
    setting.path.starts_with("faults.")
}

/// The words for a setting that is switched off, and for one that is switched on.
const NO: &str = "no";
const YES: &str = "yes";
const NONE: &str = "none";
const A_TIME: &str = "a time such as 250ms, 5s or 2m";

/// The setting that a part of a link is about, and its value; otherwise what is wrong with it,
/// completing a sentence that starts with the part.
pub(super) fn read(table: Table, part: &str) -> Result<(&'static Setting, Json), String> {
    let (key, value) = match part.split_once('=') {
        Some((key, value)) => (key, Some(value)),
        None => (part, None),
    };
    if let Some(setting) = table.settings().find(|setting| setting.field.link == key) {
        let value = match (setting.unit, value) {
            (Unit::Flag, None) => Json::Flag(true),
            (Unit::Text, None) => Json::text(""),
            (_, None) => return Err(format!("has no value; \"{key}=\" and its value")),
            (_, Some(value)) => read_value(setting, value)?,
        };
        return Ok((setting, value));
    }
    let alone =
        || table.settings().flat_map(|one| one.field.alone.iter().map(move |word| (one, *word)));
    if value.is_none()
        && let Some((setting, word)) = alone().find(|(_, word)| is_written(word, key))
    {
        return Ok((setting, Json::text(word)));
    }
    let alone: Vec<String> = alone().map(|(_, word)| written(word)).collect();
    let known = table.settings().map(|setting| setting.field.link);
    let meant = nearest(key, known.chain(alone.iter().map(String::as_str)));
    Err(super::unknown(table.what(), meant))
}

fn read_value(setting: &Setting, text: &str) -> Result<Json, String> {
    let refused = |allowed: &str| Err(format!("allowed is {allowed}"));
    Ok(match setting.unit {
        Unit::Flag if text == YES => Json::Flag(true),
        Unit::Flag if text == NO => Json::Flag(false),
        Unit::Flag => return refused("yes or no"),
        Unit::Count | Unit::Rate | Unit::Factor => number(text),
        Unit::Text => match unescape(text) {
            Some(text) => Json::Text(text),
            None => return refused("a text"),
        },
        Unit::Millis if text == NONE => Json::Null,
        Unit::Millis => match (time(text), (setting.field.shape)()) {
            (Some(ms), _) => Json::Whole(ms.get()),
            (None, Shape::Limit { word, .. }) if is_written(word, text) => Json::text(word),
            (None, _) => return refused(A_TIME),
        },
        Unit::Range => {
            let ends = text.split_once("..");
            match ends.and_then(|(from, to)| time(from).zip(time(to))) {
                Some((from, to)) => {
                    Json::List(vec![Json::Whole(from.get()), Json::Whole(to.get())])
                }
                None => {
                    return refused("two times with two points between them, such as 20ms..80ms");
                }
            }
        }
        Unit::Words => match setting.words.iter().find(|info| is_written(info.word, text)) {
            Some(info) => Json::text(info.word),
            None => {
                let words = setting.words.iter().map(|info| written(info.word));
                let words: Vec<String> = words.collect();
                return refused(&either(words.iter().map(String::as_str)));
            }
        },
        Unit::Group => unreachable!("a group of settings has no word of its own in a link"),
    })
}

/// A number if it is one, otherwise a text: the reader that knows the range says what is allowed.
fn number(text: &str) -> Json {
    let is_number = text.starts_with(|c: char| c.is_ascii_digit());
    match text.parse() {
        Ok(whole) if is_number => Json::Whole(whole),
        _ => match text.parse() {
            Ok(number) if is_number => Json::Number(number),
            _ => Json::text(text),
        },
    }
}

/// Whether this is how a link writes that word of the document.
fn is_written(word: &str, text: &str) -> bool {
    let same = |(word, text): (u8, u8)| word == text || (word == b'_' && text == b'-');
    word.len() == text.len() && word.bytes().zip(text.bytes()).all(same)
}

fn written(word: &str) -> String {
    word.replace('_', "-")
}

/// Writes the setting at a path; `None` if there is no such setting, or it has no such value.
pub(super) fn write(table: Table, path: &str, value: &Json, out: &mut String) -> Option<()> {
    let setting = table.settings().find(|setting| setting.path == path)?;
    match (setting.unit, value) {
        (Unit::Flag, Json::Flag(true)) => {
            out.push_str(setting.field.link);
            return Some(());
        }
        (Unit::Text, Json::Text(text)) if text.is_empty() => {
            out.push_str(setting.field.link);
            return Some(());
        }
        (Unit::Words, Json::Text(text)) if setting.field.alone.contains(&text.as_str()) => {
            out.push_str(&written(text));
            return Some(());
        }
        _ => {}
    }
    out.push_str(setting.field.link);
    out.push('=');
    match (setting.unit, value) {
        (Unit::Flag, Json::Flag(false)) => out.push_str(NO),
        (Unit::Millis, Json::Null) => out.push_str(NONE),
        (Unit::Millis, Json::Whole(ms)) => out.push_str(&Time::of(*ms)?.to_string()),
        (Unit::Text, Json::Text(text)) => escape(text, out),
        (Unit::Words, Json::Text(text)) => out.push_str(&written(text)),
        (Unit::Range, Json::List(ends)) => {
            let [Json::Whole(from), Json::Whole(to)] = ends[..] else {
                return None;
            };
            out.push_str(&Time::of(from)?.to_string());
            out.push_str("..");
            out.push_str(&Time::of(to)?.to_string());
        }
        // `unlimited`, `never`.
        (Unit::Millis | Unit::Count | Unit::Rate | Unit::Factor, Json::Text(text)) => {
            out.push_str(&written(text))
        }
        (Unit::Count | Unit::Rate | Unit::Factor, Json::Whole(number)) => {
            out.push_str(&number.to_string())
        }
        // Never with an exponent: `0.000000001`.
        (Unit::Count | Unit::Rate | Unit::Factor, Json::Number(number)) => {
            out.push_str(&number.to_string())
        }
        _ => return None,
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::experiment::label::settings;
    use crate::experiment::preset::PresetId;

    const TABLES: [Table; 3] = [Table::Run, Table::Lane, Table::Faults];

    #[test]
    fn every_setting_has_a_word_or_a_place_of_its_own() {
        let without = settings().filter(|setting| setting.field.link.is_empty());
        let without = without.filter(|setting| setting.unit != Unit::Group);
        let without: Vec<&str> = without.map(|setting| setting.path.as_str()).collect();
        assert_eq!(without, ["scenario", "faults.script", "preset"]);
    }

    #[test]
    fn a_word_means_one_thing() {
        for table in TABLES {
            let keys = table.settings().map(|setting| setting.field.link.to_owned());
            let alone = table.settings().flat_map(|setting| setting.field.alone);
            let all: Vec<String> = keys.chain(alone.map(|one| written(one))).collect();
            let different: BTreeSet<&String> = all.iter().collect();
            assert_eq!(different.len(), all.len());
            for word in all {
                assert!(word.bytes().all(|c| c.is_ascii_lowercase() || c == b'-'), "{word}");
            }
        }
        for setting in of_lane() {
            let (alone, link) = (setting.field.alone, setting.field.link);
            let words: Vec<&str> = setting.words.iter().map(|info| info.word).collect();
            assert!(alone.iter().all(|one| words.contains(one)), "{link}");
            assert!(words.iter().all(|one| !one.contains('-')), "{link}");
        }
        assert_eq!(PresetId::from_word(super::super::PLAIN), None);
    }
}
