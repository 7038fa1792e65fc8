//! Transactions of the producer: committed, fenced and aborted, or abandoned.

use std::ops::Range;

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
                (Carries::Refused { session, refusal }, step)
            }
        };
        let way = (Node::Broker(leader), Node::Producer);
        context.send(Some(step), Leg::Commit, message, way, answer);
        self.show(context, number);
    }

    /// A new session of a transactional producer fences earlier ones and aborts their open records.
    pub(in crate::sim) fn fence<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        session: u32,
        cause: Option<StepNo>,
    ) {
        self.fence = session;
        for number in 0..self.partitions.len() {
            let Partition { records, intake, .. } = &mut self.partitions[number];
            for record in
                records.iter_mut().filter(|record| record.transaction == Transaction::Open)
            {
                record.transaction = Transaction::Aborted;
                let aborted = Event::TransactionAborted { copy: record.copy };
                record.since = context.tell(cause, record.origin.message, aborted);
                intake.forget(record.origin);
            }
            self.show(context, number as u8);
        }
    }

    /// A transactional producer will never send these numbers: the gaps they leave are closed, and
    /// whatever is open under them is aborted. Kafka's client achieves the same with an abort and a
    /// new epoch. Like the request that fences, this takes no time.
    pub(in crate::sim) fn abandon<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        message: MessageNo,
        session: u32,
        numbers: Range<u32>,
        cause: Option<StepNo>,
    ) {
        if session < self.fence {
            return;
        }
        let number = context.setup.partition(message);
        let Partition { records, intake, .. } = &mut self.partitions[number as usize];
        // A transactional producer keeps one id across all its sessions.
        intake.abandon(0, numbers.clone());
        let open = |record: &&mut Record| {
            record.transaction == Transaction::Open && numbers.contains(&record.origin.sequence)
        };
        for record in records.iter_mut().filter(open) {
            record.transaction = Transaction::Aborted;
            let aborted = Event::TransactionAborted { copy: record.copy };
            record.since = context.tell(cause, record.origin.message, aborted);
        }
        self.show(context, number);
    }
}
