//! A handler call: the stops of its plan in order, and what each does to the store.

use super::super::agenda::Scheduled;
use super::super::context::Context;
use super::super::fate::{ChoicePoint, Fate, Operation, Side};
use super::super::setup::Work;
use super::super::store::{Reach, absorbs};
use super::super::trace::{Event, Guard, Keeper, Observer};
use super::{Call, Consumer, State};
use crate::experiment::scenario::StepKind;
use crate::experiment::settings::Dedup;

/// How a stop of a handler call ended.
enum Flow {
    /// Continue with the next.
    Next,
    /// The remaining steps are skipped.
    Skip,
    /// The handler failed.
    Failed,
    /// The transaction was refused: this member no longer holds the message.
    Refused,
    /// The consumer is down.
    Down,
}

impl Consumer {
    /// The handler call begins.
    pub(super) fn begin<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        reach: &mut Reach<'_>,
        mut call: Call,
    ) {
        call.number = context.call(call.message);
        let started = Event::HandlerStarted { call: call.number, taken: call.nth };
        call.step = context.tell(Some(call.step), call.message, started);
        call.start = context.now();
        self.state = State::Working(call);
        self.work(context, reach, self.life, 0);
    }

    /// Executes the stops that are due, and schedules itself for the rest.
    pub(in crate::sim) fn work<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        reach: &mut Reach<'_>,
        life: u32,
        from: u8,
    ) {
        let State::Working(mut call) = self.state else {
            return;
        };
        if life != self.life {
            return;
        }
        let setup = context.setup;
        for (number, stop) in setup.plan.iter().enumerate().skip(from as usize) {
            let due = call.start + stop.at;
            if due > context.now() {
                self.state = State::Working(call);
                let event = Scheduled::Work { instance: self.instance, life, stop: number as u8 };
                return context.after(due - context.now(), Some(call.step), event);
            }
            match self.perform(context, reach, &mut call, &stop.what) {
                Flow::Next => {}
                Flow::Skip => break,
                Flow::Failed => return self.failed(context, reach, call),
                Flow::Refused => return self.rest(context, reach, call.step),
                Flow::Down => return,
            }
        }
        self.finished(context, reach, call);
    }

    fn perform<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        reach: &mut Reach<'_>,
        call: &mut Call,
        what: &Work,
    ) -> Flow {
        match what {
            Work::Check(guard) => self.skips(context, reach, call, *guard),
            Work::Stall => {
                let stalls = ChoicePoint::Stalls(call.message, call.number);
                if let Some((span, because)) = context.fate.decide(stalls, context.setup.stall) {
                    call.start = call.start + span;
                    let stalled = Event::Stalled { until: context.now() + span, because };
                    call.step = context.tell(Some(call.step), call.message, stalled);
                }
                Flow::Next
            }
            Work::Attempt => {
                match context.fate.strikes(ChoicePoint::Fails(call.message, call.number)) {
                    None => Flow::Next,
                    Some(because) => {
                        let failed = Event::HandlerFailed { because };
                        call.step = context.tell(Some(call.step), call.message, failed);
                        Flow::Failed
                    }
                }
            }
            // Until its transaction is committed nothing of it is there, so whoever goes down next to
            // one of its steps undoes them all.
            &Work::Stage(act) => self.passes(context, call, act),
            Work::Do(acts) => {
                let (&last, within) = acts.split_last().expect("no stop without an act");
                for &act in within.iter().filter(|act| !matches!(act, Operation::Step(_))) {
                    if let Flow::Down = self.passes(context, call, act) {
                        return Flow::Down;
                    }
                }
                // The acknowledgment is there with the commit; all else in a transaction comes before it,
                // and its steps have been passed already.
                let alone = within.is_empty();
                let is_step = matches!(last, Operation::Step(_));
                let before_commit = !alone && last != Operation::Ack;
                if before_commit
                    && !is_step
                    && let Flow::Down = self.passes(context, call, last)
                {
                    return Flow::Down;
                }
                if !before_commit && !self.spared(context, call, Side::Before, last) {
                    return Flow::Down;
                }
                match *acts.as_slice() {
                    [Operation::Step(step)] => apply(context, reach, call, step),
                    [Operation::Record] => self.record(context, reach, call),
                    _ if !commit(context, reach, call, acts) => return Flow::Refused,
                    _ => {}
                }
                if !before_commit && !self.spared(context, call, Side::After, last) {
                    return Flow::Down;
                }
                Flow::Next
            }
        }
    }

    /// Reaches both sides of an act inside a transaction.
    fn passes<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        call: &Call,
        act: Operation,
    ) -> Flow {
        let survives = self.spared(context, call, Side::Before, act)
            && self.spared(context, call, Side::After, act);
        if survives { Flow::Next } else { Flow::Down }
    }

    fn skips<F: Fate, O: Observer>(
        &self,
        context: &mut Context<'_, F, O>,
        reach: &Reach<'_>,
        call: &mut Call,
        guard: Guard,
    ) -> Flow {
        let seen = if guard == Guard::Memory { &self.memory } else { &reach.store.table };
        if !seen.contains(call.message, context.now()) {
            return Flow::Next;
        }
        call.step = context.tell(Some(call.step), call.message, Event::Skipped(guard));
        Flow::Skip
    }

    fn record<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        reach: &mut Reach<'_>,
        call: &mut Call,
    ) {
        let (seen, guard) = match context.setup.lane.consumer.dedup {
            Dedup::Memory => (&mut self.memory, Guard::Memory),
            _ => (&mut reach.store.table, Guard::Table),
        };
        let kept = seen.insert(call.message, context.now());
        let keeper = match guard {
            Guard::Memory => Keeper::Memory(self.instance),
            _ => Keeper::Table,
        };
        context.observer.kept(keeper, kept);
        call.step = context.tell(Some(call.step), call.message, Event::Recorded(guard));
    }
}

