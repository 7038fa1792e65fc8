//! Many runs of one lane, one after the other, in the same memory.

use super::dice::Dice;
use super::script::Scripted;
use super::setup::Setup;
use super::trace::{End, Observer};
use super::world::World;
use crate::experiment::Experiment;

/// One lane, made ready for many runs that differ in nothing but their seeds.
#[derive(Debug)]
pub struct Runs<'a> {
    experiment: &'a Experiment,
    setup: Setup<'a>,
    /// Before the first event.
    first: World,
    /// As the last run left it.
    last: World,
}

impl<'a> Runs<'a> {
    /// Makes the lane ready, counted from 0.
    ///
    /// # Panics
    ///
    /// If the experiment has no such lane.
    pub fn new(experiment: &'a Experiment, lane: usize) -> Runs<'a> {
        let setup = Setup::new(experiment, &experiment.lanes[lane]);
        let first = World::new(&setup);
        Runs { experiment, setup, last: first.clone(), first }
    }

    /// One run with this seed, as [`observe`](super::observe) does it with the experiment's own. What
    /// earlier runs did makes no difference.
    pub fn observe<O: Observer>(&mut self, seed: u64, observer: &mut O) -> End {
        self.last.clone_from(&self.first);
        let (setup, faults) = (&self.setup, &self.experiment.faults);
        let dice = Dice::new(faults, seed, setup.scenario.steps.len() as u8);
        let mut fate = Scripted::new(&faults.script, setup.scenario, dice);
        self.last.run(setup, &mut fate, observer)
    }
}
