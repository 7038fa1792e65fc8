//! The broker as a cluster: nodes and replicas, rejected writes, transactions.

use crate::story::telling::{Sentence, Telling};
use ackground_core::experiment::settings::{Acks, BrokerKind, Isolation};
use ackground_core::number::{count, count_of};
use ackground_core::sim::{Carries, Event, MessageNo, Node, Refusal, StepNo, Told};

impl Telling<'_> {
    /// Why a write is rejected, as a clause.
    pub(super) fn refusal(&self, refusal: Refusal) -> String {
        let least = count(self.lane.broker.min_in_sync.get());
        match refusal {
            Refusal::NotEnoughReplicas => {
                format!("fewer than {least} replicas are in sync, and nothing was stored")
            }
            Refusal::NotEnoughReplicasAfterAppend => {
                format!(
                    "fewer than {least} replicas are in sync, although the leader has stored it"
                )
            }
            Refusal::OutOfOrder => {
                "an earlier message of the same sender is missing in the sequence".to_owned()
            }
            Refusal::Fenced => "a newer session of the same sender has fenced this one".to_owned(),
            Refusal::UnknownTransaction => "the broker does not know this transaction".to_owned(),
        }
    }

    pub(super) fn visible(&self, no: StepNo, message: MessageNo) -> Sentence {
        let consumer = self.consumer();
        let open = self.lane.producer.transactional
            && self.lane.consumer.isolation == Isolation::ReadCommitted
            && !self.committed_before(no, message);
        let rest = match (open, self.lane.producer.acks) {
            (true, _) => format!("{consumer} sees it once its transaction is committed."),
            (false, Acks::All) => {
                format!("only now may the broker reply, and {consumer} see it.")
            }
            (false, _) => format!("only now may {consumer} see it."),
        };
        Sentence::new(format!("every in-sync replica has message {message}."), rest)
    }

    pub(super) fn committed_before(&self, no: StepNo, message: MessageNo) -> bool {
        self.before_about(no, message)
            .any(|step| matches!(step.what, Event::TransactionCommitted { .. }))
    }

    pub(super) fn transaction_committed(&self, message: MessageNo) -> Sentence {
        Sentence::new(
            format!("the transaction of message {message} is committed."),
            "a consumer that reads only committed messages sees it from here on.",
        )
    }

    pub(super) fn transaction_aborted(&self, no: StepNo, message: MessageNo) -> Sentence {
        let cause = self.step(no).cause.map(|cause| self.step(cause).what);
        let why = match cause {
            Some(Event::Restarted { .. }) => {
                "the sender's new session fenced the old one".to_owned()
            }
            _ => format!("{} has given it up", self.producer()),
        };
        let rest = match self.lane.consumer.isolation {
            Isolation::ReadCommitted => {
                format!("{why}; a consumer that reads only committed messages never sees it.")
            }
            Isolation::ReadUncommitted => {
                format!("{why}, but this consumer reads uncommitted messages and sees it anyway.")
            }
        };
        Sentence::new(format!("the open transaction of message {message} is aborted."), rest)
    }

    pub(super) fn elected(&self, no: StepNo, partition: u8, node: Node, clean: bool) -> Sentence {
        let lost = self
            .after(no)
            .take_while(|step| matches!(step.what, Event::CopyLost { .. }))
            .filter(|step| step.cause == Some(no))
            .count() as u64;
        let gone = match lost {
            1 if self.lane.broker.replicas.get() == 1 => "one message".to_owned(),
            lost if self.lane.broker.replicas.get() == 1 => count_of(lost, "message", "messages"),
            1 => "one message that it does not have is gone".to_owned(),
            lost => {
                format!("{} that it does not have are gone", count_of(lost, "message", "messages"))
            }
        };
        let rest = match (clean, lost) {
            (true, 0) => "it was in sync, and no message is lost.".to_owned(),
            (true, _) if self.lane.broker.replicas.get() == 1 => {
                format!("what it had not flushed is lost: {gone}.")
            }
            (true, _) => format!("it was in sync, but {gone}."),
            (false, 0) => "it was not in sync, but it has every message.".to_owned(),
            (false, _) => format!("it was not in sync, so {gone}."),
        };
        let what = match self.lane.broker.replicas.get() {
            1 => "serves again".to_owned(),
            _ => format!("leads {} now", self.partition(partition)),
        };
        Sentence::new(format!("{} {what}.", self.node(node)), rest)
    }

    pub(super) fn unavailable(&self, no: StepNo, partition: u8) -> Sentence {
        let nodes = self.lane.broker.replicas.get();
        let up = (0..nodes as u8).any(|node| self.is_up(no, Node::Broker(node)));
        let rest = match nodes {
            1 => "there is only one node, so everything waits until it is back.",
            _ if !up => "no broker node is up, so everything waits until one is back.",
            _ => {
                "no node that is up was in sync; rather than lose messages, the broker waits for one that was."
            }
        };
        Sentence::new(format!("{} has no leader.", self.partition(partition)), rest)
    }

    pub(super) fn copy_lost(&self, no: StepNo, message: MessageNo) -> Sentence {
        let done = self.effects_until(no, message, self.primary()) > 0;
        let rest = match (done, self.learnt_before(no, message)) {
            (true, _) => format!(
                "{} anyway, so only the stored message is lost.",
                self.verb(self.primary()).happened()
            ),
            (false, Some(Told::Ok)) => {
                format!("{} had been told that it is safe.", self.producer())
            }
            (false, Some(Told::Error)) => {
                format!("{} had already given up on it.", self.producer())
            }
            (false, Some(Told::Nothing)) => "there will be no resend.".to_owned(),
            (false, None) if self.answer_under_way(no, message) => {
                format!("the reply that it is safe is already on its way to {}.", self.producer())
            }
            (false, None) => {
                format!("{} has not been told that it was stored.", self.producer())
            }
        };
        let lead = match self.lane.broker.replicas.get() {
            1 => format!("the stored copy of message {message} is gone."),
            _ => format!("the last copy of message {message} is gone."),
        };
        Sentence::new(lead, rest)
    }

    fn answer_under_way(&self, no: StepNo, message: MessageNo) -> bool {
        let now = self.step(no).at;
        self.packets_before(no, message).any(|packet| {
            matches!(packet.carries, Carries::Stored { .. })
                && packet.lost.is_none()
                && packet.arrives > now
        })
    }

    fn learnt_before(&self, no: StepNo, message: MessageNo) -> Option<Told> {
        self.before_about(no, message)
            .find_map(|step| if let Event::Told(told) = step.what { Some(told) } else { None })
    }

    pub(super) fn assigned(
        &self,
        no: StepNo,
        message: MessageNo,
        partition: u8,
        node: Node,
    ) -> Sentence {
        let cause = self.step(no).cause.map(|cause| self.step(cause));
        let zombie = cause
            .filter(|step| matches!(step.what, Event::DeliveryTimedOut(_)))
            .and_then(|step| step.cause)
            .and_then(|sent| self.sent_by(self.step(sent)))
            .map(|packet| packet.to)
            .filter(|&late| late != node);
        let rest = match zombie {
            Some(late) => format!(
                "{} did not acknowledge in time and may still be working; the new holder reads on from message {message}.",
                self.node(late)
            ),
            None => format!("it reads on from message {message}."),
        };
        let what = self.partition(partition);
        Sentence::new(format!("{what} goes to {}.", self.node(node)), rest)
    }

    /// `the queue`, `the log`; `partition 2` where there are several.
    pub(super) fn partition(&self, partition: u8) -> String {
        match (self.lane.broker.partitions.get(), self.lane.broker.kind) {
            (1, BrokerKind::Queue) => "the queue".to_owned(),
            (1, BrokerKind::Log) => "the log".to_owned(),
            (_, BrokerKind::Queue) => format!("queue {}", u32::from(partition) + 1),
            (_, BrokerKind::Log) => format!("partition {}", u32::from(partition) + 1),
        }
    }

    pub(super) fn transaction_refused(&self, no: StepNo, message: MessageNo) -> Sentence {
        Sentence::new(
            format!("the transaction for message {message} is refused as a whole."),
            format!(
                "{} no longer holds the message, so neither the effect nor the acknowledgment happens.",
                self.who(no)
            ),
        )
    }
}
