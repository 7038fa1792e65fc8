//! The consumer: takes a message in, acknowledges before or after its work, runs the handler's stops,
//! recognises repeats, fails, stalls, crashes, comes back.
//!
//! It knows of the broker only what a delivery or an answer says.

use std::collections::VecDeque;

use super::fate::{Act, Because, CrashPoint, Fate, Occasion, Side};
use super::setup::Work;
use super::stage::{Event, Stage};
use super::store::{Seen, Store, absorbs};
use super::time::Time;
use super::trace::{
    Carries, Delivery, Guard, Happening, Ignored, Leg, MessageNo, Node, Observer, Packet, PacketNo,
    StepNo,
};
use crate::experiment::scenario::StepKind;
use crate::experiment::settings::{AckMode, BrokerKind, Consumer as Settings, Dedup, OnFailure};

/// The consumer's state.
#[derive(Debug, Clone)]
pub(super) struct Consumer {
    pub(super) up: bool,
    /// Which of its lives this is, from 1.
    life: u32,
    state: State,
    /// Messages that came while another was being handled.
    inbox: VecDeque<(MessageNo, Delivery, StepNo)>,
    /// For a log: the position to read next, and the generation in which it holds the partition.
    position: u32,
    epoch: Option<u32>,
    /// Whether the partition was taken away while a handler was running.
    fenced: bool,
    /// Ids seen, for `dedup: memory`.
    memory: Seen,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Waits for a message.
    Idle,
    /// Waits for the answer to a commit before it starts to work.
    Committing(Call),
    /// Runs the handler.
    Working(Call),
    /// Went back to a message and pauses before it asks for it.
    Paused,
    /// Says nothing until the partition is taken away.
    Silent,
}

/// One message in hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Call {
    message: MessageNo,
    delivery: Delivery,
    /// Which call for this message, from 1.
    nth: u32,
    /// When the work began.
    start: Time,
    /// The latest step of the call.
    step: StepNo,
}

/// How a part of a handler call ended.
enum Flow {
    /// On to the next.
    Next,
    /// The rest of the steps is skipped.
    Skip,
    /// The handler failed.
    Failed,
    /// The consumer is down.
    Down,
}

impl Consumer {
    pub(super) fn new(messages: usize, settings: &Settings) -> Consumer {
        Consumer {
            up: true,
            life: 1,
            state: State::Idle,
            inbox: VecDeque::new(),
            position: 0,
            epoch: Some(0),
            fenced: false,
            memory: Seen::new(messages, settings),
        }
    }

