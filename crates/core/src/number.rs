//! Numbers formatted for people: grouped digits, true minus signs, durations, number words.
//!
//! It does not know what the numbers count. Integer arithmetic only, so that the texts are the same
//! natively and in Wasm.

use crate::experiment::value::Rate;
use crate::sim::Time;

const WORDS: [&str; 13] = [
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
];

const ORDINALS: [&str; 13] = [
    "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
    "tenth", "eleventh", "twelfth",
];

/// Digits in groups of three: `10,000`.
///
/// ```
/// assert_eq!(ackground_core::number::money(30_000), "30,000");
/// ```
pub fn money(n: u64) -> String {
    let digits = n.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// How far the books are off: `+10,000`, `−10,000` with a true minus, or `exact`.
pub fn difference(expected: u64, actual: u64) -> String {
    match actual.cmp(&expected) {
        std::cmp::Ordering::Less => format!("\u{2212}{}", money(expected - actual)),
        std::cmp::Ordering::Equal => "exact".to_owned(),
        std::cmp::Ordering::Greater => format!("+{}", money(actual - expected)),
    }
}

/// A count in words up to twelve, in digits above that: `three`, `13`, `1,000`; zero is `no`.
pub fn count(n: u64) -> String {
    match usize::try_from(n).ok().and_then(|n| WORDS.get(n)) {
        Some(word) => (*word).to_owned(),
        None => money(n),
    }
}

/// A count with its noun in the right number: `one message`, `no messages`, `13 messages`.
pub fn count_of(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", count(n), if n == 1 { one } else { many })
}

/// How often: `once`, `twice`, `three times`, `13 times`; zero is `never`.
pub fn times(n: u64) -> String {
    match n {
        0 => "never".to_owned(),
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        n => format!("{} times", count(n)),
    }
}

/// A place in an order: `first`, `twelfth`, `21st`.
pub fn ordinal(n: u64) -> String {
    if let Some(word) = usize::try_from(n).ok().and_then(|n| ORDINALS.get(n)) {
        return (*word).to_owned();
    }
    let ending = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{}{ending}", money(n))
}

const SECOND: u64 = 1_000_000;
const MINUTE: u64 = 60 * SECOND;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// A duration in at most two units: `0 ms`, `250 ms`, `1.2 s`, `2 min`, `30 min 2 s`, `1 h 30 min`, `7 days`. Rounded
/// down, below a second to the millisecond, below a minute to a tenth of a second, above that to the smaller unit.
pub fn duration(span: Time) -> String {
    match span.micros() {
        micros if micros < SECOND => format!("{} ms", micros / 1000),
        micros if micros < MINUTE => format!("{} s", tenths(micros, SECOND)),
        micros => in_two_units(micros),
    }
}

/// `30 min 2 s`, `2 min`, `1 h 30 min`, `1 day 12 h`; from a minute on.
fn in_two_units(micros: u64) -> String {
    let (large, small, (unit, lesser)) = match micros {
        micros if micros < HOUR => (micros / MINUTE, micros % MINUTE / SECOND, ("min", "s")),
        micros if micros < DAY => (micros / HOUR, micros % HOUR / MINUTE, ("h", "min")),
        micros if micros < 2 * DAY => (1, micros % DAY / HOUR, ("day", "h")),
        micros => (micros / DAY, micros % DAY / HOUR, ("days", "h")),
    };
    match small {
        0 => format!("{large} {unit}"),
        small => format!("{large} {unit} {small} {lesser}"),
    }
}

/// A duration in milliseconds; see [`duration`].
pub fn millis(ms: u64) -> String {
    duration(Time::from_millis(ms))
}

/// A point in time as the playbar shows it: `6.55 s`, two decimals below a minute, and whole seconds from then on:
/// `30 min 2 s`, `1 h 30 min 2 s`. Rounded down.
pub fn clock(at: Time) -> String {
    let micros = at.micros();
    if micros < MINUTE {
        let hundredths = micros / 10_000;
        return format!("{}.{:02} s", hundredths / 100, hundredths % 100);
    }
    let seconds = match micros % MINUTE / SECOND {
        0 => String::new(),
        seconds => format!(" {seconds} s"),
    };
    format!("{}{seconds}", in_two_units(micros - micros % MINUTE))
}

/// A rate in percent without trailing zeros: `10 %`, `0.5 %`.
pub fn percent(rate: Rate) -> String {
    const PER_PERCENT: u32 = Rate::SCALE / 100;
    let (whole, part) = (rate.parts() / PER_PERCENT, rate.parts() % PER_PERCENT);
    if part == 0 {
        return format!("{whole} %");
    }
    let part = format!("{part:07}");
    format!("{whole}.{} %", part.trim_end_matches('0'))
}

/// The text with a capital first letter.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn tenths(micros: u64, unit: u64) -> String {
    let tenths = micros / (unit / 10);
    match tenths % 10 {
        0 => (tenths / 10).to_string(),
        part => format!("{}.{part}", tenths / 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_come_in_groups_of_three() {
        let cases = [
            (0, "0"),
            (999, "999"),
            (1000, "1,000"),
            (10_000, "10,000"),
            (1_234_567, "1,234,567"),
            (u64::MAX, "18,446,744,073,709,551,615"),
        ];
        for (n, text) in cases {
            assert_eq!(money(n), text);
        }
    }

    #[test]
    fn a_difference_has_a_sign_and_zero_is_exact() {
        assert_eq!(difference(30_000, 20_000), "−10,000");
        assert_eq!(difference(30_000, 40_000), "+10,000");
        assert_eq!(difference(30_000, 30_000), "exact");
    }

    #[test]
    fn counts_are_words_up_to_twelve() {
        assert_eq!(count(12), "twelve");
        assert_eq!(count(13), "13");
        assert_eq!(count_of(1, "message", "messages"), "one message");
        assert_eq!(count_of(0, "message", "messages"), "no messages");
        assert_eq!(
            [times(0), times(1), times(2), times(3)],
            ["never", "once", "twice", "three times"]
        );
        let ordinals = [1, 12, 13, 21, 22, 23, 111, 112].map(ordinal);
        let expected = ["first", "twelfth", "13th", "21st", "22nd", "23rd", "111th", "112th"];
        assert_eq!(ordinals, expected);
    }

    #[test]
    fn a_duration_takes_the_largest_unit_that_fits() {
        let cases = [
            (0, "0 ms"),
            (250, "250 ms"),
            (1000, "1 s"),
            (1250, "1.2 s"),
            (120_000, "2 min"),
            (90_000, "1 min 30 s"),
            (1_802_250, "30 min 2 s"),
            (5_400_000, "1 h 30 min"),
            (86_400_000, "1 day"),
            (129_600_000, "1 day 12 h"),
            (604_800_000, "7 days"),
        ];
        for (ms, text) in cases {
            assert_eq!(millis(ms), text);
        }
        for (ms, text) in [
            (0, "0.00 s"),
            (6_559, "6.55 s"),
            (60_000, "1 min"),
            (863_000, "14 min 23 s"),
            (1_802_250, "30 min 2 s"),
            (5_402_000, "1 h 30 min 2 s"),
        ] {
            assert_eq!(clock(Time::from_millis(ms)), text);
        }
    }

    #[test]
    fn a_rate_is_shown_in_percent() {
        assert_eq!(percent(Rate::percent(10)), "10 %");
        assert_eq!(percent(Rate::ZERO), "0 %");
        assert_eq!(
            percent(Rate::from_parts(5_000_000).expect("half a percent is a rate")),
            "0.5 %"
        );
        assert_eq!(percent(Rate::from_parts(1).expect("one part is a rate")), "0.0000001 %");
    }

    #[test]
    fn a_capital_is_put_first() {
        assert_eq!(capital("credited twice"), "Credited twice");
        assert_eq!(capital(""), "");
    }
}
