//! Variants of an exercise: the same task with different numbers, so that answers cannot be copied.
//!
//! The experiment's seed, the story's amount, and the order of lanes and of options are derived from the
//! variant's own seed. The goals stay the same, about the same setups.

use super::{Exercise, Free};
use ackground_core::experiment::value::Bounded;
use ackground_core::experiment::{GREATEST_SEED, Lanes, Seed};
use ackground_core::sim::seed_of_run;

/// The random numbers of a variant.
struct Draw {
    seed: u64,
    next: u64,
}

impl Draw {
    /// A random number below `end`, which is not 0.
    fn below(&mut self, end: u64) -> u64 {
        self.next += 1;
        seed_of_run(self.seed, self.next) % end
    }

    /// A uniformly random permutation (Fisher-Yates).
    fn order(&mut self, count: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..count).collect();
        for last in (1..count).rev() {
            order.swap(last, self.below(last as u64 + 1) as usize);
        }
        order
    }
}

impl Exercise {
    /// The variant with this seed: the same seed gives the same variant everywhere. Without
    /// [`Exercise::variants`] the only variant is the exercise itself.
    #[must_use]
    pub fn variant(&self, seed: Seed) -> Exercise {
        let mut variant = self.clone();
        if !self.variants {
            return variant;
        }
        let mut draw = Draw { seed: seed.get(), next: 0 };
        variant.experiment.seed = Bounded::clamp(draw.below(GREATEST_SEED));
        // Between half and twice the amount, in tenths, so that round amounts stay round.
        let amount = self.experiment.scenario.amount.get();
        let tenths = 5 + draw.below(16);
        if amount >= 10 {
            variant.experiment.scenario.amount = Bounded::clamp(amount / 10 * tenths);
        }
        variant.move_lanes(&draw.order(self.experiment.lanes.len()));
        for asked in &mut variant.predictions {
            let order = draw.order(asked.options.len());
            asked.options = order.iter().map(|place| asked.options[*place].clone()).collect();
        }
        variant
    }

    /// Reorders the lanes, and everything that refers to them.
    fn move_lanes(&mut self, order: &[usize]) {
        let lanes = order.iter().map(|old| self.experiment.lanes[*old].clone());
        let Some(lanes) = Lanes::new(lanes.collect()) else {
            return;
        };
        self.experiment.lanes = lanes;
        let mut places = [0; Lanes::MOST];
        for (new, old) in order.iter().enumerate() {
            places[*old] = new;
        }
        self.goals = self.goals.iter().map(|goal| goal.moved(&places)).collect();
        // Goals that differ only in their lane stay in lane order.
        if self.goals.iter().all(|goal| matches!(goal, super::Goal::Name { .. })) {
            self.goals.sort_by_key(super::Goal::lane);
        }
        self.free = self.free.iter().map(|free: &Free| free.moved(&places)).collect();
        for option in self.predictions.iter_mut().flat_map(|asked| &mut asked.options) {
            option.claim = option.claim.moved(&places);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exercise::{built_in, built_in_ids};
    use crate::text::ENGLISH;

    #[test]
    fn a_seed_gives_one_variant_and_another_seed_another_one() {
        let exercise = built_in("name-three", &ENGLISH).expect("it is built in");
        let of = |seed| exercise.variant(Bounded::of(seed));
        assert_eq!(of(7), of(7));
        assert_ne!(of(7).to_link(), of(8).to_link());
        let fixed = Exercise { variants: false, ..exercise.clone() };
        assert_eq!(fixed.variant(Bounded::of(7)), fixed);
    }

    #[test]
    fn names_cannot_be_copied_by_their_place() {
        let exercise = built_in("name-three", &ENGLISH).expect("it is built in");
        let orders: std::collections::BTreeSet<String> = (0..20)
            .map(|seed| exercise.variant(Bounded::clamp(seed)).experiment)
            .map(|experiment| serde_json::to_string(&experiment.lanes).expect("it prints"))
            .collect();
        assert_eq!(orders.len(), 6, "every order of three lanes");
    }

    #[test]
    fn every_variant_is_an_exercise_of_the_format() {
        for id in built_in_ids() {
            let exercise = built_in(id, &ENGLISH).expect(id);
            for seed in [0, 1, 77, GREATEST_SEED] {
                let variant = exercise.variant(Bounded::clamp(seed));
                assert_eq!(Exercise::from_json(&variant.to_json()), Ok(variant.clone()), "{id}");
                assert_eq!(variant.goals.len(), exercise.goals.len());
            }
        }
    }

    #[test]
    fn what_is_said_of_a_lane_goes_with_it() {
        let exercise = Exercise::from_json(
            r#"{"version": 1, "kind": "exercise", "id": "x", "variants": true,
            "experiment": {"version": 1, "lanes": [{"name": "a"}, {"name": "b"}, {"name": "c"}]},
            "free": ["lanes[0].consumer", "lanes[1]", "seed"],
            "goals": ["lane 1: lost less than lane 3", "lane 2: no_loss holds"]}"#,
        );
        let exercise = exercise.expect("it is allowed");
        for seed in 0..10 {
            let variant = exercise.variant(Bounded::clamp(seed));
            let name = |lane: usize| variant.experiment.lanes[lane].name.to_string();
            let said = variant.goals[0].to_string();
            let number = |at: usize| said.as_bytes()[at] as usize - usize::from(b'1');
            assert_eq!((name(number(5)), name(number(said.len() - 1))), ("a".into(), "c".into()));
            assert_eq!(name(variant.goals[1].lane()), "b");
            let free: Vec<&str> = variant.free.iter().map(Free::as_str).collect();
            assert!(free[0].ends_with("].consumer") && free[2] == "seed", "{free:?}");
            let lane = free[0].as_bytes()[6] - b'0';
            assert_eq!(name(lane.into()), "a");
        }
    }
}
