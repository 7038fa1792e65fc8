//! The consumer group: who joins, who leaves, and who holds which partition of a log.

use super::super::agenda::Scheduled;
use super::super::context::Context;
use super::super::fate::Fate;
use super::super::time::Time;
use super::super::trace::{Delivery, Event, MessageNo, Node, Observer, StepNo};
use super::Broker;
use super::log::Log;
use super::partition::{Partition, Shelf};

impl Broker {
    /// A member is gone, or has lost its state: its partitions go to the others, if there are any.
    pub(super) fn leave<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        instance: u8,
        cause: Option<StepNo>,
    ) {
        self.members[instance as usize] = false;
        for number in 0..self.partitions.len() as u8 {
            if self.log(number).is_some_and(|log| log.owner() == Some(instance)) {
                match self.least_loaded() {
                    Some(heir) => self.assign(context, number, heir, cause),
                    None => self.log(number).into_iter().for_each(Log::release),
                }
            }
        }
    }

    /// The group has heard nothing of a member for too long: it is gone.
    pub(in crate::sim) fn missed<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        (instance, back): (u8, bool),
        cause: Option<StepNo>,
    ) {
        if self.members[instance as usize] && back {
            // Back as a stranger: only what the old one held goes to somebody.
            for number in 0..self.partitions.len() as u8 {
                let orphaned = self
                    .log(number)
                    .is_some_and(|log| log.owner() == Some(instance) && log.is_orphaned());
                if orphaned {
                    let step = self.outstanding(number, instance).map(|(message, delivery)| {
                        context.tell(cause, message, Event::DeliveryTimedOut(delivery))
                    });
                    let heir = self.least_loaded().unwrap_or(instance);
                    self.assign(context, number, heir, step.or(cause));
                }
            }
            return self.serve(context);
        }
        if !self.members[instance as usize] || back {
            return;
        }
        let numbers = 0..self.partitions.len() as u8;
        let step = numbers.into_iter().find_map(|number| {
            let (message, delivery) = self.outstanding(number, instance)?;
            Some(context.tell(cause, message, Event::DeliveryTimedOut(delivery)))
        });
        self.leave(context, instance, step.or(cause));
        self.serve(context);
    }

    /// The first delivery of a partition that its reader, this member, owes a commit for.
    fn outstanding(&mut self, number: u8, instance: u8) -> Option<(MessageNo, Delivery)> {
        let log = self.log(number).filter(|log| log.owner() == Some(instance))?;
        let ((offset, nth), from, epoch) = (log.outstanding()?, log.from(), log.epoch());
        let record = &self.partitions[number as usize].records[offset as usize];
        let delivery = Delivery { copy: record.copy, partition: number, offset, from, nth, epoch };
        Some((record.origin.message, delivery))
    }

    /// Who takes over a partition from a member that still lives: another one, if there is one.
    pub(super) fn heir(&self, instance: u8) -> u8 {
        let members = (0..self.members.len() as u8).filter(|&member| self.members[member as usize]);
        let heir = members.min_by_key(|&member| (member == instance, self.load(member)));
        heir.unwrap_or(instance)
    }

    /// A member joins. It takes the partitions that nobody holds, and evens out the load with those
    /// that can be handed over without redelivering anything.
    pub(super) fn join<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        instance: u8,
        cause: Option<StepNo>,
    ) {
        self.members[instance as usize] = true;
        for number in 0..self.partitions.len() as u8 {
            let mine = self.load(instance);
            let Some(log) = self.log(number) else {
                continue;
            };
            let (owner, quiet) = (log.owner(), log.is_quiet());
            let takes = match owner {
                None => true,
                Some(other) => other != instance && quiet && self.load(other) > mine + 1,
            };
            if takes {
                self.assign(context, number, instance, cause);
            }
        }
    }

    pub(super) fn assign<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        number: u8,
        owner: u8,
        cause: Option<StepNo>,
    ) {
        let Some(log) = self.log(number) else { return };
        let (position, rewinds) = (log.committed(), log.next() > log.committed());
        let mut step = cause;
        if let Some(record) = self.partitions[number as usize].records.get(position as usize) {
            let message = record.origin.message;
            if context.setup.instances > 1 {
                let assigned = Event::Assigned { partition: number, node: Node::Consumer(owner) };
                step = Some(context.tell(step, message, assigned));
            }
            if rewinds {
                step = Some(context.tell(step, message, Event::Rewound { copy: record.copy }));
            }
        }
        if let Some(log) = self.log(number) {
            log.assign(owner, step);
            let epoch = log.epoch();
            let holds = Scheduled::Holds { instance: owner, partition: number, epoch, position };
            context.after(Time::ZERO, step, holds);
        }
    }

    /// The log was truncated below what its reader had read. The reader starts again at the
    /// committed position, like a Kafka consumer whose position is out of range; its work is void.
    pub(in crate::sim) fn rewind<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        number: u8,
        cause: StepNo,
    ) {
        let Some(owner) = self.log(number).and_then(|log| log.owner()) else {
            return;
        };
        self.assign(context, number, owner, Some(cause));
        // A delivery that it will reject may be in flight: it asks again once that has arrived.
        let again = Scheduled::FetchAgain { instance: owner };
        context.after(context.setup.client_timeout, Some(cause), again);
    }

    /// Whether what was delivered is still there: a lost record may have given up its offset.
    pub(super) fn stands(&self, delivery: Delivery) -> bool {
        let records = &self.partitions[delivery.partition as usize].records;
        let record = records.get(delivery.offset as usize);
        record.is_some_and(|record| record.copy == delivery.copy)
    }

    pub(super) fn load(&self, instance: u8) -> usize {
        let held = |partition: &&Partition| match &partition.shelf {
            Shelf::Log(log) => log.owner() == Some(instance),
            Shelf::Queue(_) => false,
        };
        self.partitions.iter().filter(held).count()
    }

    pub(super) fn least_loaded(&self) -> Option<u8> {
        let members = 0..self.members.len() as u8;
        members
            .filter(|&member| self.members[member as usize])
            .min_by_key(|&member| self.load(member))
    }
}