/// One step on its own.
fn apply<F: Fate, O: Observer>(
    context: &mut Context<'_, F, O>,
    reach: &mut Reach<'_>,
    call: &mut Call,
    step: u8,
) {
    let kind = context.setup.scenario.steps[step as usize].kind;
    let repeat = reach.store.apply(call.message, step);
    let guard = match kind {
        StepKind::Db => Guard::Upsert,
        StepKind::External | StepKind::Produce => Guard::IdempotencyKey,
    };
    let what = if repeat && absorbs(&context.setup.lane.consumer, kind) {
        Event::Absorbed { step, guard }
    } else {
        Event::Applied { step }
    };
    call.step = context.tell(Some(call.step), call.message, what);
}

/// Steps, the write of the id and the acknowledgment in one transaction: all of it, or nothing if
/// this member no longer holds the message. If the id is there already, the steps do not happen
/// again. Returns whether the transaction was committed.
fn commit<F: Fate, O: Observer>(
    context: &mut Context<'_, F, O>,
    reach: &mut Reach<'_>,
    call: &mut Call,
    acts: &[Operation],
) -> bool {
    if acts.contains(&Operation::Ack) && !reach.broker.holds(context, call.delivery) {
        call.step = context.tell(Some(call.step), call.message, Event::TransactionRefused);
        return false;
    }
    let records = acts.contains(&Operation::Record);
    let known = records && reach.store.table.contains(call.message, context.now());
    for &act in acts {
        match act {
            Operation::Step(step) if known => {
                let absorbed = Event::Absorbed { step, guard: Guard::Transaction };
                call.step = context.tell(Some(call.step), call.message, absorbed);
            }
            Operation::Step(step) => apply(context, reach, call, step),
            Operation::Ack => {
                reach.broker.settle_with_effect(context, call.message, call.delivery, call.step);
                call.settled = true;
            }
            _ if known => {}
            _ => {
                let kept = reach.store.table.insert(call.message, context.now());
                context.observer.kept(Keeper::Table, kept);
                let recorded = Event::Recorded(Guard::Transaction);
                call.step = context.tell(Some(call.step), call.message, recorded);
            }
        }
    }
    true
}
