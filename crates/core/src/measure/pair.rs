//! The differences between two lanes, and whether they are more than noise.
//!
//! Lanes share their luck, so messages are compared pairwise: only how often the same message fared
//! differently matters. A difference of rates has the interval of the two discordant shares, each
//! with Wilson's interval, combined by the square-and-add rule (Newcombe 1998, *Improved confidence
//! intervals for the difference between binomial proportions based on paired data*; Zou and Donner
//! 2008, with the correlation of the two shares). It remains informative when no message is
//! discordant, or all of them fared better in the same lane. Runs are the sampling units, so the
//! number of messages is divided by the design effect of the differences, as in `interval`.
//!
//! A difference of means has Student's t interval from the differences between runs.

use super::interval::{Estimate, Interval, design_effect, mean, wilson};
use super::moments::covariance;
use super::moments::unbiased;
use super::tallies::{Discord, PairTally, Tallies};
use super::{Count, Share, unit};

/// How a second lane differs from a first.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct PairFigures {
    /// The first lane, counted from 0.
    pub first: usize,
    /// The second lane, counted from 0; greater than the first.
    pub second: usize,
    shares: [Difference; Share::ALL.len()],
    counts: [Difference; Count::ALL.len()],
}

/// By how much the second lane exceeds the first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// The second lane's number minus the first's, with its 95 % interval.
    pub estimate: Estimate,
    /// For a share: how many messages belong to it only in the first lane, and only in the second.
    pub discordant: Option<(u64, u64)>,
}

impl Difference {
    fn fixed(self) -> Difference {
        Difference { estimate: self.estimate.fixed(), ..self }
    }

    /// Whether the interval lies entirely on one side of zero.
    pub fn more_than_noise(&self) -> bool {
        self.estimate.interval.is_some_and(|interval| !interval.contains(0.0))
    }
}

impl PairFigures {
    pub(super) fn of(tallies: &Tallies, pair: &PairTally) -> PairFigures {
        let (first, second) = (&tallies.lanes[pair.first], &tallies.lanes[pair.second]);
        let (runs, size) = (tallies.runs, tallies.messages);
        PairFigures {
            first: pair.first,
            second: pair.second,
            shares: Share::ALL.map(|share| {
                let index = share as usize;
                let difference = of_share(runs, size, pair.shares[index]);
                let fixed =
                    tallies.fixes(&first.shares[index]) && tallies.fixes(&second.shares[index]);
                if fixed { difference.fixed() } else { difference }
            }),
            counts: Count::ALL.map(|count| {
                let index = count as usize;
                let sum =
                    i128::from(second.counts[index].sum) - i128::from(first.counts[index].sum);
                let between_runs = covariance(runs, pair.counts[index].get(), sum, sum);
                let unit = unit(count, size);
                let value = sum as f64 / (runs.max(1) as f64 * unit);
                let difference = Difference {
                    estimate: mean(value, between_runs, runs, unit),
                    discordant: None,
                };
                let fixed =
                    tallies.fixes(&first.counts[index]) && tallies.fixes(&second.counts[index]);
                if fixed { difference.fixed() } else { difference }
            }),
        }
    }

    /// The difference of a share.
    pub fn share(&self, share: Share) -> Difference {
        self.shares[share as usize]
    }

    /// The difference of a count: per message, but ids per run.
    pub fn count(&self, count: Count) -> Difference {
        self.counts[count as usize]
    }
}

fn of_share(runs: u64, size: u64, discord: Discord) -> Difference {
    let messages = runs * size;
    let (first, second) = (discord.only_first, discord.only_second);
    let sum = i128::from(second) - i128::from(first);
    let of = |hits: u64| hits as f64 / messages.max(1) as f64;
    let (less, more) = (of(first), of(second));
    let value = more - less;
    let of_a_message = unbiased(less + more - value * value, messages);
    let between_runs = covariance(runs, discord.squares.get(), sum, sum);
    let trials = messages as f64 / design_effect(between_runs, size, of_a_message);
    Difference {
        estimate: Estimate { value, interval: Some(square_and_add(less, more, trials)) },
        discordant: Some((first, second)),
    }
}

/// The interval of `more - less`, two mutually exclusive shares of the same trials.
fn square_and_add(less: f64, more: f64, trials: f64) -> Interval {
    let (few, many) = (wilson(less, trials), wilson(more, trials));
    let spread = less * more / ((1.0 - less) * (1.0 - more));
    // Exclusive shares are negatively correlated, which widens the interval of their difference.
    let correlation = if spread.is_finite() { spread.sqrt().min(1.0) } else { 1.0 };
    let reach =
        |one: f64, other: f64| (one * one + other * other + 2.0 * correlation * one * other).sqrt();
    Interval {
        low: (more - less - reach(more - many.low, few.high - less)).max(-1.0),
        high: (more - less + reach(many.high - more, less - few.low)).min(1.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(runs: u64, only_first: u64, only_second: u64) -> Difference {
        let discord = Discord { only_first, only_second, squares: Default::default() };
        of_share(runs, 1, discord)
    }

    #[test]
    fn what_never_differs_is_exactly_zero_and_no_more_certain_than_its_messages() {
        let same = share(1000, 0, 0);
        let interval = same.estimate.interval.expect("a share has one");
        assert_eq!(same.estimate.value, 0.0);
        assert_eq!(interval.high, wilson(0.0, 1000.0).high);
        assert_eq!(interval.low, -interval.high);
        assert!(!same.more_than_noise());
    }

    #[test]
    fn one_sided_differences_are_more_than_noise_from_five_on() {
        let noisy: Vec<bool> = (0..8).map(|n| share(100_000, 0, n).more_than_noise()).collect();
        assert_eq!(noisy, [false, false, false, false, false, true, true, true]);
        assert!(!share(1000, 40, 50).more_than_noise(), "about as many either way");
        assert!(share(1000, 40, 80).more_than_noise());
    }

    #[test]
    fn the_interval_is_that_of_the_normal_approximation_when_there_are_many() {
        let (less, more, n) = (0.03_f64, 0.05_f64, 100_000.0);
        let variance = (less + more - (more - less).powi(2)) / n;
        let told = square_and_add(less, more, n);
        let (low, high) = (0.02 - 1.96 * variance.sqrt(), 0.02 + 1.96 * variance.sqrt());
        assert!((told.low - low).abs() < 3e-5 && (told.high - high).abs() < 3e-5, "{told:?}");
        let all = square_and_add(0.0, 1.0, 50.0);
        assert!(all.low > 0.8 && all.high == 1.0, "{all:?}");
    }
}
