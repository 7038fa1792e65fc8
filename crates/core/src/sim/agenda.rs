//! What is to come, in order of time, and among equal times in order of being put there.
//!
//! The business events are known from the start and come one after another, so they are not kept but
//! counted; the queue holds only what is under way. It orders small keys; the events themselves, some
//! of which carry a whole packet, lie still in a slab.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::hash::{Hash, Hasher};

use super::renew::clone_in_place;
use super::setup::Setup;
use super::time::Time;
use super::trace::{Delivery, MessageNo, Node, Packet, PacketNo, StepNo};

/// An event on the agenda, with the step that put it there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    pub(super) at: Time,
    pub(super) cause: Option<StepNo>,
    pub(super) event: Scheduled,
}

/// When, which in order of being put there, and where in the slab.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    at: Time,
    seq: u32,
    slot: u32,
}

/// By what an event can be taken off the agenda again. It names an event and decides nothing, so it leaves
/// no trace in a hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Timer {
    seq: u32,
    slot: u32,
}

impl Hash for Timer {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

/// What lies in the slab.
#[derive(Debug, Clone, Copy)]
struct Plan {
    seq: u32,
    cause: Option<StepNo>,
    event: Scheduled,
}

/// What is to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Scheduled {
    /// The business event takes place.
    Create(MessageNo),
    /// A packet reaches its node.
    Arrive { packet: Packet, no: PacketNo },
    /// The time to answer this publish is over.
    AnswerDue { message: MessageNo, session: u32, nth: u32 },
    /// The wait before a resend is over.
    Resend { message: MessageNo, session: u32 },
    /// The delivery timeout of a message is over.
    GiveUp { message: MessageNo, session: u32 },
    /// A new session of a transactional producer makes itself known.
    Fence { session: u32 },
    /// A transactional producer will not send these numbers of the message's partition any more.
    Abandon { message: MessageNo, session: u32, from: u32, to: u32 },
    /// A follower takes its copy.
    Replicate { message: MessageNo, offset: u32, partition: u8, node: u8, leader_epoch: u32 },
    /// A broker node that came back has caught up with the leader of this partition.
    CaughtUp { node: u8, partition: u8, leader_epoch: u32 },
    /// A delivery should have been answered by now.
    DeliveryDue { message: MessageNo, delivery: Delivery, instance: u8 },
    /// The wait before a returned copy is offered again is over.
    Requeue { message: MessageNo, delivery: Delivery },
    /// A member asks for the next messages; `fresh`: it has lost what it held. Requests travel in no
    /// time: real clients ask ahead.
    Fetch { instance: u8, fresh: bool },
    /// More messages of a batch arrive until then.
    BatchOpens { instance: u8, until: Time },
    /// All messages of a batch have arrived.
    BatchArrived { instance: u8 },
    /// A member has got no answer to its request for too long.
    FetchAgain { instance: u8 },
    /// The group's coordinator gives a member a partition, to be read from this position on.
    Holds { instance: u8, partition: u8, epoch: u32, position: u32 },
    /// The group's coordinator takes a member's partitions away.
    Revoked { instance: u8 },
    /// The reader of a log goes back by itself; the running delivery needs no answer.
    Seek { delivery: Delivery },
    /// A member goes on after a pause.
    Wake { instance: u8, life: u32 },
    /// A member goes on with the handler call in hand.
    Work { instance: u8, life: u32, stop: u8 },
    /// No answer has come to a commit.
    CommitDue { instance: u8, life: u32, delivery: Delivery },
    /// A node comes back.
    Restart(Node),
}

/// Events to come.
#[derive(Debug)]
pub(super) struct Agenda {
    queue: BinaryHeap<Reverse<Key>>,
    /// What was taken off leaves an empty place behind until its key comes up.
    slab: Vec<Option<Plan>>,
    free: Vec<u32>,
    /// How many keys have nothing behind them.
    void: usize,
    next_seq: u32,
    /// The business event that is next, its number in the order of being put there, and how many
    /// there are.
    creates: u32,
    first_create: u32,
    messages: u32,
}

clone_in_place!(Agenda { queue, slab, free, void, next_seq, creates, first_create, messages });

