//! How a member answers for a message: commits before the work, acknowledgments after it, and its
//! reaction to a failure.

use super::super::agenda::Scheduled;
use super::super::context::Context;
use super::super::fate::{Fate, Operation, Side};
use super::super::store::Reach;
use super::super::time::Time;
use super::super::trace::{
    Carries, Delivery, Event, Ignored, Leg, MessageNo, Observer, Packet, PacketNo, StepNo,
};
use super::{Call, Consumer, State};
use crate::experiment::settings::{AckMode, AckScope, BrokerKind, OnFailure};

impl Consumer {
    /// Commits the inbox of a log reader before any work, and waits for the answer.
    pub(super) fn commit_inbox<F: Fate, O: Observer>(&mut self, context: &mut Context<'_, F, O>) {
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
        if !self.all_spared(context, &calls, Side::Before) {
            return;
        }
        self.state = State::Committing(last);
        self.commit(context, last);
        self.all_spared(context, &calls, Side::After);
    }

    pub(super) fn all_spared<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        calls: &[Call],
        side: Side,
    ) -> bool {
        calls.iter().enumerate().all(|(place, call)| match side {
            Side::Before => self.spared(context, call, side, Operation::Ack),
            Side::After => {
                // A message can be among them twice, and by now all of them have been counted.
                let same = |other: &&Call| other.message == call.message;
                let later = calls[place + 1..].iter().filter(same).count() as u32;
                let nth = context.reached(Operation::Ack, call.message) - later;
                self.outlives(context, call, nth, (side, Operation::Ack))
            }
        })
    }

    pub(super) fn commit<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        call: Call,
    ) {
        let (_, sent) = self.send(context, &call, Carries::Ack(call.delivery));
        self.repeat_later(context, call.message, call.delivery, sent);
    }

    fn repeat_later<F: Fate, O: Observer>(
        &self,
        context: &mut Context<'_, F, O>,
        message: MessageNo,
        delivery: Delivery,
        cause: StepNo,
    ) {
        let event = Scheduled::CommitDue { instance: self.instance, message, delivery };
        context.after(context.setup.client_timeout, Some(cause), event);
    }

    /// Commits after the work. The answer is not told, since nobody waits for it, but without one
    /// the client commits again.
    fn commit_done<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        (message, delivery): (MessageNo, Delivery),
        cause: StepNo,
    ) {
        let way = (self.node(), context.setup.broker_node(message));
        let carries = Carries::Ack(delivery);
        let (packet, sent) = context.send(Some(cause), Leg::Ack, message, way, carries);
        self.committed[delivery.partition as usize] = delivery.offset + 1;
        if !context.in_time(&packet) {
            self.repeat_later(context, message, delivery, sent);
        }
    }

    pub(super) fn send<F: Fate, O: Observer>(
        &self,
        context: &mut Context<'_, F, O>,
        call: &Call,
        carries: Carries,
    ) -> (Packet, StepNo) {
        let way = (self.node(), context.setup.broker_node(call.message));
        context.send(Some(call.step), Leg::Ack, call.message, way, carries)
    }

    /// A commit has gone unanswered: commit again, unless a later one covers it.
    pub(in crate::sim) fn commit_due<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        reach: &Reach<'_>,
        (message, delivery): (MessageNo, Delivery),
        cause: Option<StepNo>,
    ) {
        let latest = self.committed[delivery.partition as usize] == delivery.offset + 1;
        match (self.state, cause) {
            (_, Some(cause)) if self.up && self.unanswered.contains(&delivery) => {
                let way = (self.node(), context.setup.broker_node(message));
                let carries = Carries::Ack(delivery);
                let (packet, sent) = context.send(Some(cause), Leg::Ack, message, way, carries);
                self.cut |= context.loses_connection(&packet, self.instance, sent);
                self.repeat_later(context, message, delivery, sent);
            }
            (State::Committing(call), _) if call.delivery == delivery => self.commit(context, call),
            (_, Some(cause)) if self.up && latest && reach.broker.lacks(delivery) => {
                self.commit_done(context, (message, delivery), cause);
            }
            _ => {}
        }
    }

    /// The answer to a commit arrives.
    pub(in crate::sim) fn commit_answered<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        reach: &mut Reach<'_>,
        (packet, no): (&Packet, PacketNo),
        (delivery, accepted): (Delivery, bool),
        cause: Option<StepNo>,
    ) {
        if let Some(place) = self.unanswered.iter().position(|&open| open == delivery) {
            self.unanswered.remove(place);
            context.tell_packet(cause, packet, Event::Arrived(no));
            return;
        }
        if !matches!(self.state, State::Committing(call) if call.delivery == delivery) {
            let ignored = Event::Disregarded(no, Ignored::AlreadySettled);
            context.tell_packet(cause, packet, ignored);
            return;
        }
        let step = context.tell_packet(cause, packet, Event::Arrived(no));
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
        self.advance(context, reach);
    }

    /// Acknowledges what is done; returns whether the member is still up. A log reader commits the
    /// last position of each partition, a queue reader acknowledges each message.
    pub(super) fn acknowledge_done<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        reach: &mut Reach<'_>,
    ) -> bool {
        let mut calls = std::mem::take(&mut self.done);
        let up = self.acknowledge_all(context, reach, &calls);
        calls.clear();
        self.done = calls; // Its room is used again.
        up
    }

    pub(super) fn acknowledge_all<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        reach: &mut Reach<'_>,
        calls: &[Call],
    ) -> bool {
        if context.setup.lane.broker.kind == BrokerKind::Queue {
            let cumulative = context.setup.lane.consumer.ack_scope == AckScope::Cumulative;
            let place = |call: &Call| (call.delivery.partition, call.delivery.offset);
            let covered = |call: &Call| {
                let later = |other: &Call| {
                    place(other).0 == place(call).0 && place(other).1 > place(call).1
                };
                cumulative && calls.iter().any(later)
            };
            let last = calls.iter().filter(|call| !covered(call));
            return last.into_iter().all(|call| self.acknowledge(context, reach, call));
        }
        if context.setup.ack == AckMode::WithEffect {
            return calls.iter().all(|call| self.acknowledge(context, reach, call));
        }
        if !self.all_spared(context, calls, Side::Before) {
            return false;
        }
        for (place, call) in calls.iter().enumerate() {
            let later = &calls[place + 1..];
            if !later.iter().any(|other| other.delivery.partition == call.delivery.partition) {
                self.commit_done(context, (call.message, call.delivery), call.step);
            }
        }
        self.all_spared(context, calls, Side::After)
    }

    /// Acknowledges one message; returns whether the member is still up.
    pub(super) fn acknowledge<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        reach: &mut Reach<'_>,
        call: &Call,
    ) -> bool {
        if !self.spared(context, call, Side::Before, Operation::Ack) {
            return false;
        }
        if context.setup.ack == AckMode::WithEffect {
            if reach.broker.holds(context, call.delivery) {
                reach.broker.settle_with_effect(context, call.message, call.delivery, call.step);
            }
        } else if !self.cut {
            let (packet, sent) = self.send(context, call, Carries::Ack(call.delivery));
            // What would follow a lost packet on its connection goes nowhere.
            self.cut = context.loses_connection(&packet, self.instance, sent);
            if context.setup.confirms {
                self.unanswered.push(call.delivery);
                self.repeat_later(context, call.message, call.delivery, sent);
            }
        }
        self.spared(context, call, Side::After, Operation::Ack)
    }

    /// The handler succeeded.
    pub(in crate::sim) fn finished<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        reach: &mut Reach<'_>,
        mut call: Call,
    ) {
        call.step = context.tell(Some(call.step), call.message, Event::HandlerDone);
        if !call.settled {
            self.done.push(call);
        }
        self.rest(context, reach, call.step);
    }

    /// The handler failed. What was settled before the work stays settled.
    pub(in crate::sim) fn failed<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        reach: &mut Reach<'_>,
        mut call: Call,
    ) {
        let lane = context.setup.lane;
        if call.settled {
            return self.rest(context, reach, call.step);
        }
        let log = lane.broker.kind == BrokerKind::Log;
        match lane.consumer.on_failure {
            OnFailure::Swallow => {
                self.done.push(call);
                self.rest(context, reach, call.step);
            }
            OnFailure::Nack if log => {
                if self.step_back(context, reach, &call) {
                    let delivery = call.delivery;
                    let rewound = Event::Rewound { copy: delivery.copy };
                    let step = context.tell(Some(call.step), call.message, rewound);
                    context.after(Time::ZERO, Some(step), Scheduled::Seek { delivery });
                    self.rest(context, reach, step);
                }
            }
            OnFailure::Reject if log => {
                let (message, delivery) = (call.message, call.delivery);
                call.step = reach.broker.reject(context, message, delivery, call.step);
                self.done.push(call);
                self.rest(context, reach, call.step);
            }
            OnFailure::Nack | OnFailure::Reject => {
                let (packet, sent) = self.send(context, &call, Carries::Nack(call.delivery));
                self.cut |= context.loses_connection(&packet, self.instance, sent);
                self.rest(context, reach, sent);
            }
            OnFailure::Wait => {
                let step = context.tell(Some(call.step), call.message, Event::Waiting);
                if !log {
                    self.rest(context, reach, step);
                } else if self.step_back(context, reach, &call) {
                    let (message, delivery) = (call.message, call.delivery);
                    let silence = Scheduled::Silence { message, delivery };
                    context.after(Time::ZERO, Some(step), silence);
                    self.rest(context, reach, step);
                }
            }
        }
    }

    /// A log reader cannot get past a record: it commits what it finished before, and drops what it
    /// has read after it in the partition. Returns whether it is still up.
    pub(super) fn step_back<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        reach: &mut Reach<'_>,
        call: &Call,
    ) -> bool {
        let Delivery { partition, epoch, offset, .. } = call.delivery;
        let behind = |other: &Call| (other.delivery.partition, other.delivery.epoch);
        self.inbox.retain(|other| behind(other) != (partition, epoch));
        if self.holdings[partition as usize].0 == epoch {
            self.holdings[partition as usize].1 = offset;
        }
        self.acknowledge_done(context, reach)
    }
}
