//! Numbers with a range.

use std::fmt;

use super::serde_of_leaf;
use crate::experiment::json::Json;
use crate::experiment::part::{Leaf, Shape};

/// A whole number from `MIN` to `MAX`.
///
/// ```
/// use ackground_core::experiment::value::Bounded;
///
/// const PARTITIONS: Bounded<1, 8> = Bounded::of(3);
/// assert_eq!(PARTITIONS.get(), 3);
/// assert_eq!(Bounded::<1, 8>::new(9), None);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bounded<const MIN: u64, const MAX: u64>(u64);

impl<const MIN: u64, const MAX: u64> Bounded<MIN, MAX> {
    /// The minimum.
    pub const MIN: Self = Bounded(MIN);
    /// The maximum.
    pub const MAX: Self = Bounded(MAX);

    /// The number, if it is in range.
    pub const fn new(n: u64) -> Option<Self> {
        if MIN <= n && n <= MAX { Some(Bounded(n)) } else { None }
    }

    /// A number known to be in range.
    ///
    /// # Panics
    ///
    /// If it is out of range; in a constant, that is a compile error.
    pub const fn of(n: u64) -> Self {
        assert!(MIN <= n && n <= MAX, "the number is out of its range");
        Bounded(n)
    }

    /// The nearest number in range.
    pub const fn clamp(n: u64) -> Self {
        if n < MIN {
            Bounded(MIN)
        } else if n > MAX {
            Bounded(MAX)
        } else {
            Bounded(n)
        }
    }

    /// The number.
    pub const fn get(self) -> u64 {
        self.0
    }
}

impl<const MIN: u64, const MAX: u64> fmt::Debug for Bounded<MIN, MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl<const MIN: u64, const MAX: u64> fmt::Display for Bounded<MIN, MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl<const MIN: u64, const MAX: u64> Leaf for Bounded<MIN, MAX> {
    fn allowed() -> Shape {
        Shape::Whole { min: MIN, max: MAX }
    }
    fn from_json(json: &Json) -> Option<Self> {
        json.as_whole().and_then(Self::new)
    }
    fn to_json(&self) -> Json {
        Json::Whole(self.0)
    }
}

serde_of_leaf!([const MIN: u64, const MAX: u64] Bounded<MIN, MAX>);

/// The words that may stand in place of a number; a [`Limit`] names one by its place.
const IN_PLACE: [&str; 3] = ["unlimited", "never", "past_timeout"];
/// Without end.
pub const UNLIMITED: usize = 0;
/// It never comes.
pub const NEVER: usize = 1;
/// Longer than the timeout that it is about.
pub const PAST_TIMEOUT: usize = 2;

/// A whole number from `MIN` to `MAX`, or none, written as a word in a document: `"unlimited"`, unless
/// `WORD` is another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Limit<const MIN: u64, const MAX: u64, const WORD: usize = UNLIMITED> {
    /// This many.
    At(Bounded<MIN, MAX>),
    /// No number: without end, or whatever the word says.
    Unlimited,
}

impl<const MIN: u64, const MAX: u64, const WORD: usize> Limit<MIN, MAX, WORD> {
    /// What stands for no number.
    pub const WORD: &'static str = IN_PLACE[WORD];

    /// A limit known to be in range.
    ///
    /// # Panics
    ///
    /// If it is out of range; in a constant, that is a compile error.
    pub const fn of(n: u64) -> Self {
        Limit::At(Bounded::of(n))
    }

    /// The limit; `None` if there is none.
    pub const fn limit(self) -> Option<u64> {
        match self {
            Limit::At(n) => Some(n.get()),
            Limit::Unlimited => None,
        }
    }

    /// The limit, or the greatest number that there is.
    pub const fn at_most(self) -> u64 {
        match self {
            Limit::At(n) => n.get(),
            Limit::Unlimited => u64::MAX,
        }
    }
}

impl<const MIN: u64, const MAX: u64, const WORD: usize> fmt::Display for Limit<MIN, MAX, WORD> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Limit::At(n) => n.fmt(f),
            Limit::Unlimited => f.write_str(Self::WORD),
        }
    }
}

