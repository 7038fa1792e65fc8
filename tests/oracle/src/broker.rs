//! The nodes of the broker: writing, copying, crashing, electing.

use std::collections::BTreeSet;

use crate::format::{Acks, Flush, Isolation, Kind, Message, Time};
use crate::producer::State;
use crate::script::{Actor, Leg, Line};
use crate::world::{Event, Life, World};

/// Counted from 1, in the order of writing; 0 is before the first.
pub type RecordId = usize;

#[derive(Clone, Copy, Debug)]
pub enum Answer {
    Ok,
    Refused,
    /// A number before it is missing; somebody will fill the gap, or nobody.
    Gap {
        is_filled: bool,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transaction {
    None,
    Open,
    Committed,
    Aborted,
}

#[derive(Clone, Debug)]
pub struct Record {
    pub message: Message,
    life: Life,
    written: Time,
    pub transaction: Transaction,
    pub partition: usize,
    pub hand_outs: u64,
    pub is_parked: bool,
}

#[derive(Clone, Debug)]
pub struct Node {
    is_up: bool,
    life: Life,
}

impl Default for Node {
    fn default() -> Self {
        Self { is_up: true, life: 0 }
    }
}

#[derive(Clone, Debug)]
pub struct Partition {
    pub leader: Option<usize>,
    in_sync: BTreeSet<usize>,
    /// What each node has, and since when.
    logs: Vec<Vec<(RecordId, Time)>>,
    /// Which leader this is.
    pub epoch: u32,
    /// Sends that the leader owes an answer.
    unanswered: Vec<(RecordId, Message, Life, u64)>,
    visible: BTreeSet<RecordId>,
}

impl Partition {
    pub fn new(replicas: usize) -> Self {
        Self {
            leader: Some(0),
            in_sync: (0..replicas).collect(),
            logs: vec![Vec::new(); replicas],
            epoch: 0,
            unanswered: Vec::new(),
            visible: BTreeSet::new(),
        }
    }

    fn has(&self, node: usize, record: RecordId) -> bool {
        self.logs[node].iter().any(|(id, _)| *id == record)
    }

    /// What a reader could be handed, in order.
    pub fn readable(&self) -> Vec<RecordId> {
        let log = self.leader.map_or(&[][..], |leader| &self.logs[leader]);
        log.iter().map(|(id, _)| *id).filter(|id| self.visible.contains(id)).collect()
    }
}

/// A message of a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Queued {
    Ready { from: Time },
    Out { hand_out: u64 },
    Settled,
}

/// The group of readers at one partition of a log.
#[derive(Clone, Debug)]
pub struct Group {
    pub owner: usize,
    pub epoch: u32,
    pub committed: RecordId,
    /// The reader has been handed everything up to here.
    pub position: RecordId,
    pub paused_until: Time,
    /// Its reader waits for its own time to run out.
    pub is_stuck: bool,
    pub is_served: u64,
}

impl Group {
    pub fn of(owner: usize) -> Self {
        Self {
            owner,
            epoch: 0,
            committed: 0,
            position: 0,
            paused_until: 0,
            is_stuck: false,
            is_served: 0,
        }
    }
}

impl World<'_> {
    pub fn published(&mut self, message: Message, life: Life, attempt: u64, epoch: u32) {
        let at = self.setup.partition_of(message);
        let Some(leader) = self.partitions[at].leader else { return };
        if self.partitions[at].epoch != epoch
            && self.choices.reading("what was sent to a leader reaches the next one", 2) == 1
        {
            return;
        }
        let lane = &self.setup.lane;
        let is_fenced = lane.producer.transactional && life < self.producer.life;
        // Nobody has shut it out before its successor is there.
        if is_fenced && !self.producer.is_down() {
            return;
        }
        let counts_all = self.has_crash_of_broker()
            && self.choices.reading("only what is written has a moment before a write", 2) == 1;
        if counts_all && self.strikes(Actor::Broker, false, "write", message) {
            return self.crash_node(leader);
        }
        let is_passed = lane.producer.idempotent
            && (self.is_passed(message, life)
                || lane.producer.transactional && self.producer.out[message].state == State::Done);
        if is_passed && self.choices.reading("a number that was passed is dropped", 2) == 0 {
            return;
        }
        let partition = &self.partitions[at];
        let is_short =
            lane.producer.acks == Acks::All && partition.in_sync.len() < self.setup.min_in_sync();
        if let Some(record) = self.known(at, message, life) {
            if is_short
                && self.choices.reading("a repeat is answered without enough copies", 2) == 0
            {
                self.answer(at, message, life, attempt, Answer::Refused);
                return;
            }
            if lane.producer.acks == Acks::All && !self.partitions[at].visible.contains(&record) {
                let own = (record, message, life, attempt);
                let is_due = self.partitions[at].unanswered.contains(&own);
                if !is_due || self.choices.reading("both copies of a request are answered", 2) == 0
                {
                    self.partitions[at].unanswered.push(own);
                }
            } else {
                self.answer_repeat(at, message, life, attempt);
            }
            return;
        }
        if lane.producer.idempotent
            && let Some(answer) = self.gap(at, message, life)
        {
            self.answer(at, message, life, attempt, answer);
            return;
        }
        if is_short {
            self.answer(at, message, life, attempt, Answer::Refused);
            return;
        }
        if !counts_all && self.strikes(Actor::Broker, false, "write", message) {
            return self.crash_node(leader);
        }
        let transaction = if lane.producer.transactional {
            if self.producer.out[message].state == State::Done {
                Transaction::Aborted
            } else {
                Transaction::Open
            }
        } else {
            Transaction::None
        };
        self.records.push(Record {
            message,
            life,
            written: self.now,
            transaction,
            partition: at,
            hand_outs: 0,
            is_parked: false,
        });
        let record = self.records.len();
        let partition = &mut self.partitions[at];
        partition.logs[leader].push((record, self.now));
        if self.strikes(Actor::Broker, true, "write", message) {
            return self.crash_node(leader);
        }
        if lane.producer.acks == Acks::All {
            self.partitions[at].unanswered.push((record, message, life, attempt));
        }
        // With `leader` the copy is made after the answer.
        if lane.producer.acks == Acks::Leader
            && !self.answer(at, message, life, attempt, Answer::Ok)
        {
            return;
        }
        let is_alone = lane.broker.replicas == 1;
        let is_point = !is_alone || self.choices.reading("a lone node has no copy to make", 2) == 0;
        if is_point && self.strikes(Actor::Broker, false, "replicate", message) {
            return self.crash_node(leader);
        }
        self.copy_to_followers(at, record);
        self.became_visible(at, true);
    }

