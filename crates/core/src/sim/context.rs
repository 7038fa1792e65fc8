//! What the actors share while they act: the clock, the agenda, the links between nodes, and counts
//! of what has happened to each message. Actors change the world only through it.

use std::hash::{Hash, Hasher};
use std::ops::Range;

use super::Because;
use super::agenda::{Agenda, Entry, Scheduled, Timer};
use super::fate::{ChoicePoint, CrashPoint, Extent, Fate, Occasion, Operation, Side};
use super::renew::clone_in_place;
use super::setup::Setup;
use super::time::Time;
use super::trace::{
    Carries, Event, Leg, MessageNo, Node, Observer, Packet, PacketNo, Step, StepNo,
};

/// The part of the context that is state: copied, compared and hashed between steps.
#[derive(Debug)]
pub(super) struct SimState {
    pub(super) now: Time,
    pub(super) agenda: Agenda,
    next_step: u32,
    next_packet: u32,
    /// When the latest step took place.
    pub(super) last_step: Time,
    /// The latest arrival on each link: packets on one link stay in order.
    latest_arrival: Vec<Time>,
    /// How often each thing has happened to each message, row by row.
    tally: Vec<u32>,
    /// The length of a row.
    columns: usize,
}

clone_in_place!(SimState {
    now,
    agenda,
    next_step,
    next_packet,
    last_step,
    latest_arrival,
    tally,
    columns
});

/// Links to and from the producer, to and from each of eight members, and to each of five nodes.
const LINKS: usize = 2 + 2 * 8 + 5;

/// The link from one node to another.
fn link((from, to): (Node, Node)) -> usize {
    match (from, to) {
        (Node::Producer, _) => 0,
        (_, Node::Producer) => 1,
        (_, Node::Consumer(instance)) => 2 + 2 * instance as usize,
        (Node::Consumer(instance), _) => 3 + 2 * instance as usize,
        (_, Node::Broker(_)) => unreachable!("nodes of the broker copy, they do not send"),
    }
}

/// What is counted per message; the steps of the scenario follow.
#[derive(Debug, Clone, Copy)]
enum Tally {
    Packet(Leg),
    Act(Operation),
    Call,
}

impl Tally {
    /// The columns that count packets, which come first.
    const PACKETS: Range<usize> = 0..7;
    /// The number of columns before the steps of the scenario.
    const FIXED: usize = 16;

    fn column(self) -> usize {
        match self {
            Tally::Packet(Leg::Publish) => 0,
            Tally::Packet(Leg::PublishAck) => 1,
            Tally::Packet(Leg::Deliver) => 2,
            Tally::Packet(Leg::Ack) => 3,
            Tally::Packet(Leg::Confirm) => 4,
            Tally::Packet(Leg::Commit) => 5,
            Tally::Packet(Leg::Replicate) => 6,
            Tally::Act(Operation::Publish) => 7,
            Tally::Act(Operation::Receive) => 8,
            Tally::Act(Operation::Record) => 9,
            Tally::Act(Operation::Ack) => 10,
            Tally::Act(Operation::Write) => 11,
            Tally::Act(Operation::Replicate) => 12,
            Tally::Act(Operation::Answer) => 13,
            Tally::Act(Operation::Follow) => 14,
            Tally::Call => 15,
            Tally::Act(Operation::Step(step)) => Tally::FIXED + step as usize,
        }
    }
}

/// Covers everything that decides how the run goes on. The number of packets so far only numbers
/// the next ones, and how often an act was reached only names a fault that would strike there, so
/// both are left out. How often a packet was sent stays in: it decides how long the next one
/// travels. So do the counts of steps and events, which are limited.
impl Hash for SimState {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.now.hash(state);
        self.agenda.hash(state);
        (self.next_step, self.agenda.count()).hash(state);
        // An arrival in the past no longer holds anything up.
        let links = self.latest_arrival.iter().enumerate();
        for (link, latest) in links.filter(|(_, latest)| **latest > self.now) {
            state.write_u8(link as u8);
            latest.hash(state);
        }
        state.write_u8(u8::MAX);
        for row in self.tally.chunks_exact(self.columns) {
            row[Tally::PACKETS].hash(state);
        }
    }
}

