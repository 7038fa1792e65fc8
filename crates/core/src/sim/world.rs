//! The world: the actors, the store and the agenda of one lane. It takes one event after another
//! and dispatches each to the actor it concerns.

use super::agenda::Entry;
use super::agenda::Scheduled;
use super::broker::{Broker, Origin};
use super::consumer::Consumer;
use super::context::{Context, SimState};
use super::fate::Fate;
use super::held::{Down, Due, Held, Hold, Waits};
use super::producer::Producer;
use super::renew::clone_in_place;
use super::setup::Setup;
use super::store::{Reach, Store};
use super::time::Time;
use super::trace::{Carries, End, Event, Ignored, Node, Observer, Packet, PacketNo, StepNo};

/// The mutable state of a run.
#[derive(Debug, Hash)]
pub(super) struct World {
    state: SimState,
    producer: Producer,
    broker: Broker,
    consumers: Vec<Consumer>,
    store: Store,
    /// Nothing happens after this.
    horizon: Time,
}

clone_in_place!(World { state, producer, broker, consumers, store, horizon });

impl World {
    pub(super) fn new(setup: &Setup<'_>) -> World {
        World {
            state: SimState::new(setup),
            producer: Producer::new(setup),
            broker: Broker::new(setup),
            consumers: (0..setup.instances)
                .map(|instance| Consumer::new(setup, instance))
                .collect(),
            store: Store::new(setup.messages, setup.scenario.steps.len(), &setup.lane.consumer),
            horizon: setup.horizon,
        }
    }

    /// Moves the horizon out to where a wait this long puts it, never back.
    pub(super) fn leave_room_for(&mut self, setup: &Setup<'_>, wait: Time) {
        self.horizon = self.horizon.max(setup.horizon_with(wait));
    }

    /// Runs to the end.
    pub(super) fn run<F: Fate, O: Observer>(
        &mut self,
        setup: &Setup<'_>,
        fate: &mut F,
        observer: &mut O,
    ) -> End {
        loop {
            if let Some(end) = self.step(setup, fate, observer) {
                return end;
            }
        }
    }

    /// Lets everything happen that is to happen by then.
    pub(super) fn run_until<F: Fate, O: Observer>(
        &mut self,
        setup: &Setup<'_>,
        fate: &mut F,
        observer: &mut O,
        until: Time,
    ) {
        // It stops before the event that would end the run: what is to come is part of what is held.
        let until = until.min(self.horizon);
        while self.state.agenda.due(setup).is_some_and(|at| at <= until)
            && !self.state.is_exhausted(setup)
        {
            self.step(setup, fate, observer);
        }
    }

    /// What everyone holds; ids that are too old by now are not kept any more.
    pub(super) fn held(&self, setup: &Setup<'_>, now: Time) -> Held {
        let mut waits = Waits::default();
        for Entry { at: until, cause, event } in self.state.agenda.entries() {
            match event {
                Scheduled::Arrive { no, .. } => waits.under_way.push(no),
                Scheduled::Restart(node) => {
                    let down = cause.map(|step| Down { step, from: until - setup.restart, until });
                    waits.down.extend(down.map(|down| (node, down)));
                }
                Scheduled::DeliveryDue { delivery, instance: member, .. } => {
                    let due = Due { delivery, until, hold: Hold::Out { member, until } };
                    let first = waits.due.entry((delivery.copy, delivery.nth)).or_insert(due);
                    if until < first.until {
                        *first = due;
                    }
                }
                _ => {}
            }
        }
        waits.under_way.sort_unstable();
        Held {
            producer: self.producer.held(setup, &waits),
            broker: self.broker.held(setup, &waits, now),
            members: self.consumers.iter().map(|member| member.held(&waits, now)).collect(),
            table: self.store.table.ids(now),
            under_way: waits.under_way,
        }
    }

    /// Lets the next event happen, or tells how the run has ended.
    pub(super) fn step<F: Fate, O: Observer>(
        &mut self,
        setup: &Setup<'_>,
        fate: &mut F,
        observer: &mut O,
    ) -> Option<End> {
        let Some(entry) = self.state.next(setup) else {
            let at = self.state.last_step;
            return Some(if self.broker.is_done() { End::Settled(at) } else { End::Stuck(at) });
        };
        if entry.at > self.horizon {
            return Some(End::Horizon(self.horizon));
        }
        if self.state.is_exhausted(setup) {
            return Some(End::TooLong(self.state.last_step));
        }
        self.apply(entry, setup, fate, observer);
        None
    }

