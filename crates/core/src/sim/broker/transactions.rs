//! Transactions of the producer: committed, or aborted by itself or by its successor.

use super::super::context::Context;
use super::super::fate::Fate;
use super::super::held::Transaction;
use super::super::trace::{
    Carries, Event, Ignored, Leg, MessageNo, Node, Observer, Packet, PacketNo, Refusal, StepNo,
};
use super::Broker;
use super::partition::{Partition, Record};

impl Broker {
    /// A producer commits the transaction of a message.
    pub(in crate::sim) fn commit_transaction<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        (packet, no): (&Packet, PacketNo),
        session: u32,
        cause: Option<StepNo>,
    ) {
        let message = packet.message;
        let number = context.setup.partition(message);
        let partition = &mut self.partitions[number as usize];
        let Some(leader) = partition.replicas.leader() else {
            context.tell_packet(cause, packet, Event::Disregarded(no, Ignored::Unavailable));
            return;
        };
        let arrived = context.tell_packet(cause, packet, Event::Arrived(no));
        let of_message = |record: &&mut Record| record.origin.message == message;
        let standing = partition.records.iter_mut().rev().filter(of_message);
        let record = standing.into_iter().find(|record| record.transaction != Transaction::Aborted);
        let (answer, step) = match record {
            Some(record) if record.transaction == Transaction::Open && session >= self.fence => {
                record.transaction = Transaction::Committed;
                let committed = Event::TransactionCommitted { copy: record.copy };
                record.since = context.tell(Some(arrived), message, committed);
                (Carries::TransactionCommitted { session }, record.since)
            }
            // A repeated commit gets the same answer.
            Some(record) if record.transaction == Transaction::Committed => {
                (Carries::TransactionCommitted { session }, arrived)
            }
            _ => {
                let refusal = Refusal::UnknownTransaction;
                let step = context.tell(Some(arrived), message, Event::Refused(refusal));
                (Carries::Refused { session, publish: None, refusal }, step)
            }
        };
        let way = (Node::Broker(leader), Node::Producer);
        context.send(Some(step), Leg::Commit, message, way, answer);
        self.show(context, number);
    }

    /// A new session of a transactional producer fences earlier ones and aborts their open records.
    /// It remembers nothing else of them: what they had committed is no repeat when it is sent again.
    pub(in crate::sim) fn fence<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        session: u32,
        cause: Option<StepNo>,
    ) {
        self.fence = session;
        for number in 0..self.partitions.len() as u8 {
            self.abort_open(context, number, |_| true, cause);
        }
    }

    /// A transactional producer has given a message up and aborts what is open of it, and what an
    /// attempt that is still under way will open. Like the request that fences, this takes no time.
    pub(in crate::sim) fn abort<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        message: MessageNo,
        session: u32,
        cause: Option<StepNo>,
    ) {
        if session >= self.fence {
            self.given_up.insert(message);
            self.abort_message(context, message, cause);
        }
    }

    /// Aborts what is open of a message.
    pub(super) fn abort_message<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        message: MessageNo,
        cause: Option<StepNo>,
    ) {
        let number = context.setup.partition(message);
        self.abort_open(context, number, |record| record.origin.message == message, cause);
    }

    /// Aborts these open records of a partition.
    fn abort_open<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        number: u8,
        which: impl Fn(&Record) -> bool,
        cause: Option<StepNo>,
    ) {
        let Partition { records, intake, .. } = &mut self.partitions[number as usize];
        let open = |record: &&mut Record| record.transaction == Transaction::Open && which(record);
        for record in records.iter_mut().filter(open) {
            record.transaction = Transaction::Aborted;
            let aborted = Event::TransactionAborted { copy: record.copy };
            record.since = context.tell(cause, record.origin.message, aborted);
            intake.release(record.origin.message);
        }
        self.show(context, number);
    }
}
