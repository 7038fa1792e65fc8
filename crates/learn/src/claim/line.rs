//! Parses and prints claims. Every line that parses is printed in one canonical form.

use std::fmt;
use std::str::FromStr;

use super::{Amount, Books, Claim, Occurrence, Order, Says, Side, Within};
use ackground_core::audit::{Learnt, Outcome, Property};
use ackground_core::experiment::Lanes;
use ackground_core::experiment::mistake::{either, nearest, short};
use ackground_core::measure::Quantity;
use ackground_core::prove::{Guarantee, Kind, Kinds};

/// Why a text is not a claim: the offending word, and what is allowed there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimError(String);

impl fmt::Display for ClaimError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ClaimError {}

/// The longest claim, in bytes: more than any needs.
const LONGEST: usize = 400;

const OUTCOMES: [Outcome; 5] =
    [Outcome::Once, Outcome::Lost, Outcome::Duplicated, Outcome::Parked, Outcome::Pending];
const LEARNT: [Learnt; 3] = [Learnt::Ok, Learnt::Error, Learnt::Nothing];

/// A cursor over the words of a line.
pub(crate) struct Tokens<'a> {
    words: Vec<&'a str>,
    next: usize,
}

impl<'a> Tokens<'a> {
    /// Splits a claim or a goal into its lane, counted from 0, and a cursor over the rest.
    pub(crate) fn of_lane(text: &'a str) -> Result<(usize, Tokens<'a>), ClaimError> {
        if text.len() > LONGEST {
            return Err(ClaimError(format!(
                "a claim has at most {LONGEST} bytes, and this one has {}",
                text.len()
            )));
        }
        if text.trim().is_empty() {
            return Err(ClaimError("a claim is missing; \"lane 1: …\"".to_owned()));
        }
        let begins =
            || ClaimError(format!("\"{}\" does not begin with a lane; \"lane 1: …\"", short(text)));
        let (lane, rest) = text.split_once(':').ok_or_else(begins)?;
        let number = lane.trim().strip_prefix("lane").ok_or_else(begins)?;
        let lane = lane_number(number.trim())?;
        Ok((lane, Tokens::of(rest)))
    }

    fn of(text: &'a str) -> Tokens<'a> {
        let ends = |c: char| c.is_whitespace() || c == ',';
        let words = text.split(ends).filter(|word| !word.is_empty());
        Tokens { words: words.collect(), next: 0 }
    }

    /// The next word, whatever it is; empty at the end.
    pub(crate) fn word(&mut self) -> &'a str {
        let word = self.words.get(self.next).copied().unwrap_or_default();
        self.next += 1;
        word
    }

    /// Skips the next word if it is this one.
    pub(crate) fn skip(&mut self, word: &str) -> bool {
        let here = self.words.get(self.next) == Some(&word);
        self.next += usize::from(here);
        here
    }

    /// Parses the next word as one of these values.
    pub(crate) fn one_of<T: Copy>(
        &mut self,
        all: &[T],
        word: fn(T) -> &'static str,
    ) -> Result<T, ClaimError> {
        let given = self.word();
        let found = all.iter().copied().find(|value| word(*value) == given);
        found.ok_or_else(|| unknown(given, all.iter().map(|value| word(*value))))
    }

    fn expect(&mut self, word: &'static str) -> Result<(), ClaimError> {
        match self.word() {
            given if given == word => Ok(()),
            given => Err(unknown(given, [word])),
        }
    }

    /// Parses a whole number from `min` to `max`.
    fn whole(&mut self, min: u64, max: u64) -> Result<u64, ClaimError> {
        let given = self.word();
        let number = given.parse().ok().filter(|n| (min..=max).contains(n));
        number.ok_or_else(|| {
            ClaimError(format!(
                "{} is not allowed; a whole number from {min} to {max}",
                quoted(given)
            ))
        })
    }

    fn end(mut self) -> Result<(), ClaimError> {
        match self.word() {
            "" => Ok(()),
            more => Err(ClaimError(format!("{} is one word too many", quoted(more)))),
        }
    }

