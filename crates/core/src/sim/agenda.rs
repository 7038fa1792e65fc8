//! The agenda: scheduled events, ordered by time, then by insertion.
//!
//! Business events are known up front and come in order, so they are counted rather than queued;
//! the heap holds only what is in flight. It orders small keys; the events themselves, some of
//! which carry a whole packet, stay put in a slab.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::hash::{Hash, Hasher};

use super::renew::clone_in_place;
use super::setup::Setup;
use super::time::Time;
use super::trace::{Delivery, MessageNo, Node, Packet, PacketNo, StepNo};

/// An event from the agenda, with the step that scheduled it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    pub(super) at: Time,
    pub(super) cause: Option<StepNo>,
    pub(super) event: Scheduled,
}

/// When, in which order of insertion, and where in the slab.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    at: Time,
    seq: u32,
    slot: u32,
}

/// A handle to cancel a scheduled event. It only identifies the event and decides nothing, so it is
/// left out of hashes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Timer {
    seq: u32,
    slot: u32,
}

impl Hash for Timer {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

/// A slab entry.
#[derive(Debug, Clone, Copy)]
struct Plan {
    seq: u32,
    cause: Option<StepNo>,
    event: Scheduled,
}

/// A scheduled event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Scheduled {
    /// The business event takes place.
    Create(MessageNo),
    /// A packet reaches its node.
    Arrive { packet: Packet, no: PacketNo },
    /// The time to answer this publish is up.
    AnswerDue { message: MessageNo, session: u32, nth: u32 },
    /// The wait before a resend is over.
    Resend { message: MessageNo, session: u32 },
    /// The delivery timeout of a message is up.
    GiveUp { message: MessageNo, session: u32 },
    /// A new session of a transactional producer registers.
    Fence { session: u32 },
    /// A transactional producer aborts what is open of a message that it has given up.
    Abort { message: MessageNo, session: u32 },
    /// A follower takes its copy.
    Replicate { message: MessageNo, offset: u32, partition: u8, node: u8, leader_epoch: u32 },
    /// A broker node that was behind gets what the leader of this partition had when it asked: the
    /// records before `end`.
    CaughtUp { node: u8, partition: u8, leader_epoch: u32, end: u32 },
    /// A delivery should have been answered by now.
    DeliveryDue { message: MessageNo, delivery: Delivery, instance: u8 },
    /// The delay before a returned copy is offered again is over.
    Requeue { message: MessageNo, delivery: Delivery },
    /// Copies have come back to their queues: whoever waits is served.
    Offer,
    /// A member asks for more messages; `fresh`: it has lost its state. A request takes no time of
    /// its own, because real clients fetch ahead, but it travels behind what the member sent before.
    Fetch { instance: u8, fresh: bool },
    /// More messages of a batch keep arriving until then.
    BatchOpens { instance: u8, until: Time },
    /// All messages of a batch have arrived, in the life in which it was asked for.
    BatchArrived { instance: u8, life: u32 },
    /// A member has waited too long for an answer to its request.
    FetchAgain { instance: u8 },
    /// The group coordinator assigns a partition to a member, to be read from this position on.
    Holds { instance: u8, partition: u8, epoch: u32, position: u32 },
    /// The group has heard nothing of a member that went down in this life for as long as it waits.
    Missed { instance: u8, life: u32 },
    /// The reader of a log seeks back of its own accord; the delivery in hand needs no answer.
    Seek { delivery: Delivery },
    /// The pause of a reader that sought back in this generation is over.
    Resume { partition: u8, epoch: u32 },
    /// The reader of a log says nothing more about a delivery.
    Silence { message: MessageNo, delivery: Delivery },
    /// A member's connection to its queues is gone.
    Disconnect { instance: u8 },
    /// A member opens a new connection after one that is gone.
    Reconnect { instance: u8, life: u32 },
    /// A member goes on with the next message in hand.
    Wake { instance: u8, life: u32 },
    /// A member continues the handler call in hand.
    Work { instance: u8, life: u32, stop: u8 },
    /// A commit has gone unanswered.
    CommitDue { instance: u8, message: MessageNo, delivery: Delivery },
    /// A node is back up.
    Restart(Node),
}

/// The scheduled events.
#[derive(Debug)]
pub(super) struct Agenda {
    queue: BinaryHeap<Reverse<Key>>,
    /// A cancelled event leaves an empty slot until its key comes up.
    slab: Vec<Option<Plan>>,
    free: Vec<u32>,
    /// How many keys point to an empty slot.
    void: usize,
    next_seq: u32,
    /// The next business event, the sequence number of the first one, and how many there are.
    creates: u32,
    first_create: u32,
    messages: u32,
}

clone_in_place!(Agenda { queue, slab, free, void, next_seq, creates, first_create, messages });

/// What is scheduled and in which order, but neither sequence numbers nor slots.
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
    /// The members' first requests, then all business events.
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
        // Business events are never inserted, but their numbers are reserved: at equal times they
        // come before whatever the run schedules.
        agenda.next_seq += messages;
        agenda
    }

    /// How many events have been scheduled.
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

    /// Cancels an event that has not come up yet. It would have had no effect, but timers that
    /// nobody waits for pile up and slow down everything else on the agenda.
    pub(super) fn cancel(&mut self, timer: Timer) {
        let plan = &mut self.slab[timer.slot as usize];
        if plan.is_none_or(|plan| plan.seq != timer.seq) {
            return;
        }
        *plan = None;
        self.void += 1;
        // Compact once most keys are void, so that the heap stays small.
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

    /// Takes the next event off the agenda.
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
