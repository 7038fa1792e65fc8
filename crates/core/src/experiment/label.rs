//! The name and unit of every setting, and its values in words.
//!
//! All of it is declared with the setting (`record!`, `choice!`); this file looks it up by path. It
//! knows neither how a setting is simulated nor what else there is to say about it.

use std::sync::LazyLock;

use super::part::{FieldInfo, Shape, WordInfo, each_below};
use super::value::{Factor, Rate};
use super::{Experiment, Lane};
use crate::number;

/// One setting of the format, or a group of them.
#[derive(Debug)]
#[non_exhaustive]
pub struct Setting {
    /// Its path, without the lane: `producer.acks`, `faults.loss.publish`, `messages`.
    pub path: String,
    /// Its plain name, short enough for a label: `Waits for`.
    pub name: &'static str,
    /// The unit of its values.
    pub unit: Unit,
    /// Its declaration.
    pub field: &'static FieldInfo,
    /// Its words, if its value is one of several.
    pub words: &'static [WordInfo],
}

/// The unit of a setting's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// One of several words.
    Words,
    /// Yes or no.
    Flag,
    /// A count.
    Count,
    /// Milliseconds.
    Millis,
    /// A range of milliseconds.
    Range,
    /// A share, from 0 to 1.
    Rate,
    /// A multiplier.
    Factor,
    /// Free text.
    Text,
    /// A group of further settings.
    Group,
}

impl Unit {
    /// The unit of the field with this name and shape.
    pub fn of(name: &str, shape: &Shape) -> Unit {
        match shape {
            Shape::Words(_) => Unit::Words,
            Shape::Flag => Unit::Flag,
            Shape::Whole { .. } | Shape::Limit { .. } if name.ends_with("_ms") => Unit::Millis,
            Shape::Whole { .. } | Shape::Limit { .. } => Unit::Count,
            Shape::Number { min: 0, max: 1 } => Unit::Rate,
            Shape::Number { .. } => Unit::Factor,
            Shape::Range { .. } => Unit::Range,
            Shape::OrNull(inner) => Unit::of(name, inner),
            Shape::Record(_) => Unit::Group,
            Shape::Text { .. } | Shape::Id | Shape::Lines { .. } => Unit::Text,
            Shape::List { .. } | Shape::Or(..) => Unit::Text,
        }
    }
}

static OF_EXPERIMENT: LazyLock<Vec<Setting>> = LazyLock::new(|| declared(Experiment::FIELDS));
static OF_LANE: LazyLock<Vec<Setting>> = LazyLock::new(|| declared(Lane::FIELDS));

fn declared(fields: &'static [FieldInfo]) -> Vec<Setting> {
    let mut all = Vec::new();
    each_below("", fields, &mut |path, field, shape| {
        if !field.label.is_empty() {
            let unit = Unit::of(field.name, &shape);
            let words = if let Shape::Words(words) = shape { words } else { &[] };
            all.push(Setting { path, name: field.label, unit, field, words });
        }
    });
    all
}

/// Every setting, part by part: of the run, of the faults, and of a lane.
pub fn settings() -> impl Iterator<Item = &'static Setting> {
    of_experiment().chain(of_lane())
}

/// Every setting of the run and of the faults.
pub fn of_experiment() -> impl Iterator<Item = &'static Setting> {
    OF_EXPERIMENT.iter()
}

/// Every setting of a lane.
pub fn of_lane() -> impl Iterator<Item = &'static Setting> {
    OF_LANE.iter()
}

/// The setting at a path; a leading lane, as in `lanes[1].producer.acks`, is skipped. `None` if the
/// format has no such setting.
///
/// ```
/// let dedup = ackground_core::experiment::label::setting("consumer.dedup").expect("it is part of the format");
/// assert_eq!(dedup.name, "Remembers IDs");
/// ```
pub fn setting(path: &str) -> Option<&'static Setting> {
    let path = match path.strip_prefix("lanes[").and_then(|rest| rest.split_once("].")) {
        Some((_, below)) => below,
        None => path,
    };
    settings().find(|setting| setting.path == path)
}

impl Setting {
    /// Its values that have a label, as the document writes them, each with that label: a few words
    /// that read well after the name.
    pub fn named(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let words = self.words.iter().map(|info| (info.word, info.label));
        self.field.named.iter().copied().chain(words).filter(|(_, label)| !label.is_empty())
    }
}