    /// Returns the value, provided nothing is left over.
    pub(crate) fn done<T>(self, value: T) -> Result<T, ClaimError> {
        self.end().map(|()| value)
    }
}

fn quoted(word: &str) -> String {
    match word {
        "" => "nothing".to_owned(),
        word => format!("\"{}\"", short(word)),
    }
}

fn unknown<'w>(given: &str, words: impl IntoIterator<Item = &'w str>) -> ClaimError {
    let words: Vec<&str> = words.into_iter().collect();
    let told = match nearest(given, words.iter().copied()) {
        Some(word) if !given.is_empty() => format!("did you mean \"{word}\"?"),
        _ => either(words),
    };
    ClaimError(format!("{} is not known here; {told}", quoted(given)))
}

fn lane_number(word: &str) -> Result<usize, ClaimError> {
    let number = word.parse().ok();
    let lane = number.filter(|n| (1..=Lanes::MOST).contains(n));
    lane.map(|number| number - 1).ok_or_else(|| {
        ClaimError(format!("{} is no lane; a whole number from 1 to {}", quoted(word), Lanes::MOST))
    })
}

/// Parses `3 faults, 2 messages, of drop crash`, to the end of the line.
pub(crate) fn within(words: &mut Tokens<'_>) -> Result<Within, ClaimError> {
    let faults = words.whole(0, Within::MOST_FAULTS.into())?;
    words.one_of(&["faults", "fault"], |word| word)?;
    let mut messages = 2;
    let mut kinds = Kinds::default();
    if words.next < words.words.len() && words.words[words.next] != "of" {
        messages = words.whole(1, Within::MOST_MESSAGES.into())?;
        words.one_of(&["messages", "message"], |word| word)?;
    }
    if words.skip("of") {
        kinds = Kinds::NONE;
        while words.next < words.words.len() || kinds == Kinds::NONE {
            kinds = kinds.with(words.one_of(Kind::ALL, Kind::word)?);
        }
    }
    Ok(Within::new(faults as u8, messages as u16, kinds))
}

impl FromStr for Claim {
    type Err = ClaimError;

    fn from_str(text: &str) -> Result<Claim, ClaimError> {
        let (lane, mut words) = Tokens::of_lane(text)?;
        let says = says(&mut words)?;
        words.done(Claim { lane, says })
    }
}

fn says(words: &mut Tokens<'_>) -> Result<Says, ClaimError> {
    let subject = words.word();
    let property = Property::from_word(subject);
    if let Some(property) = property {
        let holds = words.one_of(&["holds", "breaks"], |word| word)? == "holds";
        return Ok(match words.skip("within") {
            true => Says::Always(property, holds, within(words)?),
            false => Says::InRun(property, holds),
        });
    }
    if let Some(quantity) = Quantity::of_id(subject) {
        return figure(quantity, words);
    }
    match subject {
        "message" => {
            let message = words.whole(1, 1000)? as u16;
            if words.one_of(&["ends", "is"], |word| word)? == "ends" {
                return Ok(Says::Ends(message, words.one_of(&OUTCOMES, Outcome::word)?));
            }
            if words.skip("told") {
                return Ok(Says::Told(message, words.one_of(&LEARNT, Learnt::word)?));
            }
            let occurrence = words.one_of(&Occurrence::ALL, Occurrence::word)?;
            let times = words.whole(0, u32::MAX.into())? as u32;
            words.one_of(&["times", "time"], |word| word)?;
            Ok(Says::Times(message, occurrence, times))
        }
        "ledger" => {
            words.expect("is")?;
            words.one_of(&Books::ALL, Books::word).map(Says::Ledger)
        }
        "guarantee" => {
            words.expect("is")?;
            let guarantee = words.one_of(&Guarantee::ALL, Guarantee::word)?;
            words.expect("within")?;
            Ok(Says::Is(guarantee, within(words)?))
        }
        "keeps" => {
            let guarantee = words.one_of(&Guarantee::ALL, Guarantee::word)?;
            words.expect("within")?;
            Ok(Says::Keeps(guarantee, within(words)?))
        }
        other => {
            let known = ["message", "ledger", "guarantee", "keeps"];
            let properties = Property::ALL.map(Property::word);
            let figures = Quantity::ALL.map(Quantity::id);
            let all = known.into_iter().chain(properties).chain(figures);
            Err(unknown(other, all))
        }
    }
}

