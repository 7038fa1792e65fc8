//! The world: the actors, the store and the agenda of one lane; it takes one event after another
//! and hands each to whom it concerns.

use super::broker::Broker;
use super::consumer::Consumer;
use super::fate::Fate;
use super::producer::Producer;
use super::setup::Setup;
use super::stage::{Entry, Event, Ground, Stage};
use super::store::Store;
use super::trace::{Carries, End, Happening, Ignored, Node, Observer, Packet, PacketNo};

/// Everything that changes in a run.
#[derive(Debug, Clone)]
pub(super) struct World {
    ground: Ground,
    producer: Producer,
    broker: Broker,
    consumer: Consumer,
    store: Store,
}

impl World {
    pub(super) fn new(setup: &Setup<'_>) -> World {
        let settings = &setup.lane.consumer;
        World {
            ground: Ground::new(setup),
            producer: Producer::new(setup.messages),
            broker: Broker::new(setup.lane.broker.kind, setup.messages),
            consumer: Consumer::new(setup.messages, settings),
            store: Store::new(setup.messages, setup.scenario.steps.len(), settings),
        }
    }

    /// Lets everything happen that is to happen.
    pub(super) fn run<F: Fate, O: Observer>(
        &mut self,
        setup: &Setup<'_>,
        fate: &mut F,
        observer: &mut O,
    ) -> End {
        while let Some(entry) = self.ground.next() {
            if entry.at > setup.horizon {
                return End::Horizon(setup.horizon);
            }
            if self.ground.steps() >= setup.most_steps {
                return End::TooLong(self.ground.last_step);
            }
            self.apply(entry, setup, fate, observer);
        }
        End::Settled(self.ground.last_step)
    }

    fn apply<F: Fate, O: Observer>(
        &mut self,
        entry: Entry,
        setup: &Setup<'_>,
        fate: &mut F,
        observer: &mut O,
    ) {
        let World {
            ground,
            producer,
            broker,
            consumer,
            store,
        } = self;
        ground.now = entry.at;
        let stage = &mut Stage {
            ground,
            setup,
            fate,
            observer,
        };
        let cause = entry.cause;
        match entry.event {
            Event::Create(message) => producer.create(stage, message),
            Event::Arrive { packet, no } => {
                self.arrive(setup, fate, observer, (&packet, no), cause)
            }
            Event::AnswerDue {
                message,
                session,
                nth,
            } => {
                producer.answer_due(stage, message, session, nth, cause);
            }
            Event::Resend { message, session } => producer.resend(stage, message, session, cause),
            Event::GiveUp { message, session } => producer.give_up(stage, message, session, cause),
            Event::DeliveryDue { .. }
            | Event::Requeue { .. }
            | Event::Fetch { .. }
            | Event::Seek { .. } => {
                broker.on(stage, entry.event, cause);
            }
            Event::FetchAgain => consumer.fetch_again(stage, cause),
            Event::Revoked => consumer.revoked(stage, cause),
            Event::Wake { life } => consumer.wake(stage, store, life, cause),
            Event::Work { life, stop } => consumer.work(stage, store, life, stop),
            Event::CommitDue { life, delivery } => consumer.commit_due(stage, life, delivery),
            Event::Restart(Node::Producer) => producer.restart(stage, cause),
            Event::Restart(Node::Consumer(_)) => consumer.restart(stage, cause),
            Event::Restart(Node::Broker) => unreachable!("the broker does not go down"),
        }
    }

    fn arrive<F: Fate, O: Observer>(
        &mut self,
        setup: &Setup<'_>,
        fate: &mut F,
        observer: &mut O,
        (packet, no): (&Packet, PacketNo),
        cause: Option<super::trace::StepNo>,
    ) {
        let World {
            ground,
            producer,
            broker,
            consumer,
            store,
        } = self;
        let stage = &mut Stage {
            ground,
            setup,
            fate,
            observer,
        };
        let up = match packet.to {
            Node::Producer => producer.up,
            Node::Broker => true,
            Node::Consumer(_) => consumer.up,
        };
        if !up {
            let ignored = Happening::Disregarded(no, Ignored::NodeDown);
            stage.tell_packet(cause, packet, ignored);
            return;
        }
        match packet.carries {
            Carries::Publish { session } => broker.published(stage, packet, no, session, cause),
            Carries::Stored { session } => producer.answered(stage, packet, no, session, cause),
            Carries::Delivery(delivery) => {
                consumer.delivered(stage, store, (packet, no), delivery, cause);
            }
            Carries::Ack(delivery) => broker.acked(stage, packet, no, delivery, cause),
            Carries::Nack(delivery) => broker.nacked(stage, packet, no, delivery, cause),
            Carries::Committed { delivery, accepted } => {
                consumer.commit_answered(stage, store, (packet, no), (delivery, accepted), cause);
            }
        }
    }
}
