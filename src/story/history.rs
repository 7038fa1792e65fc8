//! Why something happens again: what the trace says about the time before.
//!
//! It only looks back, so that nothing is stated that has not happened yet, and every answer is a
//! fact of the trace. It makes no sentences.

use crate::sim::{
    Carries, CrashPoint, Delivery, Guard, Happening, Ignored, Leg, MessageNo, Node, Packet, Step,
    StepNo,
};

use super::telling::Telling;

/// Why a publish is repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Resent {
    /// The broker never got it.
    MessageLost,
    /// It is still on its way.
    MessageUnderWay,
    /// The broker has it; its answer was lost.
    AnswerLost,
    /// The broker has it; its answer is still on its way.
    AnswerUnderWay,
    /// The producer went down in between; whether the broker has it.
    Restarted {
        /// Whether the broker has it.
        stored: bool,
    },
    /// The broker has it, and an answer came that the producer had no use for.
    Unanswered,
}

/// Why a copy is delivered again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Again {
    /// The delivery before was lost.
    DeliveryLost,
    /// The consumer was down when it came.
    ConsumerDown,
    /// The consumer crashed; what it had done by then.
    Crash(Crash),
    /// The consumer was done, and its acknowledgment was lost.
    AckLost,
    /// The consumer was done, and its acknowledgment is still on its way, or came too late.
    AckLate,
    /// The consumer was done, and its acknowledgment came too late to count.
    AckRefused,
    /// The handler failed, and the message was given back or left to its timeout.
    Failed,
    /// The handler failed, and what gave the message back was lost.
    NackLost,
    /// The consumer had not finished in time.
    TooSlow,
    /// Nothing but this is known: it was not acknowledged.
    NotAcknowledged,
}

/// A crash of the consumer, seen from one message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Crash {
    /// When.
    pub(super) step: StepNo,
    /// Next to what.
    pub(super) point: CrashPoint,
    /// Whether it happened around this message, and not around another one.
    pub(super) about_this: bool,
    /// Whether the primary effect had taken place by then, in the call that ended so.
    pub(super) applied: bool,
}

/// Why a repeat was not recognised by the consumer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// No ids are kept.
    NoIds,
    /// The ids were in memory, and that is gone.
    Forgotten,
    /// The id was never written down: the consumer crashed first.
    NotWritten,
    /// The id had been dropped, being too old or one too many.
    Expired,
    /// The step is outside of the transaction, and the id was never written down.
    Outside,
}

impl<'a> Telling<'a> {
    /// Why this publish, which is not the first, left in this step.
    pub(super) fn why_resent(&self, no: StepNo, packet: &Packet) -> Resent {
        let now = self.step(no).at;
        let message = packet.message;
        let stored = self.stored_before(no, message) > 0;
        let earlier = || {
            self.packets_before(no, message)
                .filter(|p| p.leg == Leg::Publish)
        };
        let same_life = earlier()
            .next()
            .is_none_or(|before| session(before) == session(packet));
        if !same_life {
            return Resent::Restarted { stored };
        }
        if !stored {
            let under_way = earlier().any(|p| p.lost.is_none() && p.arrives > now);
            return if under_way {
                Resent::MessageUnderWay
            } else {
                Resent::MessageLost
            };
        }
        let mut answers = self
            .packets_before(no, message)
            .filter(|p| p.leg == Leg::PublishAck)
            .peekable();
        if answers.peek().is_none() {
            return Resent::Unanswered;
        }
        let (mut lost, mut under_way) = (false, false);
        for answer in answers {
            lost |= answer.lost.is_some();
            under_way |= answer.lost.is_none() && answer.arrives > now;
        }
        match (under_way, lost) {
            (true, _) => Resent::AnswerUnderWay,
            (false, true) => Resent::AnswerLost,
            (false, false) => Resent::Unanswered,
        }
    }

