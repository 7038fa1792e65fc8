//! How a message was lost, and the decisive step.
//!
//! Every stored copy comes to some end; the end of the last one is the end of the message.

use ackground_core::experiment::scenario::KeyMode;
use ackground_core::experiment::script::Line;
use ackground_core::experiment::settings::Isolation;
use ackground_core::sim::{
    Because, Event, Ignored, Leg, MessageNo, Milestone, Node, Packet, Step, StepNo, Told,
};

use super::telling::Telling;

/// How a message was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Loss {
    Forgotten,
    GivenUp,
    Refused,
    NoLeader,
    Wire,
    Cut,
    BrokerNode,
    Aborted,
    NeverCommitted,
    Blocked,
    ConsumerDown,
    Crash,
    TakenAway,
    PassedOver,
    MarkedDone,
    Failure,
    Unfinished,
    ThrownAway,
    Undelivered,
    OutOfTime,
    Unknown,
}

impl Loss {
    pub(super) fn words(self) -> &'static str {
        match self {
            Loss::Forgotten => "forgotten by the sender",
            Loss::GivenUp => "given up by the sender",
            Loss::Refused => "refused by the broker",
            Loss::NoLeader => "lost: no broker node accepted it",
            Loss::Wire => "lost on the wire",
            Loss::Cut => "lost: network cut",
            Loss::BrokerNode => "lost with a broker node",
            Loss::Aborted => "lost: transaction aborted",
            Loss::NeverCommitted => "lost: transaction never committed",
            Loss::Blocked => "stuck behind an open transaction",
            Loss::ConsumerDown => "arrived while it was down",
            Loss::Crash => "lost in the crash",
            Loss::TakenAway => "settled, then taken away",
            Loss::PassedOver => "skipped by the reader",
            Loss::MarkedDone => "marked done, never done",
            Loss::Failure => "failed, not tried again",
            Loss::Unfinished => "settled, not done in time",
            Loss::ThrownAway => "discarded",
            Loss::Undelivered => "never delivered",
            Loss::OutOfTime => "no delivery was in time",
            Loss::Unknown => "lost",
        }
    }
}

impl<'a> Telling<'a> {
    /// How a lost message was lost, and the decisive step.
    pub(super) fn loss(&self, message: MessageNo) -> (Loss, Option<StepNo>) {
        let mut copies = Vec::new();
        for step in self.about(message) {
            if let Event::Stored { copy } = step.what {
                copies.push((copy, step, self.end_of(message, copy)));
            }
        }
        let open = copies.iter().find(|(.., end)| end.is_none());
        let last = copies.iter().filter_map(|(.., end)| *end).max_by_key(|end| end.no);
        match (open, last) {
            (None, None) => self.loss_before_the_broker(message),
            (Some((copy, stored, _)), _) => self.stuck(message, *copy, stored),
            (None, Some(end)) => self.loss_at(message, end),
        }
    }

    /// The steps about a message.
    fn about(&self, message: MessageNo) -> impl DoubleEndedIterator<Item = &'a Step> + use<'a> {
        let steps = self.trace.steps.iter();
        steps.filter(move |step| step.message == Some(message))
    }

