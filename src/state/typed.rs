//! Conversion between typed text and values of the format.
//!
//! Text is read as people write it: durations in any unit, rates in percent, numbers with grouped digits, and
//! every word that the page itself shows for a value. The format's own reader stays strict, and has the last
//! word on what is allowed.

use ackground_core::experiment::json::Json;
use ackground_core::experiment::label::{self, Unit};
use ackground_core::experiment::part::Shape;
use ackground_words::typed::times::{self, Slip, plain};

/// Why a text is not a value, and what was probably meant. Some of it may break a rule, which only the experiment
/// can tell.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused {
    /// A sentence.
    pub said: String,
    pub offers: Vec<String>,
}

/// Other words for "no limit".
const NO_LIMIT: &[&str] = &[
    "unlimited",
    "∞",
    "no limit",
    "limitless",
    "infinite",
    "infinity",
    "unbounded",
    "forever",
    "none",
    "no",
    "never",
];

/// Those that can mean zero as well.
const NONE: &[&str] = &["none", "no", "never"];

/// Parses text for the field at this path.
pub fn read(text: &str, path: &str, shape: &Shape, unit: Unit) -> Result<Json, Refused> {
    let text = text.trim();
    match named(text, path) {
        Some(value) => Ok(value),
        None => value(text, shape, unit),
    }
}

/// The value that the page shows as this word: `off`, `no limit`, `same transaction`.
fn named(text: &str, path: &str) -> Option<Json> {
    let setting = label::setting(path)?;
    let (word, _) = setting.named().find(|(_, label)| label.eq_ignore_ascii_case(text))?;
    Some(match word {
        "null" => Json::Null,
        "true" => Json::Flag(true),
        "false" => Json::Flag(false),
        word => word.parse().map_or_else(|_| Json::text(word), Json::Whole),
    })
}

fn value(text: &str, shape: &Shape, unit: Unit) -> Result<Json, Refused> {
    let is_time = matches!(unit, Unit::Millis | Unit::Range);
    let word = text.to_lowercase();
    match shape {
        Shape::OrNull(_) if text.is_empty() || NO_LIMIT.contains(&word.as_str()) => Ok(Json::Null),
        Shape::OrNull(inner) => value(text, inner, unit),
        Shape::Limit { min: 0, .. } if !is_time && NONE.contains(&word.as_str()) => Err(Refused {
            said: format!("{} could mean 0 or no limit.", quoted(text)),
            offers: vec!["0".to_owned(), "unlimited".to_owned()],
        }),
        Shape::Limit { word: none, .. } if word == *none => Ok(Json::text(*none)),
        Shape::Limit { word: none @ ("unlimited" | "never"), .. }
            if NO_LIMIT.contains(&word.as_str()) =>
        {
            Ok(Json::text(*none))
        }
        Shape::Whole { min, max } | Shape::Limit { min, max, .. } => {
            let read = if is_time { times::time(text) } else { count(text) };
            match read {
                Ok(n) if (*min..=*max).contains(&n) => Ok(Json::Whole(n)),
                read => Err(refused(text, read.map(|n| (n, n)), (*min, *max), unit)),
            }
        }
        Shape::Range { max } => match times::range(text) {
            Ok((from, to)) if to <= *max => {
                Ok(Json::List(vec![Json::Whole(from), Json::Whole(to)]))
            }
            read => Err(refused(text, read, (0, *max), unit)),
        },
        Shape::Number { min, max } => match number(text, unit) {
            Some(x) if (*min as f64..=*max as f64).contains(&x) => Ok(Json::Number(x)),
            _ => Err(refused(text, Err(Slip::NotATime), (*min, *max), unit)),
        },
        Shape::Flag => match word.as_str() {
            "true" | "yes" | "on" => Ok(Json::Flag(true)),
            "false" | "no" | "off" => Ok(Json::Flag(false)),
            _ => Err(unknown(text)),
        },
        Shape::Words(words) => match words.iter().find(|info| info.word == word) {
            Some(info) => Ok(Json::text(info.word)),
            None => Err(unknown(text)),
        },
        Shape::Text { longest } if text.chars().count() > *longest => Err(Refused {
            said: format!("That is too long: {longest} characters are the most."),
            offers: Vec::new(),
        }),
        _ => Ok(Json::text(text)),
    }
}

/// For text that the format has no place for.
pub fn unknown(text: &str) -> Refused {
    let said = match text.trim() {
        "" => "This cannot be empty.".to_owned(),
        text => format!("{} does not fit here.", quoted(text)),
    };
    Refused { said, offers: Vec::new() }
}

