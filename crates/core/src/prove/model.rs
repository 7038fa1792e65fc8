//! What can be searched: a world that advances event by event and asks at every choice point
//! whether a fault strikes there. The lanes of an experiment are one model, the toy worlds of the
//! tests are others; this file knows neither.

use std::hash::Hash;

use crate::audit::{Properties, Property};

/// A world with choice points.
pub(super) trait Model {
    /// The world between two events. Equal worlds evolve the same way under the same faults, and
    /// `Hash` covers everything that decides how.
    type World: Clone + Hash;
    /// A fault that may strike at a choice point.
    type Fault: Clone;

    /// The world before the first event.
    fn first(&self) -> Self::World;

    /// Executes the next event. The event asks the chooser at each of its choice points, always in
    /// the same order. Returns the broken properties once the run is over.
    fn step(&self, world: &mut Self::World, chooser: &mut Chooser<Self::Fault>) -> Option<Broken>;

    /// How hard a fault is to read in a counterexample; the cost of a schedule is the sum.
    fn cost(&self, fault: &Self::Fault) -> u32;
}

/// The set of properties that are broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, PartialOrd, Ord)]
pub(super) struct Broken(u8);

impl Broken {
    /// The properties that do not hold.
    pub(super) fn of(properties: Properties) -> Broken {
        Property::ALL
            .into_iter()
            .filter(|&property| !properties.holds(property))
            .fold(Broken(0), Broken::with)
    }

    /// The set with this property added.
    pub(super) fn with(self, property: Property) -> Broken {
        Broken(self.0 | 1 << property as u8)
    }

    /// Whether this property is in the set.
    pub(super) fn contains(self, property: Property) -> bool {
        self.0 >> property as u8 & 1 == 1
    }
}

/// The choice points of one event at which faults strike, by their index in the order asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Plan {
    picks: [u16; Plan::MOST],
    len: u8,
}

impl Plan {
    /// The most faults of a schedule.
    pub(super) const MOST: usize = 8;

    /// The plan with one more pick, which must come after the others; there must be room for it.
    pub(super) fn with(mut self, pick: u16) -> Plan {
        self.picks[self.len as usize] = pick;
        self.len += 1;
        self
    }

    /// How many faults strike.
    pub(super) fn len(&self) -> u8 {
        self.len
    }

    /// The first choice point past the last pick.
    pub(super) fn end(&self) -> u16 {
        self.picks().last().map_or(0, |last| last + 1)
    }

    fn picks(&self) -> &[u16] {
        &self.picks[..self.len as usize]
    }
}

/// Answers the choice points of one event according to a plan, and records what struck.
#[derive(Debug)]
pub(super) struct Chooser<F> {
    plan: Plan,
    next: u8,
    asked: u16,
    struck: Vec<F>,
}

impl<F> Chooser<F> {
    pub(super) fn new(plan: Plan) -> Chooser<F> {
        Chooser { plan, next: 0, asked: 0, struck: Vec::new() }
    }

    /// A choice point: does this fault strike?
    pub(super) fn strikes(&mut self, fault: impl FnOnce() -> F) -> bool {
        let strikes = self.plan.picks().get(self.next as usize) == Some(&self.asked);
        self.asked += 1;
        if strikes {
            self.next += 1;
            self.struck.push(fault());
        }
        strikes
    }

    /// How many choice points have been asked.
    pub(super) fn asked(&self) -> u16 {
        self.asked
    }

    /// The faults that struck, in order.
    pub(super) fn struck(&self) -> &[F] {
        &self.struck
    }
}