    fn has_crash_of_broker(&self) -> bool {
        self.setup.faults.script.iter().any(Line::is_crash_of_broker)
    }

    /// Whether its sender has given a message up, and used its number for another.
    fn is_passed(&self, message: Message, life: Life) -> bool {
        life == self.producer.life
            && self.producer.out[message].state == State::Done
            && self.records.iter().any(|record| record.life == life && record.message > message)
    }

    /// Whether the answer to a repeat has a moment before and after it is not said.
    fn answer_repeat(&mut self, at: usize, message: Message, life: Life, attempt: u64) {
        if self.has_crash_of_broker()
            && self.choices.reading("an answer to a repeat is an answer", 2) == 1
        {
            self.send_answer(message, life, attempt, Answer::Ok);
        } else {
            self.answer(at, message, life, attempt, Answer::Ok);
        }
    }

    fn send_answer(&mut self, message: Message, life: Life, attempt: u64, answer: Answer) {
        if self.setup.lane.producer.acks != Acks::None {
            for arrives in self.packet(Leg::PublishAck, 0, message) {
                self.at(arrives, Event::Answered { message, life, attempt, answer });
            }
        }
    }

    /// Answers a send; false if the node crashed over it.
    fn answer(
        &mut self,
        at: usize,
        message: Message,
        life: Life,
        attempt: u64,
        answer: Answer,
    ) -> bool {
        if self.setup.lane.producer.acks == Acks::None {
            return true;
        }
        let leader = self.partitions[at].leader.expect("only a leader answers");
        let is_ok = matches!(answer, Answer::Ok);
        if is_ok && self.strikes(Actor::Broker, false, "ack", message) {
            self.crash_node(leader);
            return false;
        }
        self.send_answer(message, life, attempt, answer);
        if is_ok && self.strikes(Actor::Broker, true, "ack", message) {
            self.crash_node(leader);
            return false;
        }
        true
    }

    /// The copy of a message that makes this send a repeat.
    fn known(&self, at: usize, message: Message, life: Life) -> Option<RecordId> {
        let lane = &self.setup.lane;
        let partition = &self.partitions[at];
        let log = &partition.logs[partition.leader?];
        let window = lane.broker.dedup_window_ms;
        let is_known = |&id: &RecordId| {
            let record = &self.records[id - 1];
            let is_same = lane.producer.idempotent && record.life == life;
            let is_seen = window > 0
                && self.now - record.written < window
                && record.transaction != Transaction::Aborted;
            record.message == message && (is_same || is_seen)
        };
        log.iter().map(|(id, _)| *id).find(is_known)
    }

