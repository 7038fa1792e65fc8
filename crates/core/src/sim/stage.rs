//! The stage on which the actors act: the clock, the agenda of what is to come, the links between
//! nodes, and the count of what has happened to whom. Actors change the world only through it.

use std::hash::{Hash, Hasher};
use std::ops::Range;

use super::Because;
use super::agenda::{Agenda, Entry, Timer};
use super::fate::{Act, CrashPoint, Fate, Occasion, Side};
use super::renew::clone_in_place;
use super::setup::Setup;
use super::time::Time;
use super::trace::{
    Carries, Delivery, Happening, Leg, MessageNo, Node, Observer, Packet, PacketNo, Step, StepNo,
};

/// What is to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Event {
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
    Replicate { message: MessageNo, offset: u32, partition: u8, node: u8, reign: u32 },
    /// A broker node that came back has caught up with the leader of this partition.
    CaughtUp { node: u8, partition: u8, reign: u32 },
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

/// What of the stage is state.
#[derive(Debug)]
pub(super) struct Ground {
    pub(super) now: Time,
    pub(super) agenda: Agenda,
    next_step: u32,
    next_packet: u32,
    /// When the latest step took place.
    pub(super) last_step: Time,
    /// The latest arrival on each link: packets of one link keep their order.
    latest_arrival: Vec<Time>,
    /// How often each thing happened to each message, row by row.
    tally: Vec<u32>,
    /// How long a row is.
    columns: usize,
}

