//! Seeded dice: each draw is a pure function of the seed and of what is decided.
//!
//! There is no running generator state, so nothing depends on the order in which choices come up.

use super::fate::{Because, ChoicePoint, CrashPoint, Extent, Fate, Occasion, Operation, Side};
use super::time::Time;
use super::trace::{Leg, MessageNo};
use crate::experiment::faults::Faults;
use crate::experiment::value::Rate;

/// The dice of an experiment.
#[derive(Debug, Clone)]
pub struct Dice<'a> {
    faults: &'a Faults,
    /// The seed, mixed.
    seed: u64,
    /// Steps in the scenario, which determine at how many points a consumer may crash.
    steps: u8,
}

/// What is decided. The numbers are part of the format, because every trace depends on them.
#[derive(Clone, Copy)]
enum Kind {
    Lost = 1,
    Latency = 2,
    Jitter = 3,
    ProducerCrash = 4,
    ProducerCrashPoint = 5,
    ConsumerCrash = 6,
    ConsumerCrashPoint = 7,
    Failure = 8,
    Poison = 9,
    Slow = 10,
    BrokerCrash = 11,
    BrokerCrashPoint = 12,
}

impl<'a> Dice<'a> {
    /// The dice for these faults, this seed, and a scenario with this many steps.
    pub fn new(faults: &'a Faults, seed: u64, steps: u8) -> Dice<'a> {
        Dice { faults, seed: mix(seed.wrapping_add(GOLDEN)), steps }
    }

    /// 64 uniform bits for a choice: SplitMix64's finaliser over the seed and the choice's name.
    fn draw(&self, kind: Kind, leg: u64, message: MessageNo, nth: u32) -> u64 {
        let name =
            (kind as u64) << 56 | leg << 48 | u64::from(message.get()) << 32 | u64::from(nth);
        mix(self.seed ^ name.wrapping_mul(GOLDEN))
    }

    fn hits(
        &self,
        rate: Rate,
        kind: Kind,
        leg: u64,
        message: MessageNo,
        nth: u32,
    ) -> Option<Because> {
        let hit = rate.parts() > 0
            && below(self.draw(kind, leg, message, nth), 1_000_000_000) < u64::from(rate.parts());
        hit.then_some(Because::Chance)
    }

    /// Which of this many equally likely places the crash of this handling falls on.
    fn place(&self, kind: Kind, occasion: Occasion, places: u64) -> u64 {
        below(self.draw(kind, 0, occasion.message, occasion.handling), places)
    }

    #[inline]
    fn loses(&self, leg: Leg, message: MessageNo, nth: u32) -> Option<Because> {
        let loss = &self.faults.loss;
        let rate = match leg {
            Leg::Publish => loss.publish,
            Leg::PublishAck => loss.publish_ack,
            Leg::Deliver => loss.deliver,
            Leg::Ack => loss.ack,
            Leg::Confirm | Leg::Commit | Leg::Replicate => return None,
        };
        self.hits(rate, Kind::Lost, leg_number(leg), message, nth)
    }

    #[inline]
    fn crashes(&self, point: CrashPoint, occasion: Occasion) -> Option<Because> {
        let rates = &self.faults.crash;
        let steps = u64::from(self.steps);
        // The places that every setup has, in one order for all. The write of the id lies between
        // two of them in each setup that has one, so no gap is left out.
        let producer = (rates.producer, Kind::ProducerCrash, Kind::ProducerCrashPoint);
        let broker = (rates.broker, Kind::BrokerCrash, Kind::BrokerCrashPoint);
        let consumer = (rates.consumer, Kind::ConsumerCrash, Kind::ConsumerCrashPoint);
        let ((rate, crash, place), act, acts) = match point.act {
            Operation::Publish => (producer, 0, 1),
            Operation::Write => (broker, 0, 3),
            Operation::Replicate => (broker, 1, 3),
            Operation::Answer => (broker, 2, 3),
            Operation::Receive => (consumer, 0, steps + 2),
            Operation::Step(step) => (consumer, 1 + u64::from(step), steps + 2),
            Operation::Ack => (consumer, steps + 1, steps + 2),
            Operation::Record | Operation::Follow => return None,
        };
        let hit = self.hits(rate, crash, 0, occasion.message, occasion.handling)?;
        let here = 2 * act + u64::from(point.side == Side::After);
        (self.place(place, occasion, 2 * acts) == here).then_some(hit)
    }
}

impl Fate for Dice<'_> {
    // Inlined, so that each choice point of the world keeps only the arm that is about it.
    #[inline(always)]
    fn decide(&mut self, asked: ChoicePoint, outlast: Time) -> Option<(Time, Because)> {
        let faults = self.faults;
        let because = match asked {
            ChoicePoint::Loses(leg, message, nth) => self.loses(leg, message, nth),
            // A rate is about machines.
            ChoicePoint::Crashes(point, occasion) if point.extent == Extent::Machine => {
                self.crashes(point, occasion)
            }
            ChoicePoint::Fails(message, call) => self
                .hits(faults.poison, Kind::Poison, 0, message, 0)
                .or_else(|| self.hits(faults.failure, Kind::Failure, 0, message, call)),
            ChoicePoint::Stalls(message, call) => {
                self.hits(faults.slow, Kind::Slow, 0, message, call)
            }
            // Kinds of fault without a rate come only from a script.
            _ => None,
        };
        let lasts = match asked {
            ChoicePoint::Stalls(..) => faults.slow_ms.limit().map_or(outlast, Time::from_millis),
            _ => outlast,
        };
        because.map(|because| (lasts, because))
    }

