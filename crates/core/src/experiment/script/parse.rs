//! Parses script lines. An error names the word, its column and what is allowed there.

use std::fmt::{self, Display};
use std::str::FromStr;

use serde::de::{self, Deserialize, Deserializer};

use super::line::{About, Field};
use super::print::Time;
use super::{
    BrokerPoint, Carrier, ConsumerPoint, Crash, Cut, Entry, Kill, Kind, Line, Nth, Ordinal, Packet,
    Side, Spot,
};
use crate::experiment::mistake::{either, nearest, short};
use crate::experiment::settings::{Millis, YEAR_MS};

/// Why a text is not a script line.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LineError {
    /// The column of the offending word, in characters from 1.
    pub column: usize,
    /// What is wrong with it and what is allowed there.
    pub message: String,
}

impl LineError {
    fn new(column: usize, message: impl Into<String>) -> Self {
        LineError { column, message: message.into() }
    }

    /// The error together with its line.
    pub(super) fn in_line(&self, line: &str) -> String {
        format!("\"{}\": {self}", short(line))
    }
}

impl Display for LineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "column {}: {}", self.column, self.message)
    }
}

impl std::error::Error for LineError {}

impl<'de> Deserialize<'de> for Line {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

impl FromStr for Line {
    type Err = LineError;

    fn from_str(text: &str) -> Result<Self, LineError> {
        line(Words::of(text))
    }
}

impl FromStr for Entry {
    type Err = LineError;

    fn from_str(text: &str) -> Result<Self, LineError> {
        let mut words = Words::of(text);
        let on = !words.skip(Entry::OFF);
        Ok(Entry { line: line(words)?, on })
    }
}

fn line(mut words: Words<'_>) -> Result<Line, LineError> {
    let kind = words.choice("a fault", Kind::ALL, Kind::word)?;
    let line = Line::read(kind, &mut words)?;
    words.end()?;
    Ok(line)
}

/// A word and its column.
type Word<'a> = (usize, &'a str);

/// The words of a line, taken one after another.
pub(super) struct Words<'a> {
    list: std::vec::IntoIter<Word<'a>>,
    end: usize,
}

impl<'a> Words<'a> {
    /// No line has more words than this; any further ones are ignored.
    const MOST: usize = 16;

    fn of(text: &'a str) -> Self {
        let mut list = Vec::new();
        let mut start = None;
        let mut column = 0;
        for (i, c) in text.char_indices() {
            column += 1;
            match (c.is_whitespace(), start) {
                (false, None) => start = Some((column, i)),
                (true, Some((at, from))) => {
                    list.push((at, &text[from..i]));
                    start = None;
                    if list.len() == Self::MOST {
                        break;
                    }
                }
                _ => {}
            }
        }
        if let Some((at, from)) = start {
            list.push((at, &text[from..]));
        }
        Words { list: list.into_iter(), end: column + 1 }
    }

    /// Takes the next word if it is this one; returns whether it was.
    fn skip(&mut self, word: &str) -> bool {
        let is_next = matches!(self.list.as_slice(), [(_, next), ..] if *next == word);
        if is_next {
            self.list.next();
        }
        is_next
    }

    fn next(&mut self, expected: &str) -> Result<Word<'a>, LineError> {
        let end = self.end;
        self.list
            .next()
            .ok_or_else(|| LineError::new(end, format!("the line ends here; expected {expected}")))
    }

    fn end(&mut self) -> Result<(), LineError> {
        match self.list.next() {
            None => Ok(()),
            Some((column, word)) => Err(LineError::new(
                column,
                format!("\"{}\" is too much; the line is complete before it", short(word)),
            )),
        }
    }

    /// One of the given words; `kind` says in the error what they are.
    fn one_of(&mut self, kind: &str, allowed: &[&'static str]) -> Result<&'static str, LineError> {
        let (column, word) = self.next(&either(allowed.iter().copied()))?;
        match allowed.iter().find(|known| **known == word) {
            Some(known) => Ok(known),
            None => Err(not(column, word, kind, allowed)),
        }
    }

    /// Like `one_of`, for the words of an enum.
    fn choice<T: Copy>(
        &mut self,
        kind: &str,
        all: &[T],
        word: fn(T) -> &'static str,
    ) -> Result<T, LineError> {
        let words: Vec<&'static str> = all.iter().map(|&choice| word(choice)).collect();
        let said = self.one_of(kind, &words)?;
        let place = words.iter().position(|word| *word == said);
        Ok(all[place.expect("it is one of these words")])
    }
}

macro_rules! one_word {
    ($($type:ident = $what:literal,)+) => { $(
        impl Field for $type {
            fn read(words: &mut Words<'_>) -> Result<Self, LineError> {
                words.choice($what, $type::ALL, $type::word)
            }

            fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.fmt(f)
            }
        }
    )+ };
}

one_word! {
    Packet = "a packet",
    Carrier = "a packet that can arrive twice",
    Side = "a side",
    BrokerPoint = "a point of the broker",
    Cut = "a side that can be cut off",
}