impl SimState {
    pub(super) fn new(setup: &Setup<'_>) -> SimState {
        let columns = Tally::FIXED + setup.scenario.steps.len();
        SimState {
            now: Time::ZERO,
            agenda: Agenda::new(setup),
            next_step: 0,
            next_packet: 0,
            last_step: Time::ZERO,
            latest_arrival: vec![Time::ZERO; LINKS],
            tally: vec![0; setup.messages * columns],
            columns,
        }
    }

    pub(super) fn next(&mut self, setup: &Setup<'_>) -> Option<Entry> {
        self.agenda.next(setup)
    }

    fn tally_index(&self, what: Tally, message: MessageNo) -> usize {
        message.index() * self.columns + what.column()
    }

    /// Whether the run has used up its steps or its events. An event need not produce a step, so
    /// both are limited.
    pub(super) fn is_exhausted(&self, setup: &Setup<'_>) -> bool {
        self.next_step >= setup.most_steps || self.agenda.count() >= 4 * setup.most_steps
    }
}

/// An actor's view of the world while it acts.
pub(super) struct Context<'s, F, O> {
    pub(super) state: &'s mut SimState,
    pub(super) setup: &'s Setup<'s>,
    pub(super) fate: &'s mut F,
    pub(super) observer: &'s mut O,
}