    /// What is wrong with the number of a send.
    fn gap(&mut self, at: usize, message: Message, life: Life) -> Option<Answer> {
        let missing: Vec<Message> = (1..message)
            .filter(|&before| {
                self.setup.partition_of(before) == at
                    && self.producer.out[before].numbered.contains(&life)
                    && self.known(at, before, life).is_none()
            })
            .collect();
        if life != self.producer.life {
            // Nobody will hear of it. Whether the gap had been dealt with is not known any more.
            let is_wrong = !missing.is_empty() && self.choices.choose(2) == 0;
            return is_wrong.then_some(Answer::Gap { is_filled: false });
        }
        let is_filled =
            missing.iter().any(|&before| self.producer.out[before].state != State::Done);
        if is_filled {
            return Some(Answer::Gap { is_filled });
        }
        if missing.is_empty() || self.producer.out[message].is_renumbered {
            return None;
        }
        let takes_a_turn = self.choices.choose(2) == 1;
        takes_a_turn.then_some(Answer::Gap { is_filled })
    }

    fn copy_to_followers(&mut self, at: usize, record: RecordId) {
        let partition = &self.partitions[at];
        let (epoch, leader) = (partition.epoch, partition.leader);
        let followers: Vec<usize> =
            partition.in_sync.iter().copied().filter(|node| Some(*node) != leader).collect();
        for node in followers {
            if !self.partitions[at].has(node, record) {
                let wait = self.copy_time();
                self.after(wait, Event::Copied { partition: at, record, node, epoch });
            }
        }
    }

    /// A follower fetches: how long that takes is not said.
    fn copy_time(&mut self) -> Time {
        let ways = [1, 0, 2];
        let times = ways[self.choices.reading("packets that a copy takes", ways.len())];
        (0..times).map(|_| self.latency()).sum()
    }

    pub fn copied(&mut self, at: usize, record: RecordId, node: usize, epoch: u32) {
        let partition = &self.partitions[at];
        let is_over = partition.epoch != epoch || !self.nodes[node].is_up;
        if is_over || partition.leader.is_none() || partition.has(node, record) {
            return;
        }
        let message = self.records[record - 1].message;
        if self.strikes(Actor::Follower, false, "replicate", message) {
            return self.crash_node(node);
        }
        self.partitions[at].logs[node].push((record, self.now));
        self.partitions[at].logs[node].sort_unstable();
        self.became_visible(at, true);
    }

    /// Shows readers what every in-sync copy has, and answers for it.
    fn became_visible(&mut self, at: usize, is_live: bool) {
        loop {
            let partition = &self.partitions[at];
            let Some(leader) = partition.leader else { return };
            let is_new = |&id: &RecordId| {
                !partition.visible.contains(&id)
                    && partition.in_sync.iter().all(|node| partition.has(*node, id))
            };
            let Some(record) = partition.logs[leader].iter().map(|(id, _)| *id).find(is_new) else {
                break;
            };
            let message = self.records[record - 1].message;
            let is_alone = self.setup.lane.broker.replicas == 1;
            let is_point = is_live
                && (!is_alone || self.choices.reading("a lone node has no copy to make", 2) == 0);
            if is_point && self.strikes(Actor::Broker, true, "replicate", message) {
                return self.crash_node(leader);
            }
            let partition = &mut self.partitions[at];
            partition.visible.insert(record);
            let (due, rest): (Vec<_>, Vec<_>) =
                partition.unanswered.drain(..).partition(|(id, ..)| *id == record);
            partition.unanswered = rest;
            let is_short = partition.in_sync.len() < self.setup.min_in_sync();
            if self.setup.lane.broker.kind == Kind::Queue {
                self.queue.entry(record).or_insert(Queued::Ready { from: self.now });
            }
            self.hand_out_soon();
            for (_, message, life, attempt) in due {
                let answer = if is_short { Answer::Refused } else { Answer::Ok };
                if !self.answer(at, message, life, attempt, answer) {
                    return;
                }
            }
        }
        self.hand_out_soon();
    }

    fn crash_node(&mut self, node: usize) {
        let broker = &self.setup.lane.broker;
        self.nodes[node].is_up = false;
        self.nodes[node].life += 1;
        self.after(self.setup.faults.restart_ms, Event::NodeUp(node));
        let (now, interval) = (self.now, broker.flush_interval_ms);
        for at in 0..self.partitions.len() {
            let mut log = std::mem::take(&mut self.partitions[at].logs[node]);
            log.retain(|&(_, since)| match broker.flush {
                Flush::EachWrite => true,
                Flush::Never => false,
                Flush::Async if now - since >= interval => true,
                // One clock for all writes, or one for each.
                Flush::Async => {
                    now / interval * interval > since
                        && self.choices.reading("a flush comes at fixed times", 2) == 1
                }
            });
            let partition = &mut self.partitions[at];
            partition.logs[node] = log;
            if partition.in_sync.len() > 1 {
                partition.in_sync.remove(&node);
            }
            if partition.leader == Some(node) {
                partition.leader = None;
                partition.unanswered.clear();
                let next = partition.in_sync.iter().copied().find(|node| self.nodes[*node].is_up);
                let any = (0..self.nodes.len()).find(|node| self.nodes[*node].is_up);
                match next.or(if broker.unclean_election { any } else { None }) {
                    Some(next) => self.lead(at, next),
                    None => self.partitions[at].epoch += 1,
                }
            } else {
                self.became_visible(at, true);
            }
        }
    }