    /// Why this copy, which was delivered before, is delivered again in this step.
    pub(super) fn why_again(&self, no: StepNo, message: MessageNo, delivery: Delivery) -> Again {
        let Some((sent, before)) = self.delivery_before(no, message, delivery) else {
            return Again::NotAcknowledged;
        };
        if before.lost.is_some() {
            return Again::DeliveryLost;
        }
        let since = || self.after(sent).take_while(move |step| step.no < no);
        let mut arrived = false;
        let mut applied = false;
        let mut done = false;
        for step in since() {
            let this = step.message == Some(message);
            match step.what {
                Happening::Arrived(p) if self.trace.packet(p) == before => arrived = true,
                Happening::Disregarded(p, why) if self.trace.packet(p) == before => {
                    return match why {
                        Ignored::NodeDown => Again::ConsumerDown,
                        _ => Again::NotAcknowledged,
                    };
                }
                Happening::Applied { step } | Happening::Absorbed { step, .. } if this => {
                    applied |= step == self.primary();
                }
                Happening::HandlerDone if this => done = true,
                Happening::HandlerFailed { .. } if this => {
                    let given_back = self.answer_between(step.no, no, message);
                    let lost = given_back.is_some_and(|nack| nack.lost.is_some());
                    return if lost { Again::NackLost } else { Again::Failed };
                }
                Happening::Crashed {
                    node: Node::Consumer(_),
                    point,
                    ..
                } if arrived => {
                    let acked = self.ack_between(sent, step.no, message);
                    if acked.is_some_and(|ack| ack.lost.is_some()) {
                        return Again::AckLost;
                    }
                    if acked.is_some() && done {
                        return Again::AckLate;
                    }
                    return Again::Crash(Crash {
                        step: step.no,
                        point,
                        about_this: this,
                        applied,
                    });
                }
                _ => {}
            }
        }
        match self.ack_between(sent, no, message) {
            Some(ack) if ack.lost.is_some() => Again::AckLost,
            Some(ack) if ack.arrives > self.step(no).at => Again::AckLate,
            Some(_) => Again::AckRefused,
            None if arrived && !done => Again::TooSlow,
            None => Again::NotAcknowledged,
        }
    }

