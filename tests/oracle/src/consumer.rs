//! The consumers: one handler call after the other, what each of them writes, and what is acknowledged.

mod handler;

use std::collections::{BTreeMap, VecDeque};

use crate::broker::RecordId;
use crate::format::{Ack, Kind, Message, OnFailure, Time};
use crate::script::{Actor, Leg};
use crate::world::{Event, Life, World};

pub type BatchId = usize;

/// What one fetch brought.
#[derive(Clone, Debug)]
pub struct Batch {
    pub member: usize,
    pub life: Life,
    pub partition: usize,
    pub epoch: u32,
    pub to_arrive: usize,
    pub to_handle: usize,
    pub done: Vec<(RecordId, u64)>,
    pub last: RecordId,
    /// The reader had been handed everything up to here before.
    pub begin: RecordId,
    /// A second copy that the network made; nobody asked for it.
    pub is_copy: bool,
    /// Work may begin.
    pub is_ready: bool,
    pub is_over: bool,
    /// The reader has gone back: what is still on its way is passed over.
    pub has_failed: bool,
}

#[derive(Clone, Debug)]
struct Call {
    batch: BatchId,
    record: RecordId,
    hand_out: u64,
    fails: bool,
    slow: Time,
    is_recorded: bool,
}

#[derive(Clone, Debug)]
pub struct Member {
    pub is_up: bool,
    pub life: Life,
    inbox: VecDeque<(BatchId, RecordId, u64)>,
    call: Option<Call>,
    memory: Ids,
}

impl Default for Member {
    fn default() -> Self {
        let (inbox, memory) = (VecDeque::new(), Ids::default());
        Self { is_up: true, life: 0, inbox, call: None, memory }
    }
}

/// Ids that were seen, the oldest first.
#[derive(Clone, Debug, Default)]
struct Ids(Vec<(Message, Time)>);

#[derive(Default)]
pub struct Store {
    /// How often each step of each message has had its effect.
    pub applied: BTreeMap<(Message, usize), u32>,
    table: Ids,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Done,
    Failed,
    /// Its transaction was refused.
    Refused,
}

