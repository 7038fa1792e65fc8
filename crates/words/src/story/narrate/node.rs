//! Crashes and restarts: exactly where, what was in flight, and what is left.

use crate::story::telling::{Sentence, Telling};
use ackground_core::experiment::settings::{BrokerKind, Dedup, Flush, Source};
use ackground_core::number::{count_of, millis};
use ackground_core::sim::{
    Carries, CrashPoint, Event, Extent, Leg, MessageNo, Node, Operation, Packet, Side, Step,
    StepNo, Told, first_leader,
};

impl Telling<'_> {
    pub(super) fn crashed(
        &self,
        no: StepNo,
        message: MessageNo,
        node: Node,
        point: CrashPoint,
    ) -> Sentence {
        let moment = self.crash_point(no, message, point);
        let lead = match point.extent {
            Extent::Machine => format!("{} crashes {moment}.", self.node(node)),
            Extent::Process => format!("the process of {} is killed {moment}.", self.node(node)),
        };
        let rest = match node {
            Node::Producer => self.after_a_producer_crash(no, message),
            Node::Broker(_) => self.after_a_broker_crash(no, message, node, point),
            Node::Consumer(_) if self.is_undone(no, point) => {
                let again = self
                    .delivery_of(no)
                    .is_some_and(|(_, _, delivery)| self.comes_again(no, message, delivery.copy));
                match again {
                    true => {
                        "all of it is undone, and the broker will redeliver the message.".to_owned()
                    }
                    false => "all of it is undone.".to_owned(),
                }
            }
            Node::Consumer(_) => self.after_a_consumer_crash(no, message),
        };
        Sentence::new(lead, rest)
    }

    /// Whether a crash undoes a step that its call had performed, but not committed.
    fn is_undone(&self, no: StepNo, point: CrashPoint) -> bool {
        let Operation::Step(step) = point.act else {
            return false;
        };
        let absorbed = |step: &Step| matches!(step.what, Event::Absorbed { .. });
        point.side == Side::After
            && !self.effect_in_this_call(no, step)
            && !self
                .trace
                .causes(no)
                .take_while(|s| !matches!(s.what, Event::HandlerStarted { .. }))
                .any(absorbed)
    }

    /// The exact point: `just after message 3 was acknowledged`.
    fn crash_point(&self, no: StepNo, message: MessageNo, point: CrashPoint) -> String {
        let side = match point.side {
            Side::Before => "just before",
            Side::After => "just after",
        };
        match point.act {
            Operation::Publish => format!("{side} sending message {message}"),
            Operation::Write => format!("{side} writing message {message}"),
            Operation::Replicate if self.lane.broker.replicas.get() == 1 => {
                format!("{side} the point at which other nodes would copy message {message}")
            }
            Operation::Replicate => {
                format!("{side} message {message} is copied to the other nodes")
            }
            Operation::Answer => format!("{side} replying about message {message}"),
            Operation::Follow => format!("{side} copying message {message}"),
            Operation::Receive => format!("{side} receiving message {message}"),
            Operation::Record => format!("{side} recording the ID of message {message}"),
            Operation::Ack => format!("{side} acknowledging message {message}"),
            Operation::Step(step) if self.is_undone(no, point) => {
                format!("inside the transaction in which {}", self.verb(step).happens_for(message))
            }
            Operation::Step(step) => match point.side {
                Side::Before => {
                    format!("{side} {}", self.verb(step).happens_for(message))
                }
                Side::After => format!("{side} {}", self.verb(step).happened_for(message)),
            },
        }
    }

    /// What is lost with a broker node, and who takes over.
    fn after_a_broker_crash(
        &self,
        no: StepNo,
        message: MessageNo,
        node: Node,
        point: CrashPoint,
    ) -> String {
        if point.act == Operation::Follow {
            return format!(
                "it was a follower and leaves the in-sync set; the leader still has message {message}."
            );
        }
        let what_follows = || {
            self.after(no)
                .take_while(|step| step.at == self.step(no).at)
                .filter(|step| step.cause == Some(no))
        };
        let heir = what_follows().find_map(|step| {
            if let Event::Elected { node: heir, .. } = step.what { Some(heir) } else { None }
        });
        let nobody = what_follows().any(|step| matches!(step.what, Event::Unavailable { .. }));
        let kept = match self.lane.broker.flush {
            _ if point.extent == Extent::Process => {
                "what it had written is in the page cache of its machine and survives".to_owned()
            }
            Flush::EachWrite => "it keeps what it has written".to_owned(),
            Flush::Async => format!(
                "it loses what it wrote in the last {}",
                millis(self.lane.broker.flush_interval_ms.get())
            ),
            Flush::Never => "it loses everything that it had".to_owned(),
        };
        match heir {
            Some(heir) if heir != node => format!("{kept}; {} takes over.", self.node(heir)),
            _ if nobody && self.lane.broker.replicas.get() > 1 => {
                format!("{kept}, and no other node may take over.")
            }
            _ if nobody => format!("{kept}, and there is no other node."),
            _ => format!("{kept}."),
        }
    }

    fn after_a_broker_restart(&self, no: StepNo, node: Node) -> String {
        let elected = self
            .after(no)
            .take_while(|step| step.at == self.step(no).at)
            .filter(|step| step.cause == Some(no))
            .find_map(|step| {
                if let Event::Elected { partition, clean, .. } = step.what {
                    Some((partition, clean))
                } else {
                    None
                }
            });
        let crash = self.before(no).find_map(|step| {
            if let Event::Crashed { node: gone, point, .. } = step.what {
                (gone == node).then_some(point.extent)
            } else {
                None
            }
        });
        let mut partitions = 0..self.lane.broker.partitions.get() as u8;
        match (elected, self.lane.broker.replicas.get()) {
            (_, 1) if crash == Some(Extent::Process) => "it has what it had written.".to_owned(),
            (_, 1) if self.lane.broker.flush == Flush::Never => {
                "it had flushed nothing to disk, so it starts empty.".to_owned()
            }
            (_, 1) => "it has what it had flushed to disk before the crash.".to_owned(),
            (Some((_, false)), _) => {
                "it was not in sync, but no other node is there, so it leads with what it has."
                    .to_owned()
            }
            (Some((partition, true)), _) if self.led_last(no, partition) == node => {
                "the broker waited for it, and it leads again with what it has.".to_owned()
            }
            (Some((_, true)), _) => {
                "it was in sync, so it is the leader now, with what it has.".to_owned()
            }
            (None, _) if partitions.all(|partition| self.leader_at(no, partition).is_none()) => {
                "it was not in sync, so it may not lead, and there is no leader yet to fetch from."
                    .to_owned()
            }
            (None, _) => {
                "it is a follower now, and fetches what it lacks from the leader.".to_owned()
            }
        }
    }

    /// The node that led a partition last before a step.
    fn led_last(&self, no: StepNo, partition: u8) -> Node {
        let last = self.before(no).find_map(|step| {
            if let Event::Elected { partition: of, node, .. } = step.what {
                (of == partition).then_some(node)
            } else {
                None
            }
        });
        last.unwrap_or_else(|| first_leader(&self.lane.broker, partition))
    }

    fn after_a_producer_crash(&self, no: StepNo, message: MessageNo) -> String {
        let producer = self.producer();
        if self.told_before(no, message) {
            return format!("{producer} was already done with message {message}.");
        }
        match (self.lane.producer.source, self.sent_before(no, message)) {
            (Source::Outbox, _) if self.sent_after(no, message) => {
                format!(
                    "message {message} is safe in the outbox and will be sent after the restart."
                )
            }
            (Source::Outbox, _) => format!("message {message} is still in the outbox."),
            (Source::Direct, true) => format!(
                "it had message {message} in memory only: if this attempt fails, there will be no resend."
            ),
            (Source::Direct, false) => {
                format!("it had message {message} in memory only, and no trace of it is left.")
            }
        }
    }

    fn sent_after(&self, no: StepNo, message: MessageNo) -> bool {
        let publish = |packet: &Packet| packet.message == message && packet.leg == Leg::Publish;
        self.after(no).filter_map(|step| self.sent_by(step)).any(publish)
    }

    fn sent_before(&self, no: StepNo, message: MessageNo) -> bool {
        self.packets_before(no, message)
            .any(|packet| matches!(packet.carries, Carries::Publish { .. }))
    }

    fn after_a_consumer_crash(&self, no: StepNo, message: MessageNo) -> String {
        let primary = self.primary();
        let applied = self.effects_until(no, message, primary) > 0;
        let verb = self.verb(primary);
        let Some((_, _, delivery)) = self.delivery_of(no) else {
            return String::new();
        };
        let again = self.comes_again(no, message, delivery.copy);
        if self.settled_before(no, message, delivery.copy) {
            return match (applied, self.missing(no, message)) {
                (true, None) => {
                    "the message is settled and the work is done: nothing is lost.".to_owned()
                }
                (true, Some(step)) => format!(
                    "the message is settled, so the broker will not redeliver {}: {}, but {}.",
                    self.it(no, message),
                    verb.happened(),
                    self.verb(step).did_not_happen()
                ),
                (false, _) => format!(
                    "the message is settled, so the broker will not redeliver {}: {}.",
                    self.it(no, message),
                    verb.did_not_happen()
                ),
            };
        }
        let happened = verb.happened();
        let will_come = if again { ": it will redeliver the message" } else { "" };
        if self.acked_before(no, message) {
            match (applied, again) {
                (_, true) => "the acknowledgment has left, but it does not settle the message: it will be redelivered.".to_owned(),
                (true, false) => "the acknowledgment has already left and will settle the message.".to_owned(),
                (false, false) => format!("the acknowledgment has already left, but {}.", verb.did_not_happen()),
            }
        } else if self.effect_in_this_call(no, primary) {
            format!("{happened}, and the broker does not know{will_come}.")
        } else if applied {
            format!(
                "{happened} before, in another call; the broker has no acknowledgment{will_come}."
            )
        } else if again && self.looks_done(no, message) {
            format!(
                "the broker will redeliver the message, but its ID is already recorded: {}.",
                verb.did_not_happen()
            )
        } else if again {
            "nothing is lost: the broker has no acknowledgment and will redeliver the message."
                .to_owned()
        } else {
            format!("{}.", verb.did_not_happen())
        }
    }

    /// The first step that has not taken effect up to a step of the trace.
    pub(super) fn missing(&self, no: StepNo, message: MessageNo) -> Option<u8> {
        let mut steps = 0..self.experiment.scenario.steps.len() as u8;
        steps.find(|&step| self.effects_until(no, message, step) == 0)
    }

    /// Whether the id of a message was kept before its effect, which then never came.
    fn looks_done(&self, no: StepNo, message: MessageNo) -> bool {
        let is =
            |step: &Step, what: fn(Event) -> bool| step.message == Some(message) && what(step.what);
        let skipped = |what| matches!(what, Event::Skipped(_));
        let primary = Event::Applied { step: self.primary() };
        let later = || self.after(no).filter(|step| step.message == Some(message));
        later().any(|step| is(step, skipped)) && !later().any(|step| step.what == primary)
    }

    fn acked_before(&self, no: StepNo, message: MessageNo) -> bool {
        let Some((sent, _, _)) = self.delivery_of(no) else {
            return false;
        };
        self.before(no).take_while(|step| step.no > sent).filter_map(|step| self.sent_by(step)).any(
            |packet| {
                packet.message == message
                    && packet.lost.is_none()
                    && matches!(packet.carries, Carries::Ack(_))
            },
        )
    }

    pub(super) fn restarted(&self, no: StepNo, node: Node) -> Sentence {
        let rest = match node {
            Node::Producer => self.after_a_producer_restart(no),
            Node::Broker(_) => self.after_a_broker_restart(no, node),
            Node::Consumer(_) => self.after_a_consumer_restart(),
        };
        Sentence::new(format!("{} is back.", self.node(node)), rest)
    }

    fn after_a_producer_restart(&self, no: StepNo) -> String {
        let crash = self
            .before(no)
            .find(|step| matches!(step.what, Event::Crashed { node: Node::Producer, .. }))
            .map(|step| step.no);
        let mut open = std::collections::BTreeSet::new();
        let mut forgotten = 0;
        for step in self.trace.steps[..no.0 as usize].iter() {
            match (step.what, step.message) {
                (Event::Created, Some(message)) => {
                    open.insert(message);
                }
                (Event::Told(told), Some(message)) => {
                    open.remove(&message);
                    forgotten += u64::from(told == Told::Nothing && step.cause == crash);
                }
                _ => {}
            }
        }
        if self.lane.producer.source == Source::Direct && forgotten > 0 {
            let messages = count_of(forgotten, "message", "messages");
            return format!("it has forgotten {messages} that it had in memory.");
        }
        let sends = |message| self.sent_after(no, message);
        match open.len() as u64 {
            0 => "it has no message waiting for a reply.".to_owned(),
            held => format!(
                "its outbox holds {} without a reply{}.",
                count_of(held, "message", "messages"),
                if open.into_iter().any(sends) { ", and it resends" } else { "" }
            ),
        }
    }

    fn after_a_consumer_restart(&self) -> String {
        let several = self.lane.consumer.instances.get() > 1;
        let in_memory = self.lane.consumer.dedup == Dedup::Memory;
        let memory = if in_memory { "; the IDs that it kept in memory are gone" } else { "" };
        match self.lane.broker.kind {
            BrokerKind::Log if several => {
                format!("it rejoins the group and reads its partitions{memory}.")
            }
            BrokerKind::Log => format!("it reads on from the committed position{memory}."),
            BrokerKind::Queue => format!("it asks the queue for the next message{memory}."),
        }
    }
}
