//! Integer sums over many runs: exact, additive, small enough to pass between workers.
//!
//! Merging is associative and commutative, with [`Tallies::none`] as its identity, so the result
//! does not depend on how runs are split or in which order the parts come back.

use serde::{Deserialize, Serialize};

use super::chance::Chance;
use super::histogram::Histogram;
use super::moments::{Moments, Sum};
use super::watch::Watch;
use super::{Count, Share};
use crate::experiment::Experiment;

/// The totals of some runs of an experiment, lane by lane and pair by pair.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tallies {
    pub(super) runs: u64,
    /// Messages in one run.
    pub(super) messages: u64,
    pub(super) chance: Chance,
    pub(super) lanes: Vec<LaneTally>,
    pub(super) pairs: Vec<PairTally>,
}

/// The totals of a lane.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct LaneTally {
    pub(super) shares: [Moments; Share::ALL.len()],
    pub(super) counts: [Moments; Count::ALL.len()],
    /// Messages with an effect.
    pub(super) effects: Moments,
    /// See [`Watch::span`].
    pub(super) span: Moments,
    /// The products of the two.
    pub(super) effects_by_span: Sum,
    pub(super) latency: Histogram,
}

/// How two lanes differed, message by message and run by run.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct PairTally {
    /// The lanes, the first one before the second.
    pub(super) first: usize,
    pub(super) second: usize,
    pub(super) shares: [Discord; Share::ALL.len()],
    /// The squared differences of the counts per run.
    pub(super) counts: [Sum; Count::ALL.len()],
}

/// Messages that belong to a share in one lane but not in the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Discord {
    pub(super) only_first: u64,
    pub(super) only_second: u64,
    /// The squares of the difference per run.
    pub(super) squares: Sum,
}

impl Tallies {
    /// The tallies of no runs.
    pub fn none(experiment: &Experiment) -> Tallies {
        let lanes = experiment.lanes.len();
        let pairs =
            (0..lanes).flat_map(|first| (first + 1..lanes).map(move |second| (first, second)));
        Tallies {
            runs: 0,
            messages: experiment.messages.get(),
            chance: Chance::of(experiment),
            lanes: vec![LaneTally::default(); lanes],
            pairs: pairs
                .map(|(first, second)| PairTally { first, second, ..PairTally::default() })
                .collect(),
        }
    }

    /// How many runs were counted.
    pub fn runs(&self) -> u64 {
        self.runs
    }

    /// How many messages were counted in each lane.
    pub fn messages(&self) -> u64 {
        self.runs * self.messages
    }

    /// How many messages of a lane, counted from 0, belong to a share; 0 if there is no such lane.
    pub fn share(&self, lane: usize, share: Share) -> u64 {
        let lane = self.lanes.get(lane);
        lane.map_or(0, |lane| lane.shares[share as usize].sum)
    }

    /// The total of a count over the runs of a lane, counted from 0; 0 if there is no such lane.
    pub fn count(&self, lane: usize, count: Count) -> u64 {
        let lane = self.lanes.get(lane);
        lane.map_or(0, |lane| lane.counts[count as usize].sum)
    }

    /// The latencies of a lane, counted from 0: from business event to first primary effect, over
    /// the messages that have one.
    pub fn latency(&self, lane: usize) -> Option<&Histogram> {
        self.lanes.get(lane).map(|lane| &lane.latency)
    }

    /// Whether every run had, and would have, the same of this.
    pub(super) fn fixes(&self, moments: &Moments) -> bool {
        self.chance.fixes(moments.variance(self.runs))
    }

    /// Adds the totals of other runs of the same experiment.
    ///
    /// # Panics
    ///
    /// If the numbers of lanes or of messages per run differ.
    pub fn merge(&mut self, other: &Tallies) {
        let shape =
            |tallies: &Tallies| (tallies.messages, tallies.lanes.len(), tallies.pairs.len());
        assert_eq!(shape(self), shape(other), "tallies of one experiment are merged");
        self.runs += other.runs;
        for (here, there) in self.lanes.iter_mut().zip(&other.lanes) {
            here.merge(there);
        }
        for (here, there) in self.pairs.iter_mut().zip(&other.pairs) {
            here.merge(there);
        }
    }

    /// Adds one run, as each lane fared in it.
    pub(super) fn add(&mut self, watches: &[Watch]) {
        self.runs += 1;
        for (lane, watch) in self.lanes.iter_mut().zip(watches) {
            lane.add(watch);
        }
        for pair in &mut self.pairs {
            pair.add(&watches[pair.first], &watches[pair.second]);
        }
    }
}

impl LaneTally {
    fn add(&mut self, watch: &Watch) {
        for (moments, &x) in self.shares.iter_mut().zip(&watch.shares) {
            moments.add(x);
        }
        for (moments, &x) in self.counts.iter_mut().zip(&watch.counts) {
            moments.add(x);
        }
        let mut effects = 0;
        for latency in watch.latencies() {
            self.latency.add(latency);
            effects += 1;
        }
        let span = watch.span();
        self.effects.add(effects);
        self.span.add(span);
        self.effects_by_span += Sum::product(effects, span);
    }

    fn merge(&mut self, other: &LaneTally) {
        for (here, there) in self.shares.iter_mut().zip(&other.shares) {
            here.merge(there);
        }
        for (here, there) in self.counts.iter_mut().zip(&other.counts) {
            here.merge(there);
        }
        self.effects.merge(&other.effects);
        self.span.merge(&other.span);
        self.effects_by_span += other.effects_by_span;
        self.latency.merge(&other.latency);
    }
}

impl PairTally {
    fn add(&mut self, first: &Watch, second: &Watch) {
        let verdicts = first.verdicts.iter().zip(&second.verdicts);
        for (&one, &other) in verdicts.filter(|(one, other)| one != other) {
            for (share, discord) in self.shares.iter_mut().enumerate() {
                discord.only_first += u64::from(one & !other) >> share & 1;
                discord.only_second += u64::from(other & !one) >> share & 1;
            }
        }
        for (discord, (one, other)) in
            self.shares.iter_mut().zip(first.shares.iter().zip(&second.shares))
        {
            let difference = one.abs_diff(*other);
            discord.squares += Sum::product(difference, difference);
        }
        for (squares, (one, other)) in
            self.counts.iter_mut().zip(first.counts.iter().zip(&second.counts))
        {
            let difference = one.abs_diff(*other);
            *squares += Sum::product(difference, difference);
        }
    }

    fn merge(&mut self, other: &PairTally) {
        for (here, there) in self.shares.iter_mut().zip(&other.shares) {
            here.only_first += there.only_first;
            here.only_second += there.only_second;
            here.squares += there.squares;
        }
        for (here, there) in self.counts.iter_mut().zip(&other.counts) {
            *here += *there;
        }
    }
}