impl<const MIN: u64, const MAX: u64, const WORD: usize> Leaf for Limit<MIN, MAX, WORD> {
    fn allowed() -> Shape {
        Shape::Limit { min: MIN, max: MAX, word: Self::WORD }
    }
    fn from_json(json: &Json) -> Option<Self> {
        match json {
            Json::Text(word) if word == Self::WORD => Some(Limit::Unlimited),
            json => Bounded::from_json(json).map(Limit::At),
        }
    }
    fn to_json(&self) -> Json {
        match self {
            Limit::At(n) => n.to_json(),
            Limit::Unlimited => Json::text(Self::WORD),
        }
    }
}

serde_of_leaf!([const MIN: u64, const MAX: u64, const WORD: usize] Limit<MIN, MAX, WORD>);

/// A probability or a share, from 0 to 1 in whole parts per billion. A document holds a number,
/// which is rounded to the nearest part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rate(u32);

impl Rate {
    /// How many parts make up one.
    pub const SCALE: u32 = 1_000_000_000;
    /// Never.
    pub const ZERO: Rate = Rate(0);
    /// Always.
    pub const ONE: Rate = Rate(Self::SCALE);

    /// A rate in percent.
    ///
    /// # Panics
    ///
    /// Above 100; in a constant, that is a compile error.
    pub const fn percent(n: u32) -> Rate {
        assert!(n <= 100, "a rate is at most 100 percent");
        Rate(n * (Self::SCALE / 100))
    }

    /// A rate in parts per billion, if it is at most one.
    pub const fn from_parts(parts: u32) -> Option<Rate> {
        if parts <= Self::SCALE { Some(Rate(parts)) } else { None }
    }

    /// The rate in parts per billion.
    pub const fn parts(self) -> u32 {
        self.0
    }

    /// Whether it is zero.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_json().show())
    }
}

impl Leaf for Rate {
    fn allowed() -> Shape {
        Shape::Number { min: 0, max: 1 }
    }
    fn from_json(json: &Json) -> Option<Self> {
        json.as_parts(Self::SCALE, 0, 1).and_then(Rate::from_parts)
    }
    fn to_json(&self) -> Json {
        Json::from_parts(self.0, Self::SCALE)
    }
}

serde_of_leaf!([] Rate);

/// A multiplier from 1 to 100, in thousandths. A document holds a number, which is rounded to the
/// nearest thousandth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Factor(u32);

impl Factor {
    /// How many parts make up one.
    pub const SCALE: u32 = 1000;
    const MOST: u32 = 100;

    /// A whole multiplier.
    ///
    /// # Panics
    ///
    /// Unless it is from 1 to 100; in a constant, that is a compile error.
    pub const fn whole(n: u32) -> Factor {
        assert!(1 <= n && n <= Self::MOST, "a factor is from 1 to 100");
        Factor(n * Self::SCALE)
    }

    /// A multiplier in thousandths, if it is from 1 to 100.
    pub const fn from_thousandths(n: u32) -> Option<Factor> {
        if Self::SCALE <= n && n <= Self::MOST * Self::SCALE { Some(Factor(n)) } else { None }
    }

    /// The multiplier in thousandths.
    pub const fn thousandths(self) -> u32 {
        self.0
    }
}

impl fmt::Display for Factor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_json().show())
    }
}

impl Leaf for Factor {
    fn allowed() -> Shape {
        Shape::Number { min: 1, max: u64::from(Self::MOST) }
    }
    fn from_json(json: &Json) -> Option<Self> {
        json.as_parts(Self::SCALE, 1, Self::MOST).and_then(Factor::from_thousandths)
    }
    fn to_json(&self) -> Json {
        Json::from_parts(self.0, Self::SCALE)
    }
}

serde_of_leaf!([] Factor);

/// From one duration to another, inclusive, in milliseconds: `[20, 80]`.
// Not `Ord`: the trait's `min` and `max` would clash with its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    min: u32,
    max: u32,
}

impl Span {
    /// The longest: ten minutes.
    pub const MOST: u32 = 600_000;

    /// The span, if its ends are in order and at most ten minutes.
    pub const fn new(min: u32, max: u32) -> Option<Span> {
        if min <= max && max <= Self::MOST { Some(Span { min, max }) } else { None }
    }

    /// A span known to be valid.
    ///
    /// # Panics
    ///
    /// If it is not; in a constant, that is a compile error.
    pub const fn of(min: u32, max: u32) -> Span {
        assert!(min <= max && max <= Self::MOST, "a span is in order and at most ten minutes");
        Span { min, max }
    }

