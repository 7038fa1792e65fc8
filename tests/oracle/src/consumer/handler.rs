//! One handler call: the look-up of the id, the steps with their effects, and what stands in one transaction.

use super::{BatchId, Call, End, Ids};
use crate::broker::RecordId;
use crate::format::{Ack, Dedup, LateAck, Message, OnFailure, StepKind, Write};
use crate::script::Actor;
use crate::world::{Event, Life, World};

impl World<'_> {
    pub(super) fn begin_call(
        &mut self,
        member: usize,
        batch: BatchId,
        record: RecordId,
        hand_out: u64,
    ) {
        let message = self.records[record - 1].message;
        let is_point = !self.receives_on_arrival();
        if is_point && self.strikes(Actor::Consumer, false, "receive", message) {
            return self.crash_consumer(member);
        }
        let (fails, slow) = self.call_of(message);
        let call = Call { batch, record, hand_out, fails, slow, is_recorded: false };
        self.members[member].call = Some(call);
        if is_point && self.strikes(Actor::Consumer, true, "receive", message) {
            return self.crash_consumer(member);
        }
        let time = self.setup.lane.consumer.processing_ms;
        let wait = if self.looks_up_first() { 0 } else { time };
        let life = self.members[member].life;
        self.after(wait, Event::LookUp { member, life });
    }

    pub fn settles_before_work(&self) -> bool {
        self.setup.lane.consumer.ack == Ack::OnReceive
    }

    /// A message may be received when it arrives, or when its turn comes.
    pub(super) fn receives_on_arrival(&mut self) -> bool {
        self.choices.reading("to receive is to begin the work", 2) == 0
    }

    /// Whether the time of a call passes behind the look-up of the id.
    fn looks_up_first(&mut self) -> bool {
        self.choices.reading("the work of a call is before the look-up", 2) == 1
    }

    pub fn look_up(&mut self, member: usize, life: Life) {
        let Some(call) = self.call(member, life) else { return };
        let message = self.records[call.record - 1].message;
        let consumer = &self.setup.lane.consumer;
        let ids = match consumer.dedup {
            Dedup::None => None,
            Dedup::Memory => Some(&self.members[member].memory),
            _ => Some(&self.store.table),
        };
        if ids.is_some_and(|ids| self.is_known(ids, message)) {
            if self.is_in_transaction() {
                return self.end_transaction_of(member, message, None);
            }
            return self.end_call(member, End::Done);
        }
        if consumer.dedup == Dedup::TableBefore
            && self.choices.reading("an id is written before a stall", 2) == 0
            && !self.record(member, message)
        {
            return;
        }
        let mut wait = call.slow;
        if self.looks_up_first() {
            let time = self.setup.lane.consumer.processing_ms;
            let is_early = call.fails
                && self.choices.reading("a handler fails at the end of its time", 2) == 1;
            wait += if is_early { time / 2 } else { time };
        }
        self.after(wait, Event::Work { member, life });
    }

    fn call(&self, member: usize, life: Life) -> Option<Call> {
        let own = &self.members[member];
        own.call.clone().filter(|_| own.life == life)
    }

    fn is_known(&self, ids: &Ids, message: Message) -> bool {
        let lives = self.setup.lane.consumer.dedup_ttl_ms.0;
        ids.0
            .iter()
            .any(|(id, since)| *id == message && lives.is_none_or(|lives| self.now - since < lives))
    }

    fn keep(&mut self, member: usize, message: Message) {
        let (now, most) = (self.now, self.setup.lane.consumer.dedup_window.0);
        let ids = match self.setup.lane.consumer.dedup {
            Dedup::Memory => &mut self.members[member].memory,
            _ => &mut self.store.table,
        };
        ids.0.retain(|(id, _)| *id != message);
        ids.0.push((message, now));
        while most.is_some_and(|most| ids.0.len() as u64 > most) {
            ids.0.remove(0);
        }
    }

    /// Writes the id, outside of any transaction; false if the consumer crashed over it.
    fn record(&mut self, member: usize, message: Message) -> bool {
        if self.strikes(Actor::Consumer, false, "record", message) {
            self.crash_consumer(member);
            return false;
        }
        self.keep(member, message);
        if let Some(call) = &mut self.members[member].call {
            call.is_recorded = true;
        }
        if self.strikes(Actor::Consumer, true, "record", message) {
            self.crash_consumer(member);
            return false;
        }
        true
    }

    /// Whether the acknowledgment is part of the effect's transaction.
    pub(super) fn is_in_transaction(&self) -> bool {
        self.setup.lane.consumer.ack == Ack::WithEffect
            && match self.setup.primary().kind {
                StepKind::Db => true,
                StepKind::External => false,
                StepKind::Produce => self.setup.lane.producer.transactional,
            }
    }

    pub fn work(&mut self, member: usize, life: Life) {
        let Some(call) = self.call(member, life) else { return };
        let message = self.records[call.record - 1].message;
        let consumer = &self.setup.lane.consumer;
        let dedup = consumer.dedup;
        if dedup == Dedup::TableBefore && !call.is_recorded && !self.record(member, message) {
            return;
        }
        if call.fails && consumer.on_failure == OnFailure::Swallow && self.is_in_transaction() {
            return self.end_transaction_of(member, message, None);
        }
        if call.fails {
            return self.end_call(member, End::Failed);
        }
        let is_atomic = dedup == Dedup::Atomic;
        let shares = is_atomic || consumer.ack == Ack::WithEffect;
        let records_first =
            is_atomic && self.choices.reading("the id is the first write of a transaction", 2) == 1;
        if records_first && self.strikes_around(member, "record", message) {
            return;
        }
        let steps = &self.setup.scenario.steps;
        let last = steps.iter().rposition(|step| step.kind == StepKind::Db);
        let commits_early = is_atomic
            && !self.is_in_transaction()
            && last.is_some_and(|last| last + 1 < steps.len())
            && self.choices.reading("a transaction ends with the last database step", 2) == 1;
        let mut together = Vec::new();
        for (at, step) in steps.iter().enumerate() {
            if self.strikes(Actor::Consumer, false, &step.id, message) {
                return self.crash_consumer(member);
            }
            let is_together = match step.kind {
                StepKind::Db => shares,
                StepKind::External => false,
                StepKind::Produce => self.is_in_transaction(),
            };
            if is_together {
                together.push(at);
            } else {
                self.apply(message, at);
            }
            if self.strikes(Actor::Consumer, true, &step.id, message) {
                return self.crash_consumer(member);
            }
            if commits_early && Some(at) == last {
                if !self.commit_effects(member, message, &together) {
                    return self.end_call(member, End::Done);
                }
                together.clear();
            }
        }
        if is_atomic && !records_first && self.strikes_around(member, "record", message) {
            return;
        }
        if self.is_in_transaction() {
            return self.end_transaction_of(member, message, Some(together));
        }
        if !commits_early {
            self.commit_effects(member, message, &together);
        }
        if matches!(dedup, Dedup::TableAfter | Dedup::Memory) && !self.record(member, message) {
            return;
        }
        self.end_call(member, End::Done);
    }

    pub(super) fn strikes_around(&mut self, member: usize, place: &str, message: Message) -> bool {
        let strikes = self.strikes(Actor::Consumer, false, place, message)
            || self.strikes(Actor::Consumer, true, place, message);
        if strikes {
            self.crash_consumer(member);
        }
        strikes
    }

    fn apply(&mut self, message: Message, step: usize) {
        let consumer = &self.setup.lane.consumer;
        let is_idempotent = match self.setup.scenario.steps[step].kind {
            StepKind::Db => consumer.write == Write::Upsert,
            StepKind::External => consumer.idempotency_key,
            StepKind::Produce => false,
        };
        self.has_changed();
        let count = self.store.applied.entry((message, step)).or_default();
        *count = if is_idempotent { 1 } else { *count + 1 };
    }

    /// Writes what stands together; false if the id was already there, and nothing is written.
    fn commit_effects(&mut self, member: usize, message: Message, steps: &[usize]) -> bool {
        if self.setup.lane.consumer.dedup == Dedup::Atomic {
            if self.is_known(&self.store.table, message) {
                return false;
            }
            self.keep(member, message);
        }
        for &step in steps {
            self.apply(message, step);
        }
        true
    }

    /// Effects and position become one; none if there is only the position to move.
    fn end_transaction_of(&mut self, member: usize, message: Message, steps: Option<Vec<usize>>) {
        let life = self.members[member].life;
        let Some(call) = self.call(member, life) else { return };
        if self.strikes(Actor::Consumer, false, "ack", message) {
            return self.crash_consumer(member);
        }
        let own = &self.batches[call.batch];
        let group = &self.groups[own.partition];
        let may_be_late =
            self.setup.lane.broker.late_ack == LateAck::Accept && group.committed < call.record;
        if own.epoch != group.epoch
            && !(may_be_late && self.choices.reading("a late transaction is late", 2) == 0)
        {
            return self.end_call(member, End::Refused);
        }
        if !self.is_kept(call.record)
            && self.choices.reading("a commit of what is gone counts", 2) == 1
        {
            return self.end_call(member, End::Refused);
        }
        let own = &self.batches[call.batch];
        let group = &mut self.groups[own.partition];
        group.committed = group.committed.max(call.record);
        group.position = group.position.max(group.committed);
        if let Some(steps) = steps {
            let dedup = self.setup.lane.consumer.dedup;
            if self.commit_effects(member, message, &steps)
                && matches!(dedup, Dedup::TableAfter | Dedup::Memory)
                && !self.record(member, message)
            {
                return;
            }
        }
        if self.strikes(Actor::Consumer, true, "ack", message) {
            return self.crash_consumer(member);
        }
        self.end_call(member, End::Done);
    }
}
