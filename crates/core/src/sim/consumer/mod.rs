//! A member of the consumer group: it receives messages, acknowledges before, after or with its
//! work, fails, stalls, crashes and comes back. `acknowledge` owns its answers, `handler` the
//! inside of a handler call.
//!
//! It knows of the broker only what deliveries and answers say.

mod acknowledge;
mod handler;

use std::collections::VecDeque;

use super::agenda::Scheduled;
use super::context::Context;
use super::fate::{Because, CrashPoint, Fate, Occasion, Operation, Side};
use super::held::{self, Waits};
use super::renew::clone_in_place;
use super::setup::Setup;
use super::store::{Reach, Seen};
use super::time::Time;
use super::trace::{
    Delivery, Event, Ignored, Keeper, MessageNo, Node, Observer, Packet, PacketNo, StepNo,
};
use crate::experiment::settings::{AckMode, BrokerKind};

/// A member's state.
#[derive(Debug, Hash)]
pub(super) struct Consumer {
    pub(super) up: bool,
    pub(super) instance: u8,
    /// Which of its lives this is, from 1; a crash ends one.
    pub(super) life: u32,
    pub(super) state: State,
    /// Messages received but not handled yet.
    inbox: VecDeque<Call>,
    /// Messages handled but not acknowledged yet.
    done: Vec<Call>,
    /// It has asked for messages, and none have come since.
    asked: bool,
    /// How many batches it has asked for of which not all has arrived.
    open: u8,
    /// Per partition of a log: the generation in which it is held, and the position to read next.
    holdings: Vec<(u32, u32)>,
    /// Per partition of a log: the position that it committed last, if it did in this generation.
    committed: Vec<u32>,
    /// Which of its connections to a queue this is.
    connection: u32,
    /// Its connection is gone, and it has not opened another one.
    cut: bool,
    /// Acknowledgments that have not been answered, where they are.
    unanswered: Vec<Delivery>,
    /// Ids seen, for `dedup: memory`.
    pub(super) memory: Seen,
}

clone_in_place!(Consumer {
    up,
    instance,
    life,
    state,
    inbox,
    done,
    asked,
    open,
    holdings,
    committed,
    connection,
    cut,
    unanswered,
    memory
});

/// What a member is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum State {
    /// Waiting for a message.
    Idle,
    /// Waiting for the answer to the commit of this delivery before it starts to work.
    Committing(Call),
    /// Running the handler.
    Working(Call),
}

/// One message in hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Call {
    pub(super) message: MessageNo,
    pub(super) delivery: Delivery,
    /// Which time the message was taken in, from 1.
    pub(super) nth: u32,
    /// Which handler call for this message it is, from 1; 0 before it begins.
    pub(super) number: u32,
    /// Whether it is settled already.
    pub(super) settled: bool,
    /// When the work began.
    pub(super) start: Time,
    /// The latest step of the call.
    pub(super) step: StepNo,
}

impl Consumer {
    pub(super) fn new(setup: &Setup<'_>, instance: u8) -> Consumer {
        Consumer {
            up: true,
            instance,
            life: 1,
            state: State::Idle,
            inbox: VecDeque::new(),
            done: Vec::new(),
            asked: true,
            open: 0,
            holdings: vec![(0, 0); setup.lane.broker.partitions.get() as usize],
            committed: vec![0; setup.lane.broker.partitions.get() as usize],
            connection: 0,
            cut: false,
            unanswered: Vec::new(),
            memory: Seen::new(setup.messages, &setup.lane.consumer),
        }
    }

    fn node(&self) -> Node {
        Node::Consumer(self.instance)
    }

    /// What it has in hand and in its memory.
    pub(super) fn held(&self, waits: &Waits, now: Time) -> held::Member {
        let held =
            |call: &Call| held::Call { message: call.message, nth: call.nth, step: call.step };
        held::Member {
            down: waits.down(self.node()),
            inbox: self.inbox.iter().map(held).collect(),
            call: match &self.state {
                State::Working(call) => Some(held(call)),
                _ => None,
            },
            memory: self.memory.ids(now),
        }
    }

    // --- Taking in ------------------------------------------------------------------------------

