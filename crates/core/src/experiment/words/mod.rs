//! Every setting of the format in plain words, and in the words of the products.
//!
//! One table per part of the format; this file owns the lookup and how a value is put into words.
//! It knows neither how a setting is simulated nor how it is shown. A test holds the tables
//! complete against the format's own description of its fields.

mod broker;
mod consumer;
mod faults;
mod producer;

use crate::experiment::Product;
use crate::experiment::value::{Factor, Rate};
use crate::number;

/// What is said about one field of the format.
#[derive(Debug, Clone, Copy)]
pub struct SettingWords {
    /// Where it stands: `producer.acks`, `faults.loss.publish`, `messages`. Without the lane.
    pub path: &'static str,
    /// Its plain name, short enough for a label: `Waits for`.
    pub name: &'static str,
    /// What its values are.
    pub unit: Unit,
    /// The values that have a name of their own, with a few words each.
    named: &'static [(&'static str, &'static str)],
    /// What is said beyond that: a function, so that who only needs the words does not need the sentences (the
    /// page's first picture).
    more: fn() -> &'static More,
}

/// What explains a setting.
#[derive(Debug)]
struct More {
    sentence: &'static str,
    values: &'static [ValueWords],
    in_products: &'static [(Product, &'static str)],
}

/// What is said about a setting, written as a struct with these fields.
macro_rules! words {
    (
        path: $path:expr,
        name: $name:expr,
        sentence: $sentence:expr,
        unit: $unit:expr,
        values: &[$(ValueWords {
            value: $value:expr,
            words: $words:expr,
            sentence: $meaning:expr $(,)?
        }),* $(,)?],
        in_products: $in_products:expr $(,)?
    ) => {
        $crate::experiment::words::SettingWords {
            path: $path,
            name: $name,
            unit: $unit,
            named: &[$(($value, $words)),*],
            more: || &$crate::experiment::words::More {
                sentence: $sentence,
                values: &[$($crate::experiment::words::ValueWords {
                    value: $value,
                    words: $words,
                    sentence: $meaning,
                }),*],
                in_products: $in_products,
            },
        }
    };
}
use words;

/// What is said about one value of a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ValueWords {
    /// The value as the format writes it.
    pub value: &'static str,
    /// A few words that go well after the setting's name: `same transaction`.
    pub words: &'static str,
    /// What it means.
    pub sentence: &'static str,
}

/// What the values of a setting are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A few words.
    Words,
    /// Yes or no.
    Flag,
    /// A number of things.
    Count,
    /// Milliseconds.
    Millis,
    /// From one number of milliseconds to another.
    Range,
    /// A share, from 0 to 1.
    Rate,
    /// A multiplier.
    Factor,
    /// Free text.
    Text,
    /// Further settings below it.
    Group,
}

/// The words for the setting at a path; a lane before it, as in `lanes[1].producer.acks`, is
/// skipped. `None` for what the format does not have.
///
/// ```
/// let dedup = ackground_core::experiment::words::setting("consumer.dedup").expect("it is part of the format");
/// assert_eq!(dedup.name, "Remembers ids");
/// ```
pub fn setting(path: &str) -> Option<&'static SettingWords> {
    let path = match path.strip_prefix("lanes[").and_then(|rest| rest.split_once("].")) {
        Some((_, below)) => below,
        None => path,
    };
    settings().find(|setting| setting.path == path)
}

/// Every setting, part by part.
pub fn settings() -> impl Iterator<Item = &'static SettingWords> {
    [faults::EXPERIMENT, faults::FAULTS, producer::PRODUCER, broker::BROKER, consumer::CONSUMER]
        .into_iter()
        .flatten()
}