impl<F: Fate, O: Observer> Context<'_, F, O> {
    pub(super) fn now(&self) -> Time {
        self.state.now
    }

    /// Schedules an event after this wait.
    pub(super) fn after(&mut self, wait: Time, cause: Option<StepNo>, event: Scheduled) {
        self.timer(wait, cause, event);
    }

    /// Like `after`, for an event that may be cancelled.
    pub(super) fn timer(&mut self, wait: Time, cause: Option<StepNo>, event: Scheduled) -> Timer {
        let at = self.state.now + wait;
        self.state.agenda.put(at, cause, event)
    }

    /// Cancels an event that nobody waits for any more.
    pub(super) fn cancel(&mut self, timer: Option<Timer>) {
        if let Some(timer) = timer {
            self.state.agenda.cancel(timer);
        }
    }

    /// Reports a fact about a message.
    pub(super) fn tell(
        &mut self,
        cause: Option<StepNo>,
        message: MessageNo,
        what: Event,
    ) -> StepNo {
        self.record(cause, Some(message), what, None)
    }

    /// Reports a fact about a packet: it arrived, or had no effect.
    pub(super) fn tell_packet(
        &mut self,
        cause: Option<StepNo>,
        packet: &Packet,
        what: Event,
    ) -> StepNo {
        self.record(cause, Some(packet.message), what, Some(packet))
    }

    /// Reports that a node is back up.
    pub(super) fn tell_restart(&mut self, cause: Option<StepNo>, node: Node) -> StepNo {
        self.record(cause, None, Event::Restarted { node }, None)
    }

    fn record(
        &mut self,
        cause: Option<StepNo>,
        message: Option<MessageNo>,
        what: Event,
        packet: Option<&Packet>,
    ) -> StepNo {
        let no = StepNo(if O::NUMBERS { self.state.next_step } else { 0 });
        self.state.next_step += 1;
        self.state.last_step = self.state.now;
        self.observer.see(&Step { no, at: self.state.now, message, cause, what }, packet);
        no
    }

    /// Sends a packet; returns it with the step in which it left.
    pub(super) fn send(
        &mut self,
        cause: Option<StepNo>,
        leg: Leg,
        message: MessageNo,
        (from, to): (Node, Node),
        carries: Carries,
    ) -> (Packet, StepNo) {
        let nth = self.count(Tally::Packet(leg), message);
        let sent = self.state.now;
        let lost = self.fate.strikes(ChoicePoint::Loses(leg, message, nth));
        let latency = self.fate.latency(leg, message, nth);
        let delay = self.fate.decide(ChoicePoint::Delays(leg, message, nth), self.setup.outlast);
        let link = link((from, to));
        let mut arrives = (sent + latency).max(self.state.latest_arrival[link]);
        if let Some((delay, _)) = delay {
            arrives = arrives + delay;
        }
        // Asked last, because a cut depends on when the packet would arrive.
        let lost = lost.or_else(|| self.fate.strikes(ChoicePoint::Cuts(leg, sent, arrives)));
        // A lost or delayed packet holds up none of those behind it.
        if lost.is_none() && delay.is_none() {
            self.state.latest_arrival[link] = arrives;
        }
        let delayed = delay.map(|(_, because)| because);
        let packet = Packet {
            leg,
            message,
            nth,
            carries,
            from,
            to,
            sent,
            arrives,
            lost,
            delayed,
            repeats: None,
        };
        let step = self.dispatch(cause, packet);
        // The repeat is a packet of its own, which arrives even if the original is lost.
        if let Some(because) = self.fate.strikes(ChoicePoint::Repeats(leg, message, nth)) {
            let repeat =
                Packet { arrives: arrives + latency, lost: None, repeats: Some(because), ..packet };
            self.dispatch(cause, repeat);
        }
        (packet, step)
    }

    fn dispatch(&mut self, cause: Option<StepNo>, packet: Packet) -> StepNo {
        let no = PacketNo(if O::NUMBERS { self.state.next_packet } else { 0 });
        self.state.next_packet += 1;
        let step = self.tell_packet(cause, &packet, Event::Sent(no));
        if packet.lost.is_none() {
            self.state.agenda.put(packet.arrives, Some(step), Scheduled::Arrive { packet, no });
        }
        step
    }

    /// When a copy reaches this follower; copies to one follower stay in order.
    pub(super) fn copy_arrives(&mut self, message: MessageNo, node: u8) -> Time {
        let nth = self.count(Tally::Packet(Leg::Replicate), message);
        let latency = self.fate.latency(Leg::Replicate, message, nth);
        let latest = &mut self.state.latest_arrival[18 + node as usize];
        *latest = (self.state.now + latency).max(*latest);
        *latest
    }

    /// When what a follower lacks reaches it, as slowly as anything does. Copies that are sent later
    /// come after it.
    pub(super) fn catch_up_arrives(&mut self, node: u8) -> Time {
        let latest = &mut self.state.latest_arrival[18 + node as usize];
        *latest = (self.state.now + self.setup.slowest).max(*latest);
        *latest
    }

    /// Whether this packet reaches its node before a client would ask again.
    pub(super) fn in_time(&self, packet: &Packet) -> bool {
        packet.lost.is_none() && packet.arrives <= self.now() + self.setup.client_timeout
    }

    /// Counts that a message reaches an act at which a node may crash; returns how often so far.
    pub(super) fn reach(&mut self, act: Operation, message: MessageNo) -> u32 {
        self.count(Tally::Act(act), message)
    }

    /// How many times a message has reached this act.
    pub(super) fn reached(&mut self, act: Operation, message: MessageNo) -> u32 {
        self.state.tally[self.state.tally_index(Tally::Act(act), message)]
    }

    /// Whether the node crashes on this side of the act it has reached.
    pub(super) fn crashes(
        &mut self,
        side: Side,
        act: Operation,
        occasion: Occasion,
    ) -> Option<(CrashPoint, Because)> {
        let mut goes_down = |extent| {
            let point = CrashPoint { side, act, extent };
            self.fate.strikes(ChoicePoint::Crashes(point, occasion)).map(|because| (point, because))
        };
        let machine = goes_down(Extent::Machine);
        if machine.is_some() || !act.is_of_leader() { machine } else { goes_down(Extent::Process) }
    }

    /// Counts that a handler call for a message begins; returns how many have.
    pub(super) fn call(&mut self, message: MessageNo) -> u32 {
        self.count(Tally::Call, message)
    }

    /// Whether losing this packet, which a member sends or is sent, is losing its connection.
    pub(super) fn loses_connection(
        &mut self,
        packet: &Packet,
        instance: u8,
        cause: StepNo,
    ) -> bool {
        let lost = packet.lost.is_some() && self.setup.requeues;
        if lost {
            let wait = packet.arrives - self.now();
            self.after(wait, Some(cause), Scheduled::Disconnect { instance });
        }
        lost
    }

    /// How long until everything that a member has sent has arrived.
    pub(super) fn behind(&self, instance: u8) -> Time {
        self.state.latest_arrival[link((Node::Consumer(instance), Node::Broker(0)))] - self.now()
    }

    fn count(&mut self, what: Tally, message: MessageNo) -> u32 {
        let index = self.state.tally_index(what, message);
        let count = &mut self.state.tally[index];
        *count += 1;
        *count
    }
}
