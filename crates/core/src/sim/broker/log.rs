//! One partition of a log as its consumer group sees it: a committed position, the position to read
//! next, and the member that holds the partition. Nothing is redelivered on its own: when a reader
//! goes away, everything after the committed position is delivered again.

use std::ops::Range;

use super::super::held::{Due, Hold, Waits};
use super::super::renew::clone_in_place;
use super::super::time::Time;
use super::super::trace::{Delivery, StepNo};
use crate::experiment::settings::LateAck;

/// The state of a partition for the group that reads it.
#[derive(Debug, Default, Hash)]
pub(super) struct Log {
    records: Vec<Record>,
    /// Every record before this one is committed.
    committed: u32,
    /// The record to deliver next.
    next: u32,
    /// Where the broker takes the reader to be: at `next`, or earlier if the gap is never read.
    from: u32,
    /// Records before this one were handed out before its reader last asked for more.
    polled: u32,
    /// Why its reader takes nothing of it for now.
    rest: Option<Rest>,
    /// The commit that last moved the position.
    latest_commit: Option<Delivery>,
    /// The member that holds the partition.
    owner: Option<u8>,
    /// That member went down and came back as a stranger: nobody reads until its time has run out.
    orphaned: bool,
    /// The generation of the assignment; holders of an older one are fenced.
    epoch: u32,
    /// The step that made the reader start from its position.
    since: Option<StepNo>,
}

clone_in_place!(Log {
    records,
    committed,
    next,
    from,
    polled,
    rest,
    latest_commit,
    owner,
    orphaned,
    epoch,
    since
});

/// Why a reader takes nothing of a partition for now, while it goes on with its others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Rest {
    /// It sought back, and pauses before it reads on.
    Paused,
    /// It says nothing more about this delivery, and lets its time run out.
    Silent(Delivery),
}

#[derive(Debug, Clone, Hash)]
struct Record {
    /// How many times it was sent.
    deliveries: u32,
    /// How many times it reached a member: what a limit counts.
    handed: u32,
    /// The delivery that needs no answer because the member sought back of its own accord.
    answered: u32,
    /// Given up or aborted: no reader sees it again.
    skipped: bool,
    since: StepNo,
}

/// The state of a log's next record.
pub(super) enum Next {
    /// There is none.
    None,
    /// Deliver this one.
    Deliver,
    /// It has used up its deliveries; `settled`: but it has been committed already.
    GiveUp { settled: bool },
}

impl Log {
    /// Records before this offset are visible to the group.
    pub(super) fn end(&self) -> u32 {
        self.records.len() as u32
    }

    /// The next record becomes visible.
    pub(super) fn admit(&mut self, since: StepNo) {
        self.records.push(Record { deliveries: 0, handed: 0, answered: 0, skipped: false, since });
    }

    /// The next record never becomes visible.
    pub(super) fn skip(&mut self, since: StepNo) {
        self.records.push(Record { deliveries: 0, handed: 0, answered: 0, skipped: true, since });
    }

    /// Everything from this offset on is gone; positions beyond it fall back to it. Returns whether
    /// the reader had read any of it.
    pub(super) fn truncate(&mut self, end: u32) -> bool {
        let read = end < self.next;
        self.records.truncate(end as usize);
        self.committed = self.committed.min(end);
        self.next = self.next.min(end);
        self.from = self.from.min(end);
        self.polled = self.polled.min(end);
        read
    }

    pub(super) fn owner(&self) -> Option<u8> {
        self.owner
    }

    pub(super) fn epoch(&self) -> u32 {
        self.epoch
    }

    pub(super) fn from(&self) -> u32 {
        self.from
    }

    pub(super) fn next(&self) -> u32 {
        self.next
    }

    pub(super) fn committed(&self) -> u32 {
        self.committed
    }

    /// Nothing that was delivered is waiting for its commit.
    pub(super) fn is_quiet(&self) -> bool {
        self.next <= self.committed
    }

    /// Reassigns the partition: its reader starts at the committed position.
    pub(super) fn assign(&mut self, owner: u8, since: Option<StepNo>) {
        self.owner = Some(owner);
        self.orphaned = false;
        self.epoch += 1;
        self.go_to(self.committed);
        self.polled = self.committed;
        self.rest = None;
        self.since = since.or(self.since);
    }

