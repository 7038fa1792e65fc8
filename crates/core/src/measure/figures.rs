//! The numbers of a measurement: rates, costs and times of each lane, with their intervals.
//!
//! This file turns integer tallies into figures. How certain they are is in `interval`, how lanes
//! differ in `pair`.

use super::histogram::Histogram;
use super::interval::{Estimate, Proportion, design_effect, mean};
use super::moments::{covariance, unbiased};
use super::pair::PairFigures;
use super::tallies::{LaneTally, Tallies};
use super::{Chance, Count, Share, unit};

/// Microseconds in a millisecond.
const MS: f64 = 1000.0;
/// Microseconds in a second.
const SECOND: f64 = 1_000_000.0;

/// The result of a measurement.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Figures {
    /// How many runs there were.
    pub runs: u64,
    /// How many messages there were in each lane.
    pub messages: u64,
    /// What was drawn anew in each run.
    pub chance: Chance,
    /// Lane by lane.
    pub lanes: Vec<LaneFigures>,
    /// Every pair of lanes, ordered by the first, then by the second.
    pub pairs: Vec<PairFigures>,
}

impl Figures {
    pub(super) fn of(tallies: &Tallies) -> Figures {
        let lanes = tallies.lanes.iter();
        let pairs = tallies.pairs.iter();
        Figures {
            runs: tallies.runs,
            messages: tallies.messages(),
            chance: tallies.chance,
            lanes: lanes.map(|lane| LaneFigures::of(tallies, lane)).collect(),
            pairs: pairs.map(|pair| PairFigures::of(tallies, pair)).collect(),
        }
    }

    /// How the second lane differs from the first, counted from 0; `None` unless both exist and the
    /// first comes first.
    pub fn pair(&self, first: usize, second: usize) -> Option<&PairFigures> {
        let mut pairs = self.pairs.iter();
        pairs.find(|pair| (pair.first, pair.second) == (first, second))
    }
}

impl Tallies {
    /// The numbers, with their intervals.
    pub fn figures(&self) -> Figures {
        Figures::of(self)
    }
}

/// The figures of a lane.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct LaneFigures {
    shares: [Proportion; Share::ALL.len()],
    counts: [Estimate; Count::ALL.len()],
    /// From business event to first primary effect, where there is one; `None` if nowhere.
    pub latency: Option<Latency>,
    /// Messages with an effect per second of simulated time, from the first business event of a run to
    /// its last first effect; `None` when no time passed.
    pub throughput: Option<Estimate>,
}

impl LaneFigures {
    fn of(tallies: &Tallies, lane: &LaneTally) -> LaneFigures {
        let (runs, size, of) = (tallies.runs, tallies.messages, tallies.messages());
        LaneFigures {
            shares: lane.shares.map(|moments| {
                let rate = moments.sum as f64 / of as f64;
                let of_a_message = unbiased(rate * (1.0 - rate), of);
                let effect = design_effect(moments.variance(runs), size, of_a_message);
                let proportion = Proportion::new(moments.sum, of, effect);
                if tallies.fixes(&moments) { proportion.fixed() } else { proportion }
            }),
            counts: Count::ALL.map(|count| {
                let moments = lane.counts[count as usize];
                let unit = unit(count, size);
                let value = moments.sum as f64 / (runs.max(1) as f64 * unit);
                let estimate = mean(value, moments.variance(runs), runs, unit);
                if tallies.fixes(&moments) { estimate.fixed() } else { estimate }
            }),
            latency: Latency::of(&lane.latency),
            throughput: throughput(runs, lane),
        }
    }

    /// The proportion of messages that belong to a share.
    pub fn share(&self, share: Share) -> Proportion {
        self.shares[share as usize]
    }

    /// The count of something: per message, but ids per run.
    pub fn count(&self, count: Count) -> Estimate {
        self.counts[count as usize]
    }
}

/// Quantiles of the time from business event to first effect, in milliseconds, each within 0.4 % of
/// the true one; the maximum is exact.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Latency {
    /// Half of the messages take at most this long.
    pub p50: f64,
    /// 95 of 100 messages take at most this long.
    pub p95: f64,
    /// 99 of 100 messages take at most this long.
    pub p99: f64,
    /// The longest.
    pub max: f64,
}

impl Latency {
    fn of(latency: &Histogram) -> Option<Latency> {
        let ms = |thousandths| Some(latency.quantile(thousandths)? as f64 / MS);
        Some(Latency {
            p50: ms(500)?,
            p95: ms(950)?,
            p99: ms(990)?,
            max: latency.greatest()? as f64 / MS,
        })
    }
}

/// All effects over all time: a ratio estimator. Its variance is that of the residuals, each run's
/// effects less the ratio times its span (Cochran 1977, *Sampling Techniques*, chapter 6).
fn throughput(runs: u64, lane: &LaneTally) -> Option<Estimate> {
    if lane.span.sum == 0 {
        return None;
    }
    let ratio = lane.effects.sum as f64 / lane.span.sum as f64;
    let between_runs = || {
        let (effects, span) = (i128::from(lane.effects.sum), i128::from(lane.span.sum));
        let both = covariance(runs, lane.effects_by_span.get(), effects, span)?;
        let (effects, span) = (lane.effects.variance(runs)?, lane.span.variance(runs)?);
        Some(effects - 2.0 * ratio * both + ratio * ratio * span)
    };
    let seconds_of_a_run = lane.span.sum as f64 / runs as f64 / SECOND;
    Some(mean(ratio * SECOND, between_runs(), runs, seconds_of_a_run))
}
