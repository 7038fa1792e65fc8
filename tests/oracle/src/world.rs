//! Time, packets, and the order of events. What two parties do at one instant has no order in the specification, so
//! the explorer tries each.

use std::collections::BTreeMap;

use crate::broker::{Answer, Group, Node, Partition, Queued, Record, RecordId};
use crate::choice::Choices;
use crate::consumer::{Batch, BatchId, Member, Store};
use crate::format::{Message, Setup, Time};
use crate::producer::Producer;
use crate::script::{Actor, Leg, Line, Point};

/// More than any run that settles needs.
const MOST_EVENTS: usize = 40_000;

/// Which life of a node something belongs to.
pub type Life = u32;

#[derive(Clone, Debug)]
pub enum Event {
    // To the producer.
    Create(Message),
    ProducerUp,
    Answered { message: Message, life: Life, attempt: u64, answer: Answer },
    RequestTimeout { message: Message, life: Life, attempt: u64 },
    Resend { message: Message, life: Life, attempt: u64 },
    DeliveryTimeout { message: Message, life: Life },
    TransactionDone { message: Message, life: Life },
    // To the broker.
    Published { message: Message, life: Life, attempt: u64, epoch: u32 },
    EndTransaction { message: Message, life: Life },
    Copied { partition: usize, record: RecordId, node: usize, epoch: u32 },
    CaughtUp { partition: usize, node: usize, life: Life },
    NodeUp(usize),
    HandOut,
    Fetch { member: usize, life: Life },
    Settle { member: usize, record: RecordId, hand_out: u64 },
    Return { member: usize, record: RecordId, hand_out: u64 },
    Expire { record: RecordId, hand_out: u64 },
    Overdue(BatchId),
    Commit { batch: BatchId, upto: RecordId },
    // To a consumer.
    Delivered { batch: BatchId, record: RecordId, hand_out: u64 },
    AskAgain(BatchId),
    Confirmed(BatchId),
    CommitAgain { batch: BatchId, upto: RecordId },
    ConsumerUp(usize),
    LookUp { member: usize, life: Life },
    Work { member: usize, life: Life },
}

