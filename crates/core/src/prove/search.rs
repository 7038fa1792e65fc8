//! The search: every schedule of up to a given number of faults, fewest faults first.
//!
//! A schedule is a set of choice points at which faults strike. The search walks the run in which
//! nothing strikes, keeps a copy of the world before each event, and branches from that copy once
//! for every way the event can go wrong. It works in passes: the fault-free run, then every
//! schedule of exactly one fault, then of exactly two. The first counterexample found is therefore
//! a shortest one.
//!
//! A world that was reached before with the same number of faults to come is not searched again:
//! its summary is known, that is, the number of its schedules and the easiest counterexample to
//! each property. The number of faults is part of the key, so an earlier visit that had fewer
//! faults left cannot hide a violation.
//!
//! The search keeps an explicit stack, so it can stop after any number of events and resume later.

use std::hash::Hash;

use serde::{Deserialize, Serialize};

use super::memo::{Chains, Key, Link, Memo, Summary};
use super::model::{Broken, Chooser, Model, Plan};
use crate::audit::Property;

/// How much a search may simulate and remember.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Runs simulated to their end.
    pub(super) runs: u64,
    /// Events simulated.
    pub(super) events: u64,
    /// Worlds remembered.
    pub(super) worlds: usize,
}

/// What a search has found so far.
#[derive(Debug, Clone)]
pub(super) struct Found<F> {
    /// Per property, the faults of the easiest among the shortest counterexamples.
    pub(super) broken: [Option<Vec<F>>; Property::ALL.len()],
    /// Schedules covered, by number of faults: one entry per finished pass.
    pub(super) schedules: Vec<u64>,
    /// Runs simulated to their end.
    pub(super) runs: u64,
}

/// A search that runs in slices, each time with the same model.
#[derive(Debug)]
pub(super) struct Search<W, F> {
    faults: u8,
    limits: Limits,
    /// Events simulated so far.
    events: u64,
    /// The current pass covers schedules of exactly as many faults as `left` of the first frame.
    stack: Vec<Frame<W>>,
    memo: Memo,
    chains: Chains<Strike>,
    found: Found<F>,
    /// Choice points of the fault-free run.
    points: u32,
    /// Worlds no longer needed, kept for their allocations.
    spare: Vec<W>,
}

/// An event at which faults strike, counted in events since the previous such event or the start.
#[derive(Debug, Clone, Copy)]
struct Strike {
    after: u32,
    plan: Plan,
}

/// A world from which all schedules of exactly `left` more faults are searched.
#[derive(Debug)]
struct Frame<W> {
    left: u8,
    key: Key,
    /// How this world arose from that of the frame below, and how hard that is to read.
    strike: Strike,
    cost: u32,
    /// The world after the latest event, with no fault in it.
    world: W,
    /// The world before that event, for as long as something is untried.
    before: W,
    /// Events before the latest one.
    events: u32,
    /// Choice points passed.
    points: u32,
    /// Ways the latest event can go wrong that are still to be tried.
    untried: Vec<Plan>,
    over: bool,
    sum: Summary,
}

impl<W: Clone + Hash, F: Clone> Search<W, F> {
    /// A search for schedules of up to `faults` faults, at most [`Plan::MOST`].
    pub(super) fn new(
        model: &impl Model<World = W, Fault = F>,
        faults: u8,
        limits: Limits,
    ) -> Self {
        let mut search = Search {
            faults: faults.min(Plan::MOST as u8),
            limits,
            events: 0,
            stack: Vec::new(),
            memo: Memo::new(limits.worlds),
            chains: Chains::new(),
            found: Found { broken: Default::default(), schedules: Vec::new(), runs: 0 },
            points: 0,
            spare: Vec::new(),
        };
        search.without_a_fault(model);
        search
    }

    /// What has been found.
    pub(super) fn found(&self) -> &Found<F> {
        &self.found
    }

    /// Whether every schedule within the bound is covered.
    pub(super) fn is_complete(&self) -> bool {
        self.found.schedules.len() > self.faults as usize
    }

    /// The limit that stopped the search before it was complete.
    pub(super) fn stopped_by(&self) -> Option<Stopped> {
        if self.is_complete() {
            None
        } else if self.found.runs >= self.limits.runs {
            Some(Stopped::Runs)
        } else if self.events >= self.limits.events {
            Some(Stopped::Events)
        } else {
            None
        }
    }

