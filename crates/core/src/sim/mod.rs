//! The simulator: the same messages, the same network, the same crashes, for any setup.
//!
//! One run is a pure function of an experiment and a lane. Time is a number, every choice goes
//! through a [`Fate`], and everything that happens is reported to an [`Observer`] as an [`Event`].
//!
//! | file | owns |
//! |---|---|
//! | `time` | whole microseconds |
//! | `fate`, `dice`, `script` | the interface to chance, and its implementations |
//! | `event`, `trace` | what happened: the events, the record |
//! | `setup` | the immutable inputs to a run |
//! | `agenda` | the scheduled events |
//! | `context` | the clock, the links, the counts |
//! | `producer`, `broker`, `consumer` (`handler`), `store` | the actors |
//! | `world` | hands each event to whom it concerns |
//! | `course` | a run that can be stopped, copied and gone on with |
//! | [`held`] | what everyone holds while it stands still |
//! | `runs`, `renew` | many runs, one after the other, in the same memory |
//!
//! ```
//! use ackground_core::experiment::Experiment;
//! use ackground_core::{audit, sim};
//!
//! let experiment = Experiment::default();
//! let balances: Vec<u64> = (0..experiment.lanes.len())
//!     .map(|lane| audit::judge(&experiment, &sim::simulate(&experiment, lane)).ledger.actual)
//!     .collect();
//! assert_eq!(balances, [20_000, 40_000, 30_000], "lost, paid twice, right");
//! ```

mod agenda;
mod broker;
mod choices;
mod consumer;
mod context;
mod course;
mod dice;
mod event;
mod fate;
pub mod held;
mod producer;
pub(crate) mod renew;
mod runs;
pub(crate) mod script;
pub(crate) mod setup;
mod store;
mod time;
mod trace;
mod world;

pub use choices::{Choice, choices};
pub use course::{Course, Moment};
pub use dice::{Dice, seed_of_run};
pub use event::{Event, Milestone, Site};
pub use fate::{Because, ChoicePoint, CrashPoint, Extent, Fate, Occasion, Operation, Side};
pub use runs::Runs;
pub use script::Scripted;
pub use script::stops;
pub use setup::{first_leader, partition_of};
pub use time::Time;
pub use trace::{
    Carries, Delivery, End, Guard, Ignored, Keeper, Leg, MessageNo, Node, Observer, Packet,
    PacketNo, Refusal, Step, StepNo, Told, Trace,
};

use crate::experiment::Experiment;
use setup::Setup;
use trace::Recorder;
use world::World;

/// Simulates one lane, counted from 0, and records everything.
///
/// The same experiment gives the same trace, event for event, on every machine. A lane's trace does
/// not depend on the other lanes. Cost: well under a millisecond for a handful of messages; a run is
/// bounded in simulated time and in the number of its steps, see [`End`].
///
/// # Panics
///
/// If the experiment has no such lane.
pub fn simulate(experiment: &Experiment, lane: usize) -> Trace {
    let mut recorder = Recorder::for_messages(experiment.messages.get() as usize);
    let (end, unfired) = run(experiment, lane, &mut recorder);
    Trace { steps: recorder.steps, packets: recorder.packets, end, unfired }
}

/// Simulates one lane like [`simulate`] but records nothing: the observer sees each fact as it
/// happens. Meant for many runs of which only the outcome matters.
///
/// ```
/// use ackground_core::audit::{Audit, judge};
/// use ackground_core::experiment::Experiment;
/// use ackground_core::sim;
///
/// let experiment = Experiment::default();
/// let mut audit = Audit::new(&experiment.scenario, experiment.messages.get() as usize);
/// let end = sim::observe(&experiment, 1, &mut audit);
/// assert_eq!(audit.report(Some(end)), judge(&experiment, &sim::simulate(&experiment, 1)));
/// ```
///
/// # Panics
///
/// If the experiment has no such lane.
pub fn observe<O: Observer>(experiment: &Experiment, lane: usize, observer: &mut O) -> End {
    run(experiment, lane, observer).0
}

/// Runs a lane: how it ended, and the script lines that did not fire.
fn run<O: Observer>(experiment: &Experiment, lane: usize, observer: &mut O) -> (End, Vec<usize>) {
    let setup = Setup::new(experiment, &experiment.lanes[lane]);
    let mut fate = fate_of(experiment);
    let end = World::new(&setup).run(&setup, &mut fate, observer);
    (end, fate.unfired())
}

/// What decides in the lanes of an experiment: its script, and its dice behind that. What it answers does
/// not depend on what it was asked before.
fn fate_of(experiment: &Experiment) -> Scripted<'_, Dice<'_>> {
    let steps = experiment.scenario.steps.len() as u8;
    let dice = Dice::new(&experiment.faults, experiment.seed.get(), steps);
    Scripted::new(&experiment.faults.script, &experiment.scenario, dice)
}
