//! Conversion between typed text and values of the format.
//!
//! [`Shape`] determines how text becomes [`Json`]; whether the value is allowed is up to the format's own
//! reader. Durations may have a unit; rates are typed in percent.

use ackground_core::experiment::json::Json;
use ackground_core::experiment::label::Unit;
use ackground_core::experiment::part::Shape;

/// Parses text. Text that cannot be parsed becomes a JSON string, which the reader then rejects with a list
/// of what is allowed.
pub fn parse(text: &str, shape: &Shape, unit: Unit) -> Json {
    let text = text.trim();
    match shape {
        Shape::OrNull(_) if text.is_empty() => Json::Null,
        Shape::OrNull(inner) => parse(text, inner, unit),
        Shape::Flag => match text {
            "true" => Json::Flag(true),
            "false" => Json::Flag(false),
            _ => Json::text(text),
        },
        Shape::Limit { .. } if matches!(text, "unlimited" | "∞") => Json::text("unlimited"),
        Shape::Whole { .. } | Shape::Limit { .. } => whole(text, unit),
        Shape::Number { .. } => number(text, unit),
        Shape::Range { .. } => {
            Json::List(text.split(['-', '–', ',']).map(|end| whole(end.trim(), unit)).collect())
        }
        _ => Json::text(text),
    }
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
            let ends: Vec<String> = ends.iter().map(|end| show(end, unit)).collect();
            ends.join(" – ")
        }
        Json::Object(_) => String::new(),
    }
}

/// Why the text is not a value of this shape, in the units in which it is typed; `None` if it is valid as far
/// as the shape can tell.
pub fn refusal(text: &str, shape: &Shape, unit: Unit) -> Option<String> {
    let value = parse(text, shape, unit);
    let (min, max, limit) = match (shape, &value) {
        (Shape::OrNull(_), Json::Null) => return None,
        (Shape::OrNull(inner), _) => return refusal(text, inner, unit),
        (Shape::Limit { .. }, Json::Text(word)) if word == "unlimited" => return None,
        (Shape::Whole { min, max } | Shape::Number { min, max }, _) => (*min, *max, ""),
        (Shape::Limit { min, max }, _) => (*min, *max, ", or \"unlimited\""),
        _ => return None,
    };
    let in_range = match value {
        Json::Whole(n) => (min..=max).contains(&n),
        Json::Number(x) => (min as f64..=max as f64).contains(&x),
        _ => false,
    };
    if in_range {
        return None;
    }
    let text = text.trim();
    let what =
        if text.is_empty() { "Nothing".to_owned() } else { format!("\u{201c}{text}\u{201d}") };
    let (from, to) = (show(&Json::Whole(min), unit), show(&Json::Whole(max), unit));
    let allowed = match unit {
        Unit::Rate => "a share from 0 to 100 %".to_owned(),
        Unit::Millis | Unit::Range if max > 86_400_000 => {
            format!("a time such as 250 ms, 5 s or 2 min, at least {from}{limit}")
        }
        Unit::Millis | Unit::Range => {
            format!("a time from {from} to {to}, such as 250 ms or 5 s{limit}")
        }
        _ => format!("a number from {from} to {to}{limit}"),
    };
    Some(format!("{what} is not allowed here; {allowed}."))
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

/// An integer: `10000`, `10,000`, `10 000`; for durations also `1.5 s`, `2m`, `1 h`.
fn whole(text: &str, unit: Unit) -> Json {
    let plain: String = text.chars().filter(|c| !matches!(c, ',' | '_' | ' ' | '\u{a0}')).collect();
    if let Ok(n) = plain.parse::<u64>() {
        return Json::Whole(n);
    }
    let scaled = matches!(unit, Unit::Millis | Unit::Range).then(|| millis(&plain)).flatten();
    scaled.map_or_else(|| Json::text(text), Json::Whole)
}

fn millis(text: &str) -> Option<u64> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let scale = match &text[digits.len()..] {
        "ms" => 1.0,
        "s" | "sec" => 1000.0,
        "m" | "min" => 60_000.0,
        "h" => 3_600_000.0,
        _ => return None,
    };
    let ms = (decimal(digits)? * scale).round();
    // Integers beyond 2^53 (about 9e15) are not exact, and every range of the format ends far below that.
    (0.0..9e15).contains(&ms).then_some(ms as u64)
}