    fn go_to(&mut self, position: u32) {
        self.next = position;
        self.from = position;
    }

    /// Nobody holds the partition; its next reader's position is determined on assignment.
    pub(super) fn release(&mut self) {
        self.go_to(self.committed);
        self.owner = None;
        self.orphaned = false;
        self.epoch += 1;
        self.rest = None;
    }

    /// Its reader is gone, and nobody takes its place yet.
    pub(super) fn orphan(&mut self) {
        self.orphaned = true;
    }

    pub(super) fn is_orphaned(&self) -> bool {
        self.orphaned
    }

    /// Sets the first holder of the partition, at the start of the run.
    pub(super) fn start(&mut self, owner: u8) {
        self.owner = Some(owner);
    }

    /// The next record, if there is one, and what to do with it.
    pub(super) fn peek(&mut self, exhausted: impl Fn(u32) -> bool) -> Next {
        while self.records.get(self.next as usize).is_some_and(|record| record.skipped) {
            // Nobody commits a skipped record, so the position moves past it here.
            if self.committed == self.next {
                self.committed += 1;
            }
            self.next += 1;
        }
        match self.records.get(self.next as usize) {
            None => Next::None,
            Some(record) if exhausted(record.handed) => {
                Next::GiveUp { settled: self.next < self.committed }
            }
            Some(_) => Next::Deliver,
        }
    }

    /// Gives up on the next record.
    pub(super) fn give_up(&mut self) {
        self.records[self.next as usize].skipped = true;
    }

    /// Counts a delivery of the next record; returns which one it is, and the step that caused it.
    pub(super) fn deliver(&mut self) -> (u32, StepNo) {
        let record = &mut self.records[self.next as usize];
        record.deliveries += 1;
        // What causes a redelivery is whatever sent the reader back.
        let again = if record.deliveries > 1 { self.since } else { None };
        (record.deliveries, again.unwrap_or(record.since))
    }

    /// The record is on its way, so the next one is up.
    pub(super) fn move_on(&mut self) {
        self.next += 1;
        self.from = self.next;
    }

    /// Its reader asks for more, and says at which record it is: earlier than the broker takes it to
    /// be if a packet was lost or dropped, later if the network repeated one. What it was handed
    /// before, it has worked through.
    pub(super) fn asked(&mut self, position: u32) {
        if self.rest.is_none() && position <= self.end() {
            self.next = position.max(self.committed);
            self.from = position;
        }
        if !matches!(self.rest, Some(Rest::Silent(_))) {
            self.polled = self.next;
        }
    }

    /// A delivery has reached the member that it was meant for.
    pub(super) fn handed(&mut self, delivery: Delivery) {
        if delivery.epoch == self.epoch
            && let Some(record) = self.records.get_mut(delivery.offset as usize)
        {
            record.handed += 1;
            if self.next <= delivery.offset {
                self.go_to(delivery.offset + 1);
            }
        }
    }

    /// The member sought back to a record of its own accord, and pauses there.
    pub(super) fn seek(&mut self, delivery: Delivery, since: Option<StepNo>, pauses: bool) {
        if let Some(record) =
            self.records.get_mut(delivery.offset as usize).filter(|_| delivery.epoch == self.epoch)
        {
            record.answered = delivery.nth;
            self.go_to(delivery.offset);
            self.rest = pauses.then_some(Rest::Paused);
            self.since = since.or(self.since);
        }
    }

    /// The pause that began in this generation is over.
    pub(super) fn resume(&mut self, epoch: u32) {
        if self.epoch == epoch && self.rest == Some(Rest::Paused) {
            self.rest = None;
        }
    }

    /// The member says nothing more about a delivery.
    pub(super) fn fall_silent(&mut self, delivery: Delivery) {
        self.rest = Some(Rest::Silent(delivery));
    }

    /// Whether its reader takes something of it now.
    pub(super) fn is_read(&self) -> bool {
        self.rest.is_none() && !self.orphaned
    }

    /// Whether its reader waits in silence for the time of this delivery to run out.
    pub(super) fn is_silent(&self, delivery: Delivery) -> bool {
        self.rest == Some(Rest::Silent(delivery))
    }