    /// The last acknowledgment of a message that left between two steps.
    fn ack_between(&self, from: StepNo, to: StepNo, message: MessageNo) -> Option<&'a Packet> {
        self.answer_between(from, to, message)
            .filter(|packet| matches!(packet.carries, Carries::Ack(_)))
    }

    /// The last thing that the consumer said to the broker about a message between two steps.
    fn answer_between(&self, from: StepNo, to: StepNo, message: MessageNo) -> Option<&'a Packet> {
        self.after(from)
            .take_while(|step| step.no < to)
            .filter_map(|step| self.sent_by(step))
            .filter(|packet| packet.message == message && packet.leg == Leg::Ack)
            .last()
    }

    /// The delivery of this copy before the given one, and the step in which it left.
    fn delivery_before(
        &self,
        no: StepNo,
        message: MessageNo,
        delivery: Delivery,
    ) -> Option<(StepNo, &'a Packet)> {
        self.before_about(no, message).find_map(|step| {
            let packet = self.sent_by(step)?;
            match packet.carries {
                Carries::Delivery(before)
                    if before.copy == delivery.copy && before.nth < delivery.nth =>
                {
                    Some((step.no, packet))
                }
                _ => None,
            }
        })
    }

    /// The packet that left in a step.
    pub(super) fn sent_by(&self, step: &Step) -> Option<&'a Packet> {
        match step.what {
            Happening::Sent(no) => Some(self.trace.packet(no)),
            _ => None,
        }
    }

    /// The delivery that a step of a handler call goes back to, and the step in which it left.
    pub(super) fn delivery_of(&self, no: StepNo) -> Option<(StepNo, &'a Packet, Delivery)> {
        let message = self.step(no).message;
        self.trace
            .causes(no)
            .filter(|step| step.message == message)
            .find_map(|step| {
                let packet = self.sent_by(step)?;
                match packet.carries {
                    Carries::Delivery(delivery) => Some((step.no, packet, delivery)),
                    _ => None,
                }
            })
    }

    /// The handler call before this step in which a step of the scenario took effect.
    pub(super) fn effect_before(&self, no: StepNo, message: MessageNo, step: u8) -> Option<StepNo> {
        self.before_about(no, message)
            .find(|s| s.what == Happening::Applied { step })
            .map(|s| s.no)
    }

    /// How often a step of the scenario took effect, up to and including a moment.
    pub(super) fn effects_until(&self, no: StepNo, message: MessageNo, step: u8) -> u32 {
        let next = StepNo(no.0 + 1);
        self.before_about(next, message)
            .filter(|s| s.what == Happening::Applied { step })
            .count() as u32
    }

    /// The publish that brought a copy, and whether the network made it by repeating another.
    pub(super) fn brought_by_a_repeat(&self, message: MessageNo, copy: u32) -> bool {
        let stored = self
            .trace
            .steps
            .iter()
            .find(|s| s.message == Some(message) && s.what == Happening::Stored { copy });
        let arrival = stored
            .and_then(|stored| stored.cause)
            .map(|cause| self.step(cause).what);
        match arrival {
            Some(Happening::Arrived(packet)) => self.trace.packet(packet).repeats.is_some(),
            _ => false,
        }
    }

    /// Whether a step of the scenario took effect earlier in the handler call of this step.
    pub(super) fn effect_in_this_call(&self, no: StepNo, step: u8) -> bool {
        let message = self.step(no).message;
        self.trace
            .causes(no)
            .take_while(|s| !matches!(s.what, Happening::HandlerStarted { .. }))
            .any(|s| s.message == message && s.what == Happening::Applied { step })
    }

    /// How many copies the broker had stored before a step.
    pub(super) fn stored_before(&self, no: StepNo, message: MessageNo) -> u32 {
        let stored = |s: &&Step| matches!(s.what, Happening::Stored { .. });
        self.before_about(no, message).filter(stored).count() as u32
    }

    /// Whether the broker had settled this copy before a step.
    pub(super) fn settled_before(&self, no: StepNo, message: MessageNo, copy: u32) -> bool {
        self.before_about(no, message)
            .any(|s| s.what == Happening::Settled { copy })
    }

    /// Whether the copy is delivered once more after a step.
    pub(super) fn comes_again(&self, no: StepNo, message: MessageNo, copy: u32) -> bool {
        self.after(no).filter_map(|step| self.sent_by(step)).any(|packet| {
            packet.message == message
                && packet.repeats.is_none()
                && matches!(packet.carries, Carries::Delivery(delivery) if delivery.copy == copy)
        })
    }

    /// "it" for a message that is not delivered any more after a step, "this copy" for one of which
    /// another copy is.
    pub(super) fn it(&self, no: StepNo, message: MessageNo) -> &'static str {
        let more = self
            .after(no)
            .filter_map(|step| self.sent_by(step))
            .any(|packet| {
                packet.message == message
                    && packet.repeats.is_none()
                    && matches!(packet.carries, Carries::Delivery(_))
            });
        if more { "this copy" } else { "it" }
    }

    /// The handler call before this step's, if the message was handled before.
    pub(super) fn handled_before(&self, no: StepNo, message: MessageNo) -> bool {
        self.before_about(no, message)
            .any(|s| matches!(s.what, Happening::HandlerStarted { .. }))
    }

    /// Why a repeat that takes effect in this step was not recognised.
    pub(super) fn gap(&self, no: StepNo, message: MessageNo, step: u8) -> Gap {
        use crate::experiment::scenario::StepKind;
        use crate::experiment::settings::Dedup;

        let recorded = |guards: &'static [Guard]| {
            self.before_about(no, message).find(
                move |s| matches!(s.what, Happening::Recorded(guard) if guards.contains(&guard)),
            )
        };
        match self.lane.consumer.dedup {
            Dedup::None => Gap::NoIds,
            Dedup::Memory => match recorded(&[Guard::Memory]) {
                None => Gap::NotWritten,
                Some(at) if self.consumer_crashed_between(at.no, no) => Gap::Forgotten,
                Some(_) => Gap::Expired,
            },
            _ if recorded(&[Guard::Table, Guard::Transaction]).is_some() => Gap::Expired,
            Dedup::Atomic => {
                let kind = self
                    .experiment
                    .scenario
                    .steps
                    .get(step as usize)
                    .map(|step| step.kind);
                if kind == Some(StepKind::Db) {
                    Gap::NotWritten
                } else {
                    Gap::Outside
                }
            }
            Dedup::TableBefore | Dedup::TableAfter => Gap::NotWritten,
        }
    }

    fn consumer_crashed_between(&self, from: StepNo, to: StepNo) -> bool {
        self.after(from).take_while(|s| s.no < to).any(|s| {
            matches!(
                s.what,
                Happening::Crashed {
                    node: Node::Consumer(_),
                    ..
                }
            )
        })
    }
}

/// Which life of the producer a publish comes from.
pub(super) fn session(packet: &Packet) -> Option<u32> {
    match packet.carries {
        Carries::Publish { session, .. } => Some(session),
        _ => None,
    }
}
