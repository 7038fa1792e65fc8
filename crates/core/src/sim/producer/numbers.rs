//! The numbers of an idempotent producer: one sequence per partition under one producer id, so that
//! the broker knows a repeat by its number and a gap by the number that is missing.
//!
//! A number belongs to its message for as long as the broker may have stored it. It is given away
//! only after the broker has refused it for a gap that nobody will fill, because what came before was
//! given up or lost: then the partition goes on under a new id, from zero. Messages behind one that
//! rests wait for their turn, since the broker would only refuse them. Kafka's client does the same
//! (`TransactionManager`, `RecordAccumulator.drain`).

use super::super::context::Context;
use super::super::fate::Fate;
use super::super::renew::clone_in_place;
use super::super::setup::Setup;
use super::super::trace::{MessageNo, Observer, StepNo};
use super::Producer;

/// The numberings of all partitions.
#[derive(Debug, Hash)]
pub(super) struct Numbers {
    /// The latest id.
    id: u32,
    /// The next number of each partition.
    next: Vec<Number>,
}

clone_in_place!(Numbers { id, next });

/// A message's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub(super) struct Number {
    /// The producer id under which it counts.
    pub(super) id: u32,
    /// Its place in the partition's sequence, from 0.
    pub(super) sequence: u32,
}

/// Why a message in flight waits until those before it are through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub(super) enum Hold {
    /// It does not.
    #[default]
    None,
    /// The broker refused its number for a gap, so it does not have it.
    Gap,
    /// It is due, but one before it rests.
    Turn,
}

impl Numbers {
    pub(super) fn new(setup: &Setup<'_>) -> Numbers {
        let partitions = setup.lane.broker.partitions.get() as usize;
        Numbers { id: 0, next: vec![Number::default(); partitions] }
    }

    /// In every session the numbers start over, under an id of its own.
    pub(super) fn begin_session(&mut self, setup: &Setup<'_>) {
        if setup.lane.producer.idempotent {
            self.id += 1;
            self.next.fill(Number { id: self.id, sequence: 0 });
        }
    }

    fn take(&mut self, partition: u8) -> Number {
        let next = &mut self.next[partition as usize];
        let number = *next;
        next.sequence += 1;
        number
    }
}

impl Producer {
    /// The number under which a message is sent.
    pub(super) fn number(&mut self, setup: &Setup<'_>, message: MessageNo) -> Number {
        let row = &mut self.rows[message.index()];
        *row.number.get_or_insert_with(|| self.numbers.take(setup.partition(message)))
    }

    /// The broker refused a message for a gap, so it does not have it. If one before it is still to
    /// come, it waits for that one. If not, nobody will fill the gap, and it goes out again at once
    /// under a number that leaves none. Either way this was no attempt.
    pub(super) fn out_of_order<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        message: MessageNo,
        cause: StepNo,
    ) {
        let setup = context.setup;
        let row = &mut self.rows[message.index()];
        row.attempts -= 1;
        row.since = Some(cause);
        row.hold = Hold::Gap;
        let partition = setup.partition(message);
        if row.number.is_some_and(|number| number.id != self.numbers.next[partition as usize].id) {
            row.number = None;
        } else if !self.waits_for_earlier(setup, message) {
            self.renumber(setup, partition);
        }
    }

    /// The partition goes on under a new id. What the broker is known not to have takes a number of it
    /// when its turn comes.
    fn renumber(&mut self, setup: &Setup<'_>, partition: u8) {
        self.numbers.id += 1;
        self.numbers.next[partition as usize] = Number { id: self.numbers.id, sequence: 0 };
        for message in &self.in_flight {
            let row = &mut self.rows[message.index()];
            if row.hold == Hold::Gap && setup.partition(*message) == partition {
                row.number = None;
            }
        }
    }

    /// Whether a message of the same partition was first sent before this one and is still in flight.
    fn waits_for_earlier(&self, setup: &Setup<'_>, message: MessageNo) -> bool {
        let partition = setup.partition(message);
        let earlier = self.in_flight.iter().take_while(|&&other| other != message);
        earlier.into_iter().any(|&other| setup.partition(other) == partition)
    }

    /// Whether a message that is due has to wait, because one before it rests. The broker would only
    /// refuse it.
    pub(super) fn is_behind_a_rest(&self, setup: &Setup<'_>, message: MessageNo) -> bool {
        let partition = setup.partition(message);
        let mut earlier = self.in_flight.iter().take_while(|&&other| other != message);
        setup.lane.producer.idempotent
            && earlier.any(|&other| setup.partition(other) == partition && self.rests(other))
    }

    /// Whether nothing of a message in flight is under way.
    fn rests(&self, message: MessageNo) -> bool {
        self.rows[message.index()].awaits == 0
    }

    /// The next message that waited and is the first of its partition by now.
    pub(super) fn take_turn(&mut self, setup: &Setup<'_>) -> Option<MessageNo> {
        let is_next = |message: &&MessageNo| {
            self.rows[message.index()].hold != Hold::None
                && !self.waits_for_earlier(setup, **message)
        };
        let message = *self.in_flight.iter().find(is_next)?;
        self.rows[message.index()].hold = Hold::None;
        Some(message)
    }

    /// Takes the next message to be sent for the first time: none behind one that rests.
    pub(super) fn next_ready(&mut self, setup: &Setup<'_>) -> Option<MessageNo> {
        if !setup.lane.producer.idempotent {
            return self.ready.pop_front();
        }
        let resting = self.in_flight.iter().filter(|&&message| self.rests(message));
        let held = resting.fold(0u8, |held, &message| held | 1 << setup.partition(message));
        let is_free = |message: &MessageNo| held >> setup.partition(*message) & 1 == 0;
        let place = self.ready.iter().position(is_free)?;
        self.ready.remove(place)
    }
}
