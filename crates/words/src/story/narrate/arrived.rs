//! Arrivals, and packets that are ignored on arrival.

use crate::story::history::session;
use crate::story::telling::{Sentence, Telling};
use ackground_core::experiment::settings::{AckMode, Acks, BrokerKind, OnFailure, Source};
use ackground_core::number::count_of;
use ackground_core::sim::{
    Carries, Delivery, Event, Ignored, Leg, MessageNo, Node, Operation, Packet, Refusal, Step,
    StepNo,
};

impl Telling<'_> {
    pub(super) fn arrived(&self, no: StepNo, packet: &Packet) -> Sentence {
        let (producer, message) = (self.producer(), packet.message);
        let consumer = self.node(if packet.leg == Leg::Ack { packet.from } else { packet.to });
        match packet.carries {
            Carries::Publish { .. } => self.publish_arrived(no, packet),
            Carries::Stored { .. } => Sentence::new(
                format!("{producer} learns that the broker has message {message}."),
                match self.lane.producer.transactional {
                    true => "now it can commit the transaction.",
                    false => "no resend is needed; what happens next is up to the broker.",
                },
            ),
            Carries::Refused { refusal, .. } => self.refusal_arrived(no, packet, refusal),
            Carries::CommitTransaction { .. } => Sentence::new(
                format!(
                    "the commit request for the transaction of message {message} reaches the broker."
                ),
                "once it is committed, every reader sees the message.",
            ),
            Carries::TransactionCommitted { .. } => Sentence::new(
                format!(
                    "{producer} learns that its transaction with message {message} is committed."
                ),
                "no resend is needed.",
            ),
            Carries::Delivery(delivery) => self.delivery_arrived(no, packet, delivery),
            Carries::Ack(_) if self.lane.consumer.ack == AckMode::OnReceive => Sentence::new(
                format!("the commit for message {message} reaches the broker."),
                "the work has not begun yet.",
            ),
            Carries::Ack(_) => {
                let what = if self.lane.broker.kind == BrokerKind::Log {
                    "commit"
                } else {
                    "acknowledgment"
                };
                let refused =
                    self.after(no).take_while(|step| step.at == self.step(no).at).any(|step| {
                        step.cause == Some(no)
                            && matches!(step.what, Event::LateAck { accepted: false, .. })
                    });
                Sentence::new(
                    format!("the {what} for message {message} reaches the broker."),
                    match refused {
                        true => format!("by then {consumer} no longer held the message."),
                        false => {
                            format!("now it knows that {consumer} is done with the message.")
                        }
                    },
                )
            }
            Carries::Nack(_) if self.lane.consumer.on_failure == OnFailure::Reject => {
                Sentence::new(
                    format!("the broker learns that {consumer} gives message {message} up."),
                    "the work failed, and the broker will not redeliver the message.",
                )
            }
            Carries::Nack(_) => Sentence::new(
                format!("message {message} is back at the broker."),
                "the work failed, so it is not settled.",
            ),
            Carries::Committed { .. } if self.lane.broker.kind == BrokerKind::Queue => {
                Sentence::new(
                    format!(
                        "{consumer} learns that the broker has its acknowledgment for message {message}."
                    ),
                    "it need not repeat the acknowledgment.",
                )
            }
            Carries::Committed { accepted: true, .. } => Sentence::new(
                format!("{consumer} knows that its commit for message {message} is in."),
                "now the work may begin; if it crashes from here on, the message is not redelivered.",
            ),
            Carries::Committed { accepted: false, .. } => Sentence::new(
                format!("{consumer} learns that it may not work on message {message}."),
                "it rejoins the group and starts at the committed position.",
            ),
        }
    }

    fn refusal_arrived(&self, no: StepNo, packet: &Packet, refusal: Refusal) -> Sentence {
        let (producer, message) = (self.producer(), packet.message);
        let publish = |step: &&Step| {
            self.sent_by(step).is_some_and(|p| {
                p.message == message && p.leg == Leg::Publish && p.repeats.is_none()
            })
        };
        let next = self.after(no).find(publish);
        let then = match next {
            None => String::new(),
            Some(next) if next.at == self.step(no).at => {
                ", so it resends the message at once".to_owned()
            }
            Some(_) if refusal == Refusal::OutOfOrder => ", so it waits for that one".to_owned(),
            Some(_) => ", so it will resend the message".to_owned(),
        };
        Sentence::new(
            format!("{producer} learns that the broker refused message {message}."),
            format!("{}{then}.", self.refusal(refusal)),
        )
    }

    fn publish_arrived(&self, no: StepNo, packet: &Packet) -> Sentence {
        let message = packet.message;
        let again = |rest: &str| {
            Sentence::new(format!("message {message} reaches the broker again."), rest)
        };
        if packet.repeats.is_some() {
            return again("the network duplicated the packet.");
        }
        if self.has_before(no, message) {
            return again("the broker has it already.");
        }
        if self.stored_before(no, message) > 0 {
            return again("its earlier copy is gone.");
        }
        match self.earlier_arrival(no, message) {
            Some(Event::Refused(_)) => return again("it was refused before."),
            Some(_) => {
                return again("the node that it reached first crashed before writing it.");
            }
            None => {}
        }
        let sessions = || self.packets_before(no, message).filter_map(session);
        let rest = match packet.nth {
            1 => String::new(),
            _ if self.lane.producer.source == Source::Outbox
                && sessions().any(|earlier| Some(earlier) != session(packet)) =>
            {
                format!("the outbox kept it while {} was down.", self.producer())
            }
            nth => format!("it took {}.", count_of(u64::from(nth), "attempt", "attempts")),
        };
        let lead = if packet.nth > 1 { "at last " } else { "" };
        Sentence::new(format!("{lead}message {message} reaches the broker."), rest)
    }

    /// What became of an earlier publish that a broker node took in and did not store: it was refused,
    /// or the node crashed.
    fn earlier_arrival(&self, no: StepNo, message: MessageNo) -> Option<Event> {
        self.before_about(no, message).map(|step| step.what).find(|what| {
            matches!(what, Event::Refused(refusal) if *refusal != Refusal::UnknownTransaction)
                || matches!(what, Event::Crashed { node: Node::Broker(_), point, .. }
                    if point.act == Operation::Write)
        })
    }

    fn delivery_arrived(&self, no: StepNo, packet: &Packet, delivery: Delivery) -> Sentence {
        let message = packet.message;
        if packet.repeats.is_some() {
            return Sentence::new(
                format!("message {message} arrives twice."),
                format!(
                    "the network duplicated the packet; {} did not ask for it.",
                    self.consumer()
                ),
            );
        }
        if delivery.nth > 1 {
            let sent = self.step(no).cause.unwrap_or(no);
            // What was lost on the way has not arrived before.
            let before = self.before_about(no, message).any(|step| {
                matches!(step.what, Event::Arrived(p)
                    if matches!(self.trace.packet(p).carries, Carries::Delivery(_)))
            });
            let lead = match before {
                true => format!("message {message} arrives again."),
                false => format!("at last message {message} reaches {}.", self.node(packet.to)),
            };
            return Sentence::new(
                lead,
                self.again_because(message, self.why_again(sent, message, delivery)),
            );
        }
        if self.handled_before(no, message) {
            return Sentence::new(
                format!("message {message} arrives once more."),
                "the broker has stored it more than once and delivers every copy.",
            );
        }
        Sentence::new(
            format!("message {message} reaches {}.", self.node(packet.to)),
            self.together_with(no, packet),
        )
    }

    pub(super) fn disregarded(&self, no: StepNo, packet: &Packet, why: Ignored) -> Sentence {
        let (message, to) = (packet.message, self.node(packet.to));
        let what = match packet.leg {
            Leg::Publish | Leg::Deliver => format!("message {message}"),
            Leg::PublishAck => format!("the reply about message {message}"),
            Leg::Ack => format!("the acknowledgment for message {message}"),
            Leg::Confirm => format!("the confirmation for message {message}"),
            Leg::Commit => format!("the commit request for the transaction of message {message}"),
            Leg::Replicate => format!("a copy of message {message}"),
        };
        match why {
            Ignored::NodeDown => {
                Sentence::new(format!("{what} finds {to} down."), self.found_down(no, packet))
            }
            Ignored::Unavailable => Sentence::new(
                format!("{what} finds no leading broker node."),
                if packet.leg != Leg::Publish {
                    "no node accepts it, so the broker learns nothing."
                } else if self.lane.producer.acks == Acks::None {
                    "no node accepts it, and it is never resent."
                } else {
                    "no node accepts it, so no reply will come."
                },
            ),
            Ignored::OldSession => Sentence::new(
                format!("{what} comes to {to} too late."),
                "it belongs to the time before the crash, so it is ignored.",
            ),
            Ignored::AlreadySettled if matches!(packet.carries, Carries::Refused { .. }) => {
                Sentence::new(
                    format!("{what} changes nothing."),
                    format!("{to} no longer waits for the reply to that attempt."),
                )
            }
            Ignored::AlreadySettled => {
                Sentence::new(format!("{what} changes nothing."), "that was already settled.")
            }
            Ignored::OldPosition => Sentence::new(
                format!("{what} changes nothing."),
                format!("{to} is at another position by now and ignores it."),
            ),
        }
    }

    fn found_down(&self, no: StepNo, packet: &Packet) -> String {
        if packet.repeats.is_some() {
            return "it was only a repeat.".to_owned();
        }
        if let Carries::Delivery(_) = packet.carries {
            if self.settles_by_sending() {
                self.gone_by_sending(no, packet.message)
            } else {
                "the broker still has it, unacknowledged.".to_owned()
            }
        } else if let Carries::Stored { .. } = packet.carries {
            "the broker has the message, but the reply is not heard.".to_owned()
        } else {
            "there is nothing to receive it.".to_owned()
        }
    }
}
