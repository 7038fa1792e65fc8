//! Packets: what leaves, what arrives, what comes to nothing.

use crate::experiment::script::Line;
use crate::experiment::settings::{AckMode, Acks, BrokerKind};
use crate::sim::{Because, Carries, Delivery, Happening, Ignored, Leg, MessageNo, Packet, StepNo};
use crate::story::history::session;
use crate::story::number::{count_of, duration, times};
use crate::story::telling::{Sentence, Telling};

impl Telling<'_> {
    pub(super) fn sent(&self, no: StepNo, packet: &Packet) -> Sentence {
        if packet.repeats.is_some() {
            return self.repeated_by_the_network(packet);
        }
        match packet.carries {
            Carries::Publish { .. } => self.publish_sent(no, packet),
            Carries::Stored { .. } => self.answer_sent(no, packet),
            Carries::Delivery(delivery) => self.delivery_sent(no, packet, delivery),
            Carries::Ack(delivery) => self.ack_sent(no, packet, delivery),
            Carries::Nack(_) => self.nack_sent(packet),
            Carries::Committed { accepted, .. } => self.confirm_sent(packet, accepted),
        }
    }

    fn repeated_by_the_network(&self, packet: &Packet) -> Sentence {
        let to = self.node(packet.to);
        Sentence::new(
            format!("the network repeats message {}.", packet.message),
            format!("a second copy of the same packet is on its way to {to}; nobody sent it."),
        )
    }

    fn publish_sent(&self, no: StepNo, packet: &Packet) -> Sentence {
        let (producer, message) = (self.producer(), packet.message);
        let again = if packet.nth > 1 { " again" } else { "" };
        let lead = match packet.lost {
            Some(_) => format!("{producer} sends message {message}{again}, and it is {}.", self.fate_of(packet)),
            None => format!("{producer} sends message {message}{again}."),
        };
        let rest = if packet.lost.is_some() {
            self.after_a_lost_publish(no, packet)
        } else if packet.delayed.is_some() {
            self.delayed(packet)
        } else if packet.nth > 1 {
            self.resent_because(no, packet)
        } else if self.lane.producer.acks == Acks::None {
            "it waits for no answer (acks: none), so nobody will send it again.".to_owned()
        } else {
            format!("it waits up to {} for the broker's answer.", self.answer_timeout())
        };
        Sentence::new(lead, rest)
    }

    fn after_a_lost_publish(&self, no: StepNo, packet: &Packet) -> String {
        let producer = self.producer();
        if self.lane.producer.acks == Acks::None {
            return "it waits for no answer (acks: none), so nobody will send it again.".to_owned();
        }
        match self.comes_of(no, packet) {
            Some(true) => {
                format!("the broker never sees it: {producer} will wait {} in vain, then send it again.", self.answer_timeout())
            }
            Some(false) => format!("{producer} will wait {} in vain, and this was its last attempt.", self.answer_timeout()),
            None => "the broker never sees it, so no answer can come.".to_owned(),
        }
    }

    /// Whether the time for the answer to this publish runs out, and it is then sent again.
    fn comes_of(&self, no: StepNo, packet: &Packet) -> Option<bool> {
        self.after(no).filter(|step| step.message == Some(packet.message)).find_map(|step| match step.what {
            Happening::AnswerTimedOut { nth, resend } if nth == packet.nth => Some(resend.is_some()),
            _ => None,
        })
    }

    fn answer_sent(&self, no: StepNo, packet: &Packet) -> Sentence {
        let (producer, message) = (self.producer(), packet.message);
        if packet.lost.is_none() {
            let rest = if packet.delayed.is_some() {
                self.delayed(packet)
            } else {
                format!("once {producer} has the answer, it is done with the message.")
            };
            return Sentence::new(format!("the broker answers that it has message {message}."), rest);
        }
        let resent = self.after(no).any(|step| {
            step.message == Some(message) && matches!(step.what, Happening::AnswerTimedOut { resend: Some(_), .. })
        });
        let rest = match resent {
            true => format!("{producer} cannot tell a lost answer from a lost message, so it will send message {message} again."),
            false => format!("{producer} cannot tell a lost answer from a lost message."),
        };
        Sentence::new(format!("the broker's answer for message {message} is {}.", self.fate_of(packet)), rest)
    }

    fn delivery_sent(&self, no: StepNo, packet: &Packet, delivery: Delivery) -> Sentence {
        let (consumer, message) = (self.consumer(), packet.message);
        let again = if delivery.nth > 1 { " again" } else { "" };
        if packet.lost.is_some() {
            return Sentence::new(
                format!("the broker delivers message {message}{again}, and it is {}.", self.fate_of(packet)),
                self.after_a_lost_delivery(no, message, delivery),
            );
        }
        let copies = self.stored_before(no, message);
        let rest = if packet.delayed.is_some() {
            self.delayed(packet)
        } else if delivery.nth > 1 {
            self.again_because(message, self.why_again(no, message, delivery))
        } else if copies > 1 && self.handled_before(no, message) {
            format!("the broker has stored the message {} and takes each copy for a message of its own.", times(u64::from(copies)))
        } else if self.settles_by_sending() {
            "a queue that counts delivery as receipt is done with it from this moment.".to_owned()
        } else {
            "the broker keeps it until it is acknowledged.".to_owned()
        };
        Sentence::new(format!("the broker delivers message {message}{again} to {consumer}."), rest)
    }

    fn after_a_lost_delivery(&self, no: StepNo, message: MessageNo, delivery: Delivery) -> String {
        let consumer = self.consumer();
        if self.settles_by_sending() {
            return self.gone_by_sending(no, message);
        }
        match (self.comes_again(no, message, delivery.copy), self.lane.broker.kind) {
            (true, BrokerKind::Log) => format!("nothing is lost for good: {consumer} will ask for it again."),
            (true, BrokerKind::Queue) => {
                format!("no acknowledgment will come, so the broker will offer it again after {}.", self.redelivery_timeout())
            }
            (false, _) => "the broker still has it, unacknowledged.".to_owned(),
        }
    }

    fn gone_by_sending(&self, no: StepNo, message: MessageNo) -> String {
        let it = self.it(no, message);
        format!("the queue was done with it the moment it was sent, so nobody will deliver {it} again.")
    }

    /// A queue that counts a message as received when it is sent.
    pub(super) fn settles_by_sending(&self) -> bool {
        self.lane.broker.kind == BrokerKind::Queue && self.lane.consumer.ack == AckMode::OnReceive
    }

    fn ack_sent(&self, no: StepNo, packet: &Packet, delivery: Delivery) -> Sentence {
        let (consumer, message) = (self.consumer(), packet.message);
        let first = self.lane.consumer.ack == AckMode::OnReceive;
        let log = self.lane.broker.kind == BrokerKind::Log;
        let acknowledges = match log {
            true => format!("{consumer} commits its position past message {message}"),
            false => format!("{consumer} acknowledges message {message}"),
        };
        if packet.lost.is_some() {
            let rest = if first {
                "the broker does not know, and no work has begun.".to_owned()
            } else if self.comes_again(no, message, delivery.copy) {
                format!("the work is done and the broker does not know, so it will offer message {message} again.")
            } else if log && self.settled_after(no, message, delivery.copy) {
                "the work is done and the broker does not know; a later commit will cover it.".to_owned()
            } else {
                "the work is done and the broker does not know.".to_owned()
            };
            return Sentence::new(format!("{acknowledges}, and that is {}.", self.fate_of(packet)), rest);
        }
        let rest = if packet.delayed.is_some() {
            self.delayed(packet)
        } else if first {
            "before any work: once the broker has this, nobody delivers the message again.".to_owned()
        } else if self.failed_in_this_call(no, message) {
            "the work failed and is acknowledged all the same: the broker will take it for done.".to_owned()
        } else {
            "the work is done; until this arrives, the broker does not know.".to_owned()
        };
        Sentence::new(format!("{acknowledges}."), rest)
    }

    fn failed_in_this_call(&self, no: StepNo, message: MessageNo) -> bool {
        self.before(no)
            .filter(|step| step.message == Some(message))
            .find_map(|step| match step.what {
                Happening::HandlerFailed { .. } => Some(true),
                Happening::HandlerDone | Happening::HandlerStarted { .. } => Some(false),
                _ => None,
            })
            .unwrap_or(false)
    }

    fn settled_after(&self, no: StepNo, message: MessageNo, copy: u32) -> bool {
        self.after(no).any(|step| step.message == Some(message) && step.what == Happening::Settled { copy })
    }

    fn nack_sent(&self, packet: &Packet) -> Sentence {
        let (consumer, message) = (self.consumer(), packet.message);
        let lead = match packet.lost {
            Some(_) => format!("{consumer} gives message {message} back, and that is {}.", self.fate_of(packet)),
            None => format!("{consumer} gives message {message} back."),
        };
        let rest = match packet.lost {
            Some(_) => format!("the broker waits for an answer until {} are over.", self.redelivery_timeout()),
            None => "the work failed; the broker is to decide what becomes of it.".to_owned(),
        };
        Sentence::new(lead, rest)
    }

    fn confirm_sent(&self, packet: &Packet, accepted: bool) -> Sentence {
        let (consumer, message) = (self.consumer(), packet.message);
        match accepted {
            true => Sentence::new(
                format!("the broker confirms the commit for message {message}."),
                format!("the work can begin once {consumer} has the answer."),
            ),
            false => Sentence::new(
                format!("the broker refuses the commit for message {message}."),
                format!("the partition was handed out anew, so {consumer} may not do this work."),
            ),
        }
    }

    pub(super) fn arrived(&self, no: StepNo, packet: &Packet) -> Sentence {
        let (producer, consumer, message) = (self.producer(), self.consumer(), packet.message);
        match packet.carries {
            Carries::Publish { .. } => self.publish_arrived(no, packet),
            Carries::Stored { .. } => Sentence::new(
                format!("{producer} learns that the broker has message {message}."),
                "it need not send it again; what happens from here on is up to the broker.",
            ),
            Carries::Delivery(delivery) => self.delivery_arrived(no, packet, delivery),
            Carries::Ack(_) if self.lane.consumer.ack == AckMode::OnReceive => Sentence::new(
                format!("the commit for message {message} reaches the broker."),
                "the work has not begun yet.",
            ),
            Carries::Ack(_) => {
                let what = if self.lane.broker.kind == BrokerKind::Log { "commit" } else { "acknowledgment" };
                Sentence::new(
                    format!("the {what} for message {message} reaches the broker."),
                    format!("now it knows that {consumer} is done with it."),
                )
            }
            Carries::Nack(_) => Sentence::new(
                format!("the broker has message {message} back."),
                "the work failed, so it is not settled.",
            ),
            Carries::Committed { accepted: true, .. } => Sentence::new(
                format!("{consumer} knows that its commit for message {message} is in."),
                "now the work may begin; if it crashes from here on, the message does not come again.",
            ),
            Carries::Committed { accepted: false, .. } => Sentence::new(
                format!("{consumer} learns that it may not work on message {message}."),
                "it joins the group again and starts at the committed position.",
            ),
        }
    }

    fn publish_arrived(&self, no: StepNo, packet: &Packet) -> Sentence {
        let message = packet.message;
        if packet.repeats.is_some() || self.stored_before(no, message) > 0 {
            let whose = match packet.repeats {
                Some(_) => "the network repeated the packet",
                None => "the broker has it already",
            };
            return Sentence::new(format!("message {message} reaches the broker again."), format!("{whose}."));
        }
        let rest = match (packet.nth, session(packet)) {
            (1, _) => String::new(),
            (_, Some(life)) if life > 1 => format!("it was kept in the outbox while {} was down.", self.producer()),
            (nth, _) => format!("it took {}.", count_of(u64::from(nth), "attempt", "attempts")),
        };
        let lead = if packet.nth > 1 { "at last " } else { "" };
        Sentence::new(format!("{lead}message {message} reaches the broker."), rest)
    }

    fn delivery_arrived(&self, no: StepNo, packet: &Packet, delivery: Delivery) -> Sentence {
        let message = packet.message;
        if packet.repeats.is_some() {
            return Sentence::new(
                format!("message {message} arrives twice."),
                format!("the network repeated the packet; {} did not ask for it.", self.consumer()),
            );
        }
        if delivery.nth > 1 {
            let sent = self.step(no).cause.unwrap_or(no);
            let lead = format!("message {message} arrives again.");
            return Sentence::new(lead, self.again_because(message, self.why_again(sent, message, delivery)));
        }
        if self.handled_before(no, message) {
            return Sentence::new(
                format!("message {message} arrives once more."),
                "the broker has stored it more than once and delivers every copy.",
            );
        }
        Sentence::new(format!("message {message} reaches {}.", self.consumer()), String::new())
    }

    pub(super) fn disregarded(&self, no: StepNo, packet: &Packet, why: Ignored) -> Sentence {
        let (message, to) = (packet.message, self.node(packet.to));
        let what = match packet.leg {
            Leg::Publish | Leg::Deliver => format!("message {message}"),
            Leg::PublishAck => format!("the answer for message {message}"),
            Leg::Ack => format!("the acknowledgment for message {message}"),
            Leg::Confirm => format!("the confirmation for message {message}"),
        };
        match why {
            Ignored::NodeDown => Sentence::new(format!("{what} finds {to} down."), self.found_down(no, packet)),
            Ignored::OldSession => Sentence::new(
                format!("{what} comes to {to} too late."),
                "the one who asked ended with the crash, and the one who came after does not know the question.",
            ),
            Ignored::AlreadySettled => {
                Sentence::new(format!("{what} changes nothing."), "the question was settled before it came.")
            }
            Ignored::OldPosition => Sentence::new(
                format!("{what} changes nothing."),
                format!("{to} is at another position by now and passes over it."),
            ),
        }
    }

    fn found_down(&self, no: StepNo, packet: &Packet) -> String {
        match packet.carries {
            _ if packet.repeats.is_some() => "it was only a repeat.".to_owned(),
            Carries::Delivery(_) if self.settles_by_sending() => self.gone_by_sending(no, packet.message),
            Carries::Delivery(_) => "the broker still has it, unacknowledged.".to_owned(),
            Carries::Stored { .. } => "the broker has the message, and nobody hears it.".to_owned(),
            _ => "nobody takes it in.".to_owned(),
        }
    }

    /// How a packet is lost: `lost on the wire`, `cut off by the partition`.
    fn fate_of(&self, packet: &Packet) -> &'static str {
        let line = match packet.lost {
            Some(Because::Script(line)) => self.experiment.faults.script.lines().get(usize::from(line)),
            _ => None,
        };
        match line {
            Some(Line::Partition(..)) => "lost: the network is cut",
            _ => "lost on the wire",
        }
    }

    fn delayed(&self, packet: &Packet) -> String {
        format!("it is held up on the way and will take {}.", duration(packet.arrives - packet.sent))
    }
}
