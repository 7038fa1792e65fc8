//! The broker: nodes that crash and come back, and partitions that store messages, replicate them,
//! answer the producer and serve the consumers from a [`Queue`](queue::Queue) or a
//! [`Log`](log::Log).
//!
//! | file | owns |
//! |---|---|
//! | `mod` | publishes: stored, replicated, answered, made visible |
//! | `transactions` | what the producer commits, fences and aborts |
//! | `nodes` | crashes, elections, catching up |
//! | `serve` | deliveries to the consumers, and their answers |
//! | `group` | who holds which partition |
//! | `partition` | the state of one partition |
//! | `replicas` | its copies: leader, in-sync set, flushing |
//! | `intake` | what it remembers about producers |
//! | `queue`, `log` | how consumers see it |

mod group;
mod intake;
mod log;
mod nodes;
mod partition;
mod queue;
mod replicas;
mod serve;
mod transactions;

use std::collections::{BTreeSet, VecDeque};

use super::agenda::Scheduled;
use super::context::Context;
use super::fate::{Fate, Occasion, Operation, Side};
use super::held::{self, Transaction, Waits};
use super::renew::clone_in_place;
use super::setup::Setup;
use super::time::Time;
use super::trace::{
    Carries, Event, Ignored, Keeper, Leg, MessageNo, Node, Observer, Packet, PacketNo, Refusal,
    StepNo,
};
use crate::experiment::settings::{Acks, BrokerKind, Isolation};
pub(super) use intake::Origin;
use intake::{Intake, Verdict};
use log::Log;
use partition::{Partition, Record, Shelf};
use queue::Queue;
use replicas::Replicas;

/// The broker's state.
#[derive(Debug, Hash)]
pub(super) struct Broker {
    /// Which nodes are up.
    up: Vec<bool>,
    partitions: Vec<Partition>,
    /// How many copies have been stored so far.
    copies: u32,
    /// Sessions of a transactional producer before this one are fenced.
    fence: u32,
    /// What a transactional producer has given up: no transaction of it stays open.
    given_up: BTreeSet<MessageNo>,
    /// Members waiting for messages, in the order in which they asked.
    asking: VecDeque<u8>,
    /// Which members are in the group.
    members: Vec<bool>,
    /// Per member the partition that is its turn next.
    turns: Vec<u8>,
    /// Per member which of its connections to a queue this is.
    connections: Vec<u32>,
}

clone_in_place!(Broker {
    up,
    partitions,
    copies,
    fence,
    given_up,
    asking,
    members,
    turns,
    connections
});

impl Broker {
    pub(super) fn new(setup: &Setup<'_>) -> Broker {
        let settings = &setup.lane.broker;
        let nodes = settings.replicas.get() as u8;
        let partition = |number: u8| {
            let shelf = match settings.kind {
                BrokerKind::Queue => Shelf::Queue(Queue::default()),
                BrokerKind::Log => {
                    let mut log = Log::default();
                    log.start(number % setup.instances);
                    Shelf::Log(log)
                }
            };
            Partition {
                replicas: Replicas::new(nodes, number % nodes),
                intake: Intake::default(),
                records: Vec::new(),
                shelf,
                replicated: 0,
            }
        };
        Broker {
            up: vec![true; nodes as usize],
            partitions: (0..settings.partitions.get() as u8).map(partition).collect(),
            copies: 0,
            fence: 0,
            given_up: BTreeSet::new(),
            asking: VecDeque::new(),
            members: vec![true; setup.instances as usize],
            turns: vec![0; setup.instances as usize],
            connections: vec![0; setup.instances as usize],
        }
    }

    /// What its nodes and partitions hold.
    pub(super) fn held(&self, setup: &Setup<'_>, waits: &Waits, now: Time) -> held::Broker {
        let nodes = 0..self.up.len() as u8;
        let partitions = self.partitions.iter();
        held::Broker {
            nodes: nodes.map(|node| waits.down(Node::Broker(node))).collect(),
            partitions: partitions.map(|partition| partition.held(setup, waits, now)).collect(),
        }
    }

