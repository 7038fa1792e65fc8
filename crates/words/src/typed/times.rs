//! Times and numbers as people write them: `40 s`, `1.5 min`, `1 min 30 s`, `20–80 ms`, `30 000 ms`, `1,5 h`.
//!
//! A bare number is never taken for a time, because nothing says which unit was meant; only 0 needs none.

/// Why a text is no time.
#[derive(Clone, Debug, PartialEq)]
pub enum Slip {
    /// It cannot be read at all.
    NotATime,
    /// A number without a unit, and how it could be completed.
    NoUnit {
        /// The number.
        number: String,
        /// It with units.
        offers: Vec<String>,
    },
    /// It is not a whole number of milliseconds; this is the nearest one.
    Fraction(u64),
    /// A range whose first end is above its second.
    Reversed(u64, u64),
}

const UNITS: &[(f64, &[&str])] = &[
    (1.0, &["ms", "msec", "msecs", "milli", "millis", "millisecond", "milliseconds"]),
    (1000.0, &["s", "sec", "secs", "second", "seconds"]),
    (60_000.0, &["m", "min", "mins", "minute", "minutes"]),
    (3_600_000.0, &["h", "hr", "hrs", "hour", "hours"]),
    (86_400_000.0, &["d", "day", "days"]),
    (604_800_000.0, &["w", "week", "weeks"]),
];

/// What can stand between the ends of a range.
const BETWEEN: &[&str] = &["...", "..", "…", " to ", " and ", "–", "—", "-", ", "];

/// Integers beyond 2^53 (about 9e15) are not exact, and every range of the format ends far below that.
const EXACT: f64 = 9e15;

/// A time in milliseconds.
pub fn time(text: &str) -> Result<u64, Slip> {
    let text = text.trim().to_lowercase();
    let (mut rest, mut sum, mut last) = (text.as_str(), 0.0, f64::INFINITY);
    while !rest.is_empty() {
        let (digits, after) = rest.split_at(end_of_number(rest));
        let number = plain(digits).ok_or(Slip::NotATime)?;
        let after = after.trim_start();
        let (unit, after) = after.split_at(after.find(not_a_letter).unwrap_or(after.len()));
        let value: f64 = number.parse().map_err(|_| Slip::NotATime)?;
        if unit.is_empty() {
            return match (last.is_infinite() && after.is_empty(), value) {
                (true, 0.0) => Ok(0),
                (true, _) => {
                    Err(no_unit(digits.trim(), |unit| format!("{} {unit}", digits.trim())))
                }
                (false, _) => Err(Slip::NotATime),
            };
        }
        let scale = scale(unit).filter(|scale| *scale < last).ok_or(Slip::NotATime)?;
        (sum, last) = (sum + value * scale, scale);
        rest = after.trim_start();
    }
    if last.is_infinite() || sum >= EXACT {
        return Err(Slip::NotATime);
    }
    let ms = sum.round();
    let whole = (sum - ms).abs() < 1e-6 * sum.max(1.0);
    if whole { Ok(ms as u64) } else { Err(Slip::Fraction(ms as u64)) }
}

/// The two ends of a range in milliseconds; a single time is both of them.
pub fn range(text: &str) -> Result<(u64, u64), Slip> {
    let text = text.trim().to_lowercase();
    let text = text.strip_prefix("between ").or(text.strip_prefix("from ")).unwrap_or(&text);
    let Some((from, to)) = BETWEEN.iter().find_map(|between| text.split_once(between)) else {
        return time(text).map(|at| (at, at));
    };
    let (from, to) = (from.trim(), to.trim());
    let unit_of = |text: &str| text[text.rfind(not_a_letter).map_or(0, |at| at + 1)..].to_owned();
    let (first, second) = match (time(from), time(to)) {
        // The unit may be written once, at the end.
        (Err(Slip::NoUnit { .. }), Ok(second)) if second > 0 => {
            (time(&format!("{from} {}", unit_of(to)))?, second)
        }
        (Err(Slip::NoUnit { .. }) | Ok(0), Err(Slip::NoUnit { .. })) => {
            let number = format!("{from}–{to}");
            return Err(no_unit(&number, |unit| format!("{number} {unit}")));
        }
        (Ok(_), Err(Slip::NoUnit { number, .. })) => {
            let offers = vec![format!("{from} – {to} {}", unit_of(from))];
            return Err(Slip::NoUnit { number, offers });
        }
        (_, Err(Slip::NotATime)) => return Err(Slip::NotATime),
        (first, second) => (first?, second?),
    };
    if first <= second { Ok((first, second)) } else { Err(Slip::Reversed(first, second)) }
}

fn no_unit(number: &str, offer: impl Fn(&str) -> String) -> Slip {
    Slip::NoUnit { number: number.to_owned(), offers: ["ms", "s", "min"].map(offer).into() }
}

fn not_a_letter(c: char) -> bool {
    !c.is_alphabetic()
}

fn scale(unit: &str) -> Option<f64> {
    UNITS.iter().find(|(_, words)| words.contains(&unit)).map(|(scale, _)| *scale)
}

/// Where the number at the beginning ends.
fn end_of_number(text: &str) -> usize {
    text.find(|c: char| c.is_alphabetic()).unwrap_or(text.len())
}

