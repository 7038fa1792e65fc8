//! The broker as a trace shows it: the records of every partition, who leads it, how far the group has
//! committed, what is parked, and the ids that it would know again.

use super::ids::Ids;
use super::known::Known;
use super::scene::Down;
use ackground_core::experiment::settings::BrokerKind;
use ackground_core::sim::{
    Carries, Event, Leg, MessageNo, Node, Packet, Step, StepNo, Time, Trace,
};

/// Where a record stands with its consumers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    /// It waits to be delivered.
    Ready,
    /// It was delivered to this member and not answered; it comes back at the given time.
    Out {
        /// The member, from 0.
        member: u8,
        /// When it is offered again.
        until: Time,
    },
    /// It was given back and is not offered yet.
    Resting,
    /// Done: removed from a queue, committed in a log.
    Done,
    /// In the dead letter queue.
    Parked,
    /// Given up and thrown away.
    Discarded,
}

/// Where a record stands in the transaction that wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transaction {
    /// Not committed yet.
    Open,
    /// Committed, or never in one.
    Committed,
    /// Aborted.
    Aborted,
}

/// A stored copy of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Record {
    /// Its number among all copies of the run.
    pub copy: u32,
    /// The message.
    pub message: MessageNo,
    /// The latest step about it.
    pub step: StepNo,
    /// Where it stands with the consumers.
    pub hold: Hold,
    /// Whether every in-sync node has it.
    pub copied: bool,
    /// Where it stands in its transaction.
    pub transaction: Transaction,
    /// Whether the log had the message before.
    pub again: bool,
}

impl Record {
    /// Whether no reader of a log has to come past it any more.
    fn is_behind(&self) -> bool {
        self.transaction == Transaction::Aborted
            || matches!(self.hold, Hold::Done | Hold::Parked | Hold::Discarded)
    }
}

/// A partition of a log, or a queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partition {
    /// Which node leads it; nobody while it is unavailable.
    pub leader: Option<u8>,
    /// Its records; the place of each is its offset.
    pub records: Vec<Record>,
    /// The ids that it keeps against repeats.
    pub window: Ids,
}

impl Partition {
    /// How many records, from the first on, are done: the committed position of a log.
    pub fn committed(&self) -> usize {
        let open = self.records.iter().position(|record| !record.is_behind());
        open.unwrap_or(self.records.len())
    }
}

/// The broker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broker {
    /// Each node while it is down.
    pub down: Vec<Option<Down>>,
    /// The partitions.
    pub partitions: Vec<Partition>,
    /// The dead letter queue, with the step that parked each.
    pub parked: Vec<(MessageNo, StepNo)>,
    /// How many copies were given up and thrown away.
    pub discarded: usize,
    /// Where each copy is.
    places: Vec<(u8, u32)>,
}

impl Broker {
    pub(super) fn new(known: &Known) -> Broker {
        let partition = |leader: &u8| Partition {
            leader: Some(*leader),
            records: Vec::new(),
            window: Ids::keeping(None, known.window),
        };
        Broker {
            down: vec![None; known.nodes],
            partitions: known.first_leaders.iter().map(partition).collect(),
            parked: Vec::new(),
            discarded: 0,
            places: Vec::new(),
        }
    }

    pub(super) fn apply(&mut self, known: &Known, trace: &Trace, step: &Step) {
        match step.what {
            Event::Stored { copy } => self.store(known, step, copy),
            Event::Visible { copy } => self.with(step, copy, |record| record.copied = true),
            Event::TransactionCommitted { copy } => {
                self.with(step, copy, |record| record.transaction = Transaction::Committed);
            }
            Event::TransactionAborted { copy } => {
                self.with(step, copy, |record| record.transaction = Transaction::Aborted);
                if let (Some(message), Some((number, _))) = (step.message, self.locate(copy)) {
                    self.partitions[number].window.forget(message);
                }
            }
            Event::CopyLost { copy } => self.lose(copy),
            Event::Sent(no) => self.sent(known, step, trace.packet(no)),
            Event::Arrived(no) => {
                let packet = trace.packet(no);
                if let (Leg::Ack, Carries::Nack(delivery)) = (packet.leg, packet.carries) {
                    self.with(step, delivery.copy, |record| record.hold = Hold::Resting);
                }
            }
            Event::DeliveryTimedOut(delivery) => {
                let left = match known.kind {
                    BrokerKind::Queue => Hold::Resting,
                    BrokerKind::Log => Hold::Ready,
                };
                self.with(step, delivery.copy, |record| record.hold = left);
            }
            Event::Requeued { copy } => self.with(step, copy, |record| record.hold = Hold::Ready),
            Event::Rewound { copy } => self.rewind(copy),
            Event::Settled { copy } => self.with(step, copy, |record| record.hold = Hold::Done),
            Event::Parked { copy } => {
                self.with(step, copy, |record| record.hold = Hold::Parked);
                self.parked.extend(step.message.map(|message| (message, step.no)));
            }
            Event::Discarded { copy } => {
                self.with(step, copy, |record| record.hold = Hold::Discarded);
                self.discarded += 1;
            }
            Event::Elected { partition, node: Node::Broker(node), .. } => {
                self.lead(partition, Some(node))
            }
            Event::Unavailable { partition } => self.lead(partition, None),
            Event::Crashed { node: Node::Broker(node), until, .. } => {
                self.set_down(node, Some(Down::since(step, until)))
            }
            Event::Restarted { node: Node::Broker(node) } => self.set_down(node, None),
            _ => {}
        }
    }

