//! From the broker to its readers: handing out, taking back, settling.

use crate::broker::{Queued, RecordId};
use crate::consumer::{Batch, BatchId};
use crate::format::{Ack, Kind, LateAck, Time};
use crate::script::Leg;
use crate::world::{Event, Life, World};

/// How long a reader waits for what it asked for. Not said; only that it asks again.
const PATIENCE: Time = 500;

/// How long a client waits for the answer to a commit. Not said either.
const COMMIT_PATIENCE: Time = 500;

impl World<'_> {
    pub fn fetch(&mut self, member: usize, life: Life) {
        let is_there = self.members[member].is_up && self.members[member].life == life;
        if is_there && !self.requests.contains(&member) {
            self.requests.push(member);
            self.hand_out_soon();
        }
    }

    pub fn hand_out(&mut self) {
        match self.setup.lane.broker.kind {
            Kind::Queue => while self.hand_out_of_queue() {},
            Kind::Log => {
                for member in self.requests.clone() {
                    self.hand_out_of_log(member);
                }
            }
        }
    }

    fn wake(&mut self, at: Time) {
        self.at(at, Event::HandOut);
    }

    fn hand_out_of_queue(&mut self) -> bool {
        let Some(&first) = self.requests.first() else { return false };
        let last = self.requests[self.requests.len() - 1];
        let is_first =
            first == last || self.choices.reading("who asked last is served first", 2) == 0;
        let member = if is_first { first } else { last };
        let now = self.now;
        let waiting: Vec<(RecordId, Time)> = self.partitions[0]
            .readable()
            .into_iter()
            .filter_map(|id| match self.queue.get(&id) {
                Some(&Queued::Ready { from }) => Some((id, from)),
                _ => None,
            })
            .collect();
        let ready = waiting.iter().filter(|(_, from)| *from <= now).map(|(id, _)| *id);
        let ready: Vec<RecordId> = ready.take(self.setup.lane.consumer.batch).collect();
        if ready.is_empty() {
            if let Some(from) = waiting.iter().map(|(_, from)| *from).min() {
                self.wake(from);
            }
            return false;
        }
        self.requests.retain(|other| *other != member);
        self.send_batch(member, 0, &ready);
        true
    }

    /// What one fetch brings comes from one partition; those of a member take turns.
    fn hand_out_of_log(&mut self, member: usize) {
        let mut own: Vec<usize> =
            (0..self.groups.len()).filter(|at| self.groups[*at].owner == member).collect();
        own.sort_by_key(|at| self.groups[*at].is_served);
        for at in own {
            if self.groups[at].is_stuck {
                continue;
            }
            let ready = self.next_of_log(at);
            if ready.is_empty() {
                continue;
            }
            let until = self.groups[at].paused_until;
            if until > self.now {
                self.wake(until);
                continue;
            }
            self.requests.retain(|other| *other != member);
            self.hand_outs += 1;
            self.groups[at].is_served = self.hand_outs;
            self.send_batch(member, at, &ready);
            return;
        }
    }

    /// The next records of a partition, without those that were given up or that nobody sees.
    fn next_of_log(&mut self, at: usize) -> Vec<RecordId> {
        let most = self.setup.lane.broker.max_deliveries.0;
        let mut ready = Vec::new();
        for id in self.partitions[at].readable() {
            if id <= self.groups[at].position || ready.len() == self.setup.lane.consumer.batch {
                continue;
            }
            match self.is_seen(id) {
                None => break,
                Some(false) => continue,
                Some(true) => {}
            }
            let record = &mut self.records[id - 1];
            record.is_parked |= most.is_some_and(|most| record.hand_outs >= most);
            if !record.is_parked {
                ready.push(id);
            }
        }
        ready
    }

    fn send_batch(&mut self, member: usize, at: usize, records: &[RecordId]) {
        let is_log = self.setup.lane.broker.kind == Kind::Log;
        let on_receive = self.setup.lane.consumer.ack == Ack::OnReceive;
        let timeout = self.setup.lane.broker.redelivery_timeout_ms;
        if self.setup.lane.broker.max_deliveries.0.is_some() {
            self.has_changed();
        }
        let batch = self.batches.len();
        self.batches.push(Batch {
            member,
            life: self.members[member].life,
            partition: at,
            epoch: self.groups[at].epoch,
            to_arrive: 0,
            to_handle: 0,
            done: Vec::new(),
            last: 0,
            begin: self.groups[at].position,
            is_copy: false,
            is_ready: !(is_log && on_receive),
            is_over: false,
            has_failed: false,
        });
        let patience = PATIENCE + self.latency() + self.latency();
        let (mut is_broken, mut first, mut latest) = (false, Time::MAX, 0);
        for &record in records {
            self.hand_outs += 1;
            let hand_out = self.hand_outs;
            let message = self.records[record - 1].message;
            let mut arrivals = self.packet(Leg::Deliver, member, message);
            if is_log {
                // A reader takes records in order: behind one that is missing, or so late that the reader has
                // asked again, it reads again.
                let is_late = arrivals.first().is_some_and(|at| *at > self.now + patience)
                    && self.choices.reading("a reader waits for what is late", 2) == 0;
                is_broken |= arrivals.is_empty() || is_late;
                if is_broken {
                    continue;
                }
                let takes_copy = arrivals.len() > 1
                    && self.choices.reading("a log's reader takes a second copy", 2) == 1;
                arrivals.truncate(if takes_copy { 2 } else { 1 });
                for arrives in &mut arrivals {
                    *arrives = latest.max(*arrives);
                    latest = *arrives;
                }
                self.groups[at].position = record;
                if !self.counts_on_arrival() {
                    self.records[record - 1].hand_outs += 1;
                }
            } else {
                let counts =
                    !arrivals.is_empty() || self.choices.reading("a lost delivery counts", 2) == 0;
                self.records[record - 1].hand_outs += u64::from(counts);
                if on_receive {
                    self.queue.insert(record, Queued::Settled);
                } else {
                    self.queue.insert(record, Queued::Out { hand_out });
                    self.after(timeout, Event::Expire { record, hand_out });
                }
            }
            let stands_alone = arrivals.len() > 1
                && (is_log || self.choices.reading("a second copy stands by itself", 2) == 0);
            if stands_alone {
                let mut copy = self.batches[batch].clone();
                (copy.to_arrive, copy.to_handle, copy.is_copy) = (1, 1, true);
                copy.last = record;
                self.batches.push(copy);
                let arrives = arrivals.remove(1);
                let batch = self.batches.len() - 1;
                self.at(arrives, Event::Delivered { batch, record, hand_out });
            }
            // A batch may be acknowledged without what is late.
            let is_late = !is_log && arrivals.first().is_some_and(|at| *at > self.now + patience);
            if is_late
                && records.len() > 1
                && self.choices.reading("a batch waits for what is late", 2) == 0
            {
                let mut late = self.batches[batch].clone();
                (late.to_arrive, late.to_handle) = (arrivals.len(), arrivals.len());
                (late.is_copy, late.last) = (true, record);
                self.batches.push(late);
                let batch = self.batches.len() - 1;
                for arrives in arrivals {
                    self.at(arrives, Event::Delivered { batch, record, hand_out });
                }
                continue;
            }
            let own = &mut self.batches[batch];
            own.to_arrive += arrivals.len();
            own.to_handle += arrivals.len();
            own.last = record;
            for arrives in arrivals {
                first = first.min(arrives);
                self.at(arrives, Event::Delivered { batch, record, hand_out });
            }
        }
        if first == Time::MAX {
            self.batches[batch].is_over = true;
            self.after(patience, Event::AskAgain(batch));
        } else if is_log {
            self.after(timeout, Event::Overdue(batch));
        } else if first > self.now + patience
            && self.choices.reading("a reader waits for what is late", 2) == 0
        {
            self.after(patience, Event::AskAgain(batch));
        }
    }

    /// Whether a hand-out in a log counts when it reaches the member, or when it leaves.
    pub fn counts_on_arrival(&mut self) -> bool {
        self.setup.lane.broker.max_deliveries.0.is_some()
            && self.choices.reading("a hand-out counts when it leaves", 2) == 0
    }

    pub fn settle(&mut self, record: RecordId, hand_out: u64) {
        if self.partitions[0].leader.is_none() {
            return;
        }
        let takes_late = self.setup.lane.broker.late_ack == LateAck::Accept;
        if self.queue.get(&record) == Some(&Queued::Out { hand_out }) || takes_late {
            self.queue.insert(record, Queued::Settled);
        }
    }

    pub fn returned(&mut self, record: RecordId, hand_out: u64) {
        let is_in_time = self.queue.get(&record) == Some(&Queued::Out { hand_out });
        if self.partitions[0].leader.is_some() && is_in_time {
            self.offer_again(record, self.setup.lane.broker.redelivery_delay_ms);
        }
    }

    pub fn expire(&mut self, record: RecordId, hand_out: u64) {
        if self.queue.get(&record) == Some(&Queued::Out { hand_out }) && self.is_kept(record) {
            self.offer_again(record, 0);
        }
    }

    fn offer_again(&mut self, record: RecordId, wait: Time) {
        let most = self.setup.lane.broker.max_deliveries.0;
        if most.is_some_and(|most| self.records[record - 1].hand_outs >= most) {
            self.has_changed();
            self.records[record - 1].is_parked = true;
            self.queue.insert(record, Queued::Settled);
        } else {
            self.queue.insert(record, Queued::Ready { from: self.now + wait });
            self.hand_out_soon();
        }
    }

    /// The time of a member of a log has run out.
    pub fn overdue(&mut self, batch: BatchId) {
        let own = &self.batches[batch];
        let is_alive = self.members[own.member].life == own.life;
        if !own.is_over && is_alive && own.epoch == self.groups[own.partition].epoch {
            let at = own.partition;
            // What is settled already is not unanswered; but its member is as silent.
            if !self.settles_before_work()
                || self.choices.reading("a member at settled work keeps its partition", 2) == 0
            {
                self.rebalance(at);
            }
        }
    }

    /// Hands a partition to another member if there is one. It reads on from what is committed.
    pub fn rebalance(&mut self, at: usize) {
        let members = self.members.len();
        let owner = self.groups[at].owner;
        let others = (1..=members).map(|step| (owner + step) % members);
        let next = others.into_iter().find(|member| self.members[*member].is_up);
        let group = &mut self.groups[at];
        group.owner = next.unwrap_or(owner);
        group.epoch += 1;
        group.position = group.committed;
        group.is_stuck = false;
        group.paused_until = 0;
        self.hand_out_soon();
    }

    /// Sends a commit; whoever gets no answer repeats it.
    pub fn send_commit(&mut self, batch: BatchId, upto: RecordId) {
        let member = self.batches[batch].member;
        let mut arrives = Some(self.now);
        for message in self.named(batch, upto) {
            let packet = self.packet(Leg::Ack, member, message);
            arrives = arrives.and_then(|latest| Some(latest.max(*packet.first()?)));
        }
        if let Some(at) = arrives {
            self.at(at, Event::Commit { batch, upto });
        }
        let ways = [2, 1];
        let times =
            ways[self.choices.reading("halves of a second to wait for a commit", ways.len())];
        self.after(COMMIT_PATIENCE * times, Event::CommitAgain { batch, upto });
    }

    pub fn commit(&mut self, batch: BatchId, upto: RecordId) {
        let own = &self.batches[batch];
        let (at, member) = (own.partition, own.member);
        if self.partitions[at].leader.is_none() {
            return;
        }
        let is_gone = !self.partitions[at].readable().contains(&upto);
        let is_refused = is_gone && self.choices.reading("a commit of what is gone counts", 2) == 1
            || own.life != self.members[member].life
                && self.choices.reading("a commit outlives its sender", 2) == 1;
        let is_current = own.epoch == self.groups[at].epoch && !is_refused;
        let takes_late = self.setup.lane.broker.late_ack == LateAck::Accept && !is_refused;
        let is_alive = self.members[member].life == own.life;
        if is_current || takes_late {
            let group = &mut self.groups[at];
            group.committed = group.committed.max(upto);
            group.position = group.position.max(group.committed);
            if !self.batches[batch].is_ready {
                let wait = self.latency();
                self.after(wait, Event::Confirmed(batch));
            }
        } else if !self.batches[batch].is_ready && is_alive {
            // Refused before any work.
            self.batches[batch].is_over = true;
            self.ask(member);
        }
        self.hand_out_soon();
    }
}
