//! The words of a readable link: one row for every setting, used in both directions.
//!
//! A key is never given to another setting, and a row is never taken away: links are made of them.

use super::super::super::json::Json;
use super::super::super::mistake::{either, nearest};
use super::super::super::part::WordInfo;
use super::super::super::script::{Time, time};
use super::super::super::settings::{
    AckMode, Acks, BrokerKind, Dedup, Flush, Isolation, LateAck, OnFailure, Source, Write,
};
use super::text::{escape, unescape};

/// A setting in a link.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Word {
    /// What it is called in a link.
    pub key: &'static str,
    /// Where it is in the document.
    pub path: &'static str,
    /// How its values are written.
    pub value: Values,
}

/// How the values of a setting are written.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Values {
    /// The key alone, or `key=no`.
    Flag,
    /// A number, or `unlimited`.
    Number,
    /// A time such as `250ms`, or `none` or `unlimited`.
    Time,
    /// Two times, such as `20ms..80ms`.
    Span,
    /// A text; the key alone for one that is empty.
    Text,
    /// One of some words, with `-` for `_`. Those named second also stand alone, without the key.
    Choice(&'static [WordInfo], &'static [&'static str]),
}

const fn word(key: &'static str, path: &'static str, value: Values) -> Word {
    Word { key, path, value }
}

/// What the run as a whole has.
pub const STORY: &[Word] = &[
    word("title", "title", Values::Text),
    word("messages", "messages", Values::Number),
    word("interval", "interval_ms", Values::Time),
    word("seed", "seed", Values::Number),
];

/// What a lane has.
pub const LANE: &[Word] = &[
    word("name", "name", Values::Text),
    word("acks", "producer.acks", Values::Choice(Acks::WORDS, &[])),
    word("retries", "producer.retries", Values::Number),
    word("request-timeout", "producer.request_timeout_ms", Values::Time),
    word("backoff-first", "producer.backoff.first_ms", Values::Time),
    word("backoff-factor", "producer.backoff.factor", Values::Number),
    word("backoff-max", "producer.backoff.max_ms", Values::Time),
    word("backoff-jitter", "producer.backoff.jitter", Values::Number),
    word("delivery-timeout", "producer.delivery_timeout_ms", Values::Time),
    word("max-in-flight", "producer.max_in_flight", Values::Number),
    word("idempotent", "producer.idempotent", Values::Flag),
    word("transactional", "producer.transactional", Values::Flag),
    word("source", "producer.source", Values::Choice(Source::WORDS, &["outbox", "direct"])),
    word("kind", "broker.kind", Values::Choice(BrokerKind::WORDS, &["queue", "log"])),
    word("partitions", "broker.partitions", Values::Number),
    word("replicas", "broker.replicas", Values::Number),
    word("min-in-sync", "broker.min_in_sync", Values::Number),
    word("flush", "broker.flush", Values::Choice(Flush::WORDS, &[])),
    word("flush-interval", "broker.flush_interval_ms", Values::Time),
    word("unclean-election", "broker.unclean_election", Values::Flag),
    word("broker-dedup-window", "broker.dedup_window_ms", Values::Time),
    word("max-deliveries", "broker.max_deliveries", Values::Number),
    word("dead-letter", "broker.dead_letter", Values::Flag),
    word("redelivery-timeout", "broker.redelivery_timeout_ms", Values::Time),
    word("redelivery-delay", "broker.redelivery_delay_ms", Values::Time),
    word("late-ack", "broker.late_ack", Values::Choice(LateAck::WORDS, &[])),
    word("instances", "consumer.instances", Values::Number),
    word("ack", "consumer.ack", Values::Choice(AckMode::WORDS, &[])),
    word("on-failure", "consumer.on_failure", Values::Choice(OnFailure::WORDS, &[])),
    word("batch", "consumer.batch", Values::Number),
    word("processing", "consumer.processing_ms", Values::Time),
    word("dedup", "consumer.dedup", Values::Choice(Dedup::WORDS, &["atomic"])),
    word("dedup-window", "consumer.dedup_window", Values::Number),
    word("dedup-ttl", "consumer.dedup_ttl_ms", Values::Time),
    word("write", "consumer.write", Values::Choice(Write::WORDS, &["upsert"])),
    word("idempotency-key", "consumer.idempotency_key", Values::Flag),
    word(
        "isolation",
        "consumer.isolation",
        Values::Choice(Isolation::WORDS, &["read_committed", "read_uncommitted"]),
    ),
];

/// What goes wrong, but for the script.
pub const FAULTS: &[Word] = &[
    word("loss-publish", "loss.publish", Values::Number),
    word("loss-publish-ack", "loss.publish_ack", Values::Number),
    word("loss-deliver", "loss.deliver", Values::Number),
    word("loss-ack", "loss.ack", Values::Number),
    word("crash-producer", "crash.producer", Values::Number),
    word("crash-broker", "crash.broker", Values::Number),
    word("crash-consumer", "crash.consumer", Values::Number),
    word("failure", "failure", Values::Number),
    word("poison", "poison", Values::Number),
    word("slow", "slow", Values::Number),
    word("latency", "latency_ms", Values::Span),
    word("restart", "restart_ms", Values::Time),
];

/// The word for a setting that is switched off, and for one that is switched on.
const NO: &str = "no";
const YES: &str = "yes";
const NONE: &str = "none";
const UNLIMITED: &str = "unlimited";
const A_TIME: &str = "a time such as 250ms, 5s or 2m";

/// The setting that a part of a link is about, and its value; else what is wrong with it, as the rest of a
/// sentence that the part begins. `what` is what all of the table are called.
pub(super) fn read(
    table: &'static [Word],
    part: &str,
    what: &str,
) -> Result<(&'static Word, Json), String> {
    let (key, value) = match part.split_once('=') {
        Some((key, value)) => (key, Some(value)),
        None => (part, None),
    };
    if let Some(word) = table.iter().find(|word| word.key == key) {
        let value = match (word.value, value) {
            (Values::Flag, None) => Json::Flag(true),
            (Values::Text, None) => Json::text(""),
            (_, None) => return Err(format!("has no value; \"{key}=\" and its value")),
            (values, Some(value)) => read_value(values, value)?,
        };
        return Ok((word, value));
    }
    let alone = || table.iter().flat_map(|word| word.alone().iter().map(move |one| (word, *one)));
    if value.is_none()
        && let Some((word, one)) = alone().find(|(_, one)| is_written(one, key))
    {
        return Ok((word, Json::text(one)));
    }
    let alone: Vec<String> = alone().map(|(_, one)| written(one)).collect();
    let known = table.iter().map(|word| word.key);
    let meant = nearest(key, known.chain(alone.iter().map(String::as_str)));
    Err(super::unknown(what, meant))
}

impl Word {
    /// The words that stand alone.
    fn alone(&self) -> &'static [&'static str] {
        match self.value {
            Values::Choice(_, alone) => alone,
            _ => &[],
        }
    }
}

