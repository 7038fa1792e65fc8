//! The stage on which the actors act: the clock, the agenda of what is to come, the links between
//! nodes, and the count of what has happened to whom. Actors change the world only through it.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::Because;
use super::fate::{Act, CrashPoint, Fate, Occasion, Side};
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
    AnswerDue {
        message: MessageNo,
        session: u32,
        nth: u32,
    },
    /// The wait before a resend is over.
    Resend { message: MessageNo, session: u32 },
    /// The delivery timeout of a message is over.
    GiveUp { message: MessageNo, session: u32 },
    /// A delivery should have been answered by now.
    DeliveryDue {
        message: MessageNo,
        delivery: Delivery,
    },
    /// The wait before a returned copy is offered again is over.
    Requeue { message: MessageNo, copy: u32 },
    /// The consumer asks for the next message. Requests travel in no time: real clients ask ahead.
    Fetch { position: u32, epoch: Option<u32> },
    /// The consumer has got no answer to its request for too long.
    FetchAgain,
    /// The group's coordinator takes the partition away.
    Revoked,
    /// The reader of a log goes back by itself; the running delivery needs no answer.
    Seek { delivery: Delivery },
    /// The consumer goes on after a pause.
    Wake { life: u32 },
    /// The consumer goes on with the handler call in hand.
    Work { life: u32, stop: u8 },
    /// No answer has come to a commit.
    CommitDue { life: u32, delivery: Delivery },
    /// A node comes back.
    Restart(Node),
}

/// An event on the agenda, with the step that put it there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) at: Time,
    seq: u32,
    pub(super) cause: Option<StepNo>,
    pub(super) event: Event,
}

/// The earliest first; among equals the one that was put there first.
impl Ord for Entry {
    fn cmp(&self, other: &Entry) -> Ordering {
        (other.at, other.seq).cmp(&(self.at, self.seq))
    }
}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Entry) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// What of the stage is state.
#[derive(Debug, Clone)]
pub(super) struct Ground {
    pub(super) now: Time,
    agenda: BinaryHeap<Entry>,
    next_entry: u32,
    next_step: u32,
    next_packet: u32,
    /// When the latest step took place.
    pub(super) last_step: Time,
    /// The latest arrival on each link: packets of one link keep their order.
    latest_arrival: [Time; 4],
    /// How often each thing happened to each message, row by row.
    tally: Vec<u32>,
}

/// What is counted per message; steps of the scenario follow.
#[derive(Debug, Clone, Copy)]
enum Tally {
    Packet(Leg),
    Act(Act),
}

impl Tally {
    /// Columns before the steps of the scenario.
    const FIXED: usize = 9;

    fn column(self) -> usize {
        match self {
            Tally::Packet(Leg::Publish) => 0,
            Tally::Packet(Leg::PublishAck) => 1,
            Tally::Packet(Leg::Deliver) => 2,
            Tally::Packet(Leg::Ack) => 3,
            Tally::Packet(Leg::Confirm) => 4,
            Tally::Act(Act::Publish) => 5,
            Tally::Act(Act::Receive) => 6,
            Tally::Act(Act::Record) => 7,
            Tally::Act(Act::Ack) => 8,
            Tally::Act(Act::Step(step)) => Tally::FIXED + step as usize,
        }
    }

    fn place(self, setup: &Setup<'_>, message: MessageNo) -> usize {
        message.index() * (Tally::FIXED + setup.scenario.steps.len()) + self.column()
    }
}

impl Ground {
    pub(super) fn new(setup: &Setup<'_>) -> Ground {
        let mut ground = Ground {
            now: Time::ZERO,
            agenda: BinaryHeap::with_capacity(setup.messages + 16),
            next_entry: 0,
            next_step: 0,
            next_packet: 0,
            last_step: Time::ZERO,
            latest_arrival: [Time::ZERO; 4],
            tally: vec![0; setup.messages * (Tally::FIXED + setup.scenario.steps.len())],
        };
        ground.put(
            Time::ZERO,
            None,
            Event::Fetch {
                position: 0,
                epoch: Some(0),
            },
        );
        for index in 0..setup.messages {
            let at = setup.interval.times(index as u64);
            ground.put(at, None, Event::Create(MessageNo::from_index(index)));
        }
        ground
    }