impl Event {
    /// Events of different parties at one instant do not see each other.
    fn party(&self) -> Actor {
        match self {
            Self::Create(_)
            | Self::ProducerUp
            | Self::Answered { .. }
            | Self::RequestTimeout { .. }
            | Self::Resend { .. }
            | Self::DeliveryTimeout { .. }
            | Self::TransactionDone { .. } => Actor::Producer,
            Self::Published { .. }
            | Self::EndTransaction { .. }
            | Self::Copied { .. }
            | Self::CaughtUp { .. }
            | Self::NodeUp(_)
            | Self::HandOut
            | Self::Fetch { .. }
            | Self::Settle { .. }
            | Self::Return { .. }
            | Self::Expire { .. }
            | Self::Overdue(_)
            | Self::Commit { .. } => Actor::Broker,
            Self::Delivered { .. }
            | Self::AskAgain(_)
            | Self::Confirmed(_)
            | Self::CommitAgain { .. }
            | Self::ConsumerUp(_)
            | Self::LookUp { .. }
            | Self::Work { .. } => Actor::Consumer,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Counted {
    Packet(Leg),
    Side(Point),
    Point(Point),
    Call,
}

pub struct World<'a> {
    pub setup: &'a Setup,
    pub choices: &'a mut Choices,
    pub now: Time,
    events: Vec<(Time, Event)>,
    counts: BTreeMap<(Counted, Message), u32>,
    last_arrival: BTreeMap<(Leg, usize), Time>,
    pub producer: Producer,
    pub nodes: Vec<Node>,
    pub partitions: Vec<Partition>,
    pub records: Vec<Record>,
    pub queue: BTreeMap<RecordId, Queued>,
    pub groups: Vec<Group>,
    pub requests: Vec<usize>,
    pub members: Vec<Member>,
    pub batches: Vec<Batch>,
    pub hand_outs: u64,
    pub store: Store,
    last_change: Time,
    pub is_endless: bool,
}

impl<'a> World<'a> {
    pub fn new(setup: &'a Setup, choices: &'a mut Choices) -> Self {
        let broker = &setup.lane.broker;
        let members = setup.lane.consumer.instances;
        Self {
            setup,
            choices,
            now: 0,
            events: Vec::new(),
            counts: BTreeMap::new(),
            last_arrival: BTreeMap::new(),
            producer: Producer::new(setup.messages),
            nodes: vec![Node::default(); broker.replicas],
            partitions: vec![Partition::new(broker.replicas); broker.partitions],
            records: Vec::new(),
            queue: BTreeMap::new(),
            groups: (0..broker.partitions).map(|at| Group::of(at % members)).collect(),
            requests: (0..members).collect(),
            members: vec![Member::default(); members],
            batches: Vec::new(),
            hand_outs: 0,
            store: Store::default(),
            last_change: 0,
            is_endless: false,
        }
    }

    /// Lets everything happen.
    pub fn run(&mut self) {
        for message in 1..=self.setup.messages {
            let at = (message as Time - 1) * self.setup.interval_ms;
            self.at(at, Event::Create(message));
        }
        // Longer than anything waits: if only the same few things have happened since, they go on for ever.
        let broker = &self.setup.lane.broker;
        let waits = broker.redelivery_timeout_ms + broker.redelivery_delay_ms + 10_000;
        for _ in 0..MOST_EVENTS {
            match self.next() {
                Some(event) => {
                    if event.party() == Actor::Producer {
                        self.has_changed();
                    }
                    self.happen(event);
                }
                None => return,
            }
            if self.now > self.last_change + 2 * waits {
                break;
            }
        }
        self.is_endless = true;
    }

    /// Something happened that does not happen again and again.
    pub fn has_changed(&mut self) {
        self.last_change = self.now;
    }

    pub fn at(&mut self, time: Time, event: Event) {
        self.events.push((time, event));
    }

    pub fn after(&mut self, wait: Time, event: Event) {
        self.at(self.now + wait, event);
    }

    /// Hands out what there is, once everything else that the broker does now is done, or before.
    pub fn hand_out_soon(&mut self) {
        let now = self.now;
        let is_due = |(at, event): &(Time, Event)| *at == now && matches!(event, Event::HandOut);
        if !self.events.iter().any(is_due) {
            self.at(now, Event::HandOut);
        }
    }

    fn next(&mut self) -> Option<Event> {
        let (time, first) = self.events.iter().min_by_key(|(at, _)| *at)?;
        let (time, party) = (*time, first.party());
        let tied = self.events.iter().enumerate().filter(|(_, (at, _))| *at == time);
        let mut links = Vec::new();
        let mut is_first_of_link = |event: &Event| match self.link(event) {
            Some(link) if links.contains(&link) => false,
            link => {
                links.extend(link);
                true
            }
        };
        let tied: Vec<usize> = tied
            .filter(|(_, (_, event))| event.party() == party && is_first_of_link(event))
            .map(|(at, _)| at)
            .collect();
        let chosen = tied[self.choices.choose(tied.len().min(4))];
        self.now = time;
        Some(self.events.remove(chosen).1)
    }

    /// The link that a packet comes over. Its packets do not change places.
    fn link(&self, event: &Event) -> Option<(Leg, usize)> {
        Some(match *event {
            Event::Published { .. } => (Leg::Publish, 0),
            Event::Answered { .. } => (Leg::PublishAck, 0),
            Event::Delivered { batch, .. } => (Leg::Deliver, self.batches[batch].member),
            Event::Commit { batch, .. } => (Leg::Ack, self.batches[batch].member),
            Event::Fetch { member, .. }
            | Event::Settle { member, .. }
            | Event::Return { member, .. } => (Leg::Ack, member),
            _ => return None,
        })
    }

    fn happen(&mut self, event: Event) {
        match event {
            Event::Create(message) => self.create(message),
            Event::ProducerUp => self.producer_up(),
            Event::Answered { message, life, attempt, answer } => {
                self.answered(message, life, attempt, answer);
            }
            Event::RequestTimeout { message, life, attempt } => {
                self.request_timeout(message, life, attempt);
            }
            Event::Resend { message, life, attempt } => self.resend(message, life, attempt),
            Event::DeliveryTimeout { message, life } => self.delivery_timeout(message, life),
            Event::TransactionDone { message, life } => self.transaction_done(message, life),
            Event::Published { message, life, attempt, epoch } => {
                self.published(message, life, attempt, epoch);
            }
            Event::EndTransaction { message, life } => self.end_transaction(message, life),
            Event::Copied { partition, record, node, epoch } => {
                self.copied(partition, record, node, epoch);
            }
            Event::CaughtUp { partition, node, life } => self.caught_up(partition, node, life),
            Event::NodeUp(node) => self.node_up(node),
            Event::HandOut => self.hand_out(),
            Event::Fetch { member, life } => self.fetch(member, life),
            Event::Settle { record, hand_out, .. } => self.settle(record, hand_out),
            Event::Return { record, hand_out, .. } => self.returned(record, hand_out),
            Event::Expire { record, hand_out } => self.expire(record, hand_out),
            Event::Overdue(batch) => self.overdue(batch),
            Event::Commit { batch, upto } => self.commit(batch, upto),
            Event::Delivered { batch, record, hand_out } => self.delivered(batch, record, hand_out),
            Event::AskAgain(batch) => self.ask_again(batch),
            Event::Confirmed(batch) => self.confirmed(batch),
            Event::CommitAgain { batch, upto } => self.commit_again(batch, upto),
            Event::ConsumerUp(member) => self.consumer_up(member),
            Event::LookUp { member, life } => self.look_up(member, life),
            Event::Work { member, life } => self.work(member, life),
        }
    }

    pub fn latency(&mut self) -> Time {
        let [least, most] = self.setup.faults.latency_ms;
        least + if most > least { self.choices.draw(most - least + 1) } else { 0 }
    }

    /// When the copies of a packet arrive; none if it is lost. Packets of one link keep their order, but for one that
    /// is delayed.
    pub fn packet(&mut self, leg: Leg, end: usize, message: Message) -> Vec<Time> {
        let count = self.count(Counted::Packet(leg), message);
        let (mut is_lost, mut copies, mut delay) = (false, 1, 0);
        for line in &self.setup.faults.script {
            match *line {
                Line::Drop(on, of) if on == leg && of.is(message, count) => is_lost = true,
                Line::Duplicate(on, of) if on == leg && of.is(message, count) => copies = 2,
                Line::Delay(on, of, by) if on == leg && of.is(message, count) => delay = by,
                _ => {}
            }
        }
        let mut arrives = self.now + self.latency() + delay;
        if delay == 0 {
            let last = self.last_arrival.entry((leg, end)).or_default();
            arrives = arrives.max(*last);
            *last = arrives;
        }
        let of_consumer = matches!(leg, Leg::Deliver | Leg::Ack);
        let lines = &self.setup.faults.script;
        let cuts = |from: Time, to: Time| {
            lines.iter().any(|line| match *line {
                Line::Partition { consumer, from: begin, to: end } => {
                    consumer == of_consumer && from < end && begin <= to
                }
                _ => false,
            })
        };
        is_lost |= cuts(self.now, self.now);
        if !is_lost && cuts(self.now, arrives) {
            // Not what is on its way, what arrives in it, or whatever is on its way at some time of it.
            is_lost = match self.choices.reading("a cut loses what is on its way", 3) {
                0 => false,
                1 => cuts(arrives, arrives),
                _ => true,
            };
        }
        if is_lost {
            return Vec::new();
        }
        let mut all = vec![arrives];
        if copies > 1 {
            let times = self.choices.reading("ways that a copy is behind", 3) as Time;
            all.push(arrives + times * self.setup.faults.latency_ms[1]);
        }
        all
    }

    /// When the cut ends that this moment lies in.
    pub fn cut_until(&self, of_consumer: bool, at: Time) -> Option<Time> {
        self.setup.faults.script.iter().find_map(|line| match *line {
            Line::Partition { consumer, from, to } if consumer == of_consumer => {
                (from <= at && at < to).then_some(to)
            }
            _ => None,
        })
    }

    /// A request for more travels behind the acknowledgments.
    pub fn ask(&mut self, member: usize) {
        let mut begin = self.now;
        if let Some(end) = self.cut_until(true, begin)
            && self.choices.reading("a request for more waits for the network", 2) == 0
        {
            begin = end;
        }
        let arrives = begin + self.latency();
        let last = self.last_arrival.entry((Leg::Ack, member)).or_default();
        let arrives = arrives.max(*last);
        *last = arrives;
        let life = self.members[member].life;
        self.at(arrives, Event::Fetch { member, life });
    }

    fn count(&mut self, what: Counted, message: Message) -> u32 {
        let count = self.counts.entry((what, message)).or_default();
        *count += 1;
        *count
    }

    /// Whether a scripted crash strikes here. Each side of a point may count for itself, or a point as a whole.
    pub fn strikes(&mut self, actor: Actor, after: bool, place: &str, message: Message) -> bool {
        let point = |after| Point { actor, after, place: place.to_owned() };
        let own = self.count(Counted::Side(point(after)), message);
        let whole = Counted::Point(point(false));
        let known = self.counts.get(&(whole.clone(), message)).copied().unwrap_or(0);
        let together = if after && known > 0 { known } else { self.count(whole, message) };
        let point = point(after);
        let is_said = |count: u32| {
            let mut lines = self.setup.faults.script.iter();
            lines.any(
                |line| matches!(line, Line::Crash(at, of) if *at == point && of.is(message, count)),
            )
        };
        let (alone, whole) = (is_said(own), is_said(together));
        if alone || whole {
            self.has_changed();
        }
        match alone == whole {
            true => alone,
            false if self.choices.reading("both sides of a point count together", 2) == 0 => whole,
            false => alone,
        }
    }

    /// Whether this handler call fails, and how much longer it takes.
    pub fn call_of(&mut self, message: Message) -> (bool, Time) {
        let count = self.count(Counted::Call, message);
        let (mut fails, mut slow) = (false, 0);
        for line in &self.setup.faults.script {
            match *line {
                Line::Fail(of) => fails |= of.is(message, count),
                Line::Poison(poison) => fails |= poison == message,
                Line::Slow(of, by) if of.is(message, count) => slow = by,
                _ => {}
            }
        }
        (fails, slow)
    }
}
