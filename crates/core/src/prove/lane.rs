//! A lane of an experiment as a model: the ordinary simulator, with the search as its fate.
//!
//! Latency and jitter still come from the experiment's own dice, so a counterexample is a script
//! that replays in Watch exactly as it ran here. What goes wrong is decided by the search alone.

use std::collections::BTreeSet;

use super::fault::{Fault, Window};
use super::kind::Kinds;
use super::model::{Broken, Chooser, Model};
use crate::audit::Audit;
use crate::experiment::Experiment;
use crate::experiment::faults::Faults;
use crate::experiment::script::{Cut, Kind};
use crate::experiment::settings::Millis;
use crate::experiment::value::Bounded;
use crate::sim::renew::clone_in_place;
use crate::sim::script::stops;
use crate::sim::setup::NEVER_STANDS_FOR;
use crate::sim::{
    Because, ChoicePoint, Course, Dice, Fate, Leg, MessageNo, Moment, Time, simulate,
};

/// One lane of an experiment that has no faults of its own.
#[derive(Debug)]
pub(super) struct LaneModel<'a> {
    experiment: &'a Experiment,
    course: Course<'a>,
    /// Decides latency and jitter.
    dice: Dice<'a>,
    kinds: Kinds,
    /// The windows in which a side may be cut off.
    windows: &'a [Window],
}

/// The world of a run, its audit, and the faults that last.
#[derive(Debug, Hash)]
pub(super) struct LaneWorld {
    begun: bool,
    moment: Moment,
    audit: Audit,
    lasting: Lasting,
}

clone_in_place!(LaneWorld { begun, moment, audit, lasting });

/// Faults that stay in force once they have struck.
#[derive(Debug, Clone, Default, Hash)]
struct Lasting {
    poisoned: BTreeSet<MessageNo>,
    /// Messages that have already reached a handler, poisoned or not: it is too late to poison
    /// them. Tracked only when the search may poison.
    handled: BTreeSet<MessageNo>,
    cuts: BTreeSet<Window>,
}

/// The experiment a proof is about: this many messages, and none of its own rates or script.
pub fn bare(experiment: &Experiment, messages: u64) -> Experiment {
    let mut bare = experiment.clone();
    bare.messages = Bounded::clamp(messages);
    bare.faults = Faults {
        latency_ms: experiment.faults.latency_ms,
        restart_ms: experiment.faults.restart_ms,
        ..Faults::default()
    };
    bare
}

/// The windows in which a side may be cut off, if partitions are searched: each starts where the
/// side sends or is sent a packet in the fault-free run, and outlasts the request and the
/// redelivery timeout.
pub(super) fn windows(experiment: &Experiment, lane: usize, kinds: Kinds) -> Vec<Window> {
    if !kinds.has(Kind::Partition) {
        return Vec::new();
    }
    let packets = simulate(experiment, lane).packets.into_iter();
    let departures: BTreeSet<(Cut, u64)> =
        packets.filter_map(|packet| Some((packet.leg.side()?, packet.sent.millis()))).collect();
    let long = cut_lasts(experiment, lane);
    let most = Millis::MAX.get();
    let departures = departures.into_iter().filter(|&(_, from)| from < most);
    departures
        .map(|(side, from)| Window {
            side,
            from: Millis::clamp(from),
            to: Millis::clamp(from + long.max(1)),
        })
        .collect()
}

/// How long a side is cut off, in milliseconds.
pub(super) fn cut_lasts(experiment: &Experiment, lane: usize) -> u64 {
    outlast(experiment, lane).millis() + 2 * experiment.faults.latency_ms.max()
}

pub(super) fn outlast(experiment: &Experiment, lane: usize) -> Time {
    let lane = &experiment.lanes[lane];
    let (publish, deliver) = (lane.producer.request_timeout_ms, lane.broker.redelivery_timeout_ms);
    Time::from_millis(publish.get().max(deliver.limit().unwrap_or(NEVER_STANDS_FOR)))
}

impl<'a> LaneModel<'a> {
    /// A lane, counted from 0, of a [bare] experiment.
    pub(super) fn new(
        experiment: &'a Experiment,
        lane: usize,
        kinds: Kinds,
        windows: &'a [Window],
    ) -> LaneModel<'a> {
        LaneModel {
            experiment,
            course: Course::new(experiment, lane),
            dice: Dice::new(
                &experiment.faults,
                experiment.seed.get(),
                experiment.scenario.steps.len() as u8,
            ),
            kinds,
            windows,
        }
    }
}