    /// Simulates about this many more events; returns whether there is more to do.
    pub(super) fn advance(
        &mut self,
        model: &impl Model<World = W, Fault = F>,
        events: u64,
    ) -> bool {
        let mut done = 0;
        while !self.is_complete() && self.stopped_by().is_none() {
            if done >= events {
                return true;
            }
            let more = self.advance_path(model);
            self.events += more;
            done += more;
        }
        false
    }

    /// Progress from 0 to 1, by a rough count: of the ways to place the faults on the choice points
    /// of the fault-free run, the share whose first fault has been tried.
    pub(super) fn progress(&self) -> f64 {
        let points = f64::from(self.points.max(1));
        let mut ways = 1.0;
        let (mut all, mut done) = (0.0, 0.0);
        for faults in 0..=i32::from(self.faults) {
            all += ways;
            match faults.cmp(&(self.found.schedules.len() as i32)) {
                std::cmp::Ordering::Less => done += ways,
                std::cmp::Ordering::Equal => {
                    let passed = self.stack.first().map_or(0, |frame| frame.points);
                    let left = (points - f64::from(passed)).max(0.0) / points;
                    done += ways * (1.0 - left.powi(faults));
                }
                std::cmp::Ordering::Greater => {}
            }
            ways *= points / f64::from(faults + 1);
        }
        done / all
    }

    /// The first pass: the fault-free run.
    fn without_a_fault(&mut self, model: &impl Model<World = W, Fault = F>) {
        let mut world = model.first();
        let key = self.memo.key(&world, 0);
        let (broken, _, points) = self.run_out(model, &mut world);
        self.points = points;
        self.memo.put_over(key, broken);
        self.finish_pass(model, Summary::over(broken));
        self.begin_pass(model);
    }

    fn begin_pass(&mut self, model: &impl Model<World = W, Fault = F>) {
        let left = self.found.schedules.len() as u8;
        if left <= self.faults {
            let world = model.first();
            let key = self.memo.key(&world, left);
            let nothing = Strike { after: 0, plan: Plan::default() };
            let worlds = (world.clone(), world);
            self.stack.push(Frame::new(worlds, left, key, nothing, 0));
        }
    }

    fn finish_pass(&mut self, model: &impl Model<World = W, Fault = F>, sum: Summary) {
        self.found.schedules.push(sum.schedules);
        for (property, best) in sum.best.iter().enumerate() {
            if best.exists() && self.found.broken[property].is_none() {
                self.found.broken[property] = Some(self.replay(model, best.first));
            }
        }
    }

    /// The faults of a schedule, found by replaying it from the start. Worlds that the memo treats
    /// as equal may number packets and occurrences differently, so only this run has the names.
    fn replay(&self, model: &impl Model<World = W, Fault = F>, first: Option<Link>) -> Vec<F> {
        let mut world = model.first();
        let mut faults = Vec::new();
        for strike in self.chains.from(first) {
            for _ in 0..strike.after {
                model.step(&mut world, &mut Chooser::new(Plan::default()));
            }
            let mut chooser = Chooser::new(strike.plan);
            model.step(&mut world, &mut chooser);
            faults.extend_from_slice(chooser.struck());
        }
        faults
    }

    /// Takes one step of the search; returns how many events it simulated.
    fn advance_path(&mut self, model: &impl Model<World = W, Fault = F>) -> u64 {
        let frame = self.stack.last_mut().expect("a pass is under way");
        if let Some(plan) = frame.untried.pop() {
            return self.strike(model, plan);
        }
        if frame.over {
            let frame = self.stack.pop().expect("a pass is under way");
            self.memo.put(frame.key, frame.sum);
            self.spare.extend([frame.world, frame.before]);
            match self.stack.last_mut() {
                Some(below) => {
                    below.take_in(&mut self.chains, frame.strike, frame.cost, &frame.sum);
                }
                None => {
                    self.finish_pass(model, frame.sum);
                    self.begin_pass(model);
                }
            }
            return 0;
        }
        frame.before.clone_from(&frame.world);
        let mut chooser = Chooser::new(Plan::default());
        frame.over = model.step(&mut frame.world, &mut chooser).is_some();
        frame.events += 1;
        frame.points += u32::from(chooser.asked());
        // Popped from the end, so the first choice point is tried first.
        let points = (0..chooser.asked()).rev();
        frame.untried.extend(points.map(|point| Plan::default().with(point)));
        1
    }

