//! Nodes and copies, refusals and transactions: what a broker of several machines goes through.

use crate::experiment::settings::{Acks, Isolation};
use crate::sim::{MessageNo, Node, Refusal, StepNo};
use crate::story::telling::{Sentence, Telling};

impl Telling<'_> {
    /// Why a write is refused, as a clause.
    pub(super) fn refusal(&self, refusal: Refusal) -> String {
        let least = self.lane.broker.min_in_sync;
        match refusal {
            Refusal::NotEnoughReplicas => {
                format!("fewer than {least} copies are in sync, and nothing was stored")
            }
            Refusal::NotEnoughReplicasAfterAppend => {
                format!("fewer than {least} copies are in sync, although one has been stored")
            }
            Refusal::OutOfOrder => {
                "an earlier message of the same sender is missing in the sequence".to_owned()
            }
            Refusal::Fenced => "a later life of the same sender has fenced this one".to_owned(),
            Refusal::UnknownTransaction => "the transaction that it ends is not there".to_owned(),
        }
    }

    pub(super) fn visible(&self, message: MessageNo) -> Sentence {
        let rest = match self.lane.producer.acks {
            Acks::All => "now the broker may answer, and consumers may see it.",
            _ => "now consumers may see it.",
        };
        Sentence::new(format!("every node in sync has message {message}."), rest)
    }

    pub(super) fn transaction_committed(&self, message: MessageNo) -> Sentence {
        Sentence::new(
            format!("the transaction of message {message} is committed."),
            "a reader of committed messages sees it from here on.",
        )
    }

    pub(super) fn transaction_aborted(&self, message: MessageNo) -> Sentence {
        let rest = match self.lane.consumer.isolation {
            Isolation::ReadCommitted => "the new life of its sender fenced the old one; no reader of committed messages ever sees it.",
            Isolation::ReadUncommitted => "the new life of its sender fenced the old one, but this consumer reads uncommitted messages and sees it all the same.",
        };
        Sentence::new(format!("the open transaction of message {message} is aborted."), rest)
    }

    pub(super) fn elected(&self, node: Node, clean: bool) -> Sentence {
        let rest = match clean {
            true => "it was in sync: it has every message that every in-sync copy had.",
            false => "it was not in sync: what it does not have is lost for all.",
        };
        Sentence::new(format!("{} takes over.", self.broker_node(node)), rest)
    }

    pub(super) fn unavailable(&self) -> Sentence {
        Sentence::new(
            "the partition has no leader.",
            "no copy that is up was in sync, so the broker waits for one rather than lose messages.",
        )
    }

    pub(super) fn copy_lost(&self, no: StepNo, message: MessageNo) -> Sentence {
        let rest = match self.told_before(no, message) {
            true => format!("{} had been told that it is safe.", self.producer()),
            false => format!("{} has not been told that it was stored.", self.producer()),
        };
        Sentence::new(format!("the only copies of message {message} are gone."), rest)
    }

    pub(super) fn assigned(&self, message: MessageNo, node: Node) -> Sentence {
        let member = match node {
            Node::Consumer(member) => format!("member {} of {}", u32::from(member) + 1, self.consumer()),
            other => self.node(other).to_owned(),
        };
        Sentence::new(
            "the partition is handed out anew.",
            format!("{member} reads on from message {message}."),
        )
    }

    pub(super) fn transaction_refused(&self, message: MessageNo) -> Sentence {
        Sentence::new(
            format!("the transaction for message {message} is refused as a whole."),
            format!("{} no longer holds the message, so neither the effect nor the acknowledgment takes place.", self.consumer()),
        )
    }

    fn broker_node(&self, node: Node) -> String {
        match node {
            Node::Broker(node) => format!("broker node {}", u32::from(node) + 1),
            other => self.node(other).to_owned(),
        }
    }
}
