//! A queue: each copy is delivered, acknowledged, removed and redelivered individually.

use std::collections::BTreeSet;

use super::super::agenda::Scheduled;
use super::super::context::Context;
use super::super::fate::Fate;
use super::super::held::{Hold, Waits};
use super::super::renew::clone_in_place;
use super::super::time::Time;
use super::super::trace::{
    Delivery, Event, Ignored, MessageNo, Observer, Packet, PacketNo, StepNo,
};
use crate::experiment::settings::{AckMode, KeyOrder, LateAck, OnFailure};

/// The state of a queue.
#[derive(Debug, Default, Hash)]
pub(super) struct Queue {
    copies: Vec<Copy>,
    /// Offsets ready for delivery. A copy that comes back takes its old place.
    ready: BTreeSet<u32>,
}

clone_in_place!(Queue { copies, ready });

#[derive(Debug, Clone, Hash)]
struct Copy {
    deliveries: u32,
    /// The member that it was delivered to last.
    holder: u8,
    state: State,
    /// The step that made it ready.
    since: StepNo,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum State {
    Ready,
    /// Returned, but not offered again yet.
    Resting,
    /// Delivered but not answered.
    Out,
    /// Settled, given up, aborted or lost.
    Gone,
}

/// Whether an acknowledgment counts although its time has run out; `latest`: nobody was handed the
/// message after its sender.
fn counts_late(late: LateAck, latest: bool) -> bool {
    match late {
        LateAck::Reject => false,
        LateAck::Accept => true,
        LateAck::UntilRedelivered => latest,
    }
}

/// A copy is gone, and those that waited behind it for the sake of their order are free.
pub(super) fn make_way<F: Fate, O: Observer>(context: &mut Context<'_, F, O>) {
    if context.setup.lane.broker.order == KeyOrder::Group {
        context.after(Time::ZERO, None, Scheduled::Offer);
    }
}

impl Queue {
    /// Offsets below this one have been offered to consumers or skipped.
    pub(super) fn end(&self) -> u32 {
        self.copies.len() as u32
    }

    /// The next copy becomes ready.
    pub(super) fn admit(&mut self, since: StepNo) {
        self.ready.insert(self.end());
        self.copies.push(Copy { deliveries: 0, holder: 0, state: State::Ready, since });
    }

    /// The next copy is never delivered.
    pub(super) fn skip(&mut self, since: StepNo) {
        self.copies.push(Copy { deliveries: 0, holder: 0, state: State::Gone, since });
    }

    /// Everything from this offset on is gone.
    pub(super) fn truncate(&mut self, end: u32) {
        self.copies.truncate(end as usize);
        self.ready.retain(|&offset| offset < end);
    }

    /// Takes the first ready copy for delivery to a member: its offset, which delivery this is, and
    /// the step that made it ready. `waits` says whether a copy has to wait for an earlier one.
    pub(super) fn take<F, O>(
        &mut self,
        context: &Context<'_, F, O>,
        holder: u8,
        waits: impl Fn(u32, u32) -> bool,
    ) -> Option<(u32, u32, StepNo)> {
        let unsettled = |&offset: &u32| self.copies[offset as usize].state != State::Gone;
        let free = |&offset: &u32| {
            context.setup.lane.broker.order == KeyOrder::None
                || !(0..offset).filter(unsettled).any(|earlier| waits(offset, earlier))
        };
        let offset = self.ready.iter().copied().find(free)?;
        self.ready.remove(&offset);
        let copy = &mut self.copies[offset as usize];
        (copy.deliveries, copy.holder) = (copy.deliveries + 1, holder);
        let settled = context.setup.ack == AckMode::OnReceive;
        copy.state = if settled { State::Gone } else { State::Out };
        Some((offset, copy.deliveries, copy.since))
    }

    /// Where the copy at this offset stands; one that was not offered yet waits.
    pub(super) fn hold(&self, offset: u32, number: u32, waits: &Waits) -> Hold {
        let Some(copy) = self.copies.get(offset as usize) else {
            return Hold::Ready;
        };
        match copy.state {
            State::Ready => Hold::Ready,
            State::Resting => Hold::Resting,
            State::Out => {
                let for_ever = Hold::Out { member: copy.holder, until: Time::END };
                waits.due(number, copy.deliveries).map_or(for_ever, |due| due.hold)
            }
            State::Gone => Hold::Done,
        }
    }

    pub(super) fn acked<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        (packet, no): (&Packet, PacketNo),
        delivery: Delivery,
        cause: Option<StepNo>,
    ) -> StepNo {
        let Some(copy) =
            self.copies.get_mut(delivery.offset as usize).filter(|c| c.state != State::Gone)
        else {
            let ignored = Event::Disregarded(no, Ignored::AlreadySettled);
            return context.tell_packet(cause, packet, ignored);
        };
        let arrived = context.tell_packet(cause, packet, Event::Arrived(no));
        let latest = copy.deliveries == delivery.nth;
        let in_time = copy.state == State::Out && latest;
        let accepted = in_time || counts_late(context.setup.lane.broker.late_ack, latest);
        let mut step = arrived;
        if !in_time {
            step =
                context.tell(Some(arrived), packet.message, Event::LateAck { delivery, accepted });
        }
        if accepted {
            copy.state = State::Gone;
            self.ready.remove(&delivery.offset);
            context.tell(Some(step), packet.message, Event::Settled { copy: delivery.copy });
            make_way(context);
        }
        step
    }