clone_in_place!(Ground {
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

/// What is counted per message; steps of the scenario follow.
#[derive(Debug, Clone, Copy)]
enum Tally {
    Packet(Leg),
    Act(Act),
}

impl Tally {
    /// Columns of packets: the first ones.
    const PACKETS: Range<usize> = 0..7;
    /// Columns before the steps of the scenario.
    const FIXED: usize = 15;

    fn column(self) -> usize {
        match self {
            Tally::Packet(Leg::Publish) => 0,
            Tally::Packet(Leg::PublishAck) => 1,
            Tally::Packet(Leg::Deliver) => 2,
            Tally::Packet(Leg::Ack) => 3,
            Tally::Packet(Leg::Confirm) => 4,
            Tally::Packet(Leg::Commit) => 5,
            Tally::Packet(Leg::Replicate) => 6,
            Tally::Act(Act::Publish) => 7,
            Tally::Act(Act::Receive) => 8,
            Tally::Act(Act::Record) => 9,
            Tally::Act(Act::Ack) => 10,
            Tally::Act(Act::Write) => 11,
            Tally::Act(Act::Replicate) => 12,
            Tally::Act(Act::Answer) => 13,
            Tally::Act(Act::Follow) => 14,
            Tally::Act(Act::Step(step)) => Tally::FIXED + step as usize,
        }
    }
}

/// What decides what happens from here on. How many packets there have been only numbers the next ones,
/// and how often an act was reached only names a fault that would strike there. How often a packet was
/// sent counts: it decides how long the next one travels. So do steps and events: a run may have only so
/// many.
impl Hash for Ground {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.now.hash(state);
        self.agenda.hash(state);
        (self.next_step, self.agenda.count()).hash(state);
        // What arrived already holds nothing up.
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

impl Ground {
    pub(super) fn new(setup: &Setup<'_>) -> Ground {
        let columns = Tally::FIXED + setup.scenario.steps.len();
        Ground {
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

    fn place(&self, what: Tally, message: MessageNo) -> usize {
        message.index() * self.columns + what.column()
    }

    /// Have there been as many steps, or as many events, as a run may have? An event need not lead to
    /// a step, so both are counted.
    pub(super) fn is_exhausted(&self, setup: &Setup<'_>) -> bool {
        self.next_step >= setup.most_steps || self.agenda.count() >= 4 * setup.most_steps
    }
}

/// What an actor sees of the world while it acts.
pub(super) struct Stage<'s, F, O> {
    pub(super) ground: &'s mut Ground,
    pub(super) setup: &'s Setup<'s>,
    pub(super) fate: &'s mut F,
    pub(super) observer: &'s mut O,
}

impl<F: Fate, O: Observer> Stage<'_, F, O> {
    pub(super) fn now(&self) -> Time {
        self.ground.now
    }

    /// Puts an event on the agenda, so long from now.
    pub(super) fn after(&mut self, wait: Time, cause: Option<StepNo>, event: Event) {
        self.timer(wait, cause, event);
    }

    /// The same for an event that may be taken off again.
    pub(super) fn timer(&mut self, wait: Time, cause: Option<StepNo>, event: Event) -> Timer {
        let at = self.ground.now + wait;
        self.ground.agenda.put(at, cause, event)
    }

    /// Takes an event off the agenda that nobody waits for any more.
    pub(super) fn cancel(&mut self, timer: Option<Timer>) {
        if let Some(timer) = timer {
            self.ground.agenda.cancel(timer);
        }
    }

    /// States a fact about a message.
    pub(super) fn tell(
        &mut self,
        cause: Option<StepNo>,
        message: MessageNo,
        what: Happening,
    ) -> StepNo {
        self.state(cause, Some(message), what, None)
    }

    /// States a fact about a packet: it arrived, or came to nothing.
    pub(super) fn tell_packet(
        &mut self,
        cause: Option<StepNo>,
        packet: &Packet,
        what: Happening,
    ) -> StepNo {
        self.state(cause, Some(packet.message), what, Some(packet))
    }

    /// States that a node is back.
    pub(super) fn tell_restart(&mut self, cause: Option<StepNo>, node: Node) -> StepNo {
        self.state(cause, None, Happening::Restarted { node }, None)
    }

    fn state(
        &mut self,
        cause: Option<StepNo>,
        message: Option<MessageNo>,
        what: Happening,
        packet: Option<&Packet>,
    ) -> StepNo {
        let no = StepNo(if O::NUMBERS { self.ground.next_step } else { 0 });
        self.ground.next_step += 1;
        self.ground.last_step = self.ground.now;
        self.observer.see(&Step { no, at: self.ground.now, message, cause, what }, packet);
        no
    }

    /// Sends a packet and returns it, with the step in which it left.
    pub(super) fn send(
        &mut self,
        cause: Option<StepNo>,
        leg: Leg,
        message: MessageNo,
        (from, to): (Node, Node),
        carries: Carries,
    ) -> (Packet, StepNo) {
        let nth = self.count(Tally::Packet(leg), message);
        let sent = self.ground.now;
        let lost = self.fate.loses(leg, message, nth);
        let latency = self.fate.latency(leg, message, nth);
        let delay = self.fate.delays(leg, message, nth);
        let link = match (from, to) {
            (Node::Producer, _) => 0,
            (_, Node::Producer) => 1,
            (_, Node::Consumer(instance)) => 2 + 2 * instance as usize,
            (Node::Consumer(instance), _) => 3 + 2 * instance as usize,
            (_, Node::Broker(_)) => unreachable!("nodes of the broker copy, they do not send"),
        };
        let mut arrives = (sent + latency).max(self.ground.latest_arrival[link]);
        if let Some((delay, _)) = delay {
            arrives = arrives + delay;
        }
        let lost = lost.or_else(|| self.fate.cuts(leg, sent, arrives));
        if lost.is_none() && delay.is_none() {
            self.ground.latest_arrival[link] = arrives;
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
        if let Some(because) = self.fate.repeats(leg, message, nth) {
            let repeat =
                Packet { arrives: arrives + latency, lost: None, repeats: Some(because), ..packet };
            self.dispatch(cause, repeat);
        }
        (packet, step)
    }

    fn dispatch(&mut self, cause: Option<StepNo>, packet: Packet) -> StepNo {
        let no = PacketNo(if O::NUMBERS { self.ground.next_packet } else { 0 });
        self.ground.next_packet += 1;
        let step = self.tell_packet(cause, &packet, Happening::Sent(no));
        if packet.lost.is_none() {
            self.ground.agenda.put(packet.arrives, Some(step), Event::Arrive { packet, no });
        }
        step
    }

    /// How long a copy takes to this follower; copies keep their order.
    pub(super) fn copy_arrives(&mut self, message: MessageNo, node: u8) -> Time {
        let nth = self.count(Tally::Packet(Leg::Replicate), message);
        let latency = self.fate.latency(Leg::Replicate, message, nth);
        let latest = &mut self.ground.latest_arrival[18 + node as usize];
        *latest = (self.ground.now + latency).max(*latest);
        *latest
    }

    /// Will this packet reach its node before a client would ask again?
    pub(super) fn in_time(&self, packet: &Packet) -> bool {
        packet.lost.is_none() && packet.arrives <= self.now() + self.setup.patience
    }

    /// Comes to an act at which a node may crash, and tells which time it is for this message.
    pub(super) fn reach(&mut self, act: Act, message: MessageNo) -> u32 {
        self.count(Tally::Act(act), message)
    }

    /// Which time it is for this message that this act has been reached.
    pub(super) fn reached(&mut self, act: Act, message: MessageNo) -> u32 {
        self.ground.tally[self.ground.place(Tally::Act(act), message)]
    }

    /// Does the node crash at this side of the act that it has reached?
    pub(super) fn crashes(
        &mut self,
        side: Side,
        act: Act,
        occasion: Occasion,
    ) -> Option<(CrashPoint, Because)> {
        let point = CrashPoint { side, act };
        self.fate.crashes(point, occasion).map(|because| (point, because))
    }

    fn count(&mut self, what: Tally, message: MessageNo) -> u32 {
        let place = self.ground.place(what, message);
        let count = &mut self.ground.tally[place];
        *count += 1;
        *count
    }
}