    /// Lets the latest event of the top frame go wrong according to this plan, and continues.
    fn strike(&mut self, model: &impl Model<World = W, Fault = F>, plan: Plan) -> u64 {
        let frame = self.stack.last_mut().expect("a pass is under way");
        let left = frame.left - plan.len();
        let mut chooser = Chooser::new(plan);
        let mut world = copy(&frame.before, &mut self.spare);
        let end = model.step(&mut world, &mut chooser);
        // Further faults at the same event: plans only grow to the right, so none is tried twice.
        if left > 0 {
            let points = (plan.end()..chooser.asked()).rev();
            frame.untried.extend(points.map(|point| plan.with(point)));
        }
        let strike = Strike { after: frame.events - 1, plan };
        let cost = chooser.struck().iter().map(|fault| model.cost(fault)).sum();
        if let Some(broken) = end {
            // A run that ended with faults still to place is a schedule of an earlier pass.
            if left == 0 {
                self.found.runs += 1;
                frame.take_in(&mut self.chains, strike, cost, &Summary::over(broken));
            }
            self.spare.push(world);
            return 1;
        }
        let key = self.memo.key(&world, left);
        if let Some(known) = self.memo.get(key) {
            frame.take_in(&mut self.chains, strike, cost, &known);
            self.spare.push(world);
            return 1;
        }
        if left > 0 {
            let before = copy(&world, &mut self.spare);
            let frame = Frame::new((before, world), left, key, strike, cost);
            self.stack.push(frame);
            return 1;
        }
        let (broken, events, _) = self.run_out(model, &mut world);
        self.memo.put_over(key, broken);
        self.spare.push(world);
        let frame = self.stack.last_mut().expect("a pass is under way");
        frame.take_in(&mut self.chains, strike, cost, &Summary::over(broken));
        1 + events
    }

    /// Runs a world to its end without another fault: what is broken, how many events that took,
    /// and how many choice points were passed.
    fn run_out(
        &mut self,
        model: &impl Model<World = W, Fault = F>,
        world: &mut W,
    ) -> (Broken, u64, u32) {
        self.found.runs += 1;
        let (mut events, mut points) = (0, 0);
        loop {
            let mut chooser = Chooser::new(Plan::default());
            let end = model.step(world, &mut chooser);
            events += 1;
            points += u32::from(chooser.asked());
            if let Some(broken) = end {
                return (broken, events, points);
            }
        }
    }
}

impl<W> Frame<W> {
    fn new((before, world): (W, W), left: u8, key: Key, strike: Strike, cost: u32) -> Frame<W> {
        Frame {
            left,
            key,
            strike,
            cost,
            before,
            world,
            events: 0,
            points: 0,
            untried: Vec::new(),
            over: false,
            sum: Summary::EMPTY,
        }
    }

    /// Adds what was found from a world that one strike led to.
    fn take_in(&mut self, chains: &mut Chains<Strike>, strike: Strike, cost: u32, from: &Summary) {
        self.sum.schedules += from.schedules;
        for (best, found) in self.sum.best.iter_mut().zip(&from.best) {
            if found.exists() && found.cost + cost < best.cost {
                best.cost = found.cost + cost;
                best.first = Some(chains.put(strike, found.first));
            }
        }
    }
}

/// A copy, made in the allocations of a spare world if there is one.
fn copy<W: Clone>(world: &W, spare: &mut Vec<W>) -> W {
    match spare.pop() {
        Some(mut copy) => {
            copy.clone_from(world);
            copy
        }
        None => world.clone(),
    }
}

crate::words! {
    /// Why a search stopped before it was complete.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
    pub enum Stopped {
        /// As many runs as [`Bounds::most_runs`](super::Bounds::most_runs) allows were simulated.
        Runs = "runs",
        /// As many events as [`Bounds::most_events`](super::Bounds::most_events) allows were simulated.
        Events = "events",
        /// It was not gone on with.
        Cancelled = "cancelled",
    }
}