    /// A message arrives.
    pub(super) fn delivered<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        store: &mut Store,
        (packet, no): (&Packet, PacketNo),
        delivery: Delivery,
        cause: Option<StepNo>,
    ) {
        let log = stage.setup.lane.broker.kind == BrokerKind::Log;
        if log {
            let older = self.epoch.is_some_and(|epoch| delivery.epoch < epoch);
            let newer = self.epoch != Some(delivery.epoch) && !older;
            let behind = !newer && delivery.copy < self.position;
            if self.state != State::Idle || older || behind {
                let ignored = Happening::Disregarded(no, Ignored::OldPosition);
                stage.tell_packet(cause, packet, ignored);
                return;
            }
        }
        let arrived = stage.tell_packet(cause, packet, Happening::Arrived(no));
        if self.state == State::Idle && self.inbox.is_empty() {
            self.receive(stage, store, packet.message, delivery, arrived);
        } else {
            self.inbox.push_back((packet.message, delivery, arrived));
        }
    }

    fn receive<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        store: &mut Store,
        message: MessageNo,
        delivery: Delivery,
        step: StepNo,
    ) {
        let nth = stage.reach(Act::Receive, message);
        let mut call = Call {
            message,
            delivery,
            nth,
            start: stage.now(),
            step,
        };
        if !self.spared(stage, &call, Side::Before, Act::Receive)
            || !self.spared(stage, &call, Side::After, Act::Receive)
        {
            return;
        }
        self.position = delivery.copy + 1;
        self.epoch = Some(delivery.epoch);
        if stage.setup.lane.consumer.ack == AckMode::OnReceive {
            if !self.acknowledge(stage, &mut call) {
                return;
            }
            if stage.setup.lane.broker.kind == BrokerKind::Log {
                self.state = State::Committing(call);
                return;
            }
        }
        self.begin(stage, store, call);
    }

    /// Comes to one side of an act. Returns whether it is still up after that.
    fn spared<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        call: &Call,
        side: Side,
        act: Act,
    ) -> bool {
        let nth = match (act, side) {
            (Act::Receive, _) => call.nth,
            (_, Side::Before) => stage.reach(act, call.message),
            (_, Side::After) => stage.reached(act, call.message),
        };
        let occasion = Occasion {
            message: call.message,
            nth,
            handling: call.nth,
        };
        let crash = stage.crashes(side, act, occasion);
        if let Some(crash) = crash {
            self.crash(stage, call, crash);
        }
        crash.is_none()
    }

    /// Acknowledges; returns whether it is still up. A queue with `on_receive` settled the message
    /// when it sent it: nothing travels, but the moment, and a crash next to it, is there all the same.
    fn acknowledge<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        call: &mut Call,
    ) -> bool {
        if !self.spared(stage, call, Side::Before, Act::Ack) {
            return false;
        }
        let lane = stage.setup.lane;
        if lane.consumer.ack != AckMode::OnReceive || lane.broker.kind == BrokerKind::Log {
            self.send_ack(stage, call);
        }
        self.spared(stage, call, Side::After, Act::Ack)
    }

    fn send_ack<F: Fate, O: Observer>(&mut self, stage: &mut Stage<'_, F, O>, call: &mut Call) {
        let carries = Carries::Ack(call.delivery);
        let (_, sent) = stage.send(Some(call.step), Leg::Ack, call.message, carries);
        call.step = sent;
        if stage.setup.lane.consumer.ack == AckMode::OnReceive {
            let event = Event::CommitDue {
                life: self.life,
                delivery: call.delivery,
            };
            stage.after(stage.setup.patience, Some(sent), event);
        }
    }

    /// No answer has come to a commit: commit again.
    pub(super) fn commit_due<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        life: u32,
        delivery: Delivery,
    ) {
        if let State::Committing(mut call) = self.state
            && self.up
            && life == self.life
            && call.delivery == delivery
        {
            self.send_ack(stage, &mut call);
            self.state = State::Committing(call);
        }
    }

    /// The answer to a commit arrives.
    pub(super) fn commit_answered<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        store: &mut Store,
        (packet, no): (&Packet, PacketNo),
        (delivery, accepted): (Delivery, bool),
        cause: Option<StepNo>,
    ) {
        match self.state {
            State::Committing(mut call) if call.delivery == delivery => {
                call.step = stage.tell_packet(cause, packet, Happening::Arrived(no));
                if accepted {
                    self.begin(stage, store, call);
                } else {
                    self.epoch = None;
                    self.rest(stage, call.step);
                }
            }
            _ => {
                let ignored = Happening::Disregarded(no, Ignored::AlreadySettled);
                stage.tell_packet(cause, packet, ignored);
            }
        }
    }

    /// The handler call begins.
    fn begin<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        store: &mut Store,
        mut call: Call,
    ) {
        let started = Happening::HandlerStarted { call: call.nth };
        call.step = stage.tell(Some(call.step), call.message, started);
        call.start = stage.now();
        let outlast = stage.setup.redelivery_timeout;
        if let Some((span, because)) = stage.fate.stalls(call.message, call.nth, outlast) {
            call.start = call.start + span;
            let stalled = Happening::Stalled {
                until: call.start,
                because,
            };
            call.step = stage.tell(Some(call.step), call.message, stalled);
        }
        self.state = State::Working(call);
        self.work(stage, store, self.life, 0);
    }

    /// Goes through the stops of the plan that are due, and comes back for the rest.
    pub(super) fn work<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        store: &mut Store,
        life: u32,
        from: u8,
    ) {
        let State::Working(mut call) = self.state else {
            return;
        };
        if !self.up || life != self.life {
            return;
        }
        let setup = stage.setup;
        for (number, stop) in setup.plan.iter().enumerate().skip(from as usize) {
            let due = call.start + stop.at;
            if due > stage.now() {
                self.state = State::Working(call);
                let event = Event::Work {
                    life,
                    stop: number as u8,
                };
                return stage.after(due - stage.now(), Some(call.step), event);
            }
            match self.perform(stage, store, &mut call, &stop.what) {
                Flow::Next => {}
                Flow::Skip => break,
                Flow::Failed => return self.failed(stage, call),
                Flow::Down => return,
            }
        }
        self.done(stage, call);
    }

    fn perform<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        store: &mut Store,
        call: &mut Call,
        what: &Work,
    ) -> Flow {
        match what {
            Work::Check(guard) => self.skips(stage, store, call, *guard),
            Work::Attempt => match stage.fate.fails(call.message, call.nth) {
                None => Flow::Next,
                Some(because) => {
                    let failed = Happening::HandlerFailed { because };
                    call.step = stage.tell(Some(call.step), call.message, failed);
                    Flow::Failed
                }
            },
            Work::Do(acts) => {
                for &act in acts {
                    if !self.spared(stage, call, Side::Before, act) {
                        return Flow::Down;
                    }
                }
                match *acts.as_slice() {
                    [Act::Step(step)] => apply(stage, store, call, step),
                    [Act::Record] => self.record(stage, store, call),
                    _ => commit(stage, store, call, acts),
                }
                for &act in acts {
                    if !self.spared(stage, call, Side::After, act) {
                        return Flow::Down;
                    }
                }
                Flow::Next
            }
        }
    }

    fn skips<F: Fate, O: Observer>(
        &self,
        stage: &mut Stage<'_, F, O>,
        store: &Store,
        call: &mut Call,
        guard: Guard,
    ) -> Flow {
        let seen = if guard == Guard::Memory {
            &self.memory
        } else {
            &store.table
        };
        if !seen.contains(call.message, stage.now()) {
            return Flow::Next;
        }
        call.step = stage.tell(Some(call.step), call.message, Happening::Skipped(guard));
        Flow::Skip
    }

    fn record<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        store: &mut Store,
        call: &mut Call,
    ) {
        let (seen, guard) = match stage.setup.lane.consumer.dedup {
            Dedup::Memory => (&mut self.memory, Guard::Memory),
            _ => (&mut store.table, Guard::Table),
        };
        seen.insert(call.message, stage.now());
        call.step = stage.tell(Some(call.step), call.message, Happening::Recorded(guard));
    }

    /// The handler went through.
    fn done<F: Fate, O: Observer>(&mut self, stage: &mut Stage<'_, F, O>, mut call: Call) {
        call.step = stage.tell(Some(call.step), call.message, Happening::HandlerDone);
        let settled_before = stage.setup.lane.consumer.ack == AckMode::OnReceive;
        if settled_before || self.acknowledge(stage, &mut call) {
            self.rest(stage, call.step);
        }
    }

    /// The handler failed. What was settled before the work stays settled.
    fn failed<F: Fate, O: Observer>(&mut self, stage: &mut Stage<'_, F, O>, mut call: Call) {
        let lane = stage.setup.lane;
        if lane.consumer.ack == AckMode::OnReceive {
            return self.rest(stage, call.step);
        }
        let log = lane.broker.kind == BrokerKind::Log;
        match lane.consumer.on_failure {
            OnFailure::Swallow => {
                if self.acknowledge(stage, &mut call) {
                    self.rest(stage, call.step);
                }
            }
            OnFailure::Nack if log => {
                self.position = call.delivery.copy;
                let rewound = Happening::Rewound {
                    copy: call.delivery.copy,
                };
                let step = stage.tell(Some(call.step), call.message, rewound);
                stage.after(
                    Time::ZERO,
                    Some(step),
                    Event::Seek {
                        delivery: call.delivery,
                    },
                );
                self.state = State::Paused;
                let wake = Event::Wake { life: self.life };
                stage.after(stage.setup.redelivery_delay, Some(step), wake);
            }
            OnFailure::Nack => {
                let carries = Carries::Nack(call.delivery);
                let (_, sent) = stage.send(Some(call.step), Leg::Ack, call.message, carries);
                self.rest(stage, sent);
            }
            OnFailure::Wait => {
                let step = stage.tell(Some(call.step), call.message, Happening::Waiting);
                if log && !self.fenced {
                    self.state = State::Silent;
                } else {
                    self.rest(stage, step);
                }
            }
        }
    }

    /// Done with a message: on to the next in the inbox, or asks for one.
    fn rest<F: Fate, O: Observer>(&mut self, stage: &mut Stage<'_, F, O>, cause: StepNo) {
        self.state = State::Idle;
        if self.inbox.is_empty() {
            self.ask(stage, Some(cause));
        } else {
            stage.after(Time::ZERO, Some(cause), Event::Wake { life: self.life });
        }
    }

    fn ask<F: Fate, O: Observer>(&mut self, stage: &mut Stage<'_, F, O>, cause: Option<StepNo>) {
        // Only asking brings it back into the group; a delivery that was on its way does not.
        self.fenced = false;
        let event = Event::Fetch {
            position: self.position,
            epoch: self.epoch,
        };
        stage.after(Time::ZERO, cause, event);
    }

    /// A pause is over, or a message waits in the inbox.
    pub(super) fn wake<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        store: &mut Store,
        life: u32,
        cause: Option<StepNo>,
    ) {
        if !self.up || life != self.life {
            return;
        }
        match self.state {
            State::Paused => {
                self.state = State::Idle;
                self.ask(stage, cause);
            }
            State::Idle => {
                if let Some((message, delivery, step)) = self.inbox.pop_front() {
                    self.receive(stage, store, message, delivery, step);
                }
            }
            _ => {}
        }
    }

    /// The answer to its request has not come.
    pub(super) fn fetch_again<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        cause: Option<StepNo>,
    ) {
        if self.up && self.state == State::Idle && self.inbox.is_empty() {
            self.ask(stage, cause);
        }
    }

    /// The partition was taken away: join again, unless the handler is still running.
    pub(super) fn revoked<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        cause: Option<StepNo>,
    ) {
        if self.up && self.state == State::Silent {
            self.state = State::Idle;
            self.ask(stage, cause);
        } else {
            self.fenced = true;
        }
    }

    fn crash<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        call: &Call,
        (point, because): (CrashPoint, Because),
    ) {
        self.up = false;
        self.life += 1;
        self.state = State::Idle;
        self.inbox.clear();
        self.memory.clear();
        self.epoch = None;
        let node = Node::Consumer(0);
        let until = stage.now() + stage.setup.restart;
        let crashed = Happening::Crashed {
            node,
            point,
            because,
            until,
        };
        let step = stage.tell(Some(call.step), call.message, crashed);
        stage.after(stage.setup.restart, Some(step), Event::Restart(node));
    }

    pub(super) fn restart<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        cause: Option<StepNo>,
    ) {
        self.up = true;
        let step = stage.tell_restart(cause, Node::Consumer(0));
        self.ask(stage, Some(step));
    }
}

