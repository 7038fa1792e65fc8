//! The consumers' side of the broker: fetches, deliveries, and the answers to them.

use super::super::agenda::Scheduled;
use super::super::context::Context;
use super::super::fate::Fate;
use super::super::time::Time;
use super::super::trace::{
    Carries, Delivery, Event, Ignored, Leg, MessageNo, Node, Observer, Packet, PacketNo, StepNo,
};
use super::Broker;
use super::log::{Log, Next};
use super::partition::{Partition, Shelf};
use super::queue::make_way;
use crate::experiment::settings::{AckMode, AckScope, LateAck, Membership};

impl Broker {
    /// A member asks for messages and states its positions. One that is new, or has lost its state,
    /// joins the group again.
    pub(in super::super) fn fetch<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        (instance, fresh): (u8, bool),
        positions: &[(u32, u32)],
        cause: Option<StepNo>,
    ) {
        for (number, &(epoch, position)) in (0..).zip(positions) {
            let its_own = |log: &&mut Log| log.epoch() == epoch && log.owner() == Some(instance);
            if let Some(log) = self.log(number).filter(its_own) {
                log.asked(position);
            }
        }
        if fresh {
            // Known by name it reads on; a stranger has to wait for what the old one held.
            let known = context.setup.lane.consumer.membership == Membership::Static;
            for number in 0..self.partitions.len() as u8 {
                match self.log(number).filter(|log| log.owner() == Some(instance)) {
                    Some(_) if known => self.assign(context, number, instance, cause),
                    Some(log) => log.orphan(),
                    None => {}
                }
            }
        }
        if !self.members[instance as usize] {
            self.join(context, instance, cause);
        }
        if !self.asking.contains(&instance) {
            self.asking.push_back(instance);
        }
        self.serve(context);
    }

    /// Serves every waiting member with whatever there is for it, from one partition after the other.
    pub(in super::super) fn serve<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
    ) {
        let partitions = self.partitions.len() as u8;
        for _ in 0..self.asking.len() {
            let instance = self.asking.pop_front().expect("as many as there are");
            let first = self.turns[instance as usize];
            let mut turns = (0..partitions).map(|turn| (first + turn) % partitions);
            let served = turns.find(|&number| {
                self.partitions[number as usize].replicas.leader().is_some()
                    && match self.partitions[number as usize].shelf {
                        Shelf::Queue(_) => self.serve_queue(context, number, instance),
                        Shelf::Log(_) => self.serve_log(context, number, instance),
                    }
            });
            match served {
                Some(number) => self.turns[instance as usize] = (number + 1) % partitions,
                None => self.asking.push_back(instance),
            }
        }
    }

    /// Up to a batch of ready copies of one queue.
    fn serve_queue<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        number: u8,
        instance: u8,
    ) -> bool {
        let settles = context.setup.ack == AckMode::OnReceive;
        let mut batch = Batch::default();
        while batch.sent < context.setup.batch {
            let Partition { shelf: Shelf::Queue(queue), records, .. } =
                &mut self.partitions[number as usize]
            else {
                break;
            };
            let of = |offset: u32| records[offset as usize].origin.message;
            let waits = |offset, earlier| context.setup.share_a_key(of(offset), of(earlier));
            let Some((offset, nth, since)) = queue.take(context, instance, waits) else {
                break;
            };
            let way = (nth, self.connections[instance as usize]);
            let (packet, delivery, sent) =
                self.deliver(context, (number, offset, offset), way, instance, since);
            batch.count(context, &packet);
            if settles {
                let settled = Event::Settled { copy: delivery.copy };
                context.tell(Some(sent), packet.message, settled);
            } else {
                await_answer(context, packet.message, delivery, instance, Some(sent));
            }
            if context.loses_connection(&packet, instance, sent) {
                break;
            }
        }
        batch.close(context, instance)
    }

    /// Up to a batch of records of one partition of a log, if the member holds it. A record lost in
    /// transit is sent again before anything after it.
    fn serve_log<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        number: u8,
        instance: u8,
    ) -> bool {
        let mut batch = Batch::default();
        while batch.sent < context.setup.batch {
            let serves = |log: &&mut Log| log.owner() == Some(instance) && log.is_read();
            let Some(log) = self.log(number).filter(serves) else {
                break;
            };
            match log.peek(|deliveries| context.setup.exhausted(deliveries)) {
                Next::None => break,
                Next::GiveUp { settled } => {
                    let offset = log.next();
                    log.give_up();
                    let record = &self.partitions[number as usize].records[offset as usize];
                    if !settled {
                        let given_up = context.setup.given_up(record.copy);
                        context.tell(Some(record.since), record.origin.message, given_up);
                    }
                }
                Next::Deliver => {
                    let (nth, since) = log.deliver();
                    let (offset, from, epoch) = (log.next(), log.from(), log.epoch());
                    let place = (number, offset, from);
                    let (packet, delivery, sent) =
                        self.deliver(context, place, (nth, epoch), instance, since);
                    await_answer(context, packet.message, delivery, instance, Some(sent));
                    if !batch.count(context, &packet) {
                        break;
                    }
                    if let Some(log) = self.log(number) {
                        log.move_on();
                    }
                }
            }
        }
        batch.close(context, instance)
    }

    fn deliver<F: Fate, O: Observer>(
        &self,
        context: &mut Context<'_, F, O>,
        (partition, offset, from): (u8, u32, u32),
        (nth, epoch): (u32, u32),
        instance: u8,
        since: StepNo,
    ) -> (Packet, Delivery, StepNo) {
        let partitions = &self.partitions[partition as usize];
        let record = &partitions.records[offset as usize];
        let delivery = Delivery { copy: record.copy, partition, offset, from, nth, epoch };
        let leader = partitions.replicas.leader().expect("only a led partition serves");
        let way = (Node::Broker(leader), Node::Consumer(instance));
        let carries = Carries::Delivery(delivery);
        let (packet, sent) =
            context.send(Some(since), Leg::Deliver, record.origin.message, way, carries);
        (packet, delivery, sent)
    }

    pub(super) fn log(&mut self, number: u8) -> Option<&mut Log> {
        match &mut self.partitions[number as usize].shelf {
            Shelf::Log(log) => Some(log),
            Shelf::Queue(_) => None,
        }
    }

    /// An acknowledgment or a commit arrives.
    pub(in super::super) fn acked<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        (packet, no): (&Packet, PacketNo),
        delivery: Delivery,
        cause: Option<StepNo>,
    ) {
        if self.partitions[delivery.partition as usize].replicas.leader().is_none() {
            let ignored = Event::Disregarded(no, Ignored::Unavailable);
            let step = context.tell_packet(cause, packet, ignored);
            if let (Some(_), Some(instance)) = (self.log(delivery.partition), packet.from.member())
            {
                // Whoever committed gets no answer, and commits again.
                let event = Scheduled::CommitDue { instance, message: packet.message, delivery };
                context.after(context.setup.client_timeout, Some(step), event);
            }
            return;
        }
        let stands = self.stands(delivery);
        match &mut self.partitions[delivery.partition as usize].shelf {
            Shelf::Queue(queue) => {
                let step = if stands {
                    queue.acked(context, (packet, no), delivery, cause)
                } else {
                    let ignored = Event::Disregarded(no, Ignored::AlreadySettled);
                    context.tell_packet(cause, packet, ignored)
                };
                let settled = stands && queue.is_settled(delivery);
                if settled && context.setup.lane.consumer.ack_scope == AckScope::Cumulative {
                    self.settle_up_to(context, delivery, step);
                }
                if context.setup.confirms {
                    let carries = Carries::Committed { delivery, accepted: settled };
                    let way = (packet.to, packet.from);
                    context.send(Some(step), Leg::Confirm, packet.message, way, carries);
                }
            }
            Shelf::Log(_) => {
                let arrived = context.tell_packet(cause, packet, Event::Arrived(no));
                self.committed(context, packet, delivery, arrived);
            }
        }
    }

    /// An acknowledgment settles what was handed out before, too.
    fn settle_up_to<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        delivery: Delivery,
        cause: StepNo,
    ) {
        let Partition { shelf: Shelf::Queue(queue), records, .. } =
            &mut self.partitions[delivery.partition as usize]
        else {
            return;
        };
        for offset in queue.covered(delivery) {
            let record = &records[offset as usize];
            queue.settle(Delivery { offset, ..delivery });
            let settled = Event::Settled { copy: record.copy };
            context.tell(Some(cause), record.origin.message, settled);
        }
    }

    /// A consumer's connection is gone: all that it has not answered is offered again at once.
    pub(in super::super) fn disconnect<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        instance: u8,
        cause: Option<StepNo>,
    ) -> u32 {
        self.connections[instance as usize] += 1;
        self.asking.retain(|&member| member != instance);
        for number in 0..self.partitions.len() as u8 {
            let Partition { shelf: Shelf::Queue(queue), records, .. } =
                &mut self.partitions[number as usize]
            else {
                continue;
            };
            for (offset, nth) in queue.in_hand(instance) {
                let record = &records[offset as usize];
                let (copy, message) = (record.copy, record.origin.message);
                let delivery =
                    Delivery { copy, partition: number, offset, from: offset, nth, epoch: 0 };
                let cause = cause.unwrap_or(record.since);
                queue.come_back(context, message, delivery, Time::ZERO, cause);
            }
        }
        self.connections[instance as usize]
    }

    /// The reader of a log gives a record up, and goes on behind it.
    pub(in super::super) fn reject<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        message: MessageNo,
        delivery: Delivery,
        cause: StepNo,
    ) -> StepNo {
        let stands = self.stands(delivery);
        let log = self.log(delivery.partition).filter(|_| stands);
        if log.is_some_and(|log| log.reject(delivery)) {
            context.tell(Some(cause), message, context.setup.given_up(delivery.copy))
        } else {
            cause
        }
    }

    fn committed<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        packet: &Packet,
        delivery: Delivery,
        arrived: StepNo,
    ) {
        let stands = self.stands(delivery);
        let Some(log) = self.log(delivery.partition) else {
            return;
        };
        let in_time = delivery.epoch == log.epoch();
        // A consumer that commits before its work may start it only while it holds the partition.
        let commits_first = context.setup.ack == AckMode::OnReceive;
        let late = if commits_first { LateAck::Reject } else { context.setup.lane.broker.late_ack };
        let accepted = stands && log.takes(delivery, late);
        let mut step = arrived;
        if !in_time {
            step =
                context.tell(Some(arrived), packet.message, Event::LateAck { delivery, accepted });
        }
        if accepted {
            self.advance(context, delivery, step);
        }
        if context.setup.ack == AckMode::OnReceive {
            let carries = Carries::Committed { delivery, accepted };
            context.send(
                Some(step),
                Leg::Confirm,
                packet.message,
                (packet.to, packet.from),
                carries,
            );
        }
    }

    fn advance<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        delivery: Delivery,
        cause: StepNo,
    ) {
        let Some(log) = self.log(delivery.partition) else {
            return;
        };
        for offset in log.commit(delivery) {
            let partition = &self.partitions[delivery.partition as usize];
            if matches!(&partition.shelf, Shelf::Log(log) if log.is_skipped(offset)) {
                continue;
            }
            let record = &partition.records[offset as usize];
            let settled = Event::Settled { copy: record.copy };
            context.tell(Some(cause), record.origin.message, settled);
        }
    }

    /// The store moved the position, or removed the message, in the transaction of the effect. If
    /// the holder's time had run out, its transaction was refused as a whole, so ask
    /// [`Broker::holds`] first.
    pub(in super::super) fn settle_with_effect<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        message: MessageNo,
        delivery: Delivery,
        cause: StepNo,
    ) {
        let partition = &mut self.partitions[delivery.partition as usize];
        match &mut partition.shelf {
            Shelf::Queue(queue) => {
                queue.settle(delivery);
                context.tell(Some(cause), message, Event::Settled { copy: delivery.copy });
                make_way(context);
            }
            Shelf::Log(_) => self.advance(context, delivery, cause),
        }
    }

    /// Whether the receiver of this delivery may still settle it in its own transaction.
    pub(in super::super) fn holds<F, O>(
        &self,
        context: &Context<'_, F, O>,
        delivery: Delivery,
    ) -> bool {
        let late = context.setup.lane.broker.late_ack;
        let holds = match &self.partitions[delivery.partition as usize].shelf {
            Shelf::Queue(queue) => queue.holds(delivery, late),
            Shelf::Log(log) => log.holds(delivery, late),
        };
        holds && self.stands(delivery)
    }

    /// A negative acknowledgment arrives. (A log has none: its reader seeks back instead.)
    pub(in super::super) fn nacked<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        (packet, no): (&Packet, PacketNo),
        delivery: Delivery,
        cause: Option<StepNo>,
    ) {
        let stands = self.stands(delivery);
        match &mut self.partitions[delivery.partition as usize].shelf {
            Shelf::Queue(queue) if stands => queue.nacked(context, (packet, no), delivery, cause),
            _ => {
                let ignored = Event::Disregarded(no, Ignored::AlreadySettled);
                context.tell_packet(cause, packet, ignored);
            }
        }
    }

    /// A returned copy's delay is over.
    pub(in super::super) fn requeue<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        message: MessageNo,
        delivery: Delivery,
        cause: Option<StepNo>,
    ) {
        let stands = self.stands(delivery);
        if let Shelf::Queue(queue) = &mut self.partitions[delivery.partition as usize].shelf
            && stands
        {
            queue.requeue(context, message, delivery, cause);
        }
    }

    /// The reader of a log seeks back to a record of its own accord, and pauses the partition for as
    /// long as the lane says. It goes on with its others.
    pub(in super::super) fn seek<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        delivery: Delivery,
        cause: Option<StepNo>,
    ) {
        let delay = context.setup.redelivery_delay;
        let (partition, epoch) = (delivery.partition, delivery.epoch);
        if let Some(log) = self.log(partition) {
            log.seek(delivery, cause, delay > Time::ZERO);
        }
        if delay > Time::ZERO {
            context.after(delay, cause, Scheduled::Resume { partition, epoch });
        }
    }

    /// The pause after a failure is over.
    pub(in super::super) fn resume<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        partition: u8,
        epoch: u32,
    ) {
        if let Some(log) = self.log(partition) {
            log.resume(epoch);
        }
        self.serve(context);
    }

    /// The reader of a log lets the time of a delivery run out, or as much again if it has.
    pub(in super::super) fn silence<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        (message, delivery): (MessageNo, Delivery),
        cause: Option<StepNo>,
    ) {
        if let Some(log) = self.log(delivery.partition).filter(|log| log.epoch() == delivery.epoch)
            && let Some(instance) = log.owner()
        {
            log.fall_silent(delivery);
            await_answer(context, message, delivery, instance, cause);
        }
    }

    /// A delivery has reached the member that it was meant for.
    pub(in super::super) fn handed(&mut self, delivery: Delivery) {
        if let Some(log) = self.log(delivery.partition) {
            log.handed(delivery);
        }
    }

    /// Whether a commit that got no answer is worth repeating.
    pub(in super::super) fn lacks(&self, delivery: Delivery) -> bool {
        match &self.partitions[delivery.partition as usize].shelf {
            Shelf::Log(log) => log.lacks(delivery) && self.stands(delivery),
            Shelf::Queue(_) => false,
        }
    }

    /// Whether nobody has anything left to settle.
    pub(in super::super) fn is_done(&self) -> bool {
        self.partitions.iter().all(|partition| match &partition.shelf {
            Shelf::Queue(queue) => queue.is_empty(),
            Shelf::Log(log) => log.is_read_up(),
        })
    }

    /// A delivery should have been answered by now. In a queue the copy comes back. In a log a reader
    /// that is still `at_work` on it leaves the group, and one that is silent about it loses the
    /// partition; one that went down is [missed](Broker::missed) at its own time.
    pub(in super::super) fn delivery_due<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        (message, delivery): (MessageNo, Delivery),
        (instance, at_work): (u8, bool),
        cause: Option<StepNo>,
    ) {
        if !self.stands(delivery) {
            return;
        }
        match &mut self.partitions[delivery.partition as usize].shelf {
            Shelf::Queue(queue) => queue.delivery_due(context, message, delivery, cause),
            Shelf::Log(log) if log.is_silent(delivery) => {
                // A late commit of its own may have settled the matter.
                let overdue = log.committed() <= delivery.offset;
                let timed_out = Event::DeliveryTimedOut(delivery);
                let step =
                    if overdue { Some(context.tell(cause, message, timed_out)) } else { cause };
                let heir = self.heir(instance);
                self.assign(context, delivery.partition, heir, step);
                self.serve(context);
            }
            Shelf::Log(log) if at_work && log.is_due(delivery) => {
                let step = context.tell(cause, message, Event::DeliveryTimedOut(delivery));
                self.leave(context, instance, Some(step));
                // Whoever takes over may have been waiting for long.
                self.serve(context);
            }
            Shelf::Log(_) => {}
        }
    }
}