    fn latency(&mut self, leg: Leg, message: MessageNo, nth: u32) -> Time {
        let (min, max) = (self.faults.latency_ms.min(), self.faults.latency_ms.max());
        let spread = (max - min) * 1000;
        let draw = self.draw(Kind::Latency, leg_number(leg), message, nth);
        Time::from_millis(min) + Time::from_micros(below(draw, spread + 1))
    }

    fn jitter(&mut self, message: MessageNo, nth: u32, spread: Time) -> Time {
        if spread == Time::ZERO {
            return Time::ZERO;
        }
        Time::from_micros(below(self.draw(Kind::Jitter, 0, message, nth), spread.micros() + 1))
    }
}

/// The seed of one of many runs of an experiment with this seed. Run 0 has the seed itself; the
/// others take the outputs of SplitMix64 that follow it, cut to the range of a seed.
pub fn seed_of_run(seed: u64, run: u64) -> u64 {
    match run {
        0 => seed,
        run => mix(mix(seed.wrapping_add(GOLDEN)).wrapping_add(run.wrapping_mul(GOLDEN))) >> 11,
    }
}

/// The increment of SplitMix64: 2^64 divided by the golden ratio.
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// The finaliser of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).
fn mix(mut z: u64) -> u64 {
    z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ z >> 31
}

/// Maps 64 uniform bits onto `0..bound`: the upper half of their product. For the usual bounds it
/// is assembled from two 64-bit products, because Wasm has no 128-bit multiplication.
fn below(bits: u64, bound: u64) -> u64 {
    if bound >> 32 == 0 {
        let (high, low) = (bits >> 32, bits & 0xffff_ffff);
        (high * bound + ((low * bound) >> 32)) >> 32
    } else {
        ((u128::from(bits) * u128::from(bound)) >> 64) as u64
    }
}

fn leg_number(leg: Leg) -> u64 {
    match leg {
        Leg::Publish => 1,
        Leg::PublishAck => 2,
        Leg::Deliver => 3,
        Leg::Ack => 4,
        Leg::Confirm => 5,
        Leg::Commit => 6,
        Leg::Replicate => 7,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_finaliser_is_splitmix64() {
        // First two outputs of SplitMix64 seeded with 0, from the reference implementation.
        assert_eq!(mix(GOLDEN), 0xe220_a839_7b1d_cdaf);
        assert_eq!(mix(GOLDEN.wrapping_mul(2)), 0x6e78_9e6a_a1b9_65f4);
    }

    #[test]
    fn the_first_run_has_the_seed_of_the_experiment_and_all_have_one_that_is_allowed() {
        assert_eq!(seed_of_run(42, 0), 42);
        let greatest = crate::experiment::GREATEST_SEED;
        let seeds = (0..1000).map(|run| seed_of_run(greatest, run));
        let seeds: std::collections::BTreeSet<u64> = seeds.collect();
        assert_eq!(seeds.len(), 1000, "no two of them are the same");
        assert!(seeds.iter().all(|&seed| seed <= greatest));
    }

    #[test]
    fn two_short_products_are_the_long_one() {
        let bounds = [0, 1, 2, 60_001, 1_000_000_000, u64::from(u32::MAX)];
        for bound in bounds {
            let bits = (0..1000).map(|n: u64| mix(n.wrapping_mul(GOLDEN)));
            for bits in bits.chain([0, 1, u64::MAX, u64::from(u32::MAX), 1 << 32]) {
                let long = (u128::from(bits) * u128::from(bound)) >> 64;
                assert_eq!(u128::from(below(bits, bound)), long, "{bits} below {bound}");
            }
        }
    }

    #[test]
    fn a_rate_is_met_within_the_noise_of_the_sample() {
        let mut faults = Faults::default();
        faults.loss.ack = Rate::from_parts(100_000_000).expect("a tenth is a rate");
        let dice = Dice::new(&faults, 7, 2);
        let lost = (0..1000)
            .flat_map(|m| (1..=100).map(move |n| (MessageNo::from_index(m), n)))
            .filter(|&(m, n)| dice.loses(Leg::Ack, m, n).is_some())
            .count();
        // 100 000 draws at 0.1: standard deviation 95; five of them.
        assert!((9_526..=10_474).contains(&lost), "{lost} of 100000 lost at a rate of a tenth");
    }

    #[test]
    fn a_consumer_crash_hits_exactly_one_place_of_a_handling_and_all_places_evenly() {
        let mut faults = Faults::default();
        faults.crash.consumer = Rate::ONE;
        let dice = Dice::new(&faults, 1, 2);
        let acts = [Operation::Receive, Operation::Step(0), Operation::Step(1), Operation::Ack];
        let mut hits = [0; 8];
        for handling in 1..=8000 {
            let occasion = Occasion { message: MessageNo::from_index(0), nth: 1, handling };
            let mut this = 0;
            for (a, &act) in acts.iter().enumerate() {
                for (s, side) in [Side::Before, Side::After].into_iter().enumerate() {
                    if dice
                        .crashes(CrashPoint { side, act, extent: Extent::Machine }, occasion)
                        .is_some()
                    {
                        hits[2 * a + s] += 1;
                        this += 1;
                    }
                }
            }
            assert_eq!(this, 1);
        }
        // 8000 draws over 8 places: standard deviation 30; five of them.
        assert!(hits.iter().all(|hit| (850..=1150).contains(hit)), "{hits:?}");
    }
}