/// One step by itself.
fn apply<F: Fate, O: Observer>(
    stage: &mut Stage<'_, F, O>,
    store: &mut Store,
    call: &mut Call,
    step: u8,
) {
    let kind = stage.setup.scenario.steps[step as usize].kind;
    let repeat = store.apply(call.message, step);
    let guard = match kind {
        StepKind::Db => Guard::Upsert,
        StepKind::External | StepKind::Produce => Guard::IdempotencyKey,
    };
    let what = if repeat && absorbs(&stage.setup.lane.consumer, kind) {
        Happening::Absorbed { step, guard }
    } else {
        Happening::Applied { step }
    };
    call.step = stage.tell(Some(call.step), call.message, what);
}

/// The database steps and the id in one transaction, which fails as a whole if the id is there.
fn commit<F: Fate, O: Observer>(
    stage: &mut Stage<'_, F, O>,
    store: &mut Store,
    call: &mut Call,
    acts: &[Act],
) {
    let known = store.table.contains(call.message, stage.now());
    for &act in acts {
        match act {
            Act::Step(step) if known => {
                let absorbed = Happening::Absorbed {
                    step,
                    guard: Guard::Transaction,
                };
                call.step = stage.tell(Some(call.step), call.message, absorbed);
            }
            Act::Step(step) => apply(stage, store, call, step),
            _ if known => {}
            _ => {
                store.table.insert(call.message, stage.now());
                let recorded = Happening::Recorded(Guard::Transaction);
                call.step = stage.tell(Some(call.step), call.message, recorded);
            }
        }
    }
}