fn number(text: &str, unit: Unit) -> Json {
    let digits = text.trim_end_matches(['%', ' ', '\u{a0}', '×']);
    match decimal(digits) {
        Some(x) if unit == Unit::Rate => Json::Number(x / 100.0),
        Some(x) => Json::Number(x),
        None => Json::text(text),
    }
}

/// Digits with at most one decimal point; rejects other forms that Rust parses as a float.
fn decimal(text: &str) -> Option<f64> {
    let text = text.trim();
    let plain = !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || c == '.');
    plain.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: Shape = Shape::Whole { min: 0, max: 600_000 };
    const RATE: Shape = Shape::Number { min: 0, max: 1 };
    const RETRIES: Shape = Shape::Limit { min: 0, max: 1000 };

    fn round(text: &str, shape: &Shape, unit: Unit) -> String {
        show(&parse(text, shape, unit), unit)
    }

    #[test]
    fn durations_carry_a_unit() {
        for (typed, shown) in [
            ("200", "200 ms"),
            ("200ms", "200 ms"),
            ("5 s", "5 s"),
            ("1.5s", "1500 ms"),
            ("2m", "2 min"),
            ("60000", "1 min"),
            ("10,000", "10 s"),
            ("0", "0 ms"),
        ] {
            assert_eq!(round(typed, &MS, Unit::Millis), shown, "{typed}");
        }
    }

    #[test]
    fn shares_are_percent() {
        assert_eq!(parse("12.5 %", &RATE, Unit::Rate), Json::Number(0.125));
        assert_eq!(round("10", &RATE, Unit::Rate), "10 %");
        assert_eq!(round("0.1%", &RATE, Unit::Rate), "0.1 %");
        assert_eq!(round("7", &RATE, Unit::Rate), "7 %", "0.07 × 100 is not 7 in floats");
        assert_eq!(show(&Json::Whole(1), Unit::Rate), "100 %");
    }

    #[test]
    fn limits_know_their_word_and_null_is_empty() {
        assert_eq!(parse("unlimited", &RETRIES, Unit::Count), Json::text("unlimited"));
        assert_eq!(parse("3", &RETRIES, Unit::Count), Json::Whole(3));
        let maybe = Shape::OrNull(Box::new(MS));
        assert_eq!(parse(" ", &maybe, Unit::Millis), Json::Null);
        assert_eq!(parse("2s", &maybe, Unit::Millis), Json::Whole(2000));
    }

    #[test]
    fn a_refusal_speaks_in_the_terms_of_the_field() {
        let said = |text, shape, unit| refusal(text, shape, unit).unwrap_or_default();
        let percent = "\u{201c}150\u{201d} is not allowed here; a share from 0 to 100 %.";
        assert_eq!(said("150", &RATE, Unit::Rate), percent);
        assert_eq!(
            said("", &RETRIES, Unit::Count),
            "Nothing is not allowed here; a number from 0 to 1000, or \"unlimited\"."
        );
        assert_eq!(
            said("1 h", &MS, Unit::Millis),
            "\u{201c}1 h\u{201d} is not allowed here; a time from 0 ms to 10 min, such as 250 ms or 5 s."
        );
        assert_eq!(refusal("12.5 %", &RATE, Unit::Rate), None);
        assert_eq!(refusal("unlimited", &RETRIES, Unit::Count), None);
    }

    #[test]
    fn ranges_have_two_ends() {
        let shape = Shape::Range { max: 600_000 };
        let twenty_to_eighty = Json::List(vec![Json::Whole(20), Json::Whole(80)]);
        assert_eq!(parse("20 - 80", &shape, Unit::Millis), twenty_to_eighty);
        assert_eq!(round("20–80 ms", &shape, Unit::Millis), "20 ms – 80 ms");
    }

    #[test]
    fn what_means_nothing_stays_text_for_the_reader_to_refuse() {
        for text in ["", "abc", "-1", "inf", "NaN", "1e3", "1.2.3"] {
            assert!(matches!(parse(text, &MS, Unit::Millis), Json::Text(_)), "{text}");
            assert!(matches!(parse(text, &RATE, Unit::Rate), Json::Text(_)), "{text}");
        }
    }
}