    fn put(&mut self, at: Time, cause: Option<StepNo>, event: Event) {
        self.agenda.push(Entry {
            at,
            seq: self.next_entry,
            cause,
            event,
        });
        self.next_entry += 1;
    }

    pub(super) fn next(&mut self) -> Option<Entry> {
        self.agenda.pop()
    }

    pub(super) fn steps(&self) -> u32 {
        self.next_step
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
        let at = self.ground.now + wait;
        self.ground.put(at, cause, event);
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
        let no = StepNo(self.ground.next_step);
        self.ground.next_step += 1;
        self.ground.last_step = self.ground.now;
        self.observer.see(
            &Step {
                no,
                at: self.ground.now,
                message,
                cause,
                what,
            },
            packet,
        );
        no
    }

    /// Sends a packet and returns it, with the step in which it left.
    pub(super) fn send(
        &mut self,
        cause: Option<StepNo>,
        leg: Leg,
        message: MessageNo,
        carries: Carries,
    ) -> (Packet, StepNo) {
        let (from, to, link) = match leg {
            Leg::Publish => (Node::Producer, Node::Broker, 0),
            Leg::PublishAck => (Node::Broker, Node::Producer, 1),
            Leg::Deliver | Leg::Confirm => (Node::Broker, Node::Consumer(0), 2),
            Leg::Ack => (Node::Consumer(0), Node::Broker, 3),
        };
        let nth = self.count(Tally::Packet(leg), message);
        let sent = self.ground.now;
        let lost = self.fate.loses(leg, message, nth);
        let latency = self.fate.latency(leg, message, nth);
        let delay = self.fate.delays(leg, message, nth);
        let mut arrives = (sent + latency).max(self.ground.latest_arrival[link]);
        match delay {
            Some((delay, _)) => arrives = arrives + delay,
            None if lost.is_none() => self.ground.latest_arrival[link] = arrives,
            None => {}
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
            let repeat = Packet {
                arrives: arrives + latency,
                lost: None,
                repeats: Some(because),
                ..packet
            };
            self.dispatch(cause, repeat);
        }
        (packet, step)
    }

    fn dispatch(&mut self, cause: Option<StepNo>, packet: Packet) -> StepNo {
        let no = PacketNo(self.ground.next_packet);
        self.ground.next_packet += 1;
        let step = self.tell_packet(cause, &packet, Happening::Sent(no));
        if packet.lost.is_none() {
            self.ground
                .put(packet.arrives, Some(step), Event::Arrive { packet, no });
        }
        step
    }

    /// Has the consumer ask again later, unless this delivery reaches it soon enough.
    pub(super) fn ask_again_unless_arriving(&mut self, packet: &Packet, sent: StepNo) {
        let patience = self.setup.patience;
        if packet.lost.is_some() || packet.arrives > self.now() + patience {
            self.after(patience, Some(sent), Event::FetchAgain);
        }
    }

    /// Comes to an act at which a node may crash, and tells which time it is for this message.
    pub(super) fn reach(&mut self, act: Act, message: MessageNo) -> u32 {
        self.count(Tally::Act(act), message)
    }

    /// Which time it is for this message that this act has been reached.
    pub(super) fn reached(&mut self, act: Act, message: MessageNo) -> u32 {
        self.ground.tally[Tally::Act(act).place(self.setup, message)]
    }

    /// Does the node crash at this side of the act that it has reached?
    pub(super) fn crashes(
        &mut self,
        side: Side,
        act: Act,
        occasion: Occasion,
    ) -> Option<(CrashPoint, Because)> {
        let point = CrashPoint { side, act };
        self.fate
            .crashes(point, occasion)
            .map(|because| (point, because))
    }

    fn count(&mut self, what: Tally, message: MessageNo) -> u32 {
        let count = &mut self.ground.tally[what.place(self.setup, message)];
        *count += 1;
        *count
    }
}
