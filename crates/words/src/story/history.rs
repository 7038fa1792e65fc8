//! Why something happens again, according to the trace so far.
//!
//! It only looks back, so nothing is stated before it has happened, and every answer is a fact of the trace. It
//! makes no sentences.

use ackground_core::sim::{
    Carries, Delivery, Event, Guard, Ignored, Leg, MessageNo, Node, Packet, Refusal, Step, StepNo,
    Time, first_leader,
};

use super::telling::Telling;

/// Why a publish is repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Resent {
    /// The broker never received it.
    MessageLost,
    /// It is still in flight.
    MessageUnderWay,
    /// The broker stored it, and no longer has what it stored.
    Gone {
        /// Whether the producer crashed in between.
        restarted: bool,
    },
    /// The broker refused its number for a gap, and it goes out under another one.
    Renumbered,
    /// The broker refused its number for a gap, which those before it have closed.
    InOrder,
    /// The broker has it; its answer was lost.
    AnswerLost,
    /// The broker has it; its answer is still in flight.
    AnswerUnderWay,
    /// The producer crashed in between.
    Restarted {
        /// Whether the broker has it.
        stored: bool,
    },
    /// The broker rejected the previous attempt.
    Refused {
        /// Whether the broker has the message all the same.
        stored: bool,
    },
    /// It reached a partition that had no leader.
    NoLeader,
    /// It reached a node that crashed before answering.
    NodeDown {
        /// Whether it was stored.
        stored: bool,
    },
    /// The broker has it, but no answer has come.
    Unanswered,
}

/// Why a repeat was not recognised by the consumer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// No ids are recorded.
    NoIds,
    /// The ids were in memory, which is gone.
    Forgotten,
    /// The id was never recorded: the consumer crashed first.
    NotWritten,
    /// The id was recorded only after this call had looked it up.
    Overtaken,
    /// The id is in another member's memory.
    Elsewhere,
    /// The id had expired.
    TooOld,
    /// The id had been evicted to make room.
    CrowdedOut,
    /// The step is outside the transaction, and the id was never recorded.
    Outside,
}

impl<'a> Telling<'a> {
    /// Why this publish, which is not the first, was sent in this step.
    #[expect(clippy::wildcard_enum_match_arm, reason = "it looks for the end of the previous one")]
    pub(super) fn why_resent(&self, no: StepNo, packet: &Packet) -> Resent {
        let now = self.step(no).at;
        let message = packet.message;
        let has = self.has_before(no, message);
        let gone = !has && self.stored_before(no, message) > 0;
        let earlier = || self.packets_before(no, message).filter(|p| p.leg == Leg::Publish);
        let last = earlier().next();
        if last.is_some_and(|before| session(before) != session(packet)) {
            return match gone {
                true => Resent::Gone { restarted: true },
                false => Resent::Restarted { stored: has },
            };
        }
        for step in self.before_about(no, message) {
            match step.what {
                Event::Refused(Refusal::OutOfOrder) => {
                    let renumbered = last.is_some_and(|last| last.carries != packet.carries);
                    return if renumbered { Resent::Renumbered } else { Resent::InOrder };
                }
                Event::Refused(_) if gone => return Resent::Gone { restarted: false },
                Event::Refused(_) => return Resent::Refused { stored: has },
                Event::Disregarded(p, Ignored::Unavailable)
                    if self.trace.packet(p).leg == Leg::Publish =>
                {
                    return Resent::NoLeader;
                }
                Event::Crashed { node: Node::Broker(_), .. } => {
                    return match gone {
                        true => Resent::Gone { restarted: false },
                        false => Resent::NodeDown { stored: has },
                    };
                }
                Event::Sent(p) if self.trace.packet(p).leg == Leg::Publish => break,
                _ => {}
            }
        }
        if gone {
            return Resent::Gone { restarted: false };
        }
        if !has {
            let under_way = earlier().any(|p| p.lost.is_none() && p.arrives > now);
            return if under_way { Resent::MessageUnderWay } else { Resent::MessageLost };
        }
        let mut answers =
            self.packets_before(no, message).filter(|p| p.leg == Leg::PublishAck).peekable();
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

    /// The packet sent in a step.
    pub(super) fn sent_by(&self, step: &Step) -> Option<&'a Packet> {
        self.trace.sent(step.what)
    }

