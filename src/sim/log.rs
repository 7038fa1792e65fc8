//! A log: an append-only partition, one committed position, and a consumer group whose member reads
//! on from it. Nothing is redelivered by itself: a reader that went away makes the whole tail come again.

use super::fate::Fate;
use super::stage::{Event, Stage};
use super::time::Time;
use super::trace::{
    Carries, Delivery, Happening, Leg, MessageNo, Observer, Packet, PacketNo, StepNo,
};
use crate::experiment::settings::{AckMode, LateAck};

/// The state of a partition and of the group that reads it.
#[derive(Debug, Clone, Default)]
pub(super) struct Log {
    records: Vec<Record>,
    /// Every record before this one is done.
    committed: u32,
    /// The generation of the group: a member of an older one is fenced.
    epoch: u32,
    /// The position that the member waits to read.
    asked: Option<u32>,
}

#[derive(Debug, Clone)]
struct Record {
    message: MessageNo,
    deliveries: u32,
    /// The delivery that needs no answer, because the member went back by itself.
    answered: u32,
    given_up: bool,
    /// The step in which it was stored.
    since: StepNo,
}

impl Log {
    pub(super) fn next_copy(&self) -> u32 {
        self.records.len() as u32
    }

    pub(super) fn append(&mut self, message: MessageNo, since: StepNo) {
        let record = Record {
            message,
            deliveries: 0,
            answered: 0,
            given_up: false,
            since,
        };
        self.records.push(record);
    }

    /// The member asks for the record at its position. One that was fenced, or is new, joins the
    /// group again and starts at the committed position.
    pub(super) fn fetch<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        position: u32,
        epoch: Option<u32>,
        cause: Option<StepNo>,
    ) {
        let member = epoch == Some(self.epoch);
        if !member {
            self.epoch += 1;
        }
        self.asked = Some(if member { position } else { self.committed });
        self.offer(stage, cause);
    }

    /// Delivers the record that the member waits for, if it is there.
    pub(super) fn offer<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        cause: Option<StepNo>,
    ) {
        while let Some(position) = self.asked {
            let Some(record) = self.records.get_mut(position as usize) else {
                return;
            };
            let cause = if record.deliveries == 0 {
                Some(record.since)
            } else {
                cause
            };
            if !record.given_up && !stage.setup.exhausted(record.deliveries) {
                self.asked = None;
                return self.deliver(stage, position, cause);
            }
            // A record behind the committed position is settled already, however it came to be read again.
            if !record.given_up && self.committed <= position {
                stage.tell(cause, record.message, stage.setup.given_up(position));
            }
            record.given_up = true;
            if self.committed == position {
                self.committed = position + 1;
            }
            self.asked = Some(position + 1);
        }
    }

    fn deliver<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        position: u32,
        cause: Option<StepNo>,
    ) {
        let record = &mut self.records[position as usize];
        record.deliveries += 1;
        let message = record.message;
        let delivery = Delivery {
            copy: position,
            nth: record.deliveries,
            epoch: self.epoch,
        };
        let (packet, sent) = stage.send(cause, Leg::Deliver, message, Carries::Delivery(delivery));
        stage.ask_again_unless_arriving(&packet, sent);
        let timeout = stage.setup.redelivery_timeout;
        stage.after(
            timeout,
            Some(sent),
            Event::DeliveryDue { message, delivery },
        );
    }

    /// A commit arrives.
    pub(super) fn committed<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        packet: &Packet,
        no: PacketNo,
        delivery: Delivery,
        cause: Option<StepNo>,
    ) {
        let arrived = stage.tell_packet(cause, packet, Happening::Arrived(no));
        let in_time = delivery.epoch == self.epoch;
        let accepted = in_time || stage.setup.lane.broker.late_ack == LateAck::Accept;
        let mut step = arrived;
        if !in_time {
            step = stage.tell(
                Some(arrived),
                packet.message,
                Happening::LateAck { delivery, accepted },
            );
        }
        if accepted {
            self.advance(stage, delivery.copy + 1, step);
        }
        if stage.setup.lane.consumer.ack == AckMode::OnReceive {
            let carries = Carries::Committed { delivery, accepted };
            stage.send(Some(step), Leg::Confirm, packet.message, carries);
        }
    }

    fn advance<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        to: u32,
        cause: StepNo,
    ) {
        while self.committed < to {
            let record = &self.records[self.committed as usize];
            if !record.given_up {
                stage.tell(
                    Some(cause),
                    record.message,
                    Happening::Settled {
                        copy: self.committed,
                    },
                );
            }
            self.committed += 1;
        }
    }

    /// The member went back to a record by itself.
    pub(super) fn seek(&mut self, delivery: Delivery) {
        self.records[delivery.copy as usize].answered = delivery.nth;
    }

    /// A record was neither committed nor returned in time: the member is taken for dead, and the
    /// partition is handed out anew.
    pub(super) fn delivery_due<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        message: MessageNo,
        delivery: Delivery,
        cause: Option<StepNo>,
    ) {
        let record = &self.records[delivery.copy as usize];
        let answered = self.committed > delivery.copy
            || record.given_up
            || record.deliveries != delivery.nth
            || record.answered == delivery.nth;
        if answered || self.epoch != delivery.epoch {
            return;
        }
        let timed_out = stage.tell(cause, message, Happening::DeliveryTimedOut(delivery));
        self.epoch += 1;
        let first = self.records[self.committed as usize].message;
        let rewound = Happening::Rewound {
            copy: self.committed,
        };
        let step = stage.tell(Some(timed_out), first, rewound);
        if self.asked.is_some() {
            self.asked = Some(self.committed);
            self.offer(stage, Some(step));
        } else {
            stage.after(Time::ZERO, Some(step), Event::Revoked);
        }
    }
}