/// A value in words, given as the format writes it: `same transaction` for `atomic` in
/// `consumer.dedup`, `1.5 s` for `1500` milliseconds, `10 %` for a rate of `0.1`. A value without
/// words of its own is returned unchanged.
///
/// ```
/// use ackground_core::experiment::label::value_words;
///
/// assert_eq!(value_words("consumer.dedup", "atomic"), "same transaction");
/// assert_eq!(value_words("broker.redelivery_timeout_ms", "1500"), "1.5 s");
/// ```
pub fn value_words(path: &str, value: &str) -> String {
    let Some(setting) = setting(path) else {
        return value.to_owned();
    };
    if let Some((_, label)) = setting.named().find(|(named, _)| *named == value) {
        return label.to_owned();
    }
    let in_unit = match setting.unit {
        Unit::Millis => value.parse().ok().map(number::millis),
        Unit::Count => value.parse().ok().map(number::money),
        Unit::Rate => serde_json::from_str::<Rate>(value).ok().map(number::percent),
        Unit::Factor => {
            serde_json::from_str::<Factor>(value).ok().map(|factor| format!("×{factor}"))
        }
        Unit::Range => range(value),
        Unit::Words | Unit::Flag | Unit::Text | Unit::Group => None,
    };
    in_unit.unwrap_or_else(|| value.to_owned())
}

/// `[20,80]` → `20 to 80 ms`.
fn range(value: &str) -> Option<String> {
    let (min, max) = value.strip_prefix('[')?.strip_suffix(']')?.split_once(',')?;
    let (min, max) = (min.trim().parse().ok()?, max.trim().parse().ok()?);
    Some(match (min, max) {
        (min, max) if min == max => number::millis(min),
        (0..1000, 0..1000) => format!("{min} to {}", number::millis(max)),
        (min, max) => format!("{} to {}", number::millis(min), number::millis(max)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_different() {
        let mut paths: Vec<&str> = settings().map(|setting| setting.path.as_str()).collect();
        let all = paths.len();
        paths.sort_unstable();
        paths.dedup();
        assert_eq!(paths.len(), all);
    }

    #[test]
    fn what_is_no_number_has_a_label() {
        let parts = settings().filter(|setting| setting.path.contains('.'));
        for setting in parts {
            let values: Vec<&str> = setting.named().map(|(value, _)| value).collect();
            match (setting.field.shape)() {
                Shape::Words(words) => {
                    let words: Vec<&str> = words.iter().map(|info| info.word).collect();
                    assert_eq!(values, words, "{}", setting.path);
                }
                Shape::Flag => assert_eq!(values, ["true", "false"], "{}", setting.path),
                Shape::Limit { word, .. } => {
                    assert!(values.contains(&word), "{}", setting.path);
                }
                Shape::OrNull(_) => assert!(values.contains(&"null"), "{}", setting.path),
                _ => {}
            }
        }
    }

    #[test]
    fn labels_are_short() {
        for setting in settings() {
            assert!(setting.name.len() <= 20, "{} is too long for a label", setting.name);
            for (_, label) in setting.named() {
                assert!(label.len() <= 17, "{label} is too long for a label");
            }
        }
    }

    #[test]
    fn a_time_says_so_in_its_name() {
        for setting in settings() {
            let time = matches!(setting.unit, Unit::Millis | Unit::Range);
            assert_eq!(time, setting.path.ends_with("_ms"), "{}", setting.path);
        }
    }

    #[test]
    fn values_are_put_into_words() {
        let cases = [
            ("consumer.dedup", "atomic", "same transaction"),
            ("lanes[1].consumer.dedup", "atomic", "same transaction"),
            ("producer.retries", "unlimited", "no limit"),
            ("producer.retries", "1000", "1,000"),
            ("producer.delivery_timeout_ms", "null", "never"),
            ("producer.delivery_timeout_ms", "120000", "2 min"),
            ("producer.backoff.factor", "1.5", "×1.5"),
            ("broker.dedup_window_ms", "0", "off"),
            ("faults.loss.publish", "0.125", "12.5 %"),
            ("faults.latency_ms", "[20,80]", "20 to 80 ms"),
            ("faults.latency_ms", "[50, 50]", "50 ms"),
            ("faults.latency_ms", "[500,2000]", "500 ms to 2 s"),
            ("faults.latency_ms", "nonsense", "nonsense"),
            ("no.such.setting", "7", "7"),
        ];
        for (path, value, words) in cases {
            assert_eq!(value_words(path, value), words, "{path}");
        }
    }
}
