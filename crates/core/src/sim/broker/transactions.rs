//! Transactions of the producer: committed, fenced and aborted, abandoned.

use std::ops::Range;

use super::super::fate::Fate;
use super::super::held::Transaction;
use super::super::stage::Stage;
use super::super::trace::{
    Carries, Happening, Ignored, Leg, MessageNo, Node, Observer, Packet, PacketNo, Refusal, StepNo,
};
use super::Broker;
use super::partition::{Partition, Record};

impl Broker {
    /// A producer commits the transaction of a message.
    pub(in crate::sim) fn commit_transaction<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        (packet, no): (&Packet, PacketNo),
        session: u32,
        cause: Option<StepNo>,
    ) {
        let message = packet.message;
        let number = stage.setup.partition(message);
        let partition = &mut self.partitions[number as usize];
        let Some(leader) = partition.replicas.leader() else {
            stage.tell_packet(cause, packet, Happening::Disregarded(no, Ignored::Unavailable));
            return;
        };
        let arrived = stage.tell_packet(cause, packet, Happening::Arrived(no));
        let of_message = |record: &&mut Record| record.origin.message == message;
        let standing = partition.records.iter_mut().rev().filter(of_message);
        let record = standing.into_iter().find(|record| record.transaction != Transaction::Aborted);
        let (answer, step) = match record {
            Some(record) if record.transaction == Transaction::Open && session >= self.fence => {
                record.transaction = Transaction::Committed;
                let committed = Happening::TransactionCommitted { copy: record.copy };
                record.since = stage.tell(Some(arrived), message, committed);
                (Carries::TransactionCommitted { session }, record.since)
            }
            Some(record) if record.transaction == Transaction::Committed => {
                (Carries::TransactionCommitted { session }, arrived)
            }
            _ => {
                let refusal = Refusal::UnknownTransaction;
                let step = stage.tell(Some(arrived), message, Happening::Refused(refusal));
                (Carries::Refused { session, refusal }, step)
            }
        };
        let way = (Node::Broker(leader), Node::Producer);
        stage.send(Some(step), Leg::Commit, message, way, answer);
        self.show(stage, number);
    }

    /// A new session of a transactional producer fences the ones before it and aborts what they left
    /// open.
    pub(in crate::sim) fn fence<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
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
                let aborted = Happening::TransactionAborted { copy: record.copy };
                record.since = stage.tell(cause, record.origin.message, aborted);
                intake.forget(record.origin);
            }
            self.show(stage, number as u8);
        }
    }

    /// A transactional producer will not send these numbers any more: the gaps that they leave are
    /// closed, and what it left open under them is aborted. Kafka's client reaches the same by an
    /// abort and a new epoch; it travels in no time, as the request that fences does.
    pub(in crate::sim) fn abandon<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        message: MessageNo,
        session: u32,
        numbers: Range<u32>,
        cause: Option<StepNo>,
    ) {
        if session < self.fence {
            return;
        }
        let number = stage.setup.partition(message);
        let Partition { records, intake, .. } = &mut self.partitions[number as usize];
        // A transactional producer keeps one id for all its lives.
        intake.abandon(0, numbers.clone());
        let open = |record: &&mut Record| {
            record.transaction == Transaction::Open && numbers.contains(&record.origin.sequence)
        };
        for record in records.iter_mut().filter(open) {
            record.transaction = Transaction::Aborted;
            let aborted = Happening::TransactionAborted { copy: record.copy };
            record.since = stage.tell(cause, record.origin.message, aborted);
        }
        self.show(stage, number);
    }
}