    /// The delivery behind a step of a handler call, and the step in which it was sent.
    pub(super) fn delivery_of(&self, no: StepNo) -> Option<(StepNo, &'a Packet, Delivery)> {
        let message = self.step(no).message?;
        for step in self.trace.causes(no) {
            // Only its number leads from a call to its delivery: in a batch that is committed before
            // processing, its cause is the answer to the commit, which is about the last message.
            if let Event::HandlerStarted { taken, .. } = step.what
                && step.message == Some(message)
            {
                return self.taken_in(message, taken);
            }
            let sent = self.sent_by(step).filter(|packet| packet.message == message);
            if let Some(packet) = sent
                && let Some(delivery) = delivery_in(packet)
            {
                return Some((step.no, packet, delivery));
            }
        }
        None
    }

    /// The delivery of a message that was received as number `nth`, from 1.
    fn taken_in(&self, message: MessageNo, nth: u32) -> Option<(StepNo, &'a Packet, Delivery)> {
        let about = self.trace.steps.iter().filter(|step| step.message == Some(message));
        let mut taken = about.filter_map(|step| {
            let Event::Arrived(no) = step.what else {
                return None;
            };
            let packet = self.trace.packet(no);
            Some((step.cause?, packet, delivery_in(packet)?))
        });
        taken.nth(nth.saturating_sub(1) as usize)
    }

    /// The member of the group that a step is about, if any.
    pub(super) fn member_of(&self, no: StepNo) -> Option<Node> {
        self.trace.member(no).map(Node::Consumer)
    }

    /// The step before this one in which a step of the scenario took effect.
    pub(super) fn effect_before(&self, no: StepNo, message: MessageNo, step: u8) -> Option<StepNo> {
        self.before_about(no, message).find(|s| s.what == Event::Applied { step }).map(|s| s.no)
    }

    /// How often a step of the scenario took effect, up to and including this one.
    pub(super) fn effects_until(&self, no: StepNo, message: MessageNo, step: u8) -> u32 {
        let next = StepNo(no.0 + 1);
        self.before_about(next, message).filter(|s| s.what == Event::Applied { step }).count()
            as u32
    }

    /// Whether the publish that brought a copy was duplicated by the network.
    pub(super) fn brought_by_a_repeat(&self, message: MessageNo, copy: u32) -> bool {
        let stored = self
            .trace
            .steps
            .iter()
            .find(|s| s.message == Some(message) && s.what == Event::Stored { copy });
        let arrival = stored.and_then(|stored| stored.cause).map(|cause| self.step(cause).what);
        matches!(arrival, Some(Event::Arrived(no)) if self.trace.packet(no).repeats.is_some())
    }

    /// Whether a step of the scenario took effect earlier in the same handler call.
    pub(super) fn effect_in_this_call(&self, no: StepNo, step: u8) -> bool {
        let message = self.step(no).message;
        self.trace
            .causes(no)
            .take_while(|s| !matches!(s.what, Event::HandlerStarted { .. }))
            .any(|s| s.message == message && s.what == Event::Applied { step })
    }

    /// How many copies the broker had stored before a step.
    pub(super) fn stored_before(&self, no: StepNo, message: MessageNo) -> u32 {
        let stored = |s: &&Step| matches!(s.what, Event::Stored { .. });
        self.before_about(no, message).filter(stored).count() as u32
    }

    /// Whether the broker had a copy before a step that was neither lost nor aborted.
    pub(super) fn has_before(&self, no: StepNo, message: MessageNo) -> bool {
        let mut gone = std::collections::BTreeSet::new();
        for step in self.before_about(no, message) {
            if let Event::CopyLost { copy } | Event::TransactionAborted { copy } = step.what {
                gone.insert(copy);
            } else if let Event::Stored { copy } = step.what
                && !gone.contains(&copy)
            {
                return true;
            }
        }
        false
    }

    /// The node that leads a partition at a step.
    pub(super) fn leader_at(&self, no: StepNo, partition: u8) -> Option<Node> {
        let told = self.before(no).find_map(|step| {
            if let Event::Elected { partition: of, node, .. } = step.what {
                (of == partition).then_some(Some(node))
            } else if let Event::Unavailable { partition: of } = step.what {
                (of == partition).then_some(None)
            } else {
                None
            }
        });
        told.unwrap_or_else(|| Some(first_leader(&self.lane.broker, partition)))
    }

    /// The producer crash in which this step, `Told::Nothing`, says that a message was forgotten.
    pub(super) fn forgotten_in(&self, no: StepNo) -> Option<StepNo> {
        let cause = self.step(self.step(no).cause?);
        matches!(cause.what, Event::Crashed { node: Node::Producer, .. }).then_some(cause.no)
    }

    /// Whether a node is up at a step.
    pub(super) fn is_up(&self, no: StepNo, this: Node) -> bool {
        let told = self.before(no).find_map(|step| {
            if let Event::Crashed { node, .. } = step.what {
                (node == this).then_some(false)
            } else if let Event::Restarted { node } = step.what {
                (node == this).then_some(true)
            } else {
                None
            }
        });
        told.unwrap_or(true)
    }