impl World<'_> {
    pub fn delivered(&mut self, batch: BatchId, record: RecordId, hand_out: u64) {
        let own = &mut self.batches[batch];
        let (member, is_queue) = (own.member, self.setup.lane.broker.kind == Kind::Queue);
        let new = &self.members[member];
        if is_queue
            && own.life != new.life
            && new.is_up
            && self.choices.reading("a packet is for one life of its receiver", 2) == 1
        {
            (own.life, own.is_over, own.to_handle) = (new.life, false, own.to_arrive);
        }
        if own.life != new.life || !new.is_up || own.is_over {
            return;
        }
        if own.has_failed {
            return;
        }
        own.to_arrive -= 1;
        let commits_now = !own.is_ready && own.to_arrive == 0;
        let last = own.last;
        let message = self.records[record - 1].message;
        if !is_queue && self.counts_on_arrival() {
            self.records[record - 1].hand_outs += 1;
        }
        if self.receives_on_arrival() && self.strikes_around(member, "receive", message) {
            return;
        }
        if is_queue
            && self.settles_before_work()
            && self.choices.reading("what settles by sending has no moment of acknowledgment", 2)
                == 1
            && self.strikes_around(member, "ack", message)
        {
            return;
        }
        self.members[member].inbox.push_back((batch, record, hand_out));
        if commits_now {
            if self.strikes_at_ack(false, batch, last) {
                return self.crash_consumer(member);
            }
            self.send_commit(batch, last);
            if self.strikes_at_ack(true, batch, last) {
                self.crash_consumer(member);
            }
            return;
        }
        self.serve(member);
    }

    pub fn confirmed(&mut self, batch: BatchId) {
        let own = &mut self.batches[batch];
        if own.life == self.members[own.member].life && !own.is_over {
            own.is_ready = true;
            let member = own.member;
            self.serve(member);
        }
    }

    pub fn ask_again(&mut self, batch: BatchId) {
        let own = &self.batches[batch];
        let is_waiting = own.is_over || own.to_arrive == own.to_handle;
        if own.life == self.members[own.member].life && is_waiting {
            self.ask(own.member);
        }
    }

    pub fn commit_again(&mut self, batch: BatchId, upto: RecordId) {
        let own = &self.batches[batch];
        let group = &self.groups[own.partition];
        let is_alive = own.life == self.members[own.member].life;
        if !is_alive || (own.is_ready && self.settles_before_work()) {
            return;
        }
        if own.epoch != group.epoch && !own.is_ready && !own.is_over {
            // It has lost the partition, and has not begun to work.
            let member = own.member;
            self.batches[batch].is_over = true;
            self.ask(member);
        } else if own.epoch == group.epoch && group.committed < upto {
            self.send_commit(batch, upto);
        }
    }

    /// The messages that a commit is about, for the script. Not said for a batch.
    pub fn named(&mut self, batch: BatchId, upto: RecordId) -> Vec<Message> {
        let message = |id: RecordId| self.records[id - 1].message;
        let own = &self.batches[batch];
        let mut all: Vec<Message> = own.done.iter().map(|(id, _)| message(*id)).collect();
        if all.is_empty() {
            let of_batch = self.members[own.member].inbox.iter().filter(|(of, ..)| *of == batch);
            all = of_batch.map(|(_, id, _)| message(*id)).collect();
        }
        let last = message(upto);
        all.dedup();
        if all.len() < 2 {
            return vec![last];
        }
        match self.choices.reading("a commit of a batch is named by", 3) {
            0 => vec![last],
            1 => vec![all[0]],
            _ => all,
        }
    }

    fn strikes_at_ack(&mut self, after: bool, batch: BatchId, upto: RecordId) -> bool {
        let named = self.named(batch, upto);
        named.into_iter().any(|message| self.strikes(Actor::Consumer, after, "ack", message))
    }

    fn serve(&mut self, member: usize) {
        while self.members[member].call.is_none() {
            let Some(&(batch, record, hand_out)) = self.members[member].inbox.front() else {
                return;
            };
            if !self.batches[batch].is_ready && !self.batches[batch].is_over {
                return;
            }
            self.members[member].inbox.pop_front();
            if !self.batches[batch].is_over {
                self.begin_call(member, batch, record, hand_out);
            }
        }
    }

    fn end_call(&mut self, member: usize, end: End) {
        let Some(call) = self.members[member].call.take() else { return };
        let consumer = &self.setup.lane.consumer;
        let is_settled = consumer.ack == Ack::OnReceive;
        let fails = end == End::Failed && !is_settled && consumer.on_failure != OnFailure::Swallow;
        match self.setup.lane.broker.kind {
            Kind::Queue if fails => self.fail_in_queue(member, &call),
            Kind::Queue => self.batches[call.batch].done.push((call.record, call.hand_out)),
            Kind::Log if fails => return self.fail_in_log(member, &call),
            Kind::Log => {
                let own = &mut self.batches[call.batch];
                if end == End::Refused {
                    own.to_handle = 1;
                } else {
                    own.done.push((call.record, call.hand_out));
                }
                let is_stale = own.epoch != self.groups[own.partition].epoch;
                if is_stale
                    && self.choices.reading("a member that is out drops the rest of its batch", 2)
                        == 1
                {
                    self.batches[call.batch].to_handle = 1;
                }
            }
        }
        self.batches[call.batch].to_handle -= 1;
        if self.batches[call.batch].to_handle == 0 {
            self.end_batch(call.batch);
        }
        self.serve(member);
    }

    fn fail_in_queue(&mut self, member: usize, call: &Call) {
        if self.setup.lane.consumer.on_failure != OnFailure::Nack {
            return;
        }
        let message = self.records[call.record - 1].message;
        let arrives = match self.choices.reading("a nack is an acknowledgment on the wire", 2) {
            0 => self.packet(Leg::Ack, member, message).first().copied(),
            _ => Some(self.now + self.latency()),
        };
        if let Some(at) = arrives {
            self.at(at, Event::Return { member, record: call.record, hand_out: call.hand_out });
        }
    }

    /// A log goes back to what failed. What is behind it comes again.
    fn fail_in_log(&mut self, member: usize, call: &Call) {
        let delay = self.setup.lane.broker.redelivery_delay_ms;
        let is_nack = self.setup.lane.consumer.on_failure == OnFailure::Nack;
        if self.choices.reading("what is done before a failure is committed", 2) == 1 {
            self.batches[call.batch].done.clear();
        }
        let own = &self.batches[call.batch];
        let (at, epoch) = (own.partition, own.epoch);
        let goes_back_to = match own.done.is_empty() {
            true => own.begin,
            false => call.record - 1,
        };
        self.end_batch(call.batch);
        self.batches[call.batch].has_failed = true;
        let group = &mut self.groups[at];
        if group.epoch == epoch {
            if is_nack {
                group.position = goes_back_to.max(group.committed);
                group.paused_until = self.now + delay;
            } else {
                group.is_stuck = true;
                // Its time goes on.
                self.batches[call.batch].is_over = false;
            }
        }
        self.members[member].inbox.retain(|(batch, ..)| *batch != call.batch);
        self.hand_out_soon();
        self.serve(member);
    }

    fn end_batch(&mut self, batch: BatchId) {
        let own = &mut self.batches[batch];
        own.is_over = true;
        let (member, mut done) = (own.member, own.done.clone());
        done.sort_unstable();
        done.dedup_by_key(|(record, _)| *record);
        let is_queue = self.setup.lane.broker.kind == Kind::Queue;
        let acks = self.setup.lane.consumer.ack != Ack::OnReceive && !self.is_in_transaction();
        if acks && is_queue {
            for (record, hand_out) in done {
                let message = self.records[record - 1].message;
                if self.strikes(Actor::Consumer, false, "ack", message) {
                    return self.crash_consumer(member);
                }
                for arrives in self.packet(Leg::Ack, member, message) {
                    self.at(arrives, Event::Settle { member, record, hand_out });
                }
                if self.strikes(Actor::Consumer, true, "ack", message) {
                    return self.crash_consumer(member);
                }
            }
        } else if acks && let Some(&(upto, _)) = done.last() {
            if self.strikes_at_ack(false, batch, upto) {
                return self.crash_consumer(member);
            }
            self.send_commit(batch, upto);
            if self.strikes_at_ack(true, batch, upto) {
                return self.crash_consumer(member);
            }
        }
        if !self.batches[batch].is_copy {
            self.ask(member);
        }
    }

    pub fn crash_consumer(&mut self, member: usize) {
        let own = &mut self.members[member];
        own.is_up = false;
        own.life += 1;
        own.inbox.clear();
        own.call = None;
        own.memory = Ids::default();
        let is_queue = self.setup.lane.broker.kind == Kind::Queue;
        if !is_queue || self.choices.reading("a broker sees a crash of a member at once", 2) == 0 {
            self.requests.retain(|other| *other != member);
        }
        for batch in self.batches.iter_mut().filter(|batch| batch.member == member) {
            batch.is_over = true;
        }
        self.after(self.setup.faults.restart_ms, Event::ConsumerUp(member));
        let is_log = self.setup.lane.broker.kind == Kind::Log;
        let others = self.members.iter().any(|member| member.is_up);
        if is_log && others && self.choices.reading("a crashed member is missed at once", 2) == 0 {
            for at in 0..self.groups.len() {
                if self.groups[at].owner == member {
                    self.rebalance(at);
                }
            }
        }
    }

    pub fn consumer_up(&mut self, member: usize) {
        self.members[member].is_up = true;
        for group in self.groups.iter_mut().filter(|group| group.owner == member) {
            group.epoch += 1;
            group.position = group.committed;
            group.is_stuck = false;
        }
        self.ask(member);
    }
}