fn read_value(values: Values, text: &str) -> Result<Json, String> {
    let refused = |allowed: &str| Err(format!("allowed is {allowed}"));
    Ok(match values {
        Values::Flag if text == YES => Json::Flag(true),
        Values::Flag if text == NO => Json::Flag(false),
        Values::Flag => return refused("yes or no"),
        Values::Number => number(text),
        Values::Text => match unescape(text) {
            Some(text) => Json::Text(text),
            None => return refused("a text"),
        },
        Values::Time if text == NONE => Json::Null,
        Values::Time if text == UNLIMITED => Json::text(text),
        Values::Time => match time(text) {
            Some(ms) => Json::Whole(ms.get()),
            None => return refused(A_TIME),
        },
        Values::Span => {
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
        Values::Choice(words, _) => match words.iter().find(|info| is_written(info.word, text)) {
            Some(info) => Json::text(info.word),
            None => {
                let words: Vec<String> = words.iter().map(|info| written(info.word)).collect();
                return refused(&either(words.iter().map(String::as_str)));
            }
        },
    })
}

/// What is no number is a text: whoever knows the range says what is allowed.
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

/// Whether a word of the document is written like this in a link.
fn is_written(word: &str, text: &str) -> bool {
    let same = |(word, text): (u8, u8)| word == text || (word == b'_' && text == b'-');
    word.len() == text.len() && word.bytes().zip(text.bytes()).all(same)
}

fn written(word: &str) -> String {
    word.replace('_', "-")
}

/// Writes the setting at a path; `None` if the table has no such row, or the row no such value.
pub(super) fn write(table: &[Word], path: &str, value: &Json, out: &mut String) -> Option<()> {
    let word = table.iter().find(|word| word.path == path)?;
    match (word.value, value) {
        (Values::Flag, Json::Flag(true)) => {
            out.push_str(word.key);
            return Some(());
        }
        (Values::Text, Json::Text(text)) if text.is_empty() => {
            out.push_str(word.key);
            return Some(());
        }
        (Values::Choice(_, alone), Json::Text(text)) if alone.contains(&text.as_str()) => {
            out.push_str(&written(text));
            return Some(());
        }
        _ => {}
    }
    out.push_str(word.key);
    out.push('=');
    match (word.value, value) {
        (Values::Flag, Json::Flag(false)) => out.push_str(NO),
        (Values::Time, Json::Null) => out.push_str(NONE),
        (Values::Time, Json::Whole(ms)) => out.push_str(&Time::of(*ms)?.to_string()),
        (Values::Time | Values::Number, Json::Text(text)) => out.push_str(text),
        (Values::Number, Json::Whole(number)) => out.push_str(&number.to_string()),
        // Never with an exponent: `0.000000001`.
        (Values::Number, Json::Number(number)) => out.push_str(&number.to_string()),
        (Values::Text, Json::Text(text)) => escape(text, out),
        (Values::Choice(..), Json::Text(text)) => out.push_str(&written(text)),
        (Values::Span, Json::List(ends)) => {
            let [Json::Whole(from), Json::Whole(to)] = ends[..] else {
                return None;
            };
            out.push_str(&Time::of(from)?.to_string());
            out.push_str("..");
            out.push_str(&Time::of(to)?.to_string());
        }
        _ => return None,
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::experiment::part::{FieldInfo, Shape};
    use crate::experiment::preset::PresetId;
    use crate::experiment::{Experiment, Lane, faults::Faults};

    /// The paths of all settings in these fields, but for those that have a place of their own.
    fn paths(fields: &[FieldInfo], root: &str, out: &mut BTreeSet<String>) {
        for field in fields {
            let path = format!("{root}{}", field.name);
            match (field.shape)() {
                Shape::Record(fields) => paths(fields, &format!("{path}."), out),
                _ => drop(out.insert(path)),
            }
        }
    }

    #[test]
    fn every_setting_has_exactly_one_row() {
        for (fields, elsewhere, table) in [
            (Lane::FIELDS, &["preset"][..], LANE),
            (Faults::FIELDS, &["script"], FAULTS),
            (Experiment::FIELDS, &["version", "scenario"], STORY),
        ] {
            let top = ["faults", "lanes"];
            let fields: Vec<FieldInfo> =
                fields.iter().filter(|field| !top.contains(&field.name)).copied().collect();
            let mut known = BTreeSet::new();
            paths(&fields, "", &mut known);
            known.retain(|path| !elsewhere.contains(&path.as_str()));
            let rows: BTreeSet<String> = table.iter().map(|word| word.path.to_owned()).collect();
            assert_eq!(rows, known);
            assert_eq!(table.len(), rows.len(), "a path stands in one row");
        }
    }

    #[test]
    fn a_word_means_one_thing() {
        for table in [STORY, LANE, FAULTS] {
            let keys = table.iter().map(|word| word.key.to_owned());
            let alone = table.iter().flat_map(|word| word.alone().iter().map(|one| written(one)));
            let all: Vec<String> = keys.chain(alone).collect();
            let different: BTreeSet<&String> = all.iter().collect();
            assert_eq!(different.len(), all.len());
            for word in all {
                assert!(word.bytes().all(|c| c.is_ascii_lowercase() || c == b'-'), "{word}");
            }
        }
        for word in LANE {
            if let Values::Choice(words, alone) = word.value {
                let words: Vec<&str> = words.iter().map(|info| info.word).collect();
                assert!(alone.iter().all(|one| words.contains(one)), "{}", word.key);
                assert!(words.iter().all(|one| !one.contains('-')), "{}", word.key);
            }
        }
        assert_eq!(PresetId::from_word(super::super::PLAIN), None);
    }
}
