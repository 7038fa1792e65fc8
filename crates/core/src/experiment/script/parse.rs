//! Text into lines of the script. An error names the word, its column and what may stand there.

use std::fmt;
use std::str::FromStr;

use serde::de::{self, Deserialize, Deserializer};

use super::{
    BrokerPoint, Carrier, ConsumerPoint, Crash, Cut, Entry, Line, Nth, Ordinal, Packet, Side, Spot,
};
use crate::experiment::mistake::{either, nearest, short};
use crate::experiment::settings::{Millis, YEAR_MS};

/// Why a text is not a line of the script.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LineError {
    /// Where the word stands that is wrong, in characters from 1.
    pub column: usize,
    /// What is wrong with it and what may stand there.
    pub message: String,
}

impl LineError {
    fn new(column: usize, message: impl Into<String>) -> Self {
        LineError { column, message: message.into() }
    }

    /// The error together with the line it is in.
    pub(super) fn in_line(&self, line: &str) -> String {
        format!("\"{}\": {self}", short(line))
    }
}

impl fmt::Display for LineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "column {}: {}", self.column, self.message)
    }
}

impl std::error::Error for LineError {}

const VERBS: &[&str] =
    &["drop", "duplicate", "delay", "crash", "fail", "poison", "slow", "partition"];
const NODES: &[&str] = &["producer", "broker", "follower", "consumer"];

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
    let verb = words.one_of("a fault", VERBS)?;
    let line = match verb {
        "drop" => Line::Drop(words.packet()?, words.spot()?),
        "duplicate" => Line::Duplicate(words.carrier()?, words.spot()?),
        "delay" => Line::Delay(words.packet()?, words.spot()?, words.by()?),
        "crash" => Line::Crash(words.crash()?, words.spot()?),
        "fail" => Line::Fail(words.spot()?),
        "poison" => Line::Poison(words.message()?),
        "slow" => Line::Slow(words.spot()?, words.by()?),
        _ => words.partition()?,
    };
    words.end()?;
    Ok(line)
}

/// A word and its column.
type Word<'a> = (usize, &'a str);

/// The words of a line, taken one after the other.
struct Words<'a> {
    list: std::vec::IntoIter<Word<'a>>,
    end: usize,
}

impl<'a> Words<'a> {
    /// No line has more words than this; the rest is not looked at.
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

    /// Whether the next word is this one, which is then taken.
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

    /// One of the given words, called by `kind` when it is none of them.
    fn one_of(&mut self, kind: &str, allowed: &[&'static str]) -> Result<&'static str, LineError> {
        let (column, word) = self.next(&either(allowed.iter().copied()))?;
        match allowed.iter().find(|known| **known == word) {
            Some(known) => Ok(known),
            None => Err(not(column, word, kind, allowed)),
        }
    }

    fn packet(&mut self) -> Result<Packet, LineError> {
        let words: Vec<&str> = Packet::ALL.iter().map(|packet| packet.word()).collect();
        let word = self.one_of("a packet", &words)?;
        Ok(Packet::from_word(word).expect("taken from the list of packets"))
    }

    fn carrier(&mut self) -> Result<Carrier, LineError> {
        let words: Vec<&str> = Carrier::ALL.iter().map(|carrier| carrier.word()).collect();
        let word = self.one_of("a packet that can arrive twice", &words)?;
        Ok(Carrier::from_word(word).expect("taken from the list of carriers"))
    }

    fn side(&mut self) -> Result<Side, LineError> {
        let word = self.one_of("a side", &["before", "after"])?;
        Ok(Side::from_word(word).expect("taken from the list of sides"))
    }

    fn crash(&mut self) -> Result<Crash, LineError> {
        let crash = match self.one_of("a node", NODES)? {
            "producer" => {
                let side = self.side()?;
                self.one_of("a point of the producer", &["publish"])?;
                Crash::Producer(side)
            }
            "broker" => {
                let side = self.side()?;
                let words: Vec<&str> = BrokerPoint::ALL.iter().map(|point| point.word()).collect();
                let word = self.one_of("a point of the broker", &words)?;
                let point = BrokerPoint::from_word(word).expect("taken from the list of points");
                Crash::Broker(side, point)
            }
            "follower" => {
                self.one_of("a side of a follower", &["before"])?;
                self.one_of("a point of a follower", &["replicate"])?;
                Crash::Follower
            }
            _ => {
                let side = self.side()?;
                let expected = "receive, record, ack or the id of a step";
                let (column, word) = self.next(expected)?;
                let point = ConsumerPoint::from_word(word)
                    .ok_or_else(|| unfit(column, word, "a point of the consumer", expected))?;
                Crash::Consumer(side, point)
            }
        };
        Ok(crash)
    }

    fn message(&mut self) -> Result<Ordinal, LineError> {
        let expected = "a message number from 1";
        let (column, word) = self.next(expected)?;
        ordinal(word).ok_or_else(|| unfit(column, word, "a message", expected))
    }

    /// `2`, `2#3`, `2#*`
    fn spot(&mut self) -> Result<Spot, LineError> {
        let expected =
            "a message number from 1, such as 2, or with the time it happens, such as 2#3 or 2#*";
        let (column, word) = self.next(expected)?;
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

    fn by(&mut self) -> Result<Millis, LineError> {
        self.one_of("the word before the time", &["by"])?;
        let (column, word) = self.next(TIME)?;
        time(word).ok_or_else(|| unfit(column, word, "a time", TIME))
    }

    /// `producer 2s..5s`
    fn partition(&mut self) -> Result<Line, LineError> {
        let words: Vec<&str> = Cut::ALL.iter().map(|cut| cut.word()).collect();
        let word = self.one_of("a side that can be cut off", &words)?;
        let cut = Cut::from_word(word).expect("taken from the list of sides");
        let expected = "two times with two points between them, such as 2s..5s";
        let (column, word) = self.next(expected)?;
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
        Ok(Line::Partition(cut, from, to))
    }
}

const TIME: &str = "a time such as 250ms, 5s or 2m, at most a year";

/// Digits only: no sign, no space, nothing that `u64::from_str` would let through beside them.
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