/// Why this is not a number or a time from `min` to `max`.
fn refused(
    text: &str,
    read: Result<(u64, u64), Slip>,
    (min, max): (u64, u64),
    unit: Unit,
) -> Refused {
    let typed = quoted(text);
    let end = |n: u64| show(&Json::Whole(n), unit);
    let mut better = Vec::new();
    let said = match (unit, read) {
        (_, Err(Slip::NoUnit { number, offers })) => {
            better = offers;
            format!("{number} what?")
        }
        (_, Err(Slip::Fraction(ms))) => {
            better = vec![end(ms)];
            format!("{typed} is not a whole number of milliseconds.")
        }
        (_, Err(Slip::Reversed(from, to))) => {
            better = vec![show(&Json::List(vec![Json::Whole(to), Json::Whole(from)]), unit)];
            format!("{typed} begins above its end.")
        }
        (Unit::Millis | Unit::Range, Ok((from, _))) if from < min => {
            format!("{typed} is too short: {} is the least.", end(min))
        }
        (Unit::Millis | Unit::Range, Ok(_)) => {
            format!("{typed} is too long: {} is the most.", end(max))
        }
        (Unit::Millis | Unit::Range, Err(_)) if text.is_empty() => "This needs a time.".to_owned(),
        (Unit::Millis | Unit::Range, Err(_)) => format!("{typed} is not a time."),
        (Unit::Rate, _) if text.is_empty() => "This needs a share from 0 to 100 %.".to_owned(),
        (Unit::Rate, _) => format!("{typed} is not a share from 0 to 100 %."),
        _ if text.is_empty() => format!("This needs a number from {min} to {max}."),
        _ => format!("{typed} is not a number from {min} to {max}."),
    };
    Refused { said, offers: better }
}

/// Texts that most fields of this kind accept.
pub fn offers(shape: &Shape, unit: Unit) -> Vec<String> {
    let numbers = |min: u64, max: u64| -> Vec<String> {
        let usual: &[u64] = if unit == Unit::Millis { &[250, 5000] } else { &[3, 1] };
        let usual = usual.iter().copied().filter(|n| (min..=max).contains(n));
        let usual = usual.take(if unit == Unit::Millis { 2 } else { 1 });
        let mut all: Vec<u64> = usual.collect();
        if all.is_empty() {
            all.push(min);
        }
        all.into_iter().map(|n| show(&Json::Whole(n), unit)).collect()
    };
    match shape {
        Shape::Whole { min, max } => numbers(*min, *max),
        Shape::Limit { min, max, word } => {
            let mut all = numbers(*min, *max);
            all.push((*word).to_owned());
            all
        }
        Shape::OrNull(inner) => {
            let mut all = offers(inner, unit);
            all.push("never".to_owned());
            all
        }
        Shape::Range { .. } => vec!["20–80 ms".to_owned(), "1 s".to_owned()],
        Shape::Number { .. } if unit == Unit::Rate => vec!["10 %".to_owned()],
        Shape::Number { min, .. } => vec![(min + 1).to_string(), min.to_string()],
        Shape::Flag => vec!["on".to_owned(), "off".to_owned()],
        Shape::Words(words) => words.iter().map(|info| info.word.to_owned()).collect(),
        Shape::Text { .. } => vec!["My queue".to_owned()],
        _ => Vec::new(),
    }
}

fn quoted(text: &str) -> String {
    format!("\u{201c}{text}\u{201d}")
}

fn count(text: &str) -> Result<u64, Slip> {
    plain(text).and_then(|n| n.parse().ok()).ok_or(Slip::NotATime)
}

fn number(text: &str, unit: Unit) -> Option<f64> {
    let text = text.trim_end_matches("percent").trim_end_matches("per cent");
    let around = |c: char| matches!(c, '%' | '×' | 'x') || c.is_whitespace();
    let x: f64 = plain(text.trim_matches(around))?.parse().ok()?;
    Some(if unit == Unit::Rate { x / 100.0 } else { x })
}

/// The value as its field shows it.
pub fn show(value: &Json, unit: Unit) -> String {
    match value {
        Json::Null => String::new(),
        Json::Flag(flag) => flag.to_string(),
        Json::Text(text) => text.clone(),
        Json::Whole(n) => match unit {
            Unit::Millis | Unit::Range => duration(*n),
            Unit::Rate => format!("{} %", n * 100),
            _ => n.to_string(),
        },
        Json::Number(x) => match unit {
            Unit::Rate => format!("{} %", percent(*x)),
            _ => x.to_string(),
        },
        Json::List(ends) => {
            let mut ends: Vec<String> = ends.iter().map(|end| show(end, unit)).collect();
            // A range of a single time is shown as that time.
            ends.dedup();
            ends.join(" – ")
        }
        Json::Object(_) => String::new(),
    }
}

/// A rate in percent, to the seven decimals that the format keeps.
fn percent(share: f64) -> f64 {
    (share * 1e9).round() / 1e7
}