impl Model for LaneModel<'_> {
    type World = LaneWorld;
    type Fault = Fault;

    fn first(&self) -> LaneWorld {
        let messages = self.experiment.messages.get() as usize;
        LaneWorld {
            begun: false,
            moment: Moment::first(&self.course),
            audit: Audit::new(&self.experiment.scenario, messages),
            lasting: Lasting::default(),
        }
    }

    fn step(&self, world: &mut LaneWorld, chooser: &mut Chooser<Fault>) -> Option<Broken> {
        // A partition is about a time and not about a message, so all of them are decided up front,
        // in a step of their own before the first event.
        if !std::mem::replace(&mut world.begun, true) {
            for &window in self.windows {
                if chooser.strikes(|| Fault::Partition(window)) {
                    world.lasting.cuts.insert(window);
                    let end = Time::from_millis(window.to.get());
                    world.moment.leave_room_for(&self.course, end);
                }
            }
            return None;
        }
        let mut search = Searcher {
            model: self,
            dice: self.dice.clone(),
            lasting: &mut world.lasting,
            chooser,
            dropped: false,
        };
        let end = world.moment.advance(&self.course, &mut search, &mut world.audit);
        end.map(|end| Broken::of(world.audit.properties(end)))
    }

    fn cost(&self, fault: &Fault) -> u32 {
        fault.cost()
    }
}

/// The fate that asks the search.
struct Searcher<'m, 's> {
    model: &'m LaneModel<'m>,
    dice: Dice<'m>,
    lasting: &'s mut Lasting,
    chooser: &'s mut Chooser<Fault>,
    /// Whether the packet in question was dropped: a lost packet cannot also be late.
    dropped: bool,
}

impl Searcher<'_, '_> {
    fn strikes(&mut self, kind: Kind, fault: impl FnOnce() -> Fault) -> bool {
        self.model.kinds.has(kind) && self.chooser.strikes(fault)
    }

    /// Whether this call for the message fails, or every call from the first one on. The first call
    /// need not be number 1: a consumer that crashes on receipt never gets as far as its handler.
    fn fails(&mut self, message: MessageNo, fails: Fault) -> bool {
        if self.lasting.poisoned.contains(&message) {
            return true;
        }
        let failed = self.strikes(Kind::Fail, || fails);
        let poisons = self.model.kinds.has(Kind::Poison);
        if !poisons || !self.lasting.handled.insert(message) || failed {
            return failed;
        }
        let poisoned = self.strikes(Kind::Poison, || Fault::Poison(message));
        if poisoned {
            self.lasting.poisoned.insert(message);
        }
        poisoned
    }
}

/// Nobody reads the reason: the search keeps its own record of what struck.
const BECAUSE: Because = Because::Script(0);

impl Fate for Searcher<'_, '_> {
    // Inlined, so that each choice point of the world keeps only the arm that is about it.
    #[inline(always)]
    fn decide(&mut self, asked: ChoicePoint, outlast: Time) -> Option<(Time, Because)> {
        let fault = Fault::Strike(asked, outlast);
        let struck = match asked {
            ChoicePoint::Cuts(leg, from, to) => {
                let here = |cut: &Window| {
                    leg.side() == Some(cut.side) && stops((cut.from, cut.to), from, to)
                };
                self.lasting.cuts.iter().any(here)
            }
            ChoicePoint::Fails(message, _) => self.fails(message, fault),
            ChoicePoint::Delays(..) if self.dropped => false,
            _ => {
                let kind = asked.kind()?;
                let struck = self.strikes(kind, || fault);
                if kind == Kind::Drop {
                    self.dropped = struck;
                }
                struck
            }
        };
        struck.then_some((outlast, BECAUSE))
    }

    fn latency(&mut self, leg: Leg, message: MessageNo, nth: u32) -> Time {
        self.dice.latency(leg, message, nth)
    }

    fn jitter(&mut self, message: MessageNo, nth: u32, spread: Time) -> Time {
        self.dice.jitter(message, nth, spread)
    }
}
