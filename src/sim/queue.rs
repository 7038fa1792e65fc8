//! A queue: each copy is delivered, acknowledged and removed by itself, and comes back by itself.

use std::collections::BTreeSet;

use super::fate::Fate;
use super::stage::{Event, Stage};
use super::time::Time;
use super::trace::{
    Carries, Delivery, Happening, Ignored, Leg, MessageNo, Observer, Packet, PacketNo, StepNo,
};
use crate::experiment::settings::{AckMode, LateAck};

/// The state of a queue.
#[derive(Debug, Clone, Default)]
pub(super) struct Queue {
    copies: Vec<Copy>,
    /// Copies to deliver. A copy that comes back takes its old place.
    ready: BTreeSet<u32>,
    /// Whether the consumer has asked for a message.
    asked: bool,
}

#[derive(Debug, Clone)]
struct Copy {
    message: MessageNo,
    deliveries: u32,
    state: State,
    /// The step that made it ready.
    since: StepNo,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Ready,
    /// Returned, and not offered again yet.
    Resting,
    /// Delivered and not answered.
    Out,
    /// Settled or given up.
    Gone,
}

impl Queue {
    pub(super) fn next_copy(&self) -> u32 {
        self.copies.len() as u32
    }

    pub(super) fn append(&mut self, message: MessageNo, since: StepNo) {
        self.ready.insert(self.next_copy());
        self.copies.push(Copy {
            message,
            deliveries: 0,
            state: State::Ready,
            since,
        });
    }

    pub(super) fn fetch<F: Fate, O: Observer>(&mut self, stage: &mut Stage<'_, F, O>) {
        self.asked = true;
        self.offer(stage);
    }

    /// Delivers the first ready copy if the consumer has asked.
    pub(super) fn offer<F: Fate, O: Observer>(&mut self, stage: &mut Stage<'_, F, O>) {
        if !self.asked {
            return;
        }
        let Some(number) = self.ready.pop_first() else {
            return;
        };
        self.asked = false;
        let copy = &mut self.copies[number as usize];
        copy.deliveries += 1;
        let message = copy.message;
        let delivery = Delivery {
            copy: number,
            nth: copy.deliveries,
            epoch: 0,
        };
        let (packet, sent) = stage.send(
            Some(copy.since),
            Leg::Deliver,
            message,
            Carries::Delivery(delivery),
        );
        stage.ask_again_unless_arriving(&packet, sent);
        if stage.setup.lane.consumer.ack == AckMode::OnReceive {
            copy.state = State::Gone;
            stage.tell(Some(sent), message, Happening::Settled { copy: number });
        } else {
            copy.state = State::Out;
            let timeout = stage.setup.redelivery_timeout;
            stage.after(
                timeout,
                Some(sent),
                Event::DeliveryDue { message, delivery },
            );
        }
    }

    pub(super) fn acked<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        packet: &Packet,
        no: PacketNo,
        delivery: Delivery,
        cause: Option<StepNo>,
    ) {
        let copy = &mut self.copies[delivery.copy as usize];
        if copy.state == State::Gone {
            let ignored = Happening::Disregarded(no, Ignored::AlreadySettled);
            stage.tell_packet(cause, packet, ignored);
            return;
        }
        let arrived = stage.tell_packet(cause, packet, Happening::Arrived(no));
        let in_time = copy.state == State::Out && copy.deliveries == delivery.nth;
        let accepted = in_time || stage.setup.lane.broker.late_ack == LateAck::Accept;
        let mut step = arrived;
        if !in_time {
            step = stage.tell(
                Some(arrived),
                packet.message,
                Happening::LateAck { delivery, accepted },
            );
        }
        if accepted {
            copy.state = State::Gone;
            self.ready.remove(&delivery.copy);
            stage.tell(
                Some(step),
                packet.message,
                Happening::Settled {
                    copy: delivery.copy,
                },
            );
        }
    }

    pub(super) fn nacked<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        packet: &Packet,
        no: PacketNo,
        delivery: Delivery,
        cause: Option<StepNo>,
    ) {
        let copy = &self.copies[delivery.copy as usize];
        if copy.state != State::Out || copy.deliveries != delivery.nth {
            let ignored = Happening::Disregarded(no, Ignored::AlreadySettled);
            stage.tell_packet(cause, packet, ignored);
            return;
        }
        let arrived = stage.tell_packet(cause, packet, Happening::Arrived(no));
        self.come_back(stage, delivery.copy, stage.setup.redelivery_delay, arrived);
    }

    pub(super) fn delivery_due<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        message: MessageNo,
        delivery: Delivery,
        cause: Option<StepNo>,
    ) {
        let copy = &self.copies[delivery.copy as usize];
        if copy.state == State::Out && copy.deliveries == delivery.nth {
            let step = stage.tell(cause, message, Happening::DeliveryTimedOut(delivery));
            self.come_back(stage, delivery.copy, Time::ZERO, step);
        }
    }

    fn come_back<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        number: u32,
        delay: Time,
        cause: StepNo,
    ) {
        let copy = &mut self.copies[number as usize];
        let message = copy.message;
        if stage.setup.exhausted(copy.deliveries) {
            copy.state = State::Gone;
            stage.tell(Some(cause), message, stage.setup.given_up(number));
        } else {
            copy.state = State::Resting;
            stage.after(
                delay,
                Some(cause),
                Event::Requeue {
                    message,
                    copy: number,
                },
            );
        }
    }

    pub(super) fn requeue<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        message: MessageNo,
        number: u32,
        cause: Option<StepNo>,
    ) {
        let copy = &mut self.copies[number as usize];
        if copy.state == State::Resting {
            copy.state = State::Ready;
            copy.since = stage.tell(cause, message, Happening::Requeued { copy: number });
            self.ready.insert(number);
            self.offer(stage);
        }
    }
}