    fn apply<F: Fate, O: Observer>(
        &mut self,
        entry: Entry,
        setup: &Setup<'_>,
        fate: &mut F,
        observer: &mut O,
    ) {
        let World { state, producer, broker, consumers, store, .. } = self;
        state.now = entry.at;
        fate.turn(entry.at);
        let context = &mut Context { state, setup, fate, observer };
        let cause = entry.cause;
        match entry.event {
            Scheduled::Arrive { packet, no } => {
                self.arrive(setup, fate, observer, (&packet, no), cause)
            }

            Scheduled::Create(message) => producer.create(context, message),
            Scheduled::AnswerDue { message, session, nth } => {
                producer.answer_due(context, message, session, nth, cause);
            }
            Scheduled::Resend { message, session } => {
                producer.resend(context, message, session, cause)
            }
            Scheduled::GiveUp { message, session } => {
                producer.give_up(context, message, session, cause)
            }
            Scheduled::Restart(Node::Producer) => producer.restart(context, cause),

            Scheduled::Fence { session } => broker.fence(context, session, cause),
            Scheduled::Abort { message, session } => broker.abort(context, message, session, cause),
            Scheduled::Replicate { message, offset, partition, node, leader_epoch } => {
                broker.replicate(
                    context,
                    (message, offset, partition),
                    (node, leader_epoch),
                    cause,
                );
            }
            Scheduled::CaughtUp { node, partition, leader_epoch, end } => {
                broker.caught_up(context, node, (partition, leader_epoch, end), cause)
            }
            Scheduled::DeliveryDue { message, delivery, instance } => {
                let at_work = consumers[instance as usize].is_at_work();
                broker.delivery_due(context, (message, delivery), (instance, at_work), cause);
            }
            Scheduled::Requeue { message, delivery } => {
                broker.requeue(context, message, delivery, cause)
            }
            Scheduled::Offer => broker.serve(context),
            Scheduled::Missed { instance, life } => {
                let member = &consumers[instance as usize];
                let back = member.up || member.life != life;
                broker.missed(context, (instance, back), cause);
            }
            Scheduled::Disconnect { instance } => {
                let connection = broker.disconnect(context, instance, cause);
                consumers[instance as usize].disconnected(context, connection, cause);
            }
            Scheduled::Reconnect { instance, life } => {
                let reach = &mut Reach { store, broker };
                consumers[instance as usize].reconnect(context, reach, life, cause);
            }
            Scheduled::Seek { delivery } => broker.seek(context, delivery, cause),
            Scheduled::Resume { partition, epoch } => broker.resume(context, partition, epoch),
            Scheduled::Silence { message, delivery } => {
                broker.silence(context, (message, delivery), cause)
            }
            Scheduled::Fetch { instance, fresh } => {
                let positions = consumers[instance as usize].positions();
                broker.fetch(context, (instance, fresh), positions, cause);
            }
            Scheduled::Restart(Node::Broker(node)) => broker.restart(context, node, cause),

            Scheduled::Holds { instance, partition, epoch, position } => {
                consumers[instance as usize].holds(partition, epoch, position);
            }
            Scheduled::BatchOpens { instance, until } => {
                consumers[instance as usize].batch_opens(context, until)
            }
            Scheduled::BatchArrived { instance, life } => {
                let reach = &mut Reach { store, broker };
                consumers[instance as usize].batch_arrived(context, reach, life);
            }
            Scheduled::FetchAgain { instance } => {
                consumers[instance as usize].fetch_again(context, cause)
            }
            Scheduled::Wake { instance, life } => {
                consumers[instance as usize].wake(context, &mut Reach { store, broker }, life);
            }
            Scheduled::Work { instance, life, stop } => {
                consumers[instance as usize].work(
                    context,
                    &mut Reach { store, broker },
                    life,
                    stop,
                );
            }
            Scheduled::CommitDue { instance, message, delivery } => {
                let (reach, commit) = (&Reach { store, broker }, (message, delivery));
                consumers[instance as usize].commit_due(context, reach, commit, cause);
            }
            Scheduled::Restart(Node::Consumer(instance)) => {
                consumers[instance as usize].restart(context, cause)
            }
        }
    }

    fn arrive<F: Fate, O: Observer>(
        &mut self,
        setup: &Setup<'_>,
        fate: &mut F,
        observer: &mut O,
        (packet, no): (&Packet, PacketNo),
        cause: Option<StepNo>,
    ) {
        let World { state, producer, broker, consumers, store, .. } = self;
        let context = &mut Context { state, setup, fate, observer };
        let up = match packet.to {
            Node::Producer => producer.up,
            // Whether the partition has a leader is for the broker to check.
            Node::Broker(_) => true,
            Node::Consumer(instance) => consumers[instance as usize].up,
        };
        if !up {
            let ignored = Event::Disregarded(no, Ignored::NodeDown);
            context.tell_packet(cause, packet, ignored);
            return;
        }
        match packet.carries {
            Carries::Publish { session, id, sequence } => {
                let origin = Origin { message: packet.message, session, id, sequence };
                broker.published(context, (packet, no), origin, cause);
            }
            Carries::CommitTransaction { session } => {
                broker.commit_transaction(context, (packet, no), session, cause);
            }
            Carries::Stored { session }
            | Carries::Refused { session, .. }
            | Carries::TransactionCommitted { session } => {
                producer.answered(context, (packet, no), session, cause);
            }
            Carries::Ack(delivery) => broker.acked(context, (packet, no), delivery, cause),
            Carries::Nack(delivery) => broker.nacked(context, (packet, no), delivery, cause),
            Carries::Delivery(delivery) => {
                if let Node::Consumer(instance) = packet.to {
                    let reach = &mut Reach { store, broker };
                    consumers[instance as usize].delivered(
                        context,
                        reach,
                        (packet, no),
                        delivery,
                        cause,
                    );
                }
            }
            Carries::Committed { delivery, accepted } => {
                if let Node::Consumer(instance) = packet.to {
                    let (reach, answer) = (&mut Reach { store, broker }, (delivery, accepted));
                    consumers[instance as usize].commit_answered(
                        context,
                        reach,
                        (packet, no),
                        answer,
                        cause,
                    );
                }
            }
        }
    }
}
