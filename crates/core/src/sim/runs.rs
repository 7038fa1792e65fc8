//! Many runs of one lane in a row, in the same memory.

use super::dice::Dice;
use super::script::Scripted;
use super::setup::Setup;
use super::trace::{End, Observer};
use super::world::World;
use crate::experiment::Experiment;

/// One lane, prepared for many runs that differ only in their seeds.
#[derive(Debug)]
pub struct Runs<'a> {
    experiment: &'a Experiment,
    setup: Setup<'a>,
    /// The world before the first event.
    first: World,
    /// The world as the last run left it.
    last: World,
}

impl<'a> Runs<'a> {
    /// Prepares a lane, counted from 0.
    ///
    /// # Panics
    ///
    /// If the experiment has no such lane.
    pub fn new(experiment: &'a Experiment, lane: usize) -> Runs<'a> {
        let setup = Setup::new(experiment, &experiment.lanes[lane]);
        let first = World::new(&setup);
        Runs { experiment, setup, last: first.clone(), first }
    }

    /// One run with this seed; [`observe`](super::observe) does the same with the experiment's own.
    /// Earlier runs make no difference.
    pub fn observe<O: Observer>(&mut self, seed: u64, observer: &mut O) -> End {
        self.last.clone_from(&self.first);
        let (setup, faults) = (&self.setup, &self.experiment.faults);
        let dice = Dice::new(faults, seed, setup.scenario.steps.len() as u8);
        let mut fate = Scripted::new(&faults.script, setup.scenario, dice);
        self.last.run(setup, &mut fate, observer)
    }
}