impl Field for Crash {
    fn read(words: &mut Words<'_>) -> Result<Self, LineError> {
        let crash = match words.one_of("a node", &["producer", "broker", "follower", "consumer"])? {
            "producer" => {
                let side = Side::read(words)?;
                words.one_of("a point of the producer", &["publish"])?;
                Crash::Producer(side)
            }
            "broker" => Crash::Broker(Side::read(words)?, BrokerPoint::read(words)?),
            "follower" => {
                words.one_of("a side of a follower", &["before"])?;
                words.one_of("a point of a follower", &["replicate"])?;
                Crash::Follower
            }
            _ => {
                let side = Side::read(words)?;
                let expected = "receive, record, ack or the ID of a step";
                let (column, word) = words.next(expected)?;
                let point = ConsumerPoint::from_word(word)
                    .ok_or_else(|| unfit(column, word, "a point of the consumer", expected))?;
                Crash::Consumer(side, point)
            }
        };
        Ok(crash)
    }

    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fmt(f)
    }
}

impl Field for Kill {
    fn read(words: &mut Words<'_>) -> Result<Self, LineError> {
        words.one_of("a process that can be killed", &["broker"])?;
        Ok(Kill::Broker(Side::read(words)?, BrokerPoint::read(words)?))
    }

    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fmt(f)
    }
}

impl Field for Ordinal {
    fn read(words: &mut Words<'_>) -> Result<Self, LineError> {
        let expected = "a message number from 1";
        let (column, word) = words.next(expected)?;
        ordinal(word).ok_or_else(|| unfit(column, word, "a message", expected))
    }

    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fmt(f)
    }

    fn tell(&self, about: &mut About) {
        about.message = Some(*self);
    }
}

/// `2`, `2#3`, `2#*`
impl Field for Spot {
    fn read(words: &mut Words<'_>) -> Result<Self, LineError> {
        let expected =
            "a message number from 1, such as 2, or with the time it happens, such as 2#3 or 2#*";
        let (column, word) = words.next(expected)?;
        let (message, nth) = word.split_once('#').unwrap_or((word, "1"));
        let nth = match nth {
            "*" => Some(Nth::Every),
            n => ordinal(n).map(Nth::At),
        };
        match (ordinal(message), nth) {
            (Some(message), Some(nth)) => Ok(Spot { message, nth }),
            _ => Err(unfit(column, word, "a message", expected)),
        }
    }

    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fmt(f)
    }

    fn tell(&self, about: &mut About) {
        (about.message, about.spot) = (Some(self.message), Some(*self));
    }
}

/// `by 2s`
impl Field for Millis {
    fn read(words: &mut Words<'_>) -> Result<Self, LineError> {
        words.one_of("the word before the time", &["by"])?;
        let (column, word) = words.next(TIME)?;
        time(word).ok_or_else(|| unfit(column, word, "a time", TIME))
    }

    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "by {}", Time(*self))
    }

    fn tell(&self, about: &mut About) {
        about.longest = Some(*self);
    }
}

/// `2s..5s`
impl Field for (Millis, Millis) {
    fn read(words: &mut Words<'_>) -> Result<Self, LineError> {
        let expected = "two times with two points between them, such as 2s..5s";
        let (column, word) = words.next(expected)?;
        let ends = word.split_once("..");
        let (Some(from), Some(to)) =
            (ends.and_then(|(from, _)| time(from)), ends.and_then(|(_, to)| time(to)))
        else {
            return Err(unfit(column, word, "a stretch of time", expected));
        };
        if from >= to {
            let message =
                format!("\"{}\" does not end after it begins; expected {expected}", short(word));
            return Err(LineError::new(column, message));
        }
        Ok((from, to))
    }

    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", Time(self.0), Time(self.1))
    }

    fn tell(&self, about: &mut About) {
        about.longest = Some(self.1);
    }
}

const TIME: &str = "a time such as 250ms, 5s or 2m, at most a year";

/// Digits only: no sign, no space, nothing else that `u64::from_str` would accept.
fn whole(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|c| c.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

fn ordinal(text: &str) -> Option<Ordinal> {
    whole(text).and_then(Ordinal::new)
}

/// A time such as `250ms`, `5s` or `2m`, in milliseconds; at most a year.
pub(in crate::experiment) fn time(text: &str) -> Option<Millis> {
    let (digits, unit) = [("ms", 1), ("s", 1000), ("m", 60_000)]
        .into_iter()
        .find_map(|(suffix, unit)| Some((text.strip_suffix(suffix)?, unit)))?;
    let ms = whole(digits)?.checked_mul(unit)?;
    (ms <= YEAR_MS).then(|| Millis::new(ms)).flatten()
}

fn not(column: usize, word: &str, kind: &str, allowed: &[&'static str]) -> LineError {
    match nearest(word, allowed.iter().copied()) {
        Some(meant) => {
            let message = format!("\"{}\" is not {kind}; did you mean \"{meant}\"?", short(word));
            LineError::new(column, message)
        }
        None => unfit(column, word, kind, &either(allowed.iter().copied())),
    }
}

fn unfit(column: usize, word: &str, kind: &str, expected: &str) -> LineError {
    let message = format!("\"{}\" is not {kind}; expected {expected}", short(word));
    LineError::new(column, message)
}
