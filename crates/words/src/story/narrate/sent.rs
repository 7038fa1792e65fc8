//! Departures: a message, an answer, a delivery, an acknowledgment, and which of them get lost.

use crate::story::telling::{Sentence, Telling};
use ackground_core::experiment::settings::{AckMode, Acks, BrokerKind, OnDisconnect, OnFailure};
use ackground_core::number::{duration, times};
use ackground_core::sim::{Carries, Delivery, Event, MessageNo, Packet, Refusal, StepNo};

impl Telling<'_> {
    pub(super) fn sent(&self, no: StepNo, packet: &Packet) -> Sentence {
        if packet.repeats.is_some() {
            return self.repeated_by_the_network(packet);
        }
        match packet.carries {
            Carries::Publish { .. } => self.publish_sent(no, packet),
            Carries::Stored { .. } => self.answer_sent(no, packet),
            Carries::Refused { refusal, .. } => Sentence::new(
                format!(
                    "the broker refuses message {}{}.",
                    packet.message,
                    self.and_that_is_lost(packet)
                ),
                if refusal == Refusal::NotEnoughReplicasAfterAppend {
                    format!("{} does not learn that a copy has been stored.", self.producer())
                } else {
                    format!("{} should resend it later.", self.producer())
                },
            ),
            Carries::CommitTransaction { .. } => Sentence::new(
                format!(
                    "{} commits its transaction with message {}{}.",
                    self.producer(),
                    packet.message,
                    self.and_that_is_lost(packet)
                ),
                match packet.lost {
                    None => {
                        "until the request arrives, a consumer that reads only committed messages does not see it."
                    }
                    Some(_) => "until the request is repeated, the transaction stays open.",
                },
            ),
            Carries::TransactionCommitted { .. } => Sentence::new(
                format!(
                    "the broker confirms the transaction of message {}{}.",
                    packet.message,
                    self.and_that_is_lost(packet)
                ),
                match packet.lost {
                    None => String::new(),
                    Some(_) => {
                        format!("every reader can see it, but {} does not know.", self.producer())
                    }
                },
            ),
            Carries::Delivery(delivery) => self.delivery_sent(no, packet, delivery),
            Carries::Ack(delivery) => self.ack_sent(no, packet, delivery),
            Carries::Nack(_) => self.nack_sent(packet),
            Carries::Committed { accepted, .. } => self.confirm_sent(packet, accepted),
        }
    }

    fn repeated_by_the_network(&self, packet: &Packet) -> Sentence {
        let to = self.node(packet.to);
        Sentence::new(
            format!("the network duplicates message {}.", packet.message),
            format!("a second copy of the same packet is on its way to {to}."),
        )
    }

    fn publish_sent(&self, no: StepNo, packet: &Packet) -> Sentence {
        let (producer, message) = (self.producer(), packet.message);
        let sends = if packet.nth > 1 { "resends" } else { "sends" };
        let lead = match packet.lost {
            Some(_) => {
                format!("{producer} {sends} message {message}, and it is {}.", self.fate_of(packet))
            }
            None => format!("{producer} {sends} message {message}."),
        };
        let rest = if packet.lost.is_some() {
            self.after_a_lost_publish(no, packet)
        } else if packet.delayed.is_some() {
            self.delayed(packet)
        } else if packet.nth > 1 {
            self.resent_because(no, packet)
        } else if self.lane.producer.acks == Acks::None {
            "it does not wait for a reply (acks: none), so it will never resend.".to_owned()
        } else {
            format!("it waits up to {} for the broker's reply.", self.answer_timeout())
        };
        Sentence::new(lead, rest)
    }

    fn after_a_lost_publish(&self, no: StepNo, packet: &Packet) -> String {
        let producer = self.producer();
        if self.lane.producer.acks == Acks::None {
            return "it does not wait for a reply (acks: none), so it will never resend."
                .to_owned();
        }
        match self.comes_of(no, packet) {
            Some(true) => {
                format!(
                    "{producer} gets no reply, and will resend after {}.",
                    self.answer_timeout()
                )
            }
            Some(false) => format!(
                "{producer} gets no reply within {}, and this was its last attempt.",
                self.answer_timeout()
            ),
            None => "the broker never sees it, so no reply can come.".to_owned(),
        }
    }

    /// Whether the producer times out on this publish, and if so, whether it sends again.
    fn comes_of(&self, no: StepNo, packet: &Packet) -> Option<bool> {
        self.after(no).filter(|step| step.message == Some(packet.message)).find_map(|step| {
            let Event::AnswerTimedOut { nth, resend } = step.what else {
                return None;
            };
            (nth == packet.nth).then_some(resend.is_some())
        })
    }

    fn answer_sent(&self, no: StepNo, packet: &Packet) -> Sentence {
        let (producer, message) = (self.producer(), packet.message);
        if packet.lost.is_none() {
            let rest = if packet.delayed.is_some() {
                self.delayed(packet)
            } else {
                format!("once {producer} has the reply, it is done with the message.")
            };
            return Sentence::new(
                format!("the broker replies that it has message {message}."),
                rest,
            );
        }
        let resent = self.after(no).any(|step| {
            step.message == Some(message)
                && matches!(step.what, Event::AnswerTimedOut { resend: Some(_), .. })
        });
        let rest = match resent {
            true => format!(
                "{producer} cannot tell a lost reply from a lost message, so it will resend message {message}."
            ),
            false => format!("{producer} cannot tell a lost reply from a lost message."),
        };
        Sentence::new(
            format!("the broker's reply about message {message} is {}.", self.fate_of(packet)),
            rest,
        )
    }

    fn delivery_sent(&self, no: StepNo, packet: &Packet, delivery: Delivery) -> Sentence {
        let (consumer, message) = (self.node(packet.to), packet.message);
        let delivers = if delivery.nth > 1 { "redelivers" } else { "delivers" };
        if packet.lost.is_some() {
            return Sentence::new(
                format!(
                    "the broker {delivers} message {message}, and it is {}.",
                    self.fate_of(packet)
                ),
                self.after_a_lost_delivery(no, message, delivery),
            );
        }
        let copies = self.stored_before(no, message);
        let rest = if packet.delayed.is_some() {
            self.delayed(packet)
        } else if delivery.nth > 1 {
            self.again_because(message, self.why_again(no, message, delivery))
        } else if copies > 1 && self.handled_before(no, message) {
            format!(
                "the broker has stored the message {} and treats each copy as a separate message.",
                times(u64::from(copies))
            )
        } else if self.settles_by_sending() {
            "a queue that counts delivery as receipt is done with it at this moment.".to_owned()
        } else {
            match self.together_with(no, packet) {
                none if none.is_empty() => {
                    "the broker keeps it until it is acknowledged.".to_owned()
                }
                batch => batch,
            }
        };
        Sentence::new(format!("the broker {delivers} message {message} to {consumer}."), rest)
    }

    fn after_a_lost_delivery(&self, no: StepNo, message: MessageNo, delivery: Delivery) -> String {
        let consumer = self.consumer();
        if self.settles_by_sending() {
            return self.gone_by_sending(no, message);
        }
        match (self.comes_again(no, message, delivery.copy), self.lane.broker.kind) {
            (true, BrokerKind::Log) => {
                format!("the broker still has it, and {consumer} will fetch it again.")
            }
            (true, BrokerKind::Queue)
                if self.lane.broker.on_disconnect == OnDisconnect::Requeue =>
            {
                "the connection is lost with it, so the broker will redeliver it.".to_owned()
            }
            (true, BrokerKind::Queue) => {
                format!(
                    "no acknowledgment will come, so the broker will redeliver it after {}.",
                    self.redelivery_timeout()
                )
            }
            (false, _) => "the broker still has it, unacknowledged.".to_owned(),
        }
    }

    pub(super) fn gone_by_sending(&self, no: StepNo, message: MessageNo) -> String {
        let it = self.it(no, message);
        format!("the queue was done with it the moment it was sent, so it will not redeliver {it}.")
    }

    /// Whether the queue settles a message as soon as it is sent.
    pub(super) fn settles_by_sending(&self) -> bool {
        self.lane.broker.kind == BrokerKind::Queue && self.lane.consumer.ack == AckMode::OnReceive
    }

    fn ack_sent(&self, no: StepNo, packet: &Packet, delivery: Delivery) -> Sentence {
        let (consumer, message) = (self.node(packet.from), packet.message);
        let first = self.lane.consumer.ack == AckMode::OnReceive;
        let log = self.lane.broker.kind == BrokerKind::Log;
        let acknowledges = match log {
            true => format!("{consumer} commits its position past message {message}"),
            false => format!("{consumer} acknowledges message {message}"),
        };
        if packet.lost.is_some() {
            let rest = if first {
                "the broker does not know, and no work has begun.".to_owned()
            } else if self.never_done(no, message) {
                format!(
                    "the broker does not know, and {}.",
                    self.verb(self.primary()).did_not_happen()
                )
            } else if self.acknowledged_again(no, packet) {
                "the work is done and the broker does not know; until it confirms, the consumer repeats this."
                    .to_owned()
            } else if self.comes_again(no, message, delivery.copy) {
                format!(
                    "the work is done and the broker does not know, so it will redeliver message {message}."
                )
            } else if log && self.settled_after(no, message, delivery.copy) {
                "the work is done and the broker does not know; a later commit will cover it."
                    .to_owned()
            } else {
                "the work is done and the broker does not know.".to_owned()
            };
            return Sentence::new(
                format!("{acknowledges}, and that packet is {}.", self.fate_of(packet)),
                rest,
            );
        }
        let rest = if packet.delayed.is_some() {
            self.delayed(packet)
        } else if first {
            "before any work: once the broker has this, it will not redeliver the message."
                .to_owned()
        } else if self.never_done(no, message) && !self.failed_in_this_call(no, message) {
            format!(
                "it was treated as a repeat, although {}.",
                self.verb(self.primary()).did_not_happen()
            )
        } else if packet.nth > 1 && self.repeats_an_ack(no, delivery) {
            "the broker did not confirm the previous one.".to_owned()
        } else if self.failed_in_this_call(no, message) {
            "the work failed and is acknowledged anyway: the broker will consider it done."
                .to_owned()
        } else {
            match self.covers(no, packet, delivery).as_str() {
                "" => "the work is done; until this arrives, the broker does not know.".to_owned(),
                others => format!("one commit for {others} as well: a log keeps only a position."),
            }
        };
        Sentence::new(format!("{acknowledges}."), rest)
    }

    /// Whether no call for a message has brought its effect about up to a step.
    fn never_done(&self, no: StepNo, message: MessageNo) -> bool {
        self.effects_until(no, message, self.primary()) == 0
    }

    /// Whether the same delivery was acknowledged before.
    fn repeats_an_ack(&self, no: StepNo, delivery: Delivery) -> bool {
        let mut before = self.before(no).filter_map(|step| self.sent_by(step));
        before.any(|packet| packet.carries == Carries::Ack(delivery))
    }

    /// Whether the same acknowledgment is sent again.
    fn acknowledged_again(&self, no: StepNo, packet: &Packet) -> bool {
        let mut later = self.after(no).filter_map(|step| self.sent_by(step));
        later.any(|other| other.carries == packet.carries)
    }

    fn failed_in_this_call(&self, no: StepNo, message: MessageNo) -> bool {
        self.before(no)
            .filter(|step| step.message == Some(message))
            .find_map(|step| {
                let failed = matches!(step.what, Event::HandlerFailed { .. });
                let edge = matches!(step.what, Event::HandlerDone | Event::HandlerStarted { .. });
                (failed || edge).then_some(failed)
            })
            .unwrap_or(false)
    }

    fn settled_after(&self, no: StepNo, message: MessageNo, copy: u32) -> bool {
        self.after(no)
            .any(|step| step.message == Some(message) && step.what == Event::Settled { copy })
    }

    fn nack_sent(&self, packet: &Packet) -> Sentence {
        let (consumer, message) = (self.node(packet.from), packet.message);
        let lead = match packet.lost {
            Some(_) => format!(
                "{consumer} returns message {message}, and that packet is {}.",
                self.fate_of(packet)
            ),
            None => format!("{consumer} returns message {message}."),
        };
        let rest = match packet.lost {
            Some(_) if self.lane.broker.on_disconnect == OnDisconnect::Requeue => {
                "the connection is lost with it.".to_owned()
            }
            Some(_) if self.lane.broker.redelivery_timeout_ms.limit().is_none() => {
                "the broker will wait forever.".to_owned()
            }
            Some(_) => {
                format!("the broker keeps waiting until {} are over.", self.redelivery_timeout())
            }
            None if self.lane.consumer.on_failure == OnFailure::Reject => {
                "the work failed, and the broker is to give the message up.".to_owned()
            }
            None => "the work failed; the broker decides what happens next.".to_owned(),
        };
        Sentence::new(lead, rest)
    }

    fn confirm_sent(&self, packet: &Packet, accepted: bool) -> Sentence {
        let (consumer, message) = (self.node(packet.to), packet.message);
        if self.lane.broker.kind == BrokerKind::Queue {
            let lost = self.and_that_is_lost(packet);
            return Sentence::new(
                format!("the broker confirms the acknowledgment for message {message}{lost}."),
                format!("once {consumer} has this, it stops repeating the acknowledgment."),
            );
        }
        match accepted {
            true => Sentence::new(
                format!(
                    "the broker confirms the commit for message {message}{}.",
                    self.and_that_is_lost(packet)
                ),
                match packet.lost {
                    None => format!("the work can begin once {consumer} has the reply."),
                    Some(_) => format!("{consumer} may not begin before it has the reply."),
                },
            ),
            false => Sentence::new(
                format!(
                    "the broker refuses the commit for message {message}{}.",
                    self.and_that_is_lost(packet)
                ),
                format!("the partition was reassigned, so {consumer} may not do this work."),
            ),
        }
    }

    /// How a packet gets lost: `lost on the wire`, `lost: the network is cut`.
    fn fate_of(&self, packet: &Packet) -> &'static str {
        match self.is_cut(packet) {
            true => "lost: the network is cut",
            false => "lost on the wire",
        }
    }

    /// The end of a lead: `, and that is lost on the wire`, or nothing.
    fn and_that_is_lost(&self, packet: &Packet) -> String {
        match packet.lost {
            Some(_) => format!(", and that packet is {}", self.fate_of(packet)),
            None => String::new(),
        }
    }

    fn delayed(&self, packet: &Packet) -> String {
        format!(
            "it is delayed on the way and will take {}.",
            duration(packet.arrives - packet.sent)
        )
    }
}
