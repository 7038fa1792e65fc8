//! Batches: which messages travel together, and which one commit covers.

use crate::story::history::delivery_in;
use crate::story::telling::Telling;
use ackground_core::experiment::settings::BrokerKind;
use ackground_core::number::count_of;
use ackground_core::sim::{Carries, Delivery, Event, MessageNo, Packet, StepNo};

impl Telling<'_> {
    /// The other messages in the batch, as a sentence; empty if there are none.
    pub(super) fn together_with(&self, no: StepNo, packet: &Packet) -> String {
        if self.lane.consumer.batch.get() == 1 {
            return String::new();
        }
        let mut others: Vec<MessageNo> = Vec::new();
        let earlier = self.before(no).take_while(|step| step.at >= packet.sent);
        let later = self.after(no).take_while(|step| step.at <= packet.sent);
        for other in earlier
            .chain(later)
            .filter_map(|step| self.sent_by(step))
            .filter(|other| delivery_in(other).is_some() && other.to == packet.to)
            .filter(|other| other.sent == packet.sent && other.lost.is_none())
        {
            if other.message != packet.message {
                others.push(other.message);
            }
        }
        match list(others) {
            others if others.is_empty() => others,
            others => format!("it comes in one batch with {others}."),
        }
    }

    /// The other messages that one commit to a log covers, as a list; empty if there are none.
    pub(super) fn covers(&self, no: StepNo, packet: &Packet, ack: Delivery) -> String {
        if self.lane.broker.kind == BrokerKind::Queue || self.lane.consumer.batch.get() == 1 {
            return String::new();
        }
        let earlier = self
            .before(no)
            .take_while(|step| match self.sent_by(step) {
                Some(sent) => {
                    !(sent.from == packet.from && matches!(sent.carries, Carries::Ack(_)))
                }
                None => true,
            })
            .filter(|step| matches!(step.what, Event::Arrived(_)))
            .filter_map(|step| Some(self.trace.packet(step.what.packet()?)));
        let covered = earlier.filter(|arrived| {
            arrived.to == packet.from
                && delivery_in(arrived).is_some_and(|delivery| {
                    delivery.partition == ack.partition
                        && delivery.epoch == ack.epoch
                        && delivery.offset < ack.offset
                })
        });
        list(covered.map(|arrived| arrived.message).collect())
    }
}

/// `message 2`, `messages 2 and 3`, `messages 2, 3 and 5`, `seven other messages`.
fn list(mut messages: Vec<MessageNo>) -> String {
    messages.sort_unstable();
    messages.dedup();
    match messages.as_slice() {
        [] => String::new(),
        [one] => format!("message {one}"),
        [one, other] => format!("messages {one} and {other}"),
        many if many.len() > 4 => count_of(many.len() as u64, "other message", "other messages"),
        [most @ .., last] => {
            let most: Vec<String> = most.iter().map(MessageNo::to_string).collect();
            format!("messages {} and {last}", most.join(", "))
        }
    }
}