/// A duration in the largest unit that needs no fraction.
fn duration(ms: u64) -> String {
    match ms {
        0 => "0 ms".to_owned(),
        _ if ms.is_multiple_of(3_600_000) => format!("{} h", ms / 3_600_000),
        _ if ms.is_multiple_of(60_000) => format!("{} min", ms / 60_000),
        _ if ms.is_multiple_of(1000) => format!("{} s", ms / 1000),
        _ => format!("{ms} ms"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: Shape = Shape::Whole { min: 0, max: 600_000 };
    const RATE: Shape = Shape::Number { min: 0, max: 1 };
    const RETRIES: Shape = Shape::Limit { min: 0, max: 1000, word: "unlimited" };

    fn parse(text: &str, shape: &Shape, unit: Unit) -> Json {
        value(text.trim(), shape, unit).unwrap_or_else(|refused| panic!("{text}: {refused:?}"))
    }

    fn round(text: &str, shape: &Shape, unit: Unit) -> String {
        show(&parse(text, shape, unit), unit)
    }

    #[test]
    fn durations_carry_a_unit() {
        for (typed, shown) in [
            ("200ms", "200 ms"),
            ("5 s", "5 s"),
            ("1.5s", "1500 ms"),
            ("2m", "2 min"),
            ("60000 ms", "1 min"),
            ("10,000 ms", "10 s"),
            ("0", "0 ms"),
        ] {
            assert_eq!(round(typed, &MS, Unit::Millis), shown, "{typed}");
        }
    }

    #[test]
    fn shares_are_percent() {
        assert_eq!(parse("12.5 %", &RATE, Unit::Rate), Json::Number(0.125));
        assert_eq!(parse("12,5 percent", &RATE, Unit::Rate), Json::Number(0.125));
        assert_eq!(round("10", &RATE, Unit::Rate), "10 %");
        assert_eq!(round("0.1%", &RATE, Unit::Rate), "0.1 %");
        assert_eq!(round("7", &RATE, Unit::Rate), "7 %", "0.07 × 100 is not 7 in floats");
        assert_eq!(show(&Json::Whole(1), Unit::Rate), "100 %");
        let factor = Shape::Number { min: 1, max: 100 };
        assert_eq!(round("×1,5", &factor, Unit::Factor), "1.5");
        assert_eq!(round("2x", &factor, Unit::Factor), "2");
    }

    #[test]
    fn limits_know_their_words_and_null_is_empty() {
        assert_eq!(parse("unlimited", &RETRIES, Unit::Count), Json::text("unlimited"));
        assert_eq!(parse("No limit", &RETRIES, Unit::Count), Json::text("unlimited"));
        assert_eq!(parse("3", &RETRIES, Unit::Count), Json::Whole(3));
        let maybe = Shape::OrNull(Box::new(MS));
        for nothing in [" ", "never", "none", "unlimited", "no limit"] {
            assert_eq!(parse(nothing, &maybe, Unit::Millis), Json::Null);
        }
        assert_eq!(parse("2s", &maybe, Unit::Millis), Json::Whole(2000));
        let ttl = Shape::Limit { min: 1, max: 600_000, word: "unlimited" };
        assert_eq!(parse("never", &ttl, Unit::Millis), Json::text("unlimited"));
        let unclear = value("never", &RETRIES, Unit::Count).expect_err("0 or no limit?");
        assert_eq!(unclear.offers, ["0", "unlimited"]);
    }

    #[test]
    fn the_words_of_the_page_are_understood_in_its_fields() {
        let read = |path: &str, text: &str| {
            let setting = label::setting(path).expect("it is part of the format");
            read(text, path, &(setting.field.shape)(), setting.unit).ok()
        };
        for (path, text, value) in [
            ("producer.retries", "none", Json::Whole(0)),
            ("producer.delivery_timeout_ms", "Never", Json::Null),
            ("broker.dedup_window_ms", "off", Json::Whole(0)),
            ("lanes[1].consumer.dedup_ttl_ms", "ever", Json::text("unlimited")),
            ("consumer.dedup_window", "all", Json::text("unlimited")),
            ("broker.dead_letter", "parked", Json::Flag(true)),
        ] {
            assert_eq!(read(path, text), Some(value), "{path} = {text}");
        }
    }

    #[test]
    fn ranges_have_two_ends_or_one() {
        let shape = Shape::Range { max: 600_000 };
        let twenty_to_eighty = Json::List(vec![Json::Whole(20), Json::Whole(80)]);
        assert_eq!(parse("20 - 80 ms", &shape, Unit::Range), twenty_to_eighty);
        assert_eq!(round("20–80 ms", &shape, Unit::Range), "20 ms – 80 ms");
        assert_eq!(round("6 s", &shape, Unit::Range), "6 s");
    }

    #[test]
    fn what_means_nothing_is_refused() {
        for text in ["", "abc", "-1", "inf", "NaN", "1e3", "1.2.3"] {
            assert!(value(text, &MS, Unit::Millis).is_err(), "{text}");
            assert!(value(text, &RATE, Unit::Rate).is_err(), "{text}");
            assert!(value(text, &RETRIES, Unit::Count).is_err(), "{text}");
        }
    }
}
