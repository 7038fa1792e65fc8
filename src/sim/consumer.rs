//! A member of the consumer group: takes messages in, acknowledges before, after or with its work,
//! fails, stalls, crashes, comes back. What it does inside a handler call is in `handler`.
//!
//! It knows of the broker only what a delivery or an answer says.

use std::collections::VecDeque;

use super::fate::{Act, Because, CrashPoint, Fate, Occasion, Side};
use super::setup::Setup;
use super::stage::{Event, Stage};
use super::store::{Reach, Seen};
use super::time::Time;
use super::trace::{
    Carries, Delivery, Happening, Ignored, Leg, MessageNo, Node, Observer, Packet, PacketNo, StepNo,
};
use crate::experiment::settings::{AckMode, BrokerKind, OnFailure};

/// A member's state.
#[derive(Debug, Clone)]
pub(super) struct Consumer {
    pub(super) up: bool,
    pub(super) instance: u8,
    /// Which of its lives this is, from 1.
    pub(super) life: u32,
    pub(super) state: State,
    /// Messages taken in and not handled yet.
    inbox: VecDeque<Call>,
    /// Messages handled and not acknowledged yet.
    done: Vec<Call>,
    /// It has asked for messages and none has come since.
    asked: bool,
    /// More messages of a batch arrive until then.
    batch_until: Time,
    /// Per partition of a log: the generation in which it holds it, and the position to read next.
    holdings: Vec<(u32, u32)>,
    /// Whether its partitions were taken away while a handler was running.
    fenced: bool,
    /// Ids seen, for `dedup: memory`.
    pub(super) memory: Seen,
}

/// What a member is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// Waits for a message.
    Idle,
    /// Waits for the answer to the commit of this delivery before it starts to work.
    Committing(Call),
    /// Runs the handler.
    Working(Call),
    /// Went back to a message and pauses before it asks for it.
    Paused,
    /// Says nothing until its partitions are taken away, or until then at the latest.
    Silent(Time),
}

/// One message in hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Call {
    pub(super) message: MessageNo,
    pub(super) delivery: Delivery,
    /// Which call for this message, from 1.
    pub(super) nth: u32,
    /// Whether it is settled already.
    pub(super) settled: bool,
    /// When the work began.
    pub(super) start: Time,
    /// The latest step of the call.
    pub(super) step: StepNo,
}

impl Consumer {
    pub(super) fn new(setup: &Setup<'_>, instance: u8) -> Consumer {
        Consumer {
            up: true,
            instance,
            life: 1,
            state: State::Idle,
            inbox: VecDeque::new(),
            done: Vec::new(),
            asked: true,
            batch_until: Time::ZERO,
            holdings: vec![(0, 0); setup.lane.broker.partitions.get() as usize],
            fenced: false,
            memory: Seen::new(setup.messages, &setup.lane.consumer),
        }
    }

    fn node(&self) -> Node {
        Node::Consumer(self.instance)
    }

    // --- Taking in ------------------------------------------------------------------------------

