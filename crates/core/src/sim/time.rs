//! Time is a number: whole microseconds since the start of the run.

use std::fmt;
use std::ops::{Add, Sub};

/// A moment or a span, in whole microseconds. Arithmetic saturates, so a run never overflows but at
/// most reaches its horizon.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    serde::Serialize,
    serde::Deserialize,
)]
#[serde(transparent)]
pub struct Time(u64);

impl Time {
    /// The start of every run.
    pub const ZERO: Time = Time(0);

    /// Later than anything that happens.
    pub const END: Time = Time(u64::MAX);

    /// This many microseconds.
    pub const fn from_micros(micros: u64) -> Time {
        Time(micros)
    }

    /// This many milliseconds.
    pub const fn from_millis(millis: u64) -> Time {
        Time(millis.saturating_mul(1000))
    }

    /// Microseconds since the start.
    pub const fn micros(self) -> u64 {
        self.0
    }

    /// Whole milliseconds since the start, rounded down.
    pub const fn millis(self) -> u64 {
        self.0 / 1000
    }

    /// `part` of `whole` equal pieces of this span, rounded down.
    pub const fn share(self, part: u64, whole: u64) -> Time {
        match self.0.checked_mul(part) {
            Some(parts) => Time(parts / whole),
            None => Time((self.0 as u128 * part as u128 / whole as u128) as u64),
        }
    }

    /// This span, multiplied.
    pub const fn times(self, factor: u64) -> Time {
        Time(self.0.saturating_mul(factor))
    }
}

impl Add for Time {
    type Output = Time;

    fn add(self, other: Time) -> Time {
        Time(self.0.saturating_add(other.0))
    }
}

impl Sub for Time {
    type Output = Time;

    fn sub(self, other: Time) -> Time {
        Time(self.0.saturating_sub(other.0))
    }
}

/// Seconds with milliseconds, as in `6.550 s`.
impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:03} s", self.0 / 1_000_000, self.0 / 1000 % 1000)
    }
}

#[cfg(test)]
mod tests {
    use super::Time;

    #[test]
    fn a_share_is_exact_and_sums_saturate() {
        assert_eq!(Time::from_millis(100).share(1, 3).micros(), 33_333);
        assert_eq!(Time::from_micros(u64::MAX) + Time::from_millis(1), Time::from_micros(u64::MAX));
        assert_eq!(Time::ZERO - Time::from_millis(1), Time::ZERO);
        assert_eq!(Time::from_micros(6_550_999).to_string(), "6.550 s");
    }
}