    fn last_about(&self, message: MessageNo, is: impl Fn(&Event) -> bool) -> Option<&'a Step> {
        self.about(message).rev().find(|step| is(&step.what))
    }

    /// The step in which the broker was done with a copy, one way or another.
    fn end_of(&self, message: MessageNo, which: u32) -> Option<&'a Step> {
        let hidden = self.lane.consumer.isolation == Isolation::ReadCommitted;
        self.last_about(message, |what| match what.milestone() {
            Some(
                Milestone::Settled(copy)
                | Milestone::Discarded(copy)
                | Milestone::Parked(copy)
                | Milestone::Lost(copy),
            ) => copy == which,
            Some(Milestone::Aborted(copy)) => copy == which && hidden,
            _ => false,
        })
    }

    /// How a message was lost whose last copy ended here.
    fn loss_at(&self, message: MessageNo, end: &Step) -> (Loss, Option<StepNo>) {
        let given_up = self.last_about(message, |what| *what == Event::Told(Told::Error));
        let gone = if let Event::CopyLost { .. } = end.what {
            Loss::BrokerNode
        } else if let Event::TransactionAborted { .. } = end.what {
            Loss::Aborted
        } else if let Event::Discarded { .. } = end.what {
            return (Loss::ThrownAway, Some(end.no));
        } else {
            return self.loss_after_settling(message, end);
        };
        match given_up.filter(|given_up| given_up.no > end.no) {
            Some(given_up) => (Loss::GivenUp, Some(given_up.no)),
            None => (gone, Some(end.no)),
        }
    }

    /// How a message was lost after the broker considered it done.
    fn loss_after_settling(&self, message: MessageNo, end: &Step) -> (Loss, Option<StepNo>) {
        if let Some(skip) = self.last_about(message, |what| matches!(what, Event::Skipped(_))) {
            return (Loss::MarkedDone, Some(skip.no));
        }
        if let Some((loss, no)) = self.lost_on_its_way(message) {
            return (loss, Some(no));
        }
        let begun = self.last_about(message, |what| {
            matches!(what, Event::HandlerStarted { .. } | Event::Stalled { .. })
        });
        match begun {
            Some(begun) => (Loss::Unfinished, Some(begun.no)),
            None => (Loss::TakenAway, Some(end.no)),
        }
    }

    /// What came between the broker's last delivery attempt and the work, if anything.
    #[expect(clippy::wildcard_enum_match_arm, reason = "it looks for what ends a delivery")]
    fn lost_on_its_way(&self, message: MessageNo) -> Option<(Loss, StepNo)> {
        self.about(message).rev().find_map(|step| match step.what {
            Event::HandlerFailed { .. } => Some((Loss::Failure, step.no)),
            Event::Crashed { node: Node::Consumer(_), .. } => Some((Loss::Crash, step.no)),
            Event::Sent(no) => {
                let packet = self.trace.packet(no);
                let lost = packet.leg == Leg::Deliver && packet.lost.is_some();
                lost.then(|| (self.wire(packet), step.no))
            }
            Event::Disregarded(no, Ignored::NodeDown) => {
                self.is_delivery(self.trace.packet(no)).then_some((Loss::ConsumerDown, step.no))
            }
            Event::Disregarded(no, Ignored::OldPosition) => {
                self.is_delivery(self.trace.packet(no)).then_some((Loss::PassedOver, step.no))
            }
            Event::Arrived(no) if self.is_delivery(self.trace.packet(no)) => {
                let member = self.trace.packet(no).to;
                self.next_crash(step.no, member).map(|crash| (Loss::Crash, crash))
            }
            _ => None,
        })
    }

    fn is_delivery(&self, packet: &Packet) -> bool {
        packet.leg == Leg::Deliver && packet.repeats.is_none()
    }

    fn next_crash(&self, no: StepNo, member: Node) -> Option<StepNo> {
        self.after(no)
            .find(|step| matches!(step.what, Event::Crashed { node, .. } if node == member))
            .map(|step| step.no)
    }

    /// A copy that the broker still has but nobody will fetch.
    fn stuck(&self, message: MessageNo, copy: u32, stored: &Step) -> (Loss, Option<StepNo>) {
        let told =
            self.last_about(message, |what| matches!(what, Event::Told(Told::Ok | Told::Error)));
        if self.holds_back(message, copy) {
            let crash = || self.any_producer_crash(message);
            let decisive = told.or_else(crash).map_or(stored.no, |step| step.no);
            return (Loss::NeverCommitted, Some(decisive));
        }
        let blocks = self.trace.steps[..stored.no.0 as usize].iter().rev().find(|step| {
            matches!((step.what, step.message), (Event::Stored { copy }, Some(other))
                if self.shares_partition(other, message) && self.holds_back(other, copy))
        });
        if let Some(blocks) = blocks {
            return (Loss::Blocked, Some(blocks.no));
        }
        let handed_over = self
            .about(message)
            .filter_map(|step| self.sent_by(step))
            .any(|packet| packet.leg == Leg::Deliver);
        match (self.lost_on_its_way(message), handed_over) {
            (Some((loss, no)), _) => (loss, Some(no)),
            (None, true) => {
                // Offered again before it could arrive, every time.
                let late =
                    self.last_about(message, |what| matches!(what, Event::DeliveryTimedOut(_)));
                match late {
                    Some(late) => (Loss::OutOfTime, Some(late.no)),
                    None => (Loss::Unknown, None),
                }
            }
            (None, false) => (Loss::Undelivered, Some(stored.no)),
        }
    }

    /// Whether this copy belongs to a transaction that stays open, so that its reader waits for the end.
    fn holds_back(&self, message: MessageNo, which: u32) -> bool {
        let ended = |what: &Event| {
            matches!(*what, Event::TransactionCommitted { copy }
                | Event::TransactionAborted { copy }
                | Event::CopyLost { copy } if copy == which)
        };
        self.lane.producer.transactional
            && self.lane.consumer.isolation == Isolation::ReadCommitted
            && self.last_about(message, ended).is_none()
    }

    fn shares_partition(&self, one: MessageNo, other: MessageNo) -> bool {
        let partitions = self.lane.broker.partitions.get() as usize;
        self.experiment.scenario.key == KeyMode::One
            || one.index() % partitions == other.index() % partitions
    }

    fn loss_before_the_broker(&self, message: MessageNo) -> (Loss, Option<StepNo>) {
        let told = self.last_about(message, |what| matches!(what, Event::Told(_)));
        match told.map(|step| (step.what, step.no)) {
            Some((Event::Told(Told::Error), no)) => {
                let refusal = self.last_about(message, |what| matches!(what, Event::Refused(_)));
                match refusal {
                    Some(_) => (Loss::Refused, Some(no)),
                    None => (Loss::GivenUp, Some(no)),
                }
            }
            Some((_, no)) if self.forgotten_in(no).is_some() => {
                (Loss::Forgotten, self.forgotten_in(no))
            }
            Some(_) => self.loss_of_what_was_told(message),
            None => {
                let crash = self
                    .last_about(message, |what| {
                        matches!(what, Event::Crashed { node: Node::Producer, .. })
                    })
                    .or_else(|| self.any_producer_crash(message));
                (Loss::Forgotten, crash.map(|step| step.no))
            }
        }
    }

    /// A message that its producer considers sent, but the broker never stored.
    #[expect(clippy::wildcard_enum_match_arm, reason = "it looks for what ends a publish")]
    fn loss_of_what_was_told(&self, message: MessageNo) -> (Loss, Option<StepNo>) {
        let decisive = self.about(message).rev().find_map(|step| match step.what {
            Event::Refused(_) => Some((Loss::Refused, step.no)),
            Event::Disregarded(_, Ignored::Unavailable) => Some((Loss::NoLeader, step.no)),
            Event::Crashed { node: Node::Broker(_), .. } => Some((Loss::BrokerNode, step.no)),
            Event::Sent(no) if self.trace.packet(no).lost.is_some() => {
                Some((self.wire(self.trace.packet(no)), step.no))
            }
            _ => None,
        });
        match decisive {
            Some((loss, no)) => (loss, Some(no)),
            None => (Loss::Unknown, None),
        }
    }

    /// The producer crash, at another message, that made it forget this one.
    fn any_producer_crash(&self, message: MessageNo) -> Option<&'a Step> {
        let created = self.about(message).find(|step| step.what == Event::Created)?;
        self.after(created.no)
            .find(|step| matches!(step.what, Event::Crashed { node: Node::Producer, .. }))
    }

    fn wire(&self, packet: &Packet) -> Loss {
        match self.is_cut(packet) {
            true => Loss::Cut,
            false => Loss::Wire,
        }
    }

    /// Whether a packet was lost to a network partition.
    pub(super) fn is_cut(&self, packet: &Packet) -> bool {
        let Some(Because::Script(line)) = packet.lost else {
            return false;
        };
        let line = self.experiment.faults.script.lines().get(usize::from(line));
        matches!(line, Some(Line::Partition(..)))
    }
}