    fn lead(&mut self, at: usize, leader: usize) {
        let partition = &mut self.partitions[at];
        partition.epoch += 1;
        partition.leader = Some(leader);
        if !partition.in_sync.contains(&leader) {
            partition.in_sync.clear();
            partition.in_sync.insert(leader);
        }
        let nodes = &self.nodes;
        partition.in_sync.retain(|node| nodes[*node].is_up);
        let log = partition.logs[leader].clone();
        for node in 0..nodes.len() {
            partition.logs[node].retain(|(id, _)| log.iter().any(|(own, _)| own == id));
        }
        for (record, _) in log {
            self.copy_to_followers(at, record);
        }
        for node in 0..self.nodes.len() {
            if self.nodes[node].is_up && !self.partitions[at].in_sync.contains(&node) {
                self.catch_up(at, node);
            }
        }
        self.became_visible(at, false);
    }

    fn catch_up(&mut self, at: usize, node: usize) {
        let (life, wait) = (self.nodes[node].life, self.copy_time());
        self.after(wait, Event::CaughtUp { partition: at, node, life });
    }

    pub fn node_up(&mut self, node: usize) {
        self.nodes[node].is_up = true;
        for at in 0..self.partitions.len() {
            let partition = &self.partitions[at];
            if partition.leader.is_some() {
                self.catch_up(at, node);
            } else if partition.in_sync.contains(&node) || self.setup.lane.broker.unclean_election {
                self.lead(at, node);
            }
        }
    }

    pub fn caught_up(&mut self, at: usize, node: usize, life: Life) {
        let now = self.now;
        let partition = &mut self.partitions[at];
        let Some(leader) = partition.leader else { return };
        if leader == node || !self.nodes[node].is_up || self.nodes[node].life != life {
            return;
        }
        let own = std::mem::take(&mut partition.logs[node]);
        let since =
            |id: RecordId| own.iter().find(|(own, _)| *own == id).map_or(now, |(_, at)| *at);
        partition.logs[node] =
            partition.logs[leader].iter().map(|(id, _)| (*id, since(*id))).collect();
        partition.in_sync.insert(node);
        self.became_visible(at, true);
    }

    /// A transaction may be one message, or all that was sent since the last commit.
    pub fn end_transaction(&mut self, message: Message, life: Life) {
        let is_open =
            |record: &Record| record.life == life && record.transaction == Transaction::Open;
        let has_others = self.records.iter().any(|own| is_open(own) && own.message != message);
        let ends_all =
            has_others && self.choices.reading("a transaction is about one message", 2) == 1;
        for record in self.records.iter_mut().filter(|record| is_open(record)) {
            if ends_all || record.message == message {
                record.transaction = Transaction::Committed;
            }
        }
        self.hand_out_soon();
    }

    pub fn abort(&mut self, message: Message) {
        for record in self.records.iter_mut().filter(|record| record.message == message) {
            if record.transaction == Transaction::Open {
                record.transaction = Transaction::Aborted;
            }
        }
        self.hand_out_soon();
    }

    /// Whether any node still has a record.
    pub fn is_kept(&self, record: RecordId) -> bool {
        let partition = &self.partitions[self.records[record - 1].partition];
        partition.logs.iter().any(|log| log.iter().any(|(own, _)| *own == record))
    }

    /// A producer that starts again shuts its predecessor out.
    pub fn abort_transactions(&mut self) {
        for message in 1..=self.setup.messages {
            self.abort(message);
        }
    }

    /// Whether a reader sees a record; none if it has to wait for the end of its transaction.
    pub fn is_seen(&self, record: RecordId) -> Option<bool> {
        let is_read_committed = self.setup.lane.consumer.isolation == Isolation::ReadCommitted;
        match self.records[record - 1].transaction {
            Transaction::Open if is_read_committed => None,
            Transaction::Aborted if is_read_committed => Some(false),
            _ => Some(true),
        }
    }

    /// Whether a copy of the message is still to be done.
    pub fn is_open(&self, message: Message) -> bool {
        let is_open_record = |id: RecordId| {
            let record = &self.records[id - 1];
            record.message == message
                && self.is_kept(id)
                && !record.is_parked
                && self.is_seen(id) != Some(false)
                && match self.setup.lane.broker.kind {
                    Kind::Queue => self.queue.get(&id) != Some(&Queued::Settled),
                    Kind::Log => id > self.groups[record.partition].committed,
                }
        };
        self.producer.out[message].state != State::Done
            || (1..=self.records.len()).any(is_open_record)
    }
}