    /// The first record that was handed out and not committed: its offset, and which delivery it was.
    pub(super) fn outstanding(&self) -> Option<(u32, u32)> {
        let handed_out = self.committed..self.next.max(self.committed);
        let mut records = handed_out.map(|offset| (offset, &self.records[offset as usize]));
        let (offset, record) = records.find(|(_, record)| !record.skipped)?;
        Some((offset, record.deliveries))
    }

    /// Whether the group is done with everything that is visible.
    pub(super) fn is_read_up(&self) -> bool {
        let rest = self.records.get(self.committed as usize..).unwrap_or_default();
        rest.iter().all(|record| record.skipped)
    }

    /// Whether the broker accepts this commit. What one delivery settled, no other can settle.
    pub(super) fn takes(&self, delivery: Delivery, late: LateAck) -> bool {
        if delivery.offset < self.committed {
            self.latest_commit == Some(delivery)
        } else {
            delivery.epoch == self.epoch || self.counts_late(late)
        }
    }

    /// Whether a commit of an earlier generation still counts.
    fn counts_late(&self, late: LateAck) -> bool {
        match late {
            LateAck::Reject => false,
            LateAck::Accept => true,
            LateAck::UntilRedelivered => self.is_quiet(),
        }
    }

    /// Where the record at this offset stands; one that is not visible yet waits. It is out from its
    /// delivery until it is settled or its time is over, unless its reader starts before it again.
    pub(super) fn hold(&self, offset: u32, copy: u32, waits: &Waits) -> Hold {
        match self.records.get(offset as usize) {
            Some(record) if record.skipped || offset < self.committed => Hold::Done,
            Some(record) if offset <= self.next && record.answered != record.deliveries => {
                let due = waits.due(copy, record.deliveries);
                let held = |due: &Due| due.delivery.epoch == self.epoch || self.owner.is_none();
                let out = (self.polled..self.next).contains(&offset);
                let for_ever = |member| Hold::Out { member, until: Time::END };
                let without = self.owner.filter(|_| out).map_or(Hold::Ready, for_ever);
                let waits = due.filter(held).map(|due| due.hold);
                waits.unwrap_or(if due.is_none() { without } else { Hold::Ready })
            }
            _ => Hold::Ready,
        }
    }

    /// Moves the committed position; returns the offsets that it passes.
    pub(super) fn commit(&mut self, delivery: Delivery) -> Range<u32> {
        let to = (delivery.offset + 1).min(self.end());
        let passed = self.committed..to;
        if self.committed < to {
            self.committed = to;
            self.latest_commit = Some(delivery);
            // Nothing that is settled is handed out again; its reader passes over the gap.
            self.next = self.next.max(to);
        }
        passed
    }

    /// Whether no reader will ever see this record (again).
    pub(super) fn is_skipped(&self, offset: u32) -> bool {
        self.records[offset as usize].skipped
    }

    /// Whether the receiver of this delivery may still move the position past it.
    pub(super) fn holds(&self, delivery: Delivery, late: LateAck) -> bool {
        let in_time = self.epoch == delivery.epoch;
        self.committed <= delivery.offset && (in_time || self.counts_late(late))
    }

    /// Its reader gives a record up for good; returns whether it still could.
    pub(super) fn reject(&mut self, delivery: Delivery) -> bool {
        let stands = self.lacks(delivery);
        if let Some(record) = self.records.get_mut(delivery.offset as usize).filter(|_| stands) {
            record.skipped = true;
        }
        stands
    }

    /// Whether this delivery was handed out in the current generation, and its reader has not asked
    /// for more since.
    pub(super) fn is_due(&self, delivery: Delivery) -> bool {
        let record = self.records.get(delivery.offset as usize);
        let waits = record.is_some_and(|record| {
            !record.skipped && record.deliveries == delivery.nth && record.answered != delivery.nth
        });
        let handed_out = (self.polled..self.next).contains(&delivery.offset);
        waits && handed_out && self.committed <= delivery.offset && self.epoch == delivery.epoch
    }

    /// Whether this commit is still news.
    pub(super) fn lacks(&self, delivery: Delivery) -> bool {
        self.epoch == delivery.epoch && self.committed <= delivery.offset
    }
}
