//! Why a copy is delivered again: what became of the delivery before.
//!
//! It only looks back, and every answer is a fact of the trace. It makes no sentences.

use ackground_core::experiment::settings::{BrokerKind, OnFailure};
use ackground_core::sim::{
    Carries, CrashPoint, Delivery, Event, Ignored, MessageNo, Packet, Step, StepNo,
};

use super::history::delivery_in;
use super::telling::Telling;

/// Why a copy is delivered again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Again {
    /// The delivery before was lost.
    DeliveryLost,
    /// The delivery before is still on its way.
    DeliveryLate,
    /// The consumer was down when it came.
    ConsumerDown,
    /// It came out of turn, and the reader passed over it.
    OutOfTurn,
    /// The consumer crashed; what it had done by then.
    Crash(Crash),
    /// The consumer had acknowledged, and that was lost.
    AckLost,
    /// The consumer had acknowledged, and that is still on its way, or came too late.
    AckLate,
    /// The consumer had acknowledged, and that came too late to count.
    AckRefused,
    /// The consumer had acknowledged, and no node was there to take it.
    AckUnavailable,
    /// The handler failed, and the message was given back or left to its timeout.
    Failed,
    /// The handler failed, and what gave the message back was lost.
    NackLost,
    /// The work on another message failed, and the reader went back to that one.
    WentBack(MessageNo),
    /// Another message was not acknowledged in time, and the member lost all that it held.
    GroupLost(MessageNo),
    /// The consumer was done, and its transaction or acknowledgment was refused, being too late.
    HoldLost,
    /// The consumer had not finished in time; whether it waited for the rest of a batch.
    TooSlow {
        /// Whether this message was done.
        done: bool,
    },
    /// Nothing but this is known: it was not acknowledged.
    NotAcknowledged,
}

/// A crash of the consumer, seen from one message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Crash {
    /// The step at which it happens.
    pub(super) step: StepNo,
    /// Next to what.
    pub(super) point: CrashPoint,
    /// Whether it happened around this message, and not around another one.
    pub(super) about_this: bool,
    /// Whether the primary effect had taken place by then, in the call that ended so.
    pub(super) applied: bool,
}

impl<'a> Telling<'a> {
    /// Why this copy, which was delivered before, is delivered again in this step.
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
                // Nothing else speaks of what became of a delivery.
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

    /// Why an acknowledgment that left between two steps did not help, if one left.
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

    /// The last thing given back of a message between two steps.
    fn nack_between(&self, from: StepNo, to: StepNo, message: MessageNo) -> Option<&'a Packet> {
        self.after(from)
            .take_while(|step| step.no < to)
            .filter_map(|step| self.sent_by(step))
            .filter(|packet| {
                packet.message == message && matches!(packet.carries, Carries::Nack(_))
            })
            .last()
    }

    /// The delivery of this copy before the given one, and the step in which it left.
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

    /// The step in which this copy left for this delivery.
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