/// A number without the marks that group its digits, and with a point before its decimals: `30 000` and
/// `30,000` are 30000, `1,5` is 1.5.
pub fn plain(text: &str) -> Option<String> {
    let text: String =
        text.trim().chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    // A single comma is a decimal one unless exactly three digits follow it, as in 10,000.
    let decimal = match (text.rfind('.'), text.rfind(',')) {
        (Some(point), Some(comma)) => Some(point.max(comma)),
        (Some(point), None) => Some(point),
        (None, Some(comma)) => {
            let groups = text.matches(',').count() > 1
                || (text.len() == comma + 4 && !matches!(&text[..comma], "" | "0"));
            (!groups).then_some(comma)
        }
        (None, None) => None,
    };
    let (whole, decimals) = match decimal {
        Some(at) => (&text[..at], Some(&text[at + 1..])),
        None => (text.as_str(), None),
    };
    let whole = ungrouped(whole)?;
    match decimals {
        None if whole.is_empty() => None,
        None => Some(whole),
        Some(decimals) if !decimals.is_empty() && digits(decimals) => {
            Some(format!("{}.{decimals}", if whole.is_empty() { "0" } else { &whole }))
        }
        Some(_) => None,
    }
}

/// Digits, in groups of three if any mark stands between them.
fn ungrouped(text: &str) -> Option<String> {
    let groups: Vec<&str> = text.split([' ', ',', '.', '_', '\'', '’']).collect();
    let fits = match groups.as_slice() {
        [one] => digits(one),
        [first, others @ ..] => {
            (1..=3).contains(&first.len())
                && digits(first)
                && others.iter().all(|group| group.len() == 3 && digits(group))
        }
        [] => false,
    };
    fits.then(|| groups.concat())
}

fn digits(text: &str) -> bool {
    text.bytes().all(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        for (typed, ms) in [
            ("40 s", 40_000),
            ("40s", 40_000),
            ("40 S", 40_000),
            ("40 seconds", 40_000),
            ("1 second", 1000),
            ("90 sec", 90_000),
            ("1.5 min", 90_000),
            ("1,5 min", 90_000),
            (".5 s", 500),
            ("0,500 s", 500),
            ("2 h", 7_200_000),
            ("2 hours", 7_200_000),
            ("1 day", 86_400_000),
            ("2 weeks", 1_209_600_000),
            ("250ms", 250),
            ("250 milliseconds", 250),
            ("30 000 ms", 30_000),
            ("30\u{a0}000\u{202f}ms", 30_000),
            ("30,000 ms", 30_000),
            ("30'000 ms", 30_000),
            ("30_000ms", 30_000),
            ("1,234.5 s", 1_234_500),
            ("1.234,5 s", 1_234_500),
            ("1 min 30 s", 90_000),
            ("1m30s", 90_000),
            ("1h 30min", 5_400_000),
            ("0.1 s", 100),
            ("0", 0),
            ("0 s", 0),
        ] {
            assert_eq!(time(typed), Ok(ms), "{typed}");
        }
    }

    #[test]
    fn a_bare_number_is_no_time() {
        let offers =
            |number: &str| ["ms", "s", "min"].map(|unit| format!("{number} {unit}")).into();
        for number in ["40", "1.5", "30 000", "6,000"] {
            let slip = Slip::NoUnit { number: number.to_owned(), offers: offers(number) };
            assert_eq!(time(number), Err(slip));
        }
        for text in ["", "s", "abc", "-1 s", "40 parsecs", "1 s 2", "30 s 1 min", "1 2 s", "1e3 s"]
        {
            assert_eq!(time(text), Err(Slip::NotATime), "{text}");
        }
        assert_eq!(time("1.6 ms"), Err(Slip::Fraction(2)));
    }

    #[test]
    fn a_range_has_two_ends_or_is_a_single_time() {
        for (typed, ends) in [
            ("20..80 ms", (20, 80)),
            ("20-80 ms", (20, 80)),
            ("20–80 ms", (20, 80)),
            ("20 - 80ms", (20, 80)),
            ("20 ms – 80 ms", (20, 80)),
            ("20 to 80 ms", (20, 80)),
            ("between 20 and 80 ms", (20, 80)),
            ("20, 80 ms", (20, 80)),
            ("250ms..1s", (250, 1000)),
            ("0 – 1 s", (0, 1000)),
            ("1,5–2 s", (1500, 2000)),
            ("6 s", (6000, 6000)),
            ("0", (0, 0)),
        ] {
            assert_eq!(range(typed), Ok(ends), "{typed}");
        }
        assert_eq!(range("80–20 ms"), Err(Slip::Reversed(80, 20)));
        assert!(matches!(range("20–80"), Err(Slip::NoUnit { number, .. }) if number == "20–80"));
        assert!(matches!(range("6000"), Err(Slip::NoUnit { number, .. }) if number == "6000"));
        let offers = vec!["20 ms – 80 ms".to_owned()];
        assert_eq!(range("20 ms – 80"), Err(Slip::NoUnit { number: "80".to_owned(), offers }));
        for text in ["", "–", "..", "20..", "[20, 80]", "fast"] {
            assert_eq!(range(text), Err(Slip::NotATime), "{text}");
        }
    }

    #[test]
    fn numbers_may_be_grouped() {
        for (typed, number) in [
            ("10000", "10000"),
            ("10,000", "10000"),
            ("10 000", "10000"),
            ("1,000,000", "1000000"),
            ("12.5", "12.5"),
            ("12,5", "12.5"),
            ("12,50", "12.50"),
        ] {
            assert_eq!(plain(typed).as_deref(), Some(number), "{typed}");
        }
        for text in ["", ".", "1.", "1 2", "12,34,56", "1.2.3", "1e3", "-1", "inf"] {
            assert_eq!(plain(text), None, "{text}");
        }
    }
}