    fn store(&mut self, known: &Known, step: &Step, copy: u32) {
        let Some(message) = step.message else { return };
        let number = known.partitions_of.get(message.index()).copied();
        let number = number.unwrap_or(0);
        let Some(partition) = self.partitions.get_mut(usize::from(number)) else {
            return;
        };
        let again = partition.records.iter().any(|record| record.message == message);
        self.places.push((number, partition.records.len() as u32));
        partition.records.push(Record {
            copy,
            message,
            step: step.no,
            hold: Hold::Ready,
            copied: known.nodes == 1,
            transaction: if known.transactional {
                Transaction::Open
            } else {
                Transaction::Committed
            },
            again,
        });
        if known.window.is_some() {
            partition.window.insert(message, step.at);
        }
    }

    /// A delivery leaves: the record is with a member until it answers, or its time is over.
    fn sent(&mut self, known: &Known, step: &Step, packet: &Packet) {
        let Carries::Delivery(delivery) = packet.carries else {
            return;
        };
        if packet.repeats.is_some() {
            return;
        }
        if let Node::Consumer(member) = packet.to {
            let until = step.at + known.redelivery;
            self.with(step, delivery.copy, |record| {
                if !matches!(record.hold, Hold::Done) {
                    record.hold = Hold::Out { member, until };
                }
            });
        }
    }

    /// The reader of a log starts again at this copy: what it had read after it will come again.
    fn rewind(&mut self, copy: u32) {
        let Some((number, offset)) = self.locate(copy) else {
            return;
        };
        for record in &mut self.partitions[number].records[offset..] {
            if matches!(record.hold, Hold::Out { .. }) {
                record.hold = Hold::Ready;
            }
        }
    }

    fn lose(&mut self, copy: u32) {
        let Some((number, _)) = self.locate(copy) else {
            return;
        };
        let Partition { records, window, .. } = &mut self.partitions[number];
        if let Some(at) = records.iter().rposition(|record| record.copy == copy) {
            let record = records.remove(at);
            if record.transaction != Transaction::Aborted {
                window.forget(record.message);
            }
        }
        // Lost records are told from the first on: those behind it move up until they go as well.
        for (at, record) in records.iter().enumerate() {
            if let Some(place) = self.places.get_mut(record.copy as usize) {
                place.1 = at as u32;
            }
        }
    }

    fn lead(&mut self, partition: u8, leader: Option<u8>) {
        if let Some(partition) = self.partitions.get_mut(usize::from(partition)) {
            partition.leader = leader;
        }
    }

    fn set_down(&mut self, node: u8, is: Option<Down>) {
        if let Some(down) = self.down.get_mut(usize::from(node)) {
            *down = is;
        }
    }

    /// The partition and the offset of a copy that is there.
    fn locate(&self, copy: u32) -> Option<(usize, usize)> {
        let (number, offset) = *self.places.get(copy as usize)?;
        let (number, offset) = (usize::from(number), offset as usize);
        let record = self.partitions.get(number)?.records.get(offset)?;
        (record.copy == copy).then_some((number, offset))
    }

    fn with(&mut self, step: &Step, copy: u32, change: impl FnOnce(&mut Record)) {
        if let Some((number, offset)) = self.locate(copy) {
            let record = &mut self.partitions[number].records[offset];
            record.step = step.no;
            change(record);
        }
    }
}