    /// A message arrives.
    pub(super) fn delivered<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        reach: &mut Reach<'_>,
        (packet, no): (&Packet, PacketNo),
        delivery: Delivery,
        cause: Option<StepNo>,
    ) {
        let log = stage.setup.lane.broker.kind == BrokerKind::Log;
        if log && !self.accepts(delivery) {
            let ignored = Happening::Disregarded(no, Ignored::OldPosition);
            let step = stage.tell_packet(cause, packet, ignored);
            // If this was the answer to its request, there is no other.
            let waits = self.state == State::Idle && self.inbox.is_empty();
            if waits && packet.repeats.is_none() && stage.now() >= self.batch_until {
                self.ask(stage, false, Some(step));
            }
            return;
        }
        let step = stage.tell_packet(cause, packet, Happening::Arrived(no));
        self.asked = false;
        let message = packet.message;
        let nth = stage.reach(Act::Receive, message);
        let mut call = Call {
            message,
            delivery,
            nth,
            settled: false,
            start: stage.now(),
            step,
        };
        if !self.spared(stage, &call, Side::Before, Act::Receive)
            || !self.spared(stage, &call, Side::After, Act::Receive)
        {
            return;
        }
        self.holdings[delivery.partition as usize] = (delivery.epoch, delivery.offset + 1);
        if !log && stage.setup.ack == AckMode::OnReceive {
            // The queue settled it when it sent it: nothing travels, but the moment, and a crash
            // next to it, is there all the same.
            if !self.spared(stage, &call, Side::Before, Act::Ack)
                || !self.spared(stage, &call, Side::After, Act::Ack)
            {
                return;
            }
            call.settled = true;
        }
        self.inbox.push_back(call);
        if self.inbox.len() == 1 {
            self.go_on(stage, reach);
        }
    }

    /// Is this the record to read next in the present holding?
    fn accepts(&self, delivery: Delivery) -> bool {
        let (epoch, position) = self.holdings[delivery.partition as usize];
        delivery.epoch == epoch && (delivery.from..=delivery.offset).contains(&position)
    }

    /// Per partition of a log: the generation in which it holds it, and the position to read next.
    pub(super) fn positions(&self) -> &[(u32, u32)] {
        &self.holdings
    }

    /// It holds a partition anew: what it had read in an older holding will come again.
    pub(super) fn holds(&mut self, partition: u8, epoch: u32, position: u32) {
        self.holdings[partition as usize] = (epoch, position);
        self.inbox
            .retain(|call| call.delivery.partition != partition || call.settled);
        self.fenced = false;
    }

    pub(super) fn batch_opens(&mut self, until: Time) {
        self.batch_until = self.batch_until.max(until);
    }

    /// Takes up the next message, or acknowledges what is done and asks for more.
    pub(super) fn go_on<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        reach: &mut Reach<'_>,
    ) {
        if !self.up || self.state != State::Idle {
            return;
        }
        let batch_is_open = stage.now() < self.batch_until;
        let commits_first = stage.setup.ack == AckMode::OnReceive;
        match self.inbox.front() {
            Some(next) if commits_first && !next.settled => {
                if !batch_is_open {
                    self.commit_inbox(stage);
                }
            }
            Some(_) => {
                let call = self.inbox.pop_front().expect("there is a next one");
                self.begin(stage, reach, call);
            }
            None if batch_is_open => {}
            None => {
                if self.acknowledge_done(stage, reach) && !self.asked {
                    self.ask(stage, false, None);
                }
            }
        }
    }

    /// On to the next message, in an event of its own.
    pub(super) fn rest<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        reach: &mut Reach<'_>,
        cause: StepNo,
    ) {
        self.state = State::Idle;
        if self.inbox.is_empty() {
            self.go_on(stage, reach);
        } else {
            let wake = Event::Wake {
                instance: self.instance,
                life: self.life,
            };
            stage.after(Time::ZERO, Some(cause), wake);
        }
    }

    fn ask<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        fresh: bool,
        cause: Option<StepNo>,
    ) {
        self.asked = true;
        let event = Event::Fetch {
            instance: self.instance,
            fresh,
        };
        stage.after(Time::ZERO, cause, event);
    }

    /// A pause is over, or a message waits.
    pub(super) fn wake<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        reach: &mut Reach<'_>,
        life: u32,
        cause: Option<StepNo>,
    ) {
        if life != self.life {
            return;
        }
        if matches!(self.state, State::Silent(until) if until <= stage.now()) {
            self.state = State::Idle;
            return self.ask(stage, true, cause);
        }
        if self.state == State::Paused {
            self.state = State::Idle;
            if self.inbox.is_empty() {
                return self.ask(stage, false, cause);
            }
        }
        self.go_on(stage, reach);
    }

    /// The answer to its request has not come.
    pub(super) fn fetch_again<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        cause: Option<StepNo>,
    ) {
        if self.up && self.state == State::Idle && self.inbox.is_empty() {
            self.ask(stage, false, cause);
        }
    }

    /// Its partitions were taken away: it joins again, once no handler is running.
    pub(super) fn revoked<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        cause: Option<StepNo>,
    ) {
        let waits = match self.state {
            State::Silent(_) => true,
            // What it waits for may have come in the wrong order and been dropped.
            State::Idle => self.inbox.is_empty() && stage.now() >= self.batch_until,
            _ => false,
        };
        if self.up && waits {
            self.state = State::Idle;
            self.ask(stage, false, cause);
        } else {
            self.fenced = true;
        }
    }

    // --- Acknowledging --------------------------------------------------------------------------

    /// Commits the inbox of a log reader before any work, and waits for the answer.
    fn commit_inbox<F: Fate, O: Observer>(&mut self, stage: &mut Stage<'_, F, O>) {
        let Some(partition) = self.inbox.front().map(|call| call.delivery.partition) else {
            return;
        };
        let calls: Vec<Call> = self
            .inbox
            .iter()
            .filter(|call| call.delivery.partition == partition)
            .copied()
            .collect();
        let last = *calls.last().expect("the front is one of them");
        if !self.all_spared(stage, &calls, Side::Before) {
            return;
        }
        self.state = State::Committing(last);
        self.commit(stage, last);
        self.all_spared(stage, &calls, Side::After);
    }

    fn all_spared<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        calls: &[Call],
        side: Side,
    ) -> bool {
        calls
            .iter()
            .all(|call| self.spared(stage, call, side, Act::Ack))
    }

    fn commit<F: Fate, O: Observer>(&mut self, stage: &mut Stage<'_, F, O>, call: Call) {
        let sent = self.send(stage, &call, Carries::Ack(call.delivery));
        let (instance, life) = (self.instance, self.life);
        let event = Event::CommitDue {
            instance,
            life,
            delivery: call.delivery,
        };
        stage.after(stage.setup.patience, Some(sent), event);
    }

    fn send<F: Fate, O: Observer>(
        &self,
        stage: &mut Stage<'_, F, O>,
        call: &Call,
        carries: Carries,
    ) -> StepNo {
        let way = (self.node(), stage.setup.broker_node(call.message));
        stage
            .send(Some(call.step), Leg::Ack, call.message, way, carries)
            .1
    }

    /// No answer has come to a commit: commit again.
    pub(super) fn commit_due<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        life: u32,
        delivery: Delivery,
    ) {
        if let State::Committing(call) = self.state
            && life == self.life
            && call.delivery == delivery
        {
            self.commit(stage, call);
        }
    }

    /// The answer to a commit arrives.
    pub(super) fn commit_answered<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        reach: &mut Reach<'_>,
        (packet, no): (&Packet, PacketNo),
        (delivery, accepted): (Delivery, bool),
        cause: Option<StepNo>,
    ) {
        if !matches!(self.state, State::Committing(call) if call.delivery == delivery) {
            let ignored = Happening::Disregarded(no, Ignored::AlreadySettled);
            stage.tell_packet(cause, packet, ignored);
            return;
        }
        let step = stage.tell_packet(cause, packet, Happening::Arrived(no));
        let covered = |call: &Call| {
            call.delivery.partition == delivery.partition && call.delivery.offset <= delivery.offset
        };
        if accepted {
            for call in self.inbox.iter_mut().filter(|call| covered(call)) {
                call.settled = true;
                call.step = step;
            }
        } else {
            self.inbox.retain(|call| !covered(call));
        }
        self.state = State::Idle;
        self.go_on(stage, reach);
    }

    /// Acknowledges what is done; returns whether it is still up. A log reader commits the last
    /// position of each partition; a queue reader acknowledges each message.
    fn acknowledge_done<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        reach: &mut Reach<'_>,
    ) -> bool {
        let mut calls = std::mem::take(&mut self.done);
        let up = self.acknowledge_all(stage, reach, &calls);
        calls.clear();
        self.done = calls; // Its room is used again.
        up
    }

    fn acknowledge_all<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        reach: &mut Reach<'_>,
        calls: &[Call],
    ) -> bool {
        if stage.setup.lane.broker.kind == BrokerKind::Queue {
            return calls
                .iter()
                .all(|call| self.acknowledge(stage, reach, call));
        }
        if stage.setup.ack == AckMode::WithEffect {
            return calls
                .iter()
                .all(|call| self.acknowledge(stage, reach, call));
        }
        if !self.all_spared(stage, calls, Side::Before) {
            return false;
        }
        for (place, call) in calls.iter().enumerate() {
            let later = &calls[place + 1..];
            if !later
                .iter()
                .any(|other| other.delivery.partition == call.delivery.partition)
            {
                self.send(stage, call, Carries::Ack(call.delivery));
            }
        }
        self.all_spared(stage, calls, Side::After)
    }

    /// Acknowledges one message; returns whether it is still up.
    fn acknowledge<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        reach: &mut Reach<'_>,
        call: &Call,
    ) -> bool {
        if !self.spared(stage, call, Side::Before, Act::Ack) {
            return false;
        }
        if stage.setup.ack == AckMode::WithEffect {
            if reach.broker.holds(stage, call.delivery) {
                reach
                    .broker
                    .settle_with_effect(stage, call.message, call.delivery, call.step);
            }
        } else {
            self.send(stage, call, Carries::Ack(call.delivery));
        }
        self.spared(stage, call, Side::After, Act::Ack)
    }

    /// The handler went through.
    pub(super) fn finished<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        reach: &mut Reach<'_>,
        mut call: Call,
    ) {
        call.step = stage.tell(Some(call.step), call.message, Happening::HandlerDone);
        if !call.settled {
            self.done.push(call);
        }
        self.rest(stage, reach, call.step);
    }

    /// The handler failed. What was settled before the work stays settled.
    pub(super) fn failed<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        reach: &mut Reach<'_>,
        call: Call,
    ) {
        let lane = stage.setup.lane;
        if call.settled {
            return self.rest(stage, reach, call.step);
        }
        let log = lane.broker.kind == BrokerKind::Log;
        match lane.consumer.on_failure {
            OnFailure::Swallow => {
                self.done.push(call);
                self.rest(stage, reach, call.step);
            }
            OnFailure::Nack if log => {
                if self.step_back(stage, reach, &call) {
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
                    let wake = Event::Wake {
                        instance: self.instance,
                        life: self.life,
                    };
                    stage.after(stage.setup.redelivery_delay, Some(step), wake);
                }
            }
            OnFailure::Nack => {
                let sent = self.send(stage, &call, Carries::Nack(call.delivery));
                self.rest(stage, reach, sent);
            }
            OnFailure::Wait => {
                let step = stage.tell(Some(call.step), call.message, Happening::Waiting);
                if !log {
                    self.rest(stage, reach, step);
                } else if !self.step_back(stage, reach, &call) {
                    // It is down.
                } else if self.fenced {
                    self.rest(stage, reach, step);
                } else {
                    self.fall_silent(stage, step);
                }
            }
        }
    }

    /// Waits for its partitions to be taken away. That does not come if an earlier, late commit of its
    /// own has moved the position past the record meanwhile: then it joins anew by itself.
    fn fall_silent<F: Fate, O: Observer>(&mut self, stage: &mut Stage<'_, F, O>, cause: StepNo) {
        let wait = stage.setup.redelivery_timeout;
        self.state = State::Silent(stage.now() + wait);
        let wake = Event::Wake {
            instance: self.instance,
            life: self.life,
        };
        stage.after(wait, Some(cause), wake);
    }

    /// A log reader that cannot go on at a record: it commits what it did before, and forgets what it
    /// has read after. Returns whether it is still up.
    fn step_back<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        reach: &mut Reach<'_>,
        call: &Call,
    ) -> bool {
        let Delivery {
            partition,
            epoch,
            offset,
            ..
        } = call.delivery;
        self.inbox
            .retain(|other| other.delivery.partition != partition);
        self.holdings[partition as usize] = (epoch, offset);
        self.acknowledge_done(stage, reach)
    }

    // --- Crashing -------------------------------------------------------------------------------

    /// Comes to one side of an act. Returns whether it is still up after that.
    pub(super) fn spared<F: Fate, O: Observer>(
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
        self.done.clear();
        self.memory.clear();
        self.batch_until = Time::ZERO;
        let node = self.node();
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
        self.fenced = false;
        let step = stage.tell_restart(cause, self.node());
        self.ask(stage, true, Some(step));
    }
}