fn figure(quantity: Quantity, words: &mut Tokens<'_>) -> Result<Says, ClaimError> {
    match words.one_of(&["at", "more", "less"], |word| word)? {
        "at" => {
            let most = words.one_of(&["most", "least"], |word| word)? == "most";
            let side = if most { Side::AtMost } else { Side::AtLeast };
            let amount = words.word().parse()?;
            Ok(Says::Figure(quantity, side, amount))
        }
        more => {
            let order = if more == "more" { Order::More } else { Order::Less };
            words.expect("than")?;
            words.expect("lane")?;
            Ok(Says::Than(quantity, order, lane_number(words.word())?))
        }
    }
}

impl FromStr for Amount {
    type Err = ClaimError;

    /// Parses a number with at most six decimal places.
    fn from_str(text: &str) -> Result<Amount, ClaimError> {
        let read = || {
            let (whole, places) = text.split_once('.').unwrap_or((text, "0"));
            let digits = |text: &str| text.bytes().all(|c| c.is_ascii_digit());
            if !digits(whole) || !digits(places) || places.is_empty() || places.len() > 6 {
                return None;
            }
            let whole: u64 = whole.parse().ok().filter(|n| *n <= Amount::GREATEST)?;
            let scale = 10_u64.pow(6 - places.len() as u32);
            Some(Amount(whole * Amount::PARTS + places.parse::<u64>().ok()? * scale))
        };
        read().ok_or_else(|| {
            ClaimError(format!(
                "{} is not allowed; a number from 0 with at most six places behind the point",
                quoted(text)
            ))
        })
    }
}

/// In the shortest form.
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, parts) = (self.0 / Amount::PARTS, self.0 % Amount::PARTS);
        if parts == 0 {
            return write!(f, "{whole}");
        }
        let places = format!("{parts:06}");
        write!(f, "{whole}.{}", places.trim_end_matches('0'))
    }
}

impl fmt::Display for Within {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ending = |n: u16| if n == 1 { "" } else { "s" };
        let (faults, messages) = (self.faults, self.messages);
        write!(f, "{faults} fault{}", ending(faults.into()))?;
        write!(f, ", {messages} message{}", ending(messages))?;
        if self.kinds != Kinds::default() {
            f.write_str(", of")?;
            for kind in self.kinds.iter() {
                write!(f, " {}", kind.word())?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let holds = |holds: bool| if holds { "holds" } else { "breaks" };
        write!(f, "lane {}: ", self.lane + 1)?;
        match self.says {
            Says::Ends(message, end) => write!(f, "message {message} ends {}", end.word()),
            Says::Told(message, told) => write!(f, "message {message} is told {}", told.word()),
            Says::Times(message, occurrence, times) => {
                let ending = if times == 1 { "" } else { "s" };
                write!(f, "message {message} is {} {times} time{ending}", occurrence.word())
            }
            Says::Ledger(books) => write!(f, "ledger is {}", books.word()),
            Says::InRun(property, yes) => write!(f, "{} {}", property.word(), holds(yes)),
            Says::Always(property, yes, within) => {
                write!(f, "{} {} within {within}", property.word(), holds(yes))
            }
            Says::Is(guarantee, within) => {
                write!(f, "guarantee is {} within {within}", guarantee.word())
            }
            Says::Keeps(guarantee, within) => {
                write!(f, "keeps {} within {within}", guarantee.word())
            }
            Says::Figure(quantity, side, amount) => {
                let side = match side {
                    Side::AtMost => "most",
                    Side::AtLeast => "least",
                };
                write!(f, "{} at {side} {amount}", quantity.id())
            }
            Says::Than(quantity, order, other) => {
                let order = match order {
                    Order::More => "more",
                    Order::Less => "less",
                };
                write!(f, "{} {order} than lane {}", quantity.id(), other + 1)
            }
        }
    }
}

#[cfg(test)]
mod tests;
