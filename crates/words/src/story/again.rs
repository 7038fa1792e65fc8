//! Why a copy is redelivered: what became of the previous delivery.
//!
//! It only looks back, and every answer is a fact of the trace. It makes no sentences.

use ackground_core::experiment::settings::{BrokerKind, OnFailure};
use ackground_core::sim::{
    Carries, CrashPoint, Delivery, Event, Ignored, MessageNo, Node, Packet, Step, StepNo,
};

use super::history::delivery_in;
use super::telling::Telling;

/// Why a copy is redelivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Again {
    /// The previous delivery was lost.
    DeliveryLost,
    /// The previous delivery is still in flight.
    DeliveryLate,
    /// The consumer was down when it arrived.
    ConsumerDown,
    /// It arrived out of order, and the reader skipped it.
    OutOfTurn,
    /// The consumer crashed.
    Crash(Crash),
    /// The acknowledgment was lost.
    AckLost,
    /// The acknowledgment is still in flight, or came too late.
    AckLate,
    /// The acknowledgment came too late to count.
    AckRefused,
    /// The acknowledgment found no node to take it.
    AckUnavailable,
    /// The handler failed, and the message was nacked or left to its timeout.
    Failed,
    /// The handler failed, and its nack was lost.
    NackLost,
    /// Another message failed, and the reader went back to it.
    WentBack(MessageNo),
    /// Another message was not acknowledged in time, and the member lost everything it held.
    GroupLost(MessageNo),
    /// The connection was lost with another packet, and everything that was not answered on it.
    ConnectionLost,
    /// The consumer had finished, but its transaction or acknowledgment came too late and was refused.
    HoldLost,
    /// The consumer did not finish in time.
    TooSlow {
        /// Whether this message itself was done and only waited for the rest of its batch.
        done: bool,
    },
    /// All that is known is that it was not acknowledged.
    NotAcknowledged,
}

/// A crash of the consumer, as seen from one message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Crash {
    /// The step of the crash.
    pub(super) step: StepNo,
    /// The point at which it strikes.
    pub(super) point: CrashPoint,
    /// Whether it strikes at this message rather than at another.
    pub(super) about_this: bool,
    /// Whether the primary effect had already happened in the call that it cut short.
    pub(super) applied: bool,
}