/// What is to come and in which order; neither what numbered the order nor where an event lies.
impl Hash for Agenda {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.creates.hash(state);
        let plan = |key: Key| self.slab[key.slot as usize];
        let keys = self.queue.iter().map(|&Reverse(key)| key);
        let mut keys: Vec<Key> = keys.filter(|&key| plan(key).is_some()).collect();
        keys.sort_unstable();
        keys.len().hash(state);
        for key in keys {
            key.at.hash(state);
            plan(key).map(|plan| plan.event).hash(state);
        }
    }
}

impl Agenda {
    /// The first requests of the members, then all business events.
    pub(super) fn new(setup: &Setup<'_>) -> Agenda {
        let messages = setup.messages as u32;
        let mut agenda = Agenda {
            queue: BinaryHeap::with_capacity(64),
            slab: Vec::with_capacity(64),
            free: Vec::with_capacity(64),
            void: 0,
            next_seq: 0,
            creates: 0,
            first_create: u32::from(setup.instances),
            messages,
        };
        for instance in 0..setup.instances {
            let fetch = Scheduled::Fetch { instance, fresh: false };
            agenda.put(Time::ZERO, None, fetch);
        }
        agenda.next_seq += messages;
        agenda
    }

    /// How many events there have been.
    pub(super) fn count(&self) -> u32 {
        self.next_seq
    }

    pub(super) fn put(&mut self, at: Time, cause: Option<StepNo>, event: Scheduled) -> Timer {
        let seq = self.next_seq;
        self.next_seq += 1;
        let plan = Some(Plan { seq, cause, event });
        let slot = match self.free.pop() {
            Some(slot) => {
                self.slab[slot as usize] = plan;
                slot
            }
            None => {
                self.slab.push(plan);
                self.slab.len() as u32 - 1
            }
        };
        self.queue.push(Reverse(Key { at, seq, slot }));
        Timer { seq, slot }
    }

    /// Takes an event off again, if it has not come yet. It would have had no consequence; but timers
    /// that nobody waits for pile up, and everything that goes through the agenda takes longer.
    pub(super) fn cancel(&mut self, timer: Timer) {
        let plan = &mut self.slab[timer.slot as usize];
        if plan.is_none_or(|plan| plan.seq != timer.seq) {
            return;
        }
        *plan = None;
        self.void += 1;
        if self.void > 8 && 2 * self.void > self.queue.len() {
            let Agenda { queue, slab, free, .. } = self;
            queue.retain(|Reverse(key)| {
                let kept = slab[key.slot as usize].is_some();
                if !kept {
                    free.push(key.slot);
                }
                kept
            });
            self.void = 0;
        }
    }

    /// Takes the next event.
    pub(super) fn next(&mut self, setup: &Setup<'_>) -> Option<Entry> {
        self.skip_void();
        let first = self.queue.peek().map(|Reverse(key)| (key.at, key.seq));
        if self.creates < self.messages {
            let at = setup.interval.times(u64::from(self.creates));
            let create = (at, self.first_create + self.creates);
            if first.is_none_or(|first| create < first) {
                let message = MessageNo::from_index(self.creates as usize);
                self.creates += 1;
                let event = Scheduled::Create(message);
                return Some(Entry { at, cause: None, event });
            }
        }
        let Reverse(key) = self.queue.pop()?;
        self.free.push(key.slot);
        let plan = self.slab[key.slot as usize].take()?;
        Some(Entry { at: key.at, cause: plan.cause, event: plan.event })
    }

    /// When the next event is.
    pub(super) fn due(&mut self, setup: &Setup<'_>) -> Option<Time> {
        self.skip_void();
        let first = self.queue.peek().map(|Reverse(key)| key.at);
        let is_left = self.creates < self.messages;
        let create = is_left.then(|| setup.interval.times(u64::from(self.creates)));
        first.into_iter().chain(create).min()
    }

    /// What is under way, in no order.
    pub(super) fn entries(&self) -> impl Iterator<Item = Entry> {
        self.queue.iter().filter_map(|&Reverse(key)| {
            let plan = self.slab[key.slot as usize]?;
            Some(Entry { at: key.at, cause: plan.cause, event: plan.event })
        })
    }

    /// Lets a key with something behind it be the first.
    fn skip_void(&mut self) {
        while let Some(Reverse(key)) = self.queue.peek()
            && self.slab[key.slot as usize].is_none()
        {
            self.free.push(key.slot);
            self.void -= 1;
            self.queue.pop();
        }
    }
}