    /// A publish arrives: keep it or recognise it or refuse it, copy it, answer it.
    pub(super) fn published<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        (packet, no): (&Packet, PacketNo),
        origin: Origin,
        cause: Option<StepNo>,
    ) {
        let (message, nth) = (packet.message, packet.nth);
        let setup = context.setup;
        let number = setup.partition(message);
        let partition = &mut self.partitions[number as usize];
        let Some(leader) = partition.replicas.leader() else {
            context.tell_packet(cause, packet, Event::Disregarded(no, Ignored::Unavailable));
            return;
        };
        let arrived = context.tell_packet(cause, packet, Event::Arrived(no));
        let session = origin.session;
        if setup.lane.producer.transactional && session < self.fence {
            return self.refuse(context, leader, (origin, nth), Refusal::Fenced, arrived);
        }
        if !self.spared(context, leader, message, Side::Before, Operation::Write, arrived) {
            return;
        }
        // Checked before repeats are recognised, as in Kafka: otherwise the answer to a resend
        // would confirm a record that too few nodes have.
        let acks = setup.lane.producer.acks;
        let partition = &mut self.partitions[number as usize];
        if acks == Acks::All && partition.replicas.in_sync() < setup.lane.broker.min_in_sync.get() {
            return self.refuse(
                context,
                leader,
                (origin, nth),
                Refusal::NotEnoughReplicas,
                arrived,
            );
        }
        let answer = Carries::Stored { session };
        match partition.intake.judge(setup, origin, context.now()) {
            Verdict::Refuse(refusal) => {
                return self.refuse(context, leader, (origin, nth), refusal, arrived);
            }
            Verdict::Repeat(guard) => {
                let step = context.tell(Some(arrived), message, Event::RepeatDropped(guard));
                // While the original is still being replicated, the answer to a repeat has to wait.
                let pending = partition.records[partition.replicated as usize..].iter_mut();
                let original = pending.rev().find(|record| record.origin.message == message);
                match original.filter(|_| acks == Acks::All) {
                    Some(record) => record.owed = Some(nth),
                    None => self.answer(context, leader, message, answer, step),
                }
                return;
            }
            Verdict::New => {}
        }
        let since = self.store(context, number, (origin, nth), arrived);
        if self.given_up.contains(&message) {
            self.abort_message(context, message, Some(since));
        }
        if !self.spared(context, leader, message, Side::After, Operation::Write, since) {
            return;
        }
        // Without `acks: all` the leader answers as soon as it has written.
        if acks != Acks::All && !self.answer_at_risk(context, leader, message, answer, since) {
            return;
        }
        let replication = self.begin_replication(context, number);
        let copying = (Side::Before, Operation::Replicate);
        if !self.outlives(context, leader, (message, replication), copying, since) {
            return;
        }
        self.copy_to_followers(context, number, since);
        self.progress(context, number);
    }

    fn store<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        number: u8,
        (origin, nth): (Origin, u32),
        cause: StepNo,
    ) -> StepNo {
        let setup = context.setup;
        let partition = &mut self.partitions[number as usize];
        if let Some(kept) = partition.intake.remember(setup, origin, context.now()) {
            context.observer.kept(Keeper::Window(number), kept);
        }
        partition.replicas.write(context.now());
        let copy = self.copies;
        self.copies += 1;
        let since = context.tell(Some(cause), origin.message, Event::Stored { copy });
        let producer = &setup.lane.producer;
        partition.records.push(Record {
            copy,
            origin,
            owed: (producer.acks == Acks::All).then_some(nth),
            transaction: if producer.transactional {
                Transaction::Open
            } else {
                Transaction::Committed
            },
            replication: 0,
            since,
        });
        since
    }

    /// Numbers the replication of the record just stored: a message may be stored more than once.
    fn begin_replication<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        number: u8,
    ) -> u32 {
        let records = &mut self.partitions[number as usize].records;
        let record = records.last_mut().expect("a record was just stored");
        record.replication = context.reach(Operation::Replicate, record.origin.message);
        record.replication
    }

    fn copy_to_followers<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        number: u8,
        cause: StepNo,
    ) {
        let partition = &self.partitions[number as usize];
        let offset = partition.records.len() as u32 - 1;
        for node in partition.replicas.followers() {
            self.copy_to(context, (number, node), offset, Some(cause));
        }
    }

    /// Sends one record to a follower.
    fn copy_to<F: Fate, O: Observer>(
        &self,
        context: &mut Context<'_, F, O>,
        (number, node): (u8, u8),
        offset: u32,
        cause: Option<StepNo>,
    ) {
        let partition = &self.partitions[number as usize];
        let leader_epoch = partition.replicas.leader_epoch();
        let message = partition.records[offset as usize].origin.message;
        let wait = context.copy_arrives(message, node) - context.now();
        let event = Scheduled::Replicate { message, offset, partition: number, node, leader_epoch };
        context.after(wait, cause, event);
    }

    /// A follower takes its copy, unless it crashes just before.
    pub(super) fn replicate<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        (message, offset, number): (MessageNo, u32, u8),
        (node, leader_epoch): (u8, u32),
        cause: Option<StepNo>,
    ) {
        if !self.up[node as usize]
            || self.partitions[number as usize].replicas.leader_epoch() != leader_epoch
        {
            return;
        }
        let nth = context.reach(Operation::Follow, message);
        let occasion = Occasion { message, nth, handling: nth };
        if let Some(crash) = context.crashes(Side::Before, Operation::Follow, occasion) {
            return self.crash(context, node, message, crash, cause);
        }
        let partition = &mut self.partitions[number as usize];
        if partition.replicas.copy(node, offset, context.now()) {
            self.progress(context, number);
        }
    }

    /// Does what waited for every in-sync node to have a record: answers the producer and makes the
    /// record visible to consumers.
    fn progress<F: Fate, O: Observer>(&mut self, context: &mut Context<'_, F, O>, number: u8) {
        loop {
            let partition = &mut self.partitions[number as usize];
            let Some(leader) = partition.replicas.leader() else {
                return;
            };
            let offset = partition.replicated;
            if offset >= partition.replicas.replicated() {
                break;
            }
            partition.replicated = offset + 1;
            let record = &mut partition.records[offset as usize];
            let (message, copy) = (record.origin.message, record.copy);
            if record.replication == 0 {
                // The leader crashed before it got that far; its successor took the record over.
                record.replication = context.reach(Operation::Replicate, message);
            }
            let replication = record.replication;
            if self.up.len() > 1 {
                record.since = context.tell(Some(record.since), message, Event::Visible { copy });
            }
            let (since, owed, origin) = (record.since, record.owed.take(), record.origin);
            let enough =
                partition.replicas.in_sync() >= context.setup.lane.broker.min_in_sync.get();
            let copied = (Side::After, Operation::Replicate);
            if !self.outlives(context, leader, (message, replication), copied, since) {
                return;
            }
            let answer = Carries::Stored { session: origin.session };
            match owed {
                Some(nth) if !enough => {
                    let refusal = Refusal::NotEnoughReplicasAfterAppend;
                    self.refuse(context, leader, (origin, nth), refusal, since);
                }
                Some(_) if !self.answer_at_risk(context, leader, message, answer, since) => return,
                _ => {}
            }
        }
        self.show(context, number);
    }

    /// Answers the producer; returns whether the node is still up afterwards. With `acks: none` there
    /// is no answer, and so no moment before or after it.
    fn answer_at_risk<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        leader: u8,
        message: MessageNo,
        answer: Carries,
        cause: StepNo,
    ) -> bool {
        if context.setup.lane.producer.acks == Acks::None {
            return true;
        }
        if !self.spared(context, leader, message, Side::Before, Operation::Answer, cause) {
            return false;
        }
        self.answer(context, leader, message, answer, cause);
        self.spared(context, leader, message, Side::After, Operation::Answer, cause)
    }

    fn answer<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        leader: u8,
        message: MessageNo,
        answer: Carries,
        cause: StepNo,
    ) {
        if context.setup.lane.producer.acks != Acks::None {
            let way = (Node::Broker(leader), Node::Producer);
            context.send(Some(cause), Leg::PublishAck, message, way, answer);
        }
    }

    fn refuse<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        leader: u8,
        (origin, nth): (Origin, u32),
        refusal: Refusal,
        cause: StepNo,
    ) {
        let step = context.tell(Some(cause), origin.message, Event::Refused(refusal));
        let answer = Carries::Refused { session: origin.session, publish: Some(nth), refusal };
        self.answer(context, leader, origin.message, answer, step);
    }

    /// Makes visible to consumers what they may see.
    fn show<F: Fate, O: Observer>(&mut self, context: &mut Context<'_, F, O>, number: u8) {
        let sees_all = context.setup.lane.consumer.isolation == Isolation::ReadUncommitted;
        let partition = &mut self.partitions[number as usize];
        while partition.shelf.end() < partition.replicated {
            let record = &partition.records[partition.shelf.end() as usize];
            match record.transaction {
                Transaction::Open if !sees_all => break,
                Transaction::Aborted if !sees_all => partition.shelf.pass(false, record.since),
                _ => partition.shelf.pass(true, record.since),
            }
        }
        self.serve(context);
    }
}