impl<'a> Telling<'a> {
    /// Why this copy, which has been delivered before, is redelivered in this step.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "it looks for the events that end a delivery"
    )]
    pub(super) fn why_again(&self, no: StepNo, message: MessageNo, delivery: Delivery) -> Again {
        let Some((sent, before, earlier)) = self.delivery_before(no, message, delivery) else {
            return Again::NotAcknowledged;
        };
        if before.lost.is_some() {
            return Again::DeliveryLost;
        }
        let (mut arrived, mut applied, mut done) = (false, false, false);
        let mut elsewhere = None;
        for step in self.after(sent).take_while(|step| step.no < no) {
            let this = step.message == Some(message);
            let own = |step: &Step| this && self.member_of(step.no) == Some(before.to);
            match step.what {
                Event::Arrived(p) if self.trace.packet(p) == before => arrived = true,
                Event::Disregarded(p, why) if self.trace.packet(p) == before => {
                    return match why {
                        Ignored::NodeDown => Again::ConsumerDown,
                        Ignored::OldPosition => Again::OutOfTurn,
                        Ignored::OldSession | Ignored::AlreadySettled | Ignored::Unavailable => {
                            Again::NotAcknowledged
                        }
                    };
                }
                Event::Applied { step: which } | Event::Absorbed { step: which, .. }
                    if own(step) =>
                {
                    applied |= which == self.primary();
                }
                Event::Requeued { copy } if this && copy == delivery.copy => {
                    let cause = step.cause.map(|cause| self.step(cause));
                    let lost = cause
                        .and_then(|cause| self.sent_by(cause))
                        .is_some_and(|packet| packet.lost.is_some() && packet.message != message);
                    let node = |cause: &Step| {
                        matches!(cause.what, Event::Crashed { node: Node::Broker(_), .. })
                    };
                    if lost || cause.is_some_and(node) {
                        return Again::ConnectionLost;
                    }
                }
                Event::HandlerDone if own(step) => done = true,
                Event::TransactionRefused if own(step) => return Again::HoldLost,
                Event::HandlerFailed { .. } if own(step) => {
                    if self.lane.consumer.on_failure == OnFailure::Swallow {
                        done = true;
                        continue;
                    }
                    let nack = self.nack_between(step.no, no, message);
                    let lost = nack.is_some_and(|nack| nack.lost.is_some());
                    return if lost { Again::NackLost } else { Again::Failed };
                }
                Event::Crashed { node, point, .. } if node == before.to => {
                    if let Some(again) = self.acknowledged(sent, step.no, before, earlier) {
                        return again;
                    }
                    return Again::Crash(Crash { step: step.no, point, about_this: this, applied });
                }
                Event::Rewound { .. } if !this && elsewhere.is_none() => {
                    let failed = step
                        .cause
                        .filter(|&cause| {
                            matches!(self.step(cause).what, Event::HandlerFailed { .. })
                        })
                        .filter(|_| self.member_of(step.no) == Some(before.to));
                    elsewhere = failed.and(step.message).map(Again::WentBack);
                }
                Event::DeliveryTimedOut(_) if !this && elsewhere.is_none() => {
                    let whose = step.cause.and_then(|cause| self.sent_by(self.step(cause)));
                    elsewhere = whose
                        .filter(|_| self.lane.broker.kind == BrokerKind::Log)
                        .filter(|packet| packet.to == before.to)
                        .map(|packet| Again::GroupLost(packet.message));
                }
                // Nothing else says what became of a delivery.
                _ => {}
            }
        }
        if let Some(again) = self.acknowledged(sent, no, before, earlier) {
            return again;
        }
        match elsewhere {
            Some(again) => again,
            None if !arrived => Again::DeliveryLate,
            None if done && self.settles_with_effect() => Again::HoldLost,
            None => Again::TooSlow { done },
        }
    }

    /// Why an acknowledgment sent between two steps did not help, if there was one.
    fn acknowledged(
        &self,
        from: StepNo,
        to: StepNo,
        taken: &Packet,
        delivery: Delivery,
    ) -> Option<Again> {
        let covers = |packet: &Packet| {
            let Carries::Ack(ack) = packet.carries else {
                return false;
            };
            match self.lane.broker.kind {
                BrokerKind::Log => {
                    ack.partition == delivery.partition
                        && ack.epoch == delivery.epoch
                        && ack.offset >= delivery.offset
                        && packet.from == taken.to
                }
                BrokerKind::Queue => ack.copy == delivery.copy && ack.nth == delivery.nth,
            }
        };
        let until = || self.after(from).take_while(move |step| step.no < to);
        let no = until()
            .filter(|step| self.sent_by(step).is_some_and(covers))
            .last()
            .and_then(|step| step.what.packet())?;
        let ack = self.trace.packet(no);
        if ack.lost.is_some() {
            return Some(Again::AckLost);
        }
        let unavailable = Event::Disregarded(no, Ignored::Unavailable);
        if until().any(|step| step.what == unavailable) {
            return Some(Again::AckUnavailable);
        }
        let late = ack.arrives >= self.step(to).at;
        Some(if late { Again::AckLate } else { Again::AckRefused })
    }

    /// The last nack of a message between two steps.
    fn nack_between(&self, from: StepNo, to: StepNo, message: MessageNo) -> Option<&'a Packet> {
        self.after(from)
            .take_while(|step| step.no < to)
            .filter_map(|step| self.sent_by(step))
            .filter(|packet| {
                packet.message == message && matches!(packet.carries, Carries::Nack(_))
            })
            .last()
    }

    /// The previous delivery of this copy, and the step in which it was sent.
    fn delivery_before(
        &self,
        no: StepNo,
        message: MessageNo,
        delivery: Delivery,
    ) -> Option<(StepNo, &'a Packet, Delivery)> {
        self.before_about(no, message).find_map(|step| {
            let packet = self.sent_by(step).filter(|packet| packet.repeats.is_none())?;
            let before = delivery_in(packet)?;
            let is = before.copy == delivery.copy && before.nth < delivery.nth;
            is.then_some((step.no, packet, before))
        })
    }

    /// The step in which this copy was sent for this delivery.
    pub(super) fn delivery_left(&self, message: MessageNo, copy: u32, nth: u32) -> Option<StepNo> {
        self.trace
            .steps
            .iter()
            .filter(|step| step.message == Some(message))
            .find(|step| {
                self.sent_by(step)
                    .and_then(delivery_in)
                    .is_some_and(|delivery| delivery.copy == copy && delivery.nth == nth)
            })
            .map(|step| step.no)
    }
}