    /// A message arrives.
    pub(super) fn delivered<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        reach: &mut Reach<'_>,
        (packet, no): (&Packet, PacketNo),
        delivery: Delivery,
        cause: Option<StepNo>,
    ) {
        let log = context.setup.lane.broker.kind == BrokerKind::Log;
        if !log && (delivery.epoch != self.connection || self.cut) {
            let ignored = Event::Disregarded(no, Ignored::OldPosition);
            context.tell_packet(cause, packet, ignored);
            return;
        }
        if log && !self.accepts(delivery) {
            let ignored = Event::Disregarded(no, Ignored::OldPosition);
            let step = context.tell_packet(cause, packet, ignored);
            // If this was the answer to its request, no other is coming.
            let waits = self.state == State::Idle && self.inbox.is_empty();
            if waits && packet.repeats.is_none() && self.open == 0 {
                self.ask(context, false, Some(step));
            }
            return;
        }
        let step = context.tell_packet(cause, packet, Event::Arrived(no));
        self.asked = false;
        let message = packet.message;
        let nth = context.reach(Operation::Receive, message);
        reach.broker.handed(delivery);
        let start = context.now();
        let mut call = Call { message, delivery, nth, number: 0, settled: false, start, step };
        if !self.spared(context, &call, Side::Before, Operation::Receive)
            || !self.spared(context, &call, Side::After, Operation::Receive)
        {
            return;
        }
        self.holdings[delivery.partition as usize] = (delivery.epoch, delivery.offset + 1);
        if !log && context.setup.ack == AckMode::OnReceive {
            // The queue settled it on sending: nothing travels, but the point in time still exists,
            // and a crash next to it is possible.
            if !self.spared(context, &call, Side::Before, Operation::Ack)
                || !self.spared(context, &call, Side::After, Operation::Ack)
            {
                return;
            }
            call.settled = true;
        }
        self.inbox.push_back(call);
        if self.inbox.len() == 1 {
            self.advance(context, reach);
        }
    }

    /// Whether this is the record to read next in the current generation.
    fn accepts(&self, delivery: Delivery) -> bool {
        let (epoch, position) = self.holdings[delivery.partition as usize];
        delivery.epoch == epoch && (delivery.from..=delivery.offset).contains(&position)
    }

    /// Per partition of a log: the generation in which it is held, and the position to read next.
    pub(super) fn positions(&self) -> &[(u32, u32)] {
        &self.holdings
    }

    /// It is assigned a partition: what it has read of it in an older generation will come again.
    pub(super) fn holds(&mut self, partition: u8, epoch: u32, position: u32) {
        self.holdings[partition as usize] = (epoch, position);
        self.committed[partition as usize] = 0;
        self.inbox.retain(|call| call.delivery.partition != partition || call.settled);
    }

    /// Whether it works on what it was handed, or should: it is up, and has not asked for more since.
    pub(super) fn is_at_work(&self) -> bool {
        self.up && !self.asked
    }

    /// More messages of a batch keep arriving until then.
    pub(super) fn batch_opens<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        until: Time,
    ) {
        if self.up {
            self.open += 1;
            let arrived = Scheduled::BatchArrived { instance: self.instance, life: self.life };
            context.after(until - context.now(), None, arrived);
        }
    }

    /// All messages of a batch have arrived.
    pub(super) fn batch_arrived<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        reach: &mut Reach<'_>,
        life: u32,
    ) {
        if life != self.life || self.open == 0 {
            return;
        }
        self.open -= 1;
        // Of all that has arrived it may have taken nothing in.
        if self.open == 0 && self.state == State::Idle && self.inbox.is_empty() {
            self.asked = false;
        }
        self.advance(context, reach);
    }

    /// Starts on the next message, or acknowledges what is done and asks for more.
    pub(super) fn advance<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        reach: &mut Reach<'_>,
    ) {
        if !self.up || self.cut || self.state != State::Idle {
            return;
        }
        let batch_is_open = self.open > 0;
        let commits_first = context.setup.ack == AckMode::OnReceive;
        match self.inbox.front() {
            Some(next) if commits_first && !next.settled => {
                if !batch_is_open {
                    self.commit_inbox(context);
                }
            }
            Some(_) => {
                let call = self.inbox.pop_front().expect("there is a next one");
                self.begin(context, reach, call);
            }
            None if batch_is_open => {}
            None => {
                if self.acknowledge_done(context, reach) && !self.asked {
                    self.ask(context, false, None);
                }
            }
        }
    }

    /// Moves on to the next message, in an event of its own.
    pub(super) fn rest<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        reach: &mut Reach<'_>,
        cause: StepNo,
    ) {
        self.state = State::Idle;
        if self.inbox.is_empty() {
            self.advance(context, reach);
        } else {
            let wake = Scheduled::Wake { instance: self.instance, life: self.life };
            context.after(Time::ZERO, Some(cause), wake);
        }
    }

    fn ask<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        fresh: bool,
        cause: Option<StepNo>,
    ) {
        self.asked = true;
        let event = Scheduled::Fetch { instance: self.instance, fresh };
        // After a crash the connection is a new one.
        let wait = if fresh { Time::ZERO } else { context.behind(self.instance) };
        context.after(wait, cause, event);
    }

    /// A message is waiting.
    pub(super) fn wake<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        reach: &mut Reach<'_>,
        life: u32,
    ) {
        if life == self.life {
            self.advance(context, reach);
        }
    }

    /// Its request has gone unanswered.
    pub(super) fn fetch_again<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        cause: Option<StepNo>,
    ) {
        let waits = self.state == State::Idle && self.inbox.is_empty() && self.open == 0;
        if self.up && !self.cut && waits {
            self.ask(context, false, cause);
        }
    }

    /// Its connection is gone, and with it what it was handed and has not begun. It opens another one
    /// after as long as a client waits for anything.
    pub(super) fn disconnected<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        connection: u32,
        cause: Option<StepNo>,
    ) {
        self.connection = connection;
        self.open = 0;
        self.inbox.retain(|call| call.settled);
        self.done.clear();
        self.unanswered.clear();
        self.cut = self.up;
        if self.up {
            let again = Scheduled::Reconnect { instance: self.instance, life: self.life };
            context.after(context.setup.client_timeout, cause, again);
        }
    }

    /// It opens another connection, and asks as soon as it has nothing in hand.
    pub(super) fn reconnect<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        reach: &mut Reach<'_>,
        life: u32,
        cause: Option<StepNo>,
    ) {
        if life != self.life || !self.cut {
            return;
        }
        self.cut = false;
        self.asked = false;
        // What it finished in the meantime it can no longer acknowledge.
        self.done.retain(|call| call.delivery.epoch == self.connection);
        if self.state == State::Idle && self.inbox.is_empty() {
            self.ask(context, true, cause);
        } else {
            self.advance(context, reach);
        }
    }

    // --- Crashing -------------------------------------------------------------------------------

    /// Reaches one side of an act. Returns whether it is still up afterwards.
    pub(super) fn spared<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        call: &Call,
        side: Side,
        act: Operation,
    ) -> bool {
        let nth = match (act, side) {
            (Operation::Receive, _) => call.nth,
            (_, Side::Before) => context.reach(act, call.message),
            (_, Side::After) => context.reached(act, call.message),
        };
        self.outlives(context, call, nth, (side, act))
    }

    /// Like `spared`, for an act that is known to be the `nth` for its message.
    fn outlives<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        call: &Call,
        nth: u32,
        (side, act): (Side, Operation),
    ) -> bool {
        let occasion = Occasion { message: call.message, nth, handling: call.nth };
        let crash = context.crashes(side, act, occasion);
        if let Some(crash) = crash {
            self.crash(context, call, crash);
        }
        crash.is_none()
    }

    fn crash<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        call: &Call,
        (point, because): (CrashPoint, Because),
    ) {
        self.up = false;
        // Whatever was scheduled for the old life is ignored from here on.
        self.life += 1;
        self.state = State::Idle;
        self.inbox.clear();
        self.done.clear();
        self.memory.clear();
        context.observer.kept(Keeper::Memory(self.instance), 0);
        self.open = 0;
        self.committed.fill(0);
        self.cut = false;
        self.unanswered.clear();
        let node = self.node();
        let until = context.now() + context.setup.restart;
        let crashed = Event::Crashed { node, point, because, until };
        let step = context.tell(Some(call.step), call.message, crashed);
        context.after(context.setup.restart, Some(step), Scheduled::Restart(node));
        if context.setup.requeues {
            let gone = Scheduled::Disconnect { instance: self.instance };
            context.after(Time::ZERO, Some(step), gone);
        }
        // A group notices by itself only after a while, and a member may be back before.
        if context.setup.lane.broker.kind == BrokerKind::Log
            && let Some(lease) = context.setup.redelivery_timeout
        {
            let missed = Scheduled::Missed { instance: self.instance, life: self.life };
            context.after(lease, Some(step), missed);
        }
    }

    pub(super) fn restart<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        cause: Option<StepNo>,
    ) {
        self.up = true;
        let step = context.tell_restart(cause, self.node());
        self.ask(context, true, Some(step));
    }
}