    /// Whether this copy is settled, or given up.
    pub(super) fn is_settled(&self, delivery: Delivery) -> bool {
        let copy = self.copies.get(delivery.offset as usize);
        copy.is_none_or(|copy| copy.state == State::Gone)
    }

    /// The transaction of an effect settles the copy.
    pub(super) fn settle(&mut self, delivery: Delivery) {
        if let Some(copy) = self.copies.get_mut(delivery.offset as usize) {
            copy.state = State::Gone;
            self.ready.remove(&delivery.offset);
        }
    }

    /// The copies that an acknowledgment of this one settles as well: those before it that were
    /// handed out.
    pub(super) fn covered(&self, delivery: Delivery) -> Vec<u32> {
        let before = self.copies.iter().take(delivery.offset as usize);
        let open = |copy: &Copy| copy.state != State::Gone && copy.deliveries > 0;
        (0..).zip(before).filter(|(_, copy)| open(copy)).map(|(offset, _)| offset).collect()
    }

    /// The copies that a member was handed and has not answered, each with which delivery it was.
    pub(super) fn in_hand(&self, holder: u8) -> Vec<(u32, u32)> {
        let its_own = |copy: &Copy| copy.state == State::Out && copy.holder == holder;
        let copies = (0..).zip(&self.copies).filter(|(_, copy)| its_own(copy));
        copies.map(|(offset, copy)| (offset, copy.deliveries)).collect()
    }

    /// Whether the receiver of this delivery may still settle it.
    pub(super) fn holds(&self, delivery: Delivery, late: LateAck) -> bool {
        let copy = self.copies.get(delivery.offset as usize);
        copy.is_some_and(|copy| {
            let latest = copy.deliveries == delivery.nth;
            copy.state != State::Gone
                && (counts_late(late, latest) || copy.state == State::Out && latest)
        })
    }

    pub(super) fn nacked<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        (packet, no): (&Packet, PacketNo),
        delivery: Delivery,
        cause: Option<StepNo>,
    ) {
        if !self.is_out(delivery) {
            let ignored = Event::Disregarded(no, Ignored::AlreadySettled);
            context.tell_packet(cause, packet, ignored);
            return;
        }
        let arrived = context.tell_packet(cause, packet, Event::Arrived(no));
        if context.setup.lane.consumer.on_failure == OnFailure::Reject {
            self.copies[delivery.offset as usize].state = State::Gone;
            context.tell(Some(arrived), packet.message, context.setup.given_up(delivery.copy));
            make_way(context);
        } else {
            let delay = context.setup.redelivery_delay;
            self.come_back(context, packet.message, delivery, delay, arrived);
        }
    }

    pub(super) fn delivery_due<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        message: MessageNo,
        delivery: Delivery,
        cause: Option<StepNo>,
    ) {
        if self.is_out(delivery) {
            let step = context.tell(cause, message, Event::DeliveryTimedOut(delivery));
            self.come_back(context, message, delivery, Time::ZERO, step);
        }
    }

    fn is_out(&self, delivery: Delivery) -> bool {
        let copy = self.copies.get(delivery.offset as usize);
        copy.is_some_and(|copy| copy.state == State::Out && copy.deliveries == delivery.nth)
    }

    pub(super) fn come_back<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        message: MessageNo,
        delivery: Delivery,
        delay: Time,
        cause: StepNo,
    ) {
        let copy = &mut self.copies[delivery.offset as usize];
        if context.setup.exhausted(copy.deliveries) {
            copy.state = State::Gone;
            context.tell(Some(cause), message, context.setup.given_up(delivery.copy));
            make_way(context);
        } else if delay > Time::ZERO {
            copy.state = State::Resting;
            context.after(delay, Some(cause), Scheduled::Requeue { message, delivery });
        } else {
            self.offer(context, message, delivery, Some(cause));
        }
    }

    /// A copy is ready again, in its old place. It is handed out once everything that happens at this
    /// moment has happened: what comes back together is offered together.
    fn offer<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        message: MessageNo,
        delivery: Delivery,
        cause: Option<StepNo>,
    ) {
        let since = context.tell(cause, message, Event::Requeued { copy: delivery.copy });
        let copy = &mut self.copies[delivery.offset as usize];
        (copy.state, copy.since) = (State::Ready, since);
        self.ready.insert(delivery.offset);
        context.after(Time::ZERO, None, Scheduled::Offer);
    }

    /// A returned copy's delay is over.
    pub(super) fn requeue<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        message: MessageNo,
        delivery: Delivery,
        cause: Option<StepNo>,
    ) {
        let copy = self.copies.get(delivery.offset as usize);
        if copy.is_some_and(|copy| copy.state == State::Resting) {
            self.offer(context, message, delivery, cause);
        }
    }

    /// Whether every copy is settled or given up.
    pub(super) fn is_empty(&self) -> bool {
        self.copies.iter().all(|copy| copy.state == State::Gone)
    }
}