/// A value in words, given as the format writes it: `same transaction` for `atomic` in
/// `consumer.dedup`, `1.5 s` for `1500` milliseconds, `10 %` for a rate of `0.1`. What has no words
/// of its own is given back as it is.
///
/// ```
/// use ackground_core::experiment::words::value_words;
///
/// assert_eq!(value_words("consumer.dedup", "atomic"), "same transaction");
/// assert_eq!(value_words("broker.redelivery_timeout_ms", "1500"), "1.5 s");
/// ```
pub fn value_words(path: &str, value: &str) -> String {
    let Some(setting) = setting(path) else {
        return value.to_owned();
    };
    let named = setting.named.iter().find(|(named, _)| *named == value);
    if let Some((_, words)) = named {
        return (*words).to_owned();
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

impl SettingWords {
    /// What it decides, and with what consequence.
    pub fn sentence(&self) -> &'static str {
        (self.more)().sentence
    }

    /// The values that have a name of their own.
    pub fn values(&self) -> &'static [ValueWords] {
        (self.more)().values
    }

    /// What it is called elsewhere, the default in square brackets; products that have no such
    /// setting are left out.
    pub fn in_products(&self) -> &'static [(Product, &'static str)] {
        (self.more)().in_products
    }

    /// What is said about this value, if it has a name of its own.
    pub fn value(&self, value: &str) -> Option<&'static ValueWords> {
        self.values().iter().find(|named| named.value == value)
    }
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
    use std::collections::BTreeSet;

    use super::*;
    use crate::experiment::faults::Faults;
    use crate::experiment::part::{FieldInfo, Shape};
    use crate::experiment::settings::{Broker, Consumer, Producer};

    /// Every path of the format below these fields, groups included.
    fn paths(above: &str, fields: &'static [FieldInfo], found: &mut Vec<(String, Shape)>) {
        for field in fields {
            let path = format!("{above}.{}", field.name);
            let shape = (field.shape)();
            if let Shape::Record(below) = shape {
                paths(&path, below, found);
            }
            found.push((path, shape));
        }
    }

    fn format() -> Vec<(String, Shape)> {
        let mut found = Vec::new();
        paths("producer", Producer::FIELDS, &mut found);
        paths("broker", Broker::FIELDS, &mut found);
        paths("consumer", Consumer::FIELDS, &mut found);
        paths("faults", Faults::FIELDS, &mut found);
        found
    }

    #[test]
    fn every_field_of_the_format_has_words_and_there_are_no_others() {
        let of_the_format: BTreeSet<String> = format().into_iter().map(|(path, _)| path).collect();
        let in_words: BTreeSet<String> = settings()
            .map(|setting| setting.path.to_owned())
            .filter(|path| path.contains('.'))
            .collect();
        assert_eq!(of_the_format, in_words);
        assert_eq!(settings().count(), settings().map(|s| s.path).collect::<BTreeSet<_>>().len());
    }

    #[test]
    fn every_word_of_a_choice_has_words_and_there_are_no_others() {
        for (path, shape) in format() {
            let setting = setting(&path).expect("the table is complete");
            let expected: Vec<&str> = match (&shape, setting.unit) {
                (Shape::Words(words), Unit::Words) => words.iter().map(|word| word.word).collect(),
                (Shape::Flag, Unit::Flag) => vec!["true", "false"],
                (Shape::Words(_) | Shape::Flag, unit) => panic!("{path} is no {unit:?}"),
                _ => continue,
            };
            let values: Vec<&str> = setting.values().iter().map(|named| named.value).collect();
            assert_eq!(values, expected, "{path}");
        }
    }

    #[test]
    fn the_unit_fits_what_is_allowed() {
        for (path, shape) in format() {
            let unit = setting(&path).expect("the table is complete").unit;
            let fits = match shape {
                Shape::Record(_) => unit == Unit::Group,
                Shape::Number { .. } => matches!(unit, Unit::Rate | Unit::Factor),
                Shape::Range { .. } => unit == Unit::Range,
                Shape::Whole { .. } | Shape::Limit { .. } | Shape::OrNull(_) => {
                    unit == if path.ends_with("_ms") { Unit::Millis } else { Unit::Count }
                }
                Shape::Lines { .. } | Shape::Text { .. } | Shape::Id => unit == Unit::Text,
                _ => true,
            };
            assert!(fits, "{path} is shown as {unit:?}");
        }
    }

    #[test]
    fn what_can_be_unlimited_or_null_has_words_for_it() {
        for (path, shape) in format() {
            let setting = setting(&path).expect("the table is complete");
            match shape {
                Shape::Limit { .. } => assert!(setting.value("unlimited").is_some(), "{path}"),
                Shape::OrNull(_) => assert!(setting.value("null").is_some(), "{path}"),
                _ => {}
            }
        }
    }

    #[test]
    fn names_are_short_and_sentences_end() {
        for setting in settings() {
            assert!(setting.name.len() <= 20, "{} is too long for a label", setting.name);
            assert!(setting.sentence().ends_with('.'), "{}", setting.path);
            assert!(!setting.sentence().contains("  "), "{}", setting.path);
            for named in setting.values() {
                assert!(named.words.len() <= 17, "{} is too long for a label", named.words);
                assert!(named.sentence.ends_with('.'), "{} {}", setting.path, named.value);
            }
        }
    }

    #[test]
    fn products_come_in_their_order_and_once() {
        for setting in settings() {
            let products: Vec<Product> =
                setting.in_products().iter().map(|(product, _)| *product).collect();
            assert!(products.is_sorted_by(|a, b| a < b), "{}", setting.path);
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
