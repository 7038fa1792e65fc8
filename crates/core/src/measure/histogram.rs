//! Latencies counted in buckets whose width grows with the value, so that a quantile over any
//! number of messages takes a few kilobytes and has a known maximum relative error.
//!
//! A value up to 255 µs has a bucket of its own; above that every doubling is divided into 128
//! equal buckets. A quantile is reported as the middle of its bucket, so it is off by at most half
//! a bucket: one part in 256, which is 0.4 %. The maximum is kept exactly. This is the layout of
//! HdrHistogram with two significant digits (Gil Tene).

use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::{Serialize, Serializer};

/// Buckets per doubling, as a power of two.
const BITS: u32 = 7;
/// The index of the last bucket: that of `u64::MAX`.
const LAST: usize = ((64 - BITS as usize) << BITS) + (1 << BITS) - 1;

/// How often each duration occurred, in microseconds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Histogram {
    /// Counts up to the last non-empty bucket.
    buckets: Vec<u64>,
    greatest: u64,
}

/// The bucket of a value.
fn bucket(value: u64) -> usize {
    let shift = (64 - BITS - 1).saturating_sub(value.leading_zeros());
    // The shift leaves at most eight significant bits.
    ((shift as usize) << BITS) + (value >> shift) as usize
}

/// The value that represents a bucket: its middle.
fn middle(bucket: usize) -> u64 {
    let shift = (bucket >> BITS).saturating_sub(1) as u32;
    let first = (bucket as u64 - (u64::from(shift) << BITS)) << shift;
    first + ((1 << shift) >> 1)
}

impl Histogram {
    /// Counts one value, in microseconds.
    pub fn add(&mut self, micros: u64) {
        let bucket = bucket(micros);
        if bucket >= self.buckets.len() {
            self.buckets.resize(bucket + 1, 0);
        }
        self.buckets[bucket] += 1;
        self.greatest = self.greatest.max(micros);
    }

    /// Adds everything another histogram has counted.
    pub fn merge(&mut self, other: &Histogram) {
        if other.buckets.len() > self.buckets.len() {
            self.buckets.resize(other.buckets.len(), 0);
        }
        for (here, there) in self.buckets.iter_mut().zip(&other.buckets) {
            *here += there;
        }
        self.greatest = self.greatest.max(other.greatest);
    }

    /// How many values were counted.
    pub fn len(&self) -> u64 {
        self.buckets.iter().sum()
    }

    /// Whether nothing was counted.
    pub fn is_empty(&self) -> bool {
        self.buckets.is_empty()
    }

    /// The maximum, exactly; `None` if nothing was counted.
    pub fn greatest(&self) -> Option<u64> {
        (!self.is_empty()).then_some(self.greatest)
    }

    /// The smallest value that at least this many thousandths of all values do not exceed (nearest
    /// rank), within 0.4 %; `None` if nothing was counted. 500 is the median.
    pub fn quantile(&self, thousandths: u64) -> Option<u64> {
        let all = u128::from(self.len());
        let rank = (all * u128::from(thousandths)).div_ceil(1000).max(1);
        let mut below = 0;
        let found = self.buckets.iter().position(|&count| {
            below += u128::from(count);
            below >= rank
        })?;
        Some(middle(found).min(self.greatest))
    }
}

/// As a list: the maximum, then for every non-empty bucket the number of empty ones skipped since
/// the previous one, and its count.
impl Serialize for Histogram {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut list = vec![self.greatest];
        let mut empty = 0;
        for &count in &self.buckets {
            if count == 0 {
                empty += 1;
            } else {
                list.extend([empty, count]);
                empty = 0;
            }
        }
        list.serialize(s)
    }
}

impl<'de> Deserialize<'de> for Histogram {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let list = Vec::<u64>::deserialize(d)?;
        let Some((&greatest, pairs)) = list.split_first() else {
            return Err(D::Error::custom("a histogram begins with its greatest value"));
        };
        let mut buckets = Vec::new();
        for pair in pairs.chunks(2) {
            let &[empty, count] = pair else {
                return Err(D::Error::custom("a bucket has no count"));
            };
            let next = usize::try_from(empty).ok().and_then(|n| n.checked_add(buckets.len()));
            let Some(next) = next.filter(|&next| next <= LAST) else {
                return Err(D::Error::custom("there are too many buckets"));
            };
            buckets.resize(next, 0);
            buckets.push(count);
        }
        Ok(Histogram { buckets, greatest })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_follow_each_other_and_hold_what_is_put_into_them_within_the_error() {
        assert_eq!(bucket(u64::MAX), LAST);
        let near_powers = (0..64).flat_map(|power| {
            let value = 1_u64 << power;
            [value - 1, value, value + 1, value + value / 3, value + (value - 1)]
        });
        for value in (0..100_000).chain(near_powers) {
            let (here, told) = (bucket(value), middle(bucket(value)));
            let next = bucket(value.saturating_add(1));
            assert!(next == here || next == here + 1, "{value}");
            assert_eq!(bucket(told), here, "the middle is inside");
            let error = told.abs_diff(value) as f64 / value.max(1) as f64;
            assert!(error <= 1.0 / 256.0, "{value} is told as {told}");
            assert!(value > 255 || told == value, "short ones are exact");
        }
    }

    #[test]
    fn a_quantile_is_the_nearest_rank() {
        let mut histogram = Histogram::default();
        assert_eq!((histogram.quantile(500), histogram.greatest()), (None, None));
        for value in 1..=200 {
            histogram.add(value);
        }
        let quantiles = [0, 1, 5, 500, 501, 950, 995, 996, 1000].map(|q| histogram.quantile(q));
        let expected = [1, 1, 1, 100, 101, 190, 199, 200, 200];
        assert_eq!(quantiles, expected.map(Some));
        histogram.add(1_000_003);
        assert_eq!(histogram.quantile(1000), Some(1_000_003), "never above the greatest");
    }

    #[test]
    fn a_histogram_passes_through_json() {
        let mut histogram = Histogram::default();
        for value in [0, 0, 7, 90_000, 90_001, u64::MAX] {
            histogram.add(value);
        }
        let text = serde_json::to_string(&histogram).expect("numbers print");
        let gaps = [bucket(90_000) - bucket(7) - 1, LAST - bucket(90_000) - 1];
        let expected = format!("[{},0,2,6,1,{},2,{},1]", u64::MAX, gaps[0], gaps[1]);
        assert_eq!(text, expected, "two at 0, six empty, one at 7, and so on");
        assert_eq!(serde_json::from_str::<Histogram>(&text).ok(), Some(histogram));
        for text in ["[]", "[1,2]", "[1,99999,1]", "[1,0,1,18446744073709551615,1]"] {
            assert!(serde_json::from_str::<Histogram>(text).is_err(), "{text}");
        }
    }
}