/// Lets the time for an answer to a delivery run, if it runs at all.
fn await_answer<F: Fate, O: Observer>(
    context: &mut Context<'_, F, O>,
    message: MessageNo,
    delivery: Delivery,
    instance: u8,
    cause: Option<StepNo>,
) {
    if let Some(timeout) = context.setup.redelivery_timeout {
        let due = Scheduled::DeliveryDue { message, delivery, instance };
        context.after(timeout, cause, due);
    }
}

/// Messages sent together in answer to one request.
#[derive(Debug, Default)]
struct Batch {
    sent: u64,
    /// When the last of the timely ones arrives.
    arrives: Option<Time>,
}

impl Batch {
    /// Counts one more; returns whether it arrives in time.
    fn count<F: Fate, O: Observer>(
        &mut self,
        context: &Context<'_, F, O>,
        packet: &Packet,
    ) -> bool {
        self.sent += 1;
        let in_time = context.in_time(packet);
        if in_time {
            self.arrives = self.arrives.max(Some(packet.arrives));
        }
        in_time
    }

    /// Nothing more is sent. The member acknowledges once everything has arrived, or asks again if
    /// nothing does. Returns whether anything was sent.
    fn close<F: Fate, O: Observer>(self, context: &mut Context<'_, F, O>, instance: u8) -> bool {
        match self.arrives {
            _ if self.sent == 0 => return false,
            None => context.after(
                context.setup.client_timeout,
                None,
                Scheduled::FetchAgain { instance },
            ),
            Some(at) if context.setup.batch > 1 => {
                context.after(Time::ZERO, None, Scheduled::BatchOpens { instance, until: at });
            }
            Some(_) => {}
        }
        true
    }
}