    /// The shorter end, in milliseconds.
    pub const fn min(self) -> u64 {
        self.min as u64
    }

    /// The longer end, in milliseconds.
    pub const fn max(self) -> u64 {
        self.max as u64
    }
}

impl Leaf for Span {
    fn allowed() -> Shape {
        Shape::Range { max: u64::from(Self::MOST) }
    }
    fn from_json(json: &Json) -> Option<Self> {
        let Json::List(ends) = json else { return None };
        let [min, max] = ends.as_slice() else {
            return None;
        };
        let end = |json: &Json| u32::try_from(json.as_whole()?).ok();
        Span::new(end(min)?, end(max)?)
    }
    fn to_json(&self) -> Json {
        Json::List(vec![Json::Whole(self.min()), Json::Whole(self.max())])
    }
}

serde_of_leaf!([] Span);

#[cfg(test)]
mod tests {
    use super::*;

    fn read<T: for<'de> serde::Deserialize<'de>>(text: &str) -> Result<T, String> {
        serde_json::from_str(text).map_err(|error| error.to_string())
    }

    #[test]
    fn a_number_is_in_its_range_or_the_error_tells_the_range() {
        assert_eq!(read::<Bounded<1, 8>>("8"), Ok(Bounded::of(8)));
        for text in ["0", "9", "-1", "1.5", "\"3\"", "null", "[]"] {
            let error = read::<Bounded<1, 8>>(text).expect_err(text);
            assert!(error.ends_with("is not allowed; a whole number from 1 to 8"), "{error}");
        }
        assert_eq!(Bounded::<1, 8>::clamp(0), Bounded::MIN);
        assert_eq!(Bounded::<1, 8>::clamp(100), Bounded::MAX);
    }

    #[test]
    fn a_limit_may_be_a_word() {
        assert_eq!(read::<Limit<0, 1000>>("0"), Ok(Limit::of(0)));
        assert_eq!(read("\"unlimited\""), Ok(Limit::<0, 1000>::Unlimited));
        assert_eq!(
            read::<Limit<0, 1000>>("\"unlimitd\"").expect_err("a slip"),
            "\"unlimitd\" is not allowed; did you mean \"unlimited\"? \
             (a whole number from 0 to 1000 or \"unlimited\")"
        );
    }

    #[test]
    fn a_limit_has_a_word_of_its_own() {
        type Timeout = Limit<1, 9, NEVER>;
        assert_eq!(read("\"never\""), Ok(Timeout::Unlimited));
        assert_eq!(serde_json::to_string(&Timeout::Unlimited).expect("prints"), "\"never\"");
        let error = read::<Timeout>("\"unlimited\"").expect_err("another word");
        assert!(error.ends_with("a whole number from 1 to 9 or \"never\""), "{error}");
    }

    #[test]
    fn a_rate_prints_as_it_was_written() {
        for text in ["0", "1", "0.1", "0.25", "0.001", "1e-9", "0.333333333"] {
            let rate: Rate = read(text).expect(text);
            assert_eq!(serde_json::to_string(&rate).expect("a rate prints"), text);
        }
        for text in ["-0.1", "1.1", "1.0000001", "true", "\"0.1\""] {
            assert!(read::<Rate>(text).is_err(), "{text}");
        }
        assert_eq!(Rate::percent(10).parts(), 100_000_000);
        assert_eq!(Rate::percent(10).to_string(), "0.1");
    }

    #[test]
    fn a_factor_is_from_1_to_100() {
        assert_eq!(read("1.5"), Ok(Factor(1500)));
        assert_eq!(read("2"), Ok(Factor::whole(2)));
        for text in ["0.9999", "100.001", "0"] {
            assert!(read::<Factor>(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_span_is_in_order() {
        assert_eq!(read("[20, 80]"), Ok(Span::of(20, 80)));
        assert_eq!(read("[20.0, 20]"), Ok(Span::of(20, 20)));
        for text in ["[80, 20]", "[20]", "[1, 2, 3]", "20", "[0, 600001]", "[0, 4294967296]"] {
            assert!(read::<Span>(text).is_err(), "{text}");
        }
    }
}
