//! One partition: its records and their copies, what it remembers about producers, and the shelf
//! that consumers are served from.

use super::super::held::{self, Hold, Transaction, Waits};
use super::super::renew::clone_in_place;
use super::super::setup::Setup;
use super::super::time::Time;
use super::super::trace::StepNo;
use super::intake::{Intake, Origin};
use super::log::Log;
use super::queue::Queue;
use super::replicas::Replicas;

/// The state of a partition.
#[derive(Debug, Hash)]
pub(super) struct Partition {
    pub(super) replicas: Replicas,
    pub(super) intake: Intake,
    pub(super) records: Vec<Record>,
    pub(super) shelf: Shelf,
    /// How many records every in-sync node is known to have.
    pub(super) replicated: u32,
}

clone_in_place!(Partition { replicas, intake, records, shelf, replicated });

/// A stored record.
#[derive(Debug, Clone, Hash)]
pub(super) struct Record {
    /// Its number in the order in which the broker stored copies.
    pub(super) copy: u32,
    pub(super) origin: Origin,
    /// The publish whose answer is owed to the producer once every in-sync node has the record.
    pub(super) owed: Option<u32>,
    pub(super) transaction: Transaction,
    /// Which replication of the message this is, from 1; 0: not begun.
    pub(super) replication: u32,
    /// The latest step towards the consumers.
    pub(super) since: StepNo,
}

/// How consumers see the records.
#[derive(Debug, Hash)]
pub(super) enum Shelf {
    Queue(Queue),
    Log(Log),
}

impl Clone for Shelf {
    fn clone(&self) -> Self {
        match self {
            Shelf::Queue(queue) => Shelf::Queue(queue.clone()),
            Shelf::Log(log) => Shelf::Log(log.clone()),
        }
    }

    fn clone_from(&mut self, other: &Self) {
        match (self, other) {
            (Shelf::Queue(queue), Shelf::Queue(other)) => queue.clone_from(other),
            (Shelf::Log(log), Shelf::Log(other)) => log.clone_from(other),
            (shelf, other) => *shelf = other.clone(),
        }
    }
}

impl Shelf {
    /// How many records have been shown to consumers or withheld from them.
    pub(super) fn end(&self) -> u32 {
        match self {
            Shelf::Queue(queue) => queue.end(),
            Shelf::Log(log) => log.end(),
        }
    }

    /// Shows the next record to consumers, or withholds it.
    pub(super) fn pass(&mut self, shown: bool, since: StepNo) {
        match (self, shown) {
            (Shelf::Queue(queue), true) => queue.admit(since),
            (Shelf::Queue(queue), false) => queue.skip(since),
            (Shelf::Log(log), true) => log.admit(since),
            (Shelf::Log(log), false) => log.skip(since),
        }
    }

    /// Where the record at this offset stands with the consumers.
    fn hold(&self, offset: u32, copy: u32, waits: &Waits) -> Hold {
        match self {
            Shelf::Queue(queue) => queue.hold(offset, copy, waits),
            Shelf::Log(log) => log.hold(offset, copy, waits),
        }
    }

    /// Everything from this offset on is gone. Tells whether the reader of a log had read any of it.
    pub(super) fn truncate(&mut self, end: u32) -> bool {
        match self {
            Shelf::Queue(queue) => {
                queue.truncate(end);
                false
            }
            Shelf::Log(log) => log.truncate(end),
        }
    }
}

impl Partition {
    /// Its records and what it remembers.
    pub(super) fn held(&self, setup: &Setup<'_>, waits: &Waits, now: Time) -> held::Partition {
        // Where there is one node alone nothing is copied.
        let copied = if self.replicas.is_single() { u32::MAX } else { self.replicated };
        let record = |(offset, record): (u32, &Record)| held::Record {
            copy: record.copy,
            message: record.origin.message,
            hold: self.shelf.hold(offset, record.copy, waits),
            copied: offset < copied,
            transaction: record.transaction,
        };
        held::Partition {
            leader: self.replicas.leader(),
            records: (0..).zip(&self.records).map(record).collect(),
            ids: self.intake.ids(setup, now),
        }
    }

    /// Cuts the records to what the leader has; returns those that are lost, and whether the reader of
    /// a log had read any of them.
    pub(super) fn cut(&mut self) -> (Vec<Record>, bool) {
        let end = self.replicas.follow_leader();
        let lost = self.records.split_off((end as usize).min(self.records.len()));
        for record in &lost {
            self.intake.forget(record.origin);
        }
        for record in &mut self.records {
            record.owed = None;
        }
        self.replicated = self.replicated.min(end);
        let read = self.shelf.truncate(end);
        (lost, read)
    }
}
