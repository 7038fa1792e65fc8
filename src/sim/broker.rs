//! The broker: takes messages in, drops the repeats that it can recognise, answers the producer, and
//! keeps what it took on a shelf: a [`Queue`] or a [`Log`].

use std::collections::BTreeSet;

use super::fate::Fate;
use super::log::Log;
use super::queue::Queue;
use super::stage::{Event, Stage};
use super::time::Time;
use super::trace::{
    Carries, Delivery, Guard, Happening, Leg, MessageNo, Observer, Packet, PacketNo, StepNo,
};
use crate::experiment::settings::{Acks, BrokerKind};

/// The broker's state.
#[derive(Debug, Clone)]
pub(super) struct Broker {
    /// What each producer session has stored, for `idempotent`.
    stored: BTreeSet<(u32, MessageNo)>,
    /// When each message id was first stored, for the dedup window.
    first_stored: Vec<Option<Time>>,
    shelf: Shelf,
}

#[derive(Debug, Clone)]
enum Shelf {
    Queue(Queue),
    Log(Log),
}

impl Broker {
    pub(super) fn new(kind: BrokerKind, messages: usize) -> Broker {
        Broker {
            stored: BTreeSet::new(),
            first_stored: vec![None; messages],
            shelf: match kind {
                BrokerKind::Queue => Shelf::Queue(Queue::default()),
                BrokerKind::Log => Shelf::Log(Log::default()),
            },
        }
    }

    /// A publish arrives: keep it or recognise it, answer, offer it to the consumer.
    pub(super) fn published<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        packet: &Packet,
        no: PacketNo,
        session: u32,
        cause: Option<StepNo>,
    ) {
        let message = packet.message;
        let arrived = stage.tell_packet(cause, packet, Happening::Arrived(no));
        let step = match self.recognise(stage, message, session) {
            Some(guard) => stage.tell(Some(arrived), message, Happening::RepeatDropped(guard)),
            None => self.store(stage, message, session, arrived),
        };
        if stage.setup.lane.producer.acks != Acks::None {
            stage.send(
                Some(step),
                Leg::PublishAck,
                message,
                Carries::Stored { session },
            );
        }
        match &mut self.shelf {
            Shelf::Queue(queue) => queue.offer(stage),
            Shelf::Log(log) => log.offer(stage, Some(step)),
        }
    }

    fn recognise<F, O>(
        &self,
        stage: &Stage<'_, F, O>,
        message: MessageNo,
        session: u32,
    ) -> Option<Guard> {
        let lane = stage.setup.lane;
        if lane.producer.idempotent && self.stored.contains(&(session, message)) {
            return Some(Guard::Sequence);
        }
        let window = Time::from_millis(lane.broker.dedup_window_ms.get());
        let first = self.first_stored[message.index()]?;
        (stage.ground.now < first + window).then_some(Guard::MessageId)
    }

    fn store<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        message: MessageNo,
        session: u32,
        cause: StepNo,
    ) -> StepNo {
        if stage.setup.lane.producer.idempotent {
            self.stored.insert((session, message));
        }
        self.first_stored[message.index()] = Some(stage.now());
        let copy = match &self.shelf {
            Shelf::Queue(queue) => queue.next_copy(),
            Shelf::Log(log) => log.next_copy(),
        };
        let step = stage.tell(Some(cause), message, Happening::Stored { copy });
        match &mut self.shelf {
            Shelf::Queue(queue) => queue.append(message, step),
            Shelf::Log(log) => log.append(message, step),
        }
        step
    }

    /// An acknowledgment or a commit arrives.
    pub(super) fn acked<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        packet: &Packet,
        no: PacketNo,
        delivery: Delivery,
        cause: Option<StepNo>,
    ) {
        match &mut self.shelf {
            Shelf::Queue(queue) => queue.acked(stage, packet, no, delivery, cause),
            Shelf::Log(log) => log.committed(stage, packet, no, delivery, cause),
        }
    }

    /// A negative acknowledgment arrives. (The reader of a log has none: it goes back by itself.)
    pub(super) fn nacked<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        packet: &Packet,
        no: PacketNo,
        delivery: Delivery,
        cause: Option<StepNo>,
    ) {
        if let Shelf::Queue(queue) = &mut self.shelf {
            queue.nacked(stage, packet, no, delivery, cause);
        }
    }

    /// What is addressed to the broker and is not a packet.
    pub(super) fn on<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        event: Event,
        cause: Option<StepNo>,
    ) {
        match (&mut self.shelf, event) {
            (Shelf::Queue(queue), Event::Fetch { .. }) => queue.fetch(stage),
            (Shelf::Log(log), Event::Fetch { position, epoch }) => {
                log.fetch(stage, position, epoch, cause)
            }
            (Shelf::Queue(queue), Event::DeliveryDue { message, delivery }) => {
                queue.delivery_due(stage, message, delivery, cause);
            }
            (Shelf::Log(log), Event::DeliveryDue { message, delivery }) => {
                log.delivery_due(stage, message, delivery, cause);
            }
            (Shelf::Queue(queue), Event::Requeue { message, copy }) => {
                queue.requeue(stage, message, copy, cause);
            }
            (Shelf::Log(log), Event::Seek { delivery }) => log.seek(delivery),
            _ => unreachable!("the world sends the broker its own events only"),
        }
    }
}