    /// Whether the broker had settled this copy before a step.
    pub(super) fn settled_before(&self, no: StepNo, message: MessageNo, copy: u32) -> bool {
        self.before_about(no, message).any(|s| s.what == Event::Settled { copy })
    }

    /// Whether the copy is redelivered after a step.
    pub(super) fn comes_again(&self, no: StepNo, message: MessageNo, copy: u32) -> bool {
        self.after(no).filter_map(|step| self.sent_by(step)).any(|packet| {
            packet.message == message
                && packet.repeats.is_none()
                && matches!(packet.carries, Carries::Delivery(delivery) if delivery.copy == copy)
        })
    }

    /// "it" for a message that is not delivered any more after a step, "this copy" if another copy of it still
    /// is.
    pub(super) fn it(&self, no: StepNo, message: MessageNo) -> &'static str {
        let more = self.after(no).filter_map(|step| self.sent_by(step)).any(|packet| {
            packet.message == message
                && packet.repeats.is_none()
                && matches!(packet.carries, Carries::Delivery(_))
        });
        if more { "this copy" } else { "it" }
    }

    /// Whether a handler call for this message started before this step.
    pub(super) fn handled_before(&self, no: StepNo, message: MessageNo) -> bool {
        self.before_about(no, message).any(|s| matches!(s.what, Event::HandlerStarted { .. }))
    }

    /// Why the repeat that takes effect in this step was not recognised.
    pub(super) fn gap(&self, no: StepNo, message: MessageNo, step: u8) -> Gap {
        use ackground_core::experiment::scenario::StepKind;
        use ackground_core::experiment::settings::Dedup;

        let recorded = |guards: &'static [Guard]| {
            self.before_about(no, message)
                .find(move |s| matches!(s.what, Event::Recorded(guard) if guards.contains(&guard)))
        };
        let in_memory = || {
            let own = self.member_of(no);
            let own_record = self
                .before_about(no, message)
                .filter(|s| s.what == Event::Recorded(Guard::Memory))
                .find(|s| self.member_of(s.no) == own);
            own_record.or_else(|| recorded(&[Guard::Memory]))
        };
        match self.lane.consumer.dedup {
            Dedup::None => Gap::NoIds,
            Dedup::Memory => match in_memory() {
                None => Gap::NotWritten,
                Some(at) if self.member_of(at.no) != self.member_of(no) => Gap::Elsewhere,
                Some(at) if self.member_crashed_between(at.no, no) => Gap::Forgotten,
                Some(at) => self.kept(at, no),
            },
            dedup @ (Dedup::TableBefore | Dedup::TableAfter | Dedup::Atomic) => {
                let steps = &self.experiment.scenario.steps;
                let kind = steps.get(step as usize).map(|step| step.kind);
                match recorded(&[Guard::Table, Guard::Transaction]) {
                    Some(at) => self.kept(at, no),
                    None if dedup == Dedup::Atomic && kind != Some(StepKind::Db) => Gap::Outside,
                    None => Gap::NotWritten,
                }
            }
        }
    }

    /// Why an id that was recorded is not found.
    fn kept(&self, at: &Step, no: StepNo) -> Gap {
        let started = self
            .before_about(no, self.step(no).message.unwrap_or(MessageNo::from_index(0)))
            .find(|s| {
                matches!(s.what, Event::HandlerStarted { .. })
                    && self.member_of(s.no) == self.member_of(no)
            })
            .map_or(no, |s| s.no);
        if at.no > started {
            return Gap::Overtaken;
        }
        let lifetime = self.lane.consumer.dedup_ttl_ms.limit().map(Time::from_millis);
        match lifetime {
            Some(lifetime) if at.at + lifetime <= self.step(no).at => Gap::TooOld,
            _ => Gap::CrowdedOut,
        }
    }

    fn member_crashed_between(&self, from: StepNo, to: StepNo) -> bool {
        let member = self.member_of(to);
        self.after(from)
            .take_while(|s| s.no < to)
            .any(|s| matches!(s.what, Event::Crashed { node, .. } if Some(node) == member))
    }
}

/// The delivery a packet carries.
pub(super) fn delivery_in(packet: &Packet) -> Option<Delivery> {
    if let Carries::Delivery(delivery) = packet.carries { Some(delivery) } else { None }
}

/// The producer session a publish belongs to.
pub(super) fn session(packet: &Packet) -> Option<u32> {
    if let Carries::Publish { session, .. } = packet.carries { Some(session) } else { None }
}
