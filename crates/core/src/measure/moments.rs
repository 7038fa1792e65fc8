//! A sum over runs and the sum of its squares, in integers: all that a mean and a variance need.
//!
//! It does not know what is being summed.

use std::fmt;
use std::ops::AddAssign;

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};

/// A sum that no number of runs overflows.
///
/// In JSON it is a number if it fits into 64 bits, otherwise text: not every JSON reader keeps
/// longer numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Sum(u128);

impl Sum {
    /// The product of two numbers, with a fast path for short ones, which nearly all are.
    pub(super) fn product(one: u64, other: u64) -> Sum {
        if (one | other) >> 32 == 0 {
            Sum(u128::from(one * other))
        } else {
            Sum(u128::from(one) * u128::from(other))
        }
    }

    pub(super) fn get(self) -> u128 {
        self.0
    }
}

impl AddAssign for Sum {
    fn add_assign(&mut self, other: Sum) {
        self.0 += other.0;
    }
}

impl Serialize for Sum {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        match u64::try_from(self.0) {
            Ok(short) => s.serialize_u64(short),
            Err(_) => s.collect_str(&self.0),
        }
    }
}

impl<'de> Deserialize<'de> for Sum {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct Digits;

        impl Visitor<'_> for Digits {
            type Value = Sum;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a whole number from 0, as a number or as text")
            }

            fn visit_u64<E: Error>(self, short: u64) -> Result<Sum, E> {
                Ok(Sum(u128::from(short)))
            }

            fn visit_str<E: Error>(self, digits: &str) -> Result<Sum, E> {
                digits.parse().map(Sum).map_err(E::custom)
            }
        }

        d.deserialize_any(Digits)
    }
}

/// The sum of a number over runs, and of its squares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub(super) struct Moments {
    pub(super) sum: u64,
    pub(super) squares: Sum,
}

impl Moments {
    /// Adds one run.
    pub(super) fn add(&mut self, x: u64) {
        self.sum += x;
        self.squares += Sum::product(x, x);
    }

    /// Adds other runs.
    pub(super) fn merge(&mut self, other: &Moments) {
        self.sum += other.sum;
        self.squares += other.squares;
    }

    /// The variance between this many runs; `None` for fewer than two.
    pub(super) fn variance(&self, runs: u64) -> Option<f64> {
        let sum = i128::from(self.sum);
        covariance(runs, self.squares.get(), sum, sum)
    }
}

/// The covariance of two numbers between runs, from the sum of their products and their sums.
/// Unbiased, that is divided by the runs less one; `None` for fewer than two.
pub(super) fn covariance(runs: u64, products: u128, one: i128, other: i128) -> Option<f64> {
    if runs < 2 {
        return None;
    }
    let exact = i128::try_from(products)
        .ok()
        .and_then(|products| products.checked_mul(i128::from(runs)))
        .and_then(|products| products.checked_sub(one.checked_mul(other)?));
    let runs = runs as f64;
    // Integers overflow only for spans of years in millions of runs.
    let scaled = exact
        .map_or_else(|| products as f64 * runs - one as f64 * other as f64, |exact| exact as f64);
    Some(scaled / runs / (runs - 1.0))
}

/// The unbiased estimate of a population's variance from that of a sample.
pub(super) fn unbiased(variance: f64, sample: u64) -> f64 {
    let sample = sample as f64;
    if sample > 1.0 { variance * sample / (sample - 1.0) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_passes_through_json_whole() {
        for sum in [0, 1, u128::from(u64::MAX), u128::from(u64::MAX) + 1, u128::MAX] {
            let text = serde_json::to_string(&Sum(sum)).expect("a number prints");
            assert_eq!(serde_json::from_str::<Sum>(&text).ok(), Some(Sum(sum)), "{text}");
        }
        for text in ["-1", "1.5", "\"x\"", "null"] {
            assert!(serde_json::from_str::<Sum>(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_variance_is_that_of_the_textbook() {
        let mut moments = Moments::default();
        for x in [2, 4, 4, 4, 5, 5, 7, 9] {
            moments.add(x);
        }
        assert_eq!(moments.variance(8), Some(32.0 / 7.0));
        assert_eq!(moments.variance(1), None, "one run has no spread");
    }

    #[test]
    fn sums_beyond_whole_numbers_still_have_a_variance() {
        let year = 31_536_000_000_000;
        let (runs, mut moments) = (1_000_000_000, Moments::default());
        moments.sum = year / 1_000_000 * runs;
        let mean = Sum::product(year / 1_000_000, year / 1_000_000).get();
        moments.squares = Sum(2 * mean * u128::from(runs));
        let variance = moments.variance(runs).expect("many runs");
        assert!((variance / mean as f64 - 1.0).abs() < 1e-6, "{variance}");
        let huge = covariance(runs, u128::MAX / 2, 0, 0).expect("many runs");
        assert!(huge.is_finite() && huge > 0.0);
    }
}
